import type { Address, Effect } from '@synod/actor';
import { decodeRequestBatch, encodeRequestBatch } from '@synod/api';
import { Batch, checkpointDigest, extendHistory, leafOf, requestDigest, treeOf, zeroDigest } from '@synod/pbft-core';
import { encodeCertificate } from '@synod/pbft-wire';
import type { Command, Event, Message, PbftVocabulary, PreparedCertificate, Record, Signed, StableCheckpoint, Statement, Vote } from '@synod/pbft-core'; // prettier-ignore
import type { Machine, Slot as Stored } from '@synod/simulator';
import type { PbftService } from '@synod/pbft-core';
import { PbftInvariants } from '../src/index.js';
import { KeyRing } from '../src/keys.js';

type V = PbftVocabulary;
type Words = Parameters<NonNullable<ConstructorParameters<typeof PbftInvariants>[2]>>[1];

export const members = ['r1', 'r2', 'r3', 'r4'];
export const ring = new KeyRing('quick', members);
const digests = ring.cryptographyOf('user', 'nobody');
const nothing: StableCheckpoint = { state: { sequence: 0, position: 0, history: zeroDigest, state: '' }, votes: [] };

/** What a request of `request` asks. */
function textIn(batch: Uint8Array): string {
  return new TextDecoder().decode(decodeRequestBatch(batch).operations[0]);
}

/** Its state is what it has executed. */
function listing(): PbftService {
  const executed: string[] = [];
  return {
    apply: (position, _user, request) => {
      executed.push(`${position}=${textIn(request)}`);
      return new TextEncoder().encode(`done ${position}`);
    },
    recall: () => undefined,
    query: () => new Uint8Array(),
    hash: () => executed.join(' '),
    snapshot: () => [].values(),
    restore: () => ({ page: () => undefined, finish: () => undefined }),
  };
}

export function sign<S extends Statement>(by: Address, statement: S): Signed<S> {
  return ring.cryptographyOf('replica', by).sign(statement);
}

export function request(text: string, by = 'c1', key = by): Signed<Command> {
  const place = { client: 'c', session: 1, sequence: text.length };
  const batch = Uint8Array.from(
    encodeRequestBatch({ ...place, acknowledgedThrough: 0, operations: [new TextEncoder().encode(text)] }),
  );
  const statement: Command = { type: 'request', ...place, holds: 'operations', batch };
  return ring.cryptographyOf('user', by, key).sign(statement);
}

export const batchOf = (...requests: readonly Signed<Command>[]): Batch => new Batch(requests);
export const digestOf = (batch: Batch): string => batch.identity(digests).digest;
export const x = batchOf(request('x'));
export const y = batchOf(request('yy'));

/** In view 0 at sequence 1, unless said otherwise. */
export function vote(type: 'prepare' | 'commit', by: Address, batch: Batch, view = 0, sequence = 1): Message {
  const statement = { type, view, sequence, digest: digestOf(batch) } as Vote<'prepare'>;
  return { kind: type, signed: sign(by, statement) } as Message;
}

export function proposal(
  batch: Batch,
  view = 0,
  sequence = 1,
  by = members[view % 4]!,
): Message & { kind: 'prePrepare' } {
  return {
    kind: 'prePrepare',
    signed: sign(by, { type: 'prePrepare', view, sequence, digest: digestOf(batch) }),
    batch,
  };
}

export function signedIn(message: Message): Signed<never> {
  return (message as unknown as { readonly signed: Signed<never> }).signed;
}

export function viewChange(by: Address, view: number, prepared: readonly PreparedCertificate[] = []): Message {
  return { kind: 'viewChange', signed: sign(by, { type: 'viewChange', view, stable: nothing, prepared }) };
}

/** The digest of the state after these batches, one at each sequence. */
export function stateAfter(...batches: readonly Batch[]): string {
  let history = zeroDigest;
  const executed: string[] = [];
  batches.forEach((batch, place) => {
    history = extendHistory(digests, history, place + 1, digestOf(batch));
    for (const { statement } of batch.requests) executed.push(`${executed.length + 1}=${textIn(statement.batch)}`); // prettier-ignore
  });
  const [sequence, position] = [batches.length, executed.length];
  return checkpointDigest(digests, { sequence, position, history, state: executed.join(' ') });
}

/** What a client could show of an answer that these members gave alike. */
export function answersTo(text: string, said: string, ...by: readonly Address[]): Uint8Array {
  const signed = request(text);
  const results = new TextEncoder().encode(said);
  const { root } = treeOf(digests, [leafOf(digests, { asked: requestDigest(digests, signed), index: 1, results })]);
  const claim = { type: 'replies', view: 0, sequence: 1, whole: true, count: 1, root } as const;
  const answers = by.map((member) => ({ signed: sign(member, claim), place: 0, path: [], index: 1 }));
  return encodeCertificate({ kind: 'reply', asked: { kind: 'request', signed }, results, answers });
}

interface Held {
  readonly pbft: { [name: string]: unknown };
}

/** What a witness of three correct members and a traitor, r4, is told, one thing after the other: honest or not, as the test likes. */
export class Told {
  readonly invariants: PbftInvariants;
  private readonly machines = new Map<Address, Machine<V>>();
  private readonly words = new Map<Address, Words>();
  private readonly unsynced = new Map<Address, Stored<V>[]>();
  private readonly states = new Map<Address, string>();
  private readonly held = new Map<Address, Held>();
  private readonly time = { now: 0 };

  constructor() {
    for (const address of members) {
      const service = { hash: () => this.states.get(address) ?? '' };
      const actor: Held = { pbft: { follows: true, active: true, view: 0, low: 0, high: 4, self: address, primary: 'r1', isPrimary: address === 'r1', accused: new Set(), log: { at: () => undefined } } }; // prettier-ignore
      const clock = { at: (time: number) => time };
      const world = { timeline: this.time };
      const machine = { address, disk: { durable: [] as Stored<V>[] }, life: { service, actor }, clock, world };
      Object.defineProperty(machine, 'localTime', { get: () => this.time.now });
      this.held.set(address, actor);
      this.machines.set(address, machine as unknown as Machine<V>);
      this.words.set(address, { view: 0, active: true, low: 0, executed: 0, position: 0, installing: false });
    }
    const look = (machine: Machine<V>, words: Words): void =>
      void Object.assign(words, this.words.get(machine.address));
    const checked = { members, traitors: new Set(['r4']), logSize: 4, ring, reference: listing() };
    this.invariants = new PbftInvariants({ machines: this.machines }, checked, look);
  }

  writes(address: Address, record: Record): this {
    const stored = { record } as unknown as Stored<V>;
    this.unsynced.set(address, [...(this.unsynced.get(address) ?? []), stored]);
    return this.does(address, { kind: 'persist', token: 1, record });
  }

  syncs(...addresses: readonly Address[]): this {
    for (const address of addresses) {
      const stored = this.unsynced.get(address) ?? [];
      this.unsynced.delete(address);
      (this.machine(address).disk.durable as Stored<V>[]).push(...stored);
      this.invariants.synced(this.machine(address), stored);
    }
    return this;
  }

  says(address: Address, event: Event): this {
    return this.does(address, { kind: 'observe', event });
  }

  /** It asks its host to send this, and at once it leaves. */
  sends(address: Address, message: Message, to: readonly Address[] = members): this {
    this.does(address, { kind: 'send', to: 'replicas', message, after: 0 });
    this.invariants.left(address, to, message);
    return this;
  }

  /** With nothing to say to it. */
  hears(address: Address, from: Address, message: Message, has?: Message): this {
    const { pbft } = this.held.get(address)!;
    const vote = has === undefined ? undefined : (has as Extract<Message, { kind: 'prepare' }>).signed;
    const votes = new Map(vote === undefined ? [] : [[vote.signer, vote]]);
    pbft['log'] = { at: () => ({ proposal: undefined, prepares: votes, commits: votes }) };
    const input = { kind: 'receive', from, message, at: 0 } as const;
    this.invariants.stepping(this.machine(address), input);
    this.invariants.stepped(this.machine(address), input);
    return this;
  }

  /** A step ends with this. */
  is(address: Address, words: Partial<Words>, state?: string): this {
    Object.assign(this.words.get(address)!, words);
    if (state !== undefined) this.states.set(address, state);
    this.invariants.stepped(this.machine(address), { kind: 'timeout', timer: 'status', at: 0 });
    return this;
  }

  crashes(address: Address): this {
    this.unsynced.delete(address);
    this.invariants.crashed(this.machine(address));
    return this;
  }

  losesItsDisk(address: Address): this {
    (this.machine(address).disk.durable as Stored<V>[]).length = 0;
    this.invariants.wiped(this.machine(address));
    return this;
  }

  // In words of the protocol.

  /** A proposal is on its disk. */
  accepts(address: Address, batch: Batch, view = 0, sequence = 1): this {
    const { signed } = proposal(batch, view, sequence);
    return this.writes(address, { kind: 'accepted', proposal: signed, batch }).syncs(address);
  }

  /** Proposed by its primary, and prepared by these. */
  prepared(batch: Batch, by: readonly Address[], view = 0, sequence = 1): this {
    this.accepts(members[view % 4]!, batch, view, sequence).sends(members[view % 4]!, proposal(batch, view, sequence));
    for (const member of by) this.accepts(member, batch, view, sequence).sends(member, vote('prepare', member, batch, view, sequence)); // prettier-ignore
    return this;
  }

  sayPrepared(address: Address, batch: Batch, view = 0, sequence = 1): this {
    const { signed } = proposal(batch, view, sequence);
    const prepares = ['r2', 'r3'].map((by) => sign(by, { type: 'prepare', view, sequence, digest: digestOf(batch) } as const)); // prettier-ignore
    const certificate = { proposal: signed, prepares };
    return this.says(address, { kind: 'prepared', view, sequence, digest: digestOf(batch), completedBy: 'r2' })
      .writes(address, { kind: 'certificate', certificate })
      .syncs(address);
  }

  executes(address: Address, batch: Batch, sequence = 1): this {
    const { sizeBytes } = batch;
    return this.says(address, { kind: 'executed', sequence, digest: digestOf(batch), requests: batch.requests.length, sizeBytes, how: 'committed' }); // prettier-ignore
  }

  answers(address: Address, text: string, results: string): this {
    const { client, session, sequence } = request(text).statement;
    const signed = sign(address, { type: 'replies', view: 0, sequence: 1, whole: true, count: 1, root: zeroDigest } as const); // prettier-ignore
    const bytes = new TextEncoder().encode(results);
    const answer = { kind: 'results', results: bytes, index: 1, ageMs: 0, signed, place: 0, path: [] } as const;
    return this.sends(address, { kind: 'reply', client, session, sequence, answer }, ['c1']);
  }

  /** Milliseconds pass. */
  waits(ms: number): this {
    this.time.now += ms;
    return this;
  }

  /** A stale read is answered. */
  answersStale(address: Address, index: number, ageMs: number): this {
    const read = { kind: 'read', client: 'c1', sequence: 1, level: 'stale', maxAgeMs: 0, queries: new Uint8Array() } as const; // prettier-ignore
    this.invariants.stepping(this.machine(address), { kind: 'receive', at: 0, from: 'c1', message: read });
    const signed = sign(address, { type: 'replies', view: 0, sequence: 1, whole: false, count: 1, root: zeroDigest } as const); // prettier-ignore
    const answer = { kind: 'results', results: new Uint8Array(), index, ageMs, signed, place: 0, path: [] } as const;
    const message = { kind: 'reply', client: 'c1', session: 0, sequence: 1, answer } as const;
    return this.does(address, { kind: 'send', to: 'c1', message, after: 0 });
  }

  private does(address: Address, effect: Effect<V>): this {
    this.invariants.executed(this.machine(address), effect);
    return this;
  }

  private machine(address: Address): Machine<V> {
    return this.machines.get(address)!;
  }
}

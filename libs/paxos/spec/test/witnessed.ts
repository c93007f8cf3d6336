import type { Address, Effect } from '@synod/actor';
import { EntryBatch, sizeOf } from '@synod/log';
import type { Entry } from '@synod/log';
import { ballot, majorities } from '@synod/paxos-core';
import type {
  Accepted,
  Ballot,
  Event,
  Message,
  PaxosVocabulary,
  Promised,
  Record,
  RefusalReason,
  Reply,
  Slot,
} from '@synod/paxos-core';
import type { Machine, Slot as Stored } from '@synod/simulator';
import type { ReplicatedService } from '@synod/state-machine';
import { PaxosInvariants } from '../src/index.js';
import type { AcceptorWords, ProposerWords } from '../src/index.js';

type V = PaxosVocabulary;

const encoder = new TextEncoder();
const alpha = 4;
const founding = majorities(
  ['a1', 'a2', 'a3'].map((address) => ({ address, disk: 0 })),
  1,
);

/** Its state is what it has executed. */
function listing(): ReplicatedService {
  const executed: string[] = [];
  return {
    apply: (slot, _user, request) => {
      executed.push(`${slot}=${new TextDecoder().decode(request)}`);
      return new Uint8Array();
    },
    query: () => new Uint8Array(),
    hash: () => executed.join(' '),
    snapshot: () => [].values(),
    restore: () => ({ page: () => undefined, finish: () => undefined }),
  };
}

function isAcceptor(address: Address): boolean {
  return address.startsWith('a');
}

/** What a witness of three acceptors and two proposers is told, one thing after the other: honest or not, as the test likes. */
export class Told {
  private readonly machines = new Map<Address, Machine<V>>();
  private readonly words = new Map<Address, AcceptorWords | ProposerWords>();
  private readonly unsynced = new Map<Address, Stored<V>[]>();
  private readonly states = new Map<Address, string>();
  private readonly numbers = new Map<Address, number>();
  private readonly invariants: PaxosInvariants;
  private epoch = 1;
  private readonly time = { now: 0 };

  constructor() {
    for (const address of ['a1', 'a2', 'a3', 'p1', 'p2']) {
      const service = { hash: () => this.states.get(address) ?? '' };
      const clock = { at: (time: number) => time };
      const world = { timeline: this.time };
      const machine = { address, lives: 1, disk: { durable: [] as Stored<V>[] }, life: { service }, clock, world };
      Object.defineProperty(machine, 'localTime', { get: () => this.time.now });
      this.machines.set(address, machine as unknown as Machine<V>);
      this.words.set(
        address,
        isAcceptor(address)
          ? { standing: 'active', disk: 0, promised: 0, trimmedThrough: 0, heldBytes: 0 }
          : { role: 'follower', ballot: 0, round: 0, base: 0, snapshotSlot: 0, lastApplied: 0, chosenThrough: 0, installing: false }, // prettier-ignore
      );
    }
    const look = (machine: Machine<V>, words: object): void =>
      void Object.assign(words, this.words.get(machine.address));
    const checked = { isAcceptor, alpha, heldBytes: 1_000_000, reference: listing() };
    this.invariants = new PaxosInvariants({ machines: this.machines }, checked, { acceptor: look, proposer: look });
    for (const address of ['a1', 'a2', 'a3']) this.promise(address, 0).syncs(address);
  }

  writes(address: Address, record: Record): this {
    const stored = { record } as unknown as Stored<V>;
    this.unsynced.set(address, [...(this.unsynced.get(address) ?? []), stored]);
    return this.does(address, { kind: 'persist', token: 1, record });
  }

  syncs(...addresses: readonly Address[]): this {
    for (const address of addresses) {
      const stored = this.unsynced.get(address) ?? [];
      this.unsynced.set(address, []);
      const machine = this.machines.get(address)!;
      (machine.disk.durable as Stored<V>[]).push(...stored);
      this.invariants.synced(machine, stored);
    }
    return this;
  }

  /** Everything unsynced is gone, and the next life begins. */
  crashes(address: Address): this {
    const machine = this.machines.get(address)!;
    this.unsynced.set(address, []);
    this.invariants.crashed(machine);
    machine.lives++;
    this.invariants.started(machine);
    return this;
  }

  /** Its disk is lost; the next life begins with an empty one. */
  wipes(address: Address): this {
    const machine = this.machines.get(address)!;
    this.unsynced.set(address, []);
    (machine.disk.durable as Stored<V>[]).length = 0;
    this.invariants.wiped(machine);
    machine.lives++;
    this.invariants.started(machine);
    return this;
  }

  says(address: Address, event: Event): this {
    return this.does(address, { kind: 'observe', event });
  }

  /** A step asks for this to be sent; it has not left. */
  asksToSend(address: Address, to: Address, message: Message): this {
    return this.does(address, { kind: 'send', to, message, after: 0 });
  }

  sends(from: Address, to: Address, message: Message): this {
    this.invariants.left(from, [to], message);
    return this;
  }

  receives(at: Address, from: Address, message: Message): this {
    this.invariants.stepping(this.machines.get(at)!, { kind: 'receive', at: this.time.now, from, message });
    return this;
  }

  /** A step is over, after which the member says this of itself; the rest as before. */
  is(address: Address, words: Partial<AcceptorWords & ProposerWords>, state?: string): this {
    Object.assign(this.words.get(address)!, words);
    if (state !== undefined) this.states.set(address, state);
    this.invariants.stepped(this.machines.get(address)!, { kind: 'persisted', at: 0, token: 1 });
    return this;
  }

  // What comes up often.

  promise(address: Address, promised: Ballot, trimmedThrough = 0, registersEpoch = 1): this {
    Object.assign(this.words.get(address)!, { promised });
    return this.writes(address, { ...{ kind: 'acceptorState', standing: 'active', clusterId: 1, disk: 0, founding }, ...{ promised, trimmedThrough, registersEpoch, registerFloor: 0 } }); // prettier-ignore
  }

  /** The acceptor is done with the epochs before, as its disk knows, and tells what it has. */
  leavesFor(address: Address, registersEpoch: number): this {
    return this.promise(address, b(1, 0), 0, registersEpoch).syncs(address).sends(address, 'p1', page(registersEpoch));
  }

  round(address: Address, round: number): this {
    const number = address === 'p1' ? 0 : 1;
    Object.assign(this.words.get(address)!, { round });
    return this.writes(address, { kind: 'proposerState', number, round, remembers: true, clusterId: 1, founding });
  }

  vote(address: Address, of: Ballot, first: Slot, ...values: readonly string[]): this {
    const number = (this.numbers.get(address) ?? 0) + 1;
    this.numbers.set(address, number);
    return this.writes(address, { kind: 'vote', number, batch: batch(of, first, values) });
  }

  learns(address: Address, first: Slot, ...values: readonly string[]): this {
    return this.writes(address, { kind: 'chosenValues', batch: batch(b(1, 0), first, values) });
  }

  prepares(proposer: Address, of: Ballot): this {
    this.round(proposer, Math.floor(of / 64)).syncs(proposer);
    return this.sends(proposer, 'a1', { kind: 'prepare', ballot: of, from: 1, clusterId: 1 });
  }

  /** The acceptor has promised, and says that it accepted these from slot 1 on. */
  promises(address: Address, proposer: Address, of: Ballot, ...accepted: readonly EntryBatch[]): this {
    this.promise(address, of).syncs(address);
    return this.sends(address, proposer, promised(of, { batches: accepted }));
  }

  asks(at: Address, client: Address, value: string, sequence = 1): this {
    return this.receives(at, client, { kind: 'request', client, session: 1, sequence, bytes: encoder.encode(value) });
  }

  accepts(proposer: Address, of: Ballot, first: Slot, ...values: readonly string[]): this {
    const batches = values.length === 0 ? [] : [batch(of, first, values)];
    const message = {
      kind: 'accept',
      ballot: of,
      chosenThrough: 0,
      trimThrough: 0,
      round: 0,
      clusterId: 1,
      batches,
    } as const;
    return this.sends(proposer, 'a1', message);
  }

  /** Votes are on the disk of each, and told. */
  votes(of: Ballot, proposer: Address, first: Slot, values: readonly string[], ...acceptors: readonly Address[]): this {
    for (const address of acceptors) {
      this.vote(address, of, first, ...values).syncs(address);
      this.sends(address, proposer, accepted(of, { first, last: first + values.length - 1 }));
    }
    return this;
  }

  answers(from: Address, client: Address, sequence: number, index: Slot, session = 0): this {
    const answer: Reply['answer'] = { kind: 'results', results: new Uint8Array(), index, ballot: 0, ageMs: 0 };
    return this.sends(from, client, { kind: 'reply', client, session, sequence, answer });
  }

  /** Client and sequence are the same for all that a client asks. */
  wishes(at: Address, client: Address, value?: string): this {
    const wish = value === undefined ? undefined : encoder.encode(value);
    return this.receives(at, client, { kind: 'decide', client, sequence: 1, key: 'k', value: wish });
  }

  /** Acceptors have accepted this in the register k: it is on their disks, and told. */
  registers(of: Ballot, value: string, ...addresses: readonly Address[]): this {
    for (const address of addresses) {
      this.register(address, of, of, value).syncs(address);
      this.sends(address, 'p1', {
        kind: 'registerAccepted',
        key: 'k',
        ballot: of,
        epoch: this.epoch,
        clusterId: 1,
        disk: 0,
      });
    }
    return this;
  }

  /** From now on, where nothing else is said. */
  inEpoch(epoch: number): this {
    this.epoch = epoch;
    return this;
  }

  register(address: Address, promised: Ballot, accepted: Ballot, value = ''): this {
    const number = (this.numbers.get(address) ?? 0) + 1;
    this.numbers.set(address, number);
    const register = { key: 'k', promised, accepted, value: encoder.encode(value) };
    return this.writes(address, { kind: 'registerVote', number, register });
  }

  decides(from: Address, client: Address, value?: string): this {
    const answer: Reply['answer'] = { kind: 'decided', value: value === undefined ? undefined : encoder.encode(value), ballot: 0 }; // prettier-ignore
    return this.sends(from, client, { kind: 'reply', client, session: 0, sequence: 1, answer });
  }

  refusesWish(from: Address, client: Address, reason: RefusalReason): this {
    const answer = { kind: 'refused', reason, ballot: 0 } as const;
    return this.sends(from, client, { kind: 'reply', client, session: 0, sequence: 1, answer });
  }

  reads(at: Address, client: Address, sequence: number): this {
    return this.receives(at, client, { kind: 'read', client, sequence, level: 'linearizable', maxAgeMs: 0, queries: new Uint8Array() }); // prettier-ignore
  }

  /** A stale read is answered, after a leader's word at the beginning and so many milliseconds. */
  answersStale(at: Address, index: Slot, ageMs: number): this {
    const read = { kind: 'read', client: 'c1', sequence: 1, level: 'stale', maxAgeMs: 0, queries: new Uint8Array() } as const; // prettier-ignore
    this.invariants.stepping(this.machines.get(at)!, { kind: 'receive', at: 0, from: 'c1', message: read });
    const answer = { kind: 'results', results: new Uint8Array(), index, ballot: 1, ageMs } as const;
    const message = { kind: 'reply', client: 'c1', session: 0, sequence: 1, answer } as const;
    return this.does(at, { kind: 'send', to: 'c1', message, after: 0 });
  }

  /** Milliseconds pass. */
  waits(ms: number): this {
    this.time.now += ms;
    return this;
  }

  private does(address: Address, effect: Effect<V>): this {
    this.invariants.executed(this.machines.get(address)!, effect);
    return this;
  }
}

export function b(round: number, proposer: number): Ballot {
  return ballot(round, proposer);
}

/** Clients' values; `-` is a no-op, `set …` a change of the acceptors. */
export function batch(of: Ballot, first: Slot, values: readonly string[]): EntryBatch {
  const entries = values.map((value): Entry => {
    if (value === '-') return { kind: 'noOp' };
    if (value.startsWith('set ')) return { kind: 'configuration', bytes: encoder.encode(value.slice(4)) };
    return { kind: 'request', from: 'c1', bytes: encoder.encode(value) };
  });
  return new EntryBatch(of, first, entries, sizeOf(entries));
}

export function promised(of: Ballot, message: Partial<Promised>): Promised {
  const last = Math.max(0, ...(message.batches ?? []).map((one) => one.last));
  return { kind: 'promised', ballot: of, disk: 0, from: 1, through: last, last, trimmedThrough: 0, clusterId: 1, batches: [], ...message }; // prettier-ignore
}

export function accepted(of: Ballot, message: Partial<Accepted>): Accepted {
  return { kind: 'accepted', ballot: of, disk: 0, round: 0, first: 0, last: 0, heldBytes: 0, registersEpoch: 1, echo: 0, clusterId: 1, ...message }; // prettier-ignore
}

/** What an acceptor has in registers, for the leader that moves them to this epoch. */
export function page(epoch: number): Message {
  return { kind: 'registersPage', ballot: b(1, 0), epoch, clusterId: 1, disk: 0, after: '', registers: [], isLast: true, floor: 0 }; // prettier-ignore
}

/** p1 leads in ballot 1.0 by the promises of a1 and a2. */
export function ledByP1(): Told {
  const told = new Told().prepares('p1', b(1, 0)).promises('a1', 'p1', b(1, 0)).promises('a2', 'p1', b(1, 0));
  return told.says('p1', { kind: 'becameLeader', ballot: b(1, 0), completedBy: 'a2' });
}

/** And these values are chosen from slot 1 on, by a1 and a2. */
export function chosenByP1(...values: readonly string[]): Told {
  const told = ledByP1();
  for (const value of values) told.asks('p1', 'c1', value);
  return told.accepts('p1', b(1, 0), 1, ...values).votes(b(1, 0), 'p1', 1, values, 'a1', 'a2');
}

import { EntryBatch, sizeOf } from '@synod/log';
import type { Entry } from '@synod/log';
import { RaftReplica, defaultLimits } from '@synod/raft-core';
import type { Message, RaftLimits, RaftVocabulary, Record } from '@synod/raft-core';
import type { Effect, Input } from '@synod/actor';
import type { ReplicatedService } from '@synod/state-machine';

export const members = ['r1', 'r2', 'r3'];

type Kind = Effect<RaftVocabulary>['kind'];
type Of<K extends Kind> = Extract<Effect<RaftVocabulary>, { kind: K }>;
type Untimed = Input<RaftVocabulary> extends infer I ? (I extends unknown ? Omit<I, 'at'> : never) : never;

/** What was applied, as text. */
export class Texts implements ReplicatedService {
  readonly applied: string[] = [];

  apply(_index: number, _user: string, request: Uint8Array): Uint8Array {
    this.applied.push(Buffer.from(request).toString());
    return request;
  }
  query = (): Uint8Array => new Uint8Array();
  hash = (): string => this.applied.join();
  snapshot = (): Iterator<Uint8Array> => [][Symbol.iterator]();
  restore = () => ({ page: () => undefined, finish: () => undefined });
}

/** One server and its disk; what it sends waits in `sent`. */
export class Server {
  readonly service = new Texts();
  readonly replica: RaftReplica;
  readonly effects: Effect<RaftVocabulary>[] = [];
  readonly journal: Record[];
  sent: { readonly to: string; readonly message: Message }[] = [];
  now = 1000;
  private readonly unsynced: Of<'persist'>[] = [];
  private held: Of<'send'>[] = [];
  private durable = 0;

  constructor(
    readonly self: string,
    journal: readonly Record[] = [],
    limits: Partial<RaftLimits> = {},
    incarnation = 1,
    /** False: persists wait for `sync`. */
    private readonly syncsAtOnce = true,
  ) {
    const configuration = {
      self,
      members,
      everyone: 'everyone',
      electionTimeout: { minMs: 150, maxMs: 300 },
      heartbeatMs: 50,
      limits: { ...defaultLimits, ...limits },
    };
    this.replica = new RaftReplica(configuration, this.service);
    this.journal = [...journal];
    for (const record of journal) this.step({ kind: 'recover', record });
    this.step({ kind: 'recovered', tail: 'clean', empty: journal.length === 0, incarnation });
  }

  step(input: Untimed): void {
    for (const effect of this.replica.step({ ...input, at: this.now })) {
      this.effects.push(effect);
      if (effect.kind === 'persist') this.unsynced.push(effect);
      if (effect.kind === 'send') this.held.push(effect);
    }
    this.release();
    if (this.syncsAtOnce) this.sync();
  }

  sync(): void {
    if (this.unsynced.length === 0) return;
    const persists = this.unsynced.splice(0);
    for (const { record } of persists) this.journal.push(record);
    this.durable = persists.at(-1)!.token;
    this.release();
    this.step({ kind: 'persisted', token: this.durable });
  }

  hear(from: string, message: Message): void {
    this.step({ kind: 'receive', from, message });
  }

  /** Takes what was sent out of `sent`. */
  take<K extends Message['kind']>(kind: K): Extract<Message, { kind: K }>[] {
    const taken = this.sent.filter(({ message }) => message.kind === kind);
    this.sent = this.sent.filter(({ message }) => message.kind !== kind);
    return taken.map(({ message }) => message as Extract<Message, { kind: K }>);
  }

  did<K extends Kind>(kind: K): Of<K>[] {
    return this.effects.filter((effect): effect is Of<K> => effect.kind === kind);
  }

  /** Stands for election with the help of one voter. */
  lead(voter: string): void {
    this.now += 400;
    const term = this.replica.inspect().term + 1;
    this.step({ kind: 'timeout', timer: 'election' });
    for (const phase of ['preVote', 'vote'] as const)
      this.hear(voter, { kind: 'requestVoteReply', phase, term, granted: true });
    expect(this.replica.inspect()).toMatchObject({ role: 'leader', term });
    this.sent = [];
  }

  private release(): void {
    this.sent.push(...this.held.filter(({ after }) => after <= this.durable));
    this.held = this.held.filter(({ after }) => after > this.durable);
  }
}

export function active(term: number): Record {
  return { kind: 'hardState', term, votedFor: undefined, clusterId: 7, floor: 0, standing: 'active' };
}

export function batch(term: number, first: number, ...texts: string[]): EntryBatch {
  const entries = texts.map((text): Entry => ({ kind: 'request', from: 'user', bytes: Buffer.from(text) }));
  return new EntryBatch(term, first, entries, sizeOf(entries));
}

export function append(
  term: number,
  prevIndex: number,
  prevTerm: number,
  batches: readonly EntryBatch[],
  commit: number,
  { to = 'r3', round = 0 } = {},
): Message {
  return { kind: 'appendEntries', term, prevIndex, prevTerm, commit, round, followers: [to], batches };
}

export function matched(term: number, index: number, { round = 0, voting = true } = {}): Message {
  return { kind: 'appendEntriesReply', term, round, voting, outcome: { kind: 'matched', index } };
}

import type { Address } from '@synod/actor';
import { encodeRequestBatch } from '@synod/api';
import { EntryBatch, sizeOf } from '@synod/log';
import type { AppendEntriesReply, Event, Message, RaftVocabulary, Record, Reply, Term } from '@synod/raft-core';
import type { Machine, Slot } from '@synod/simulator';
import { RaftInvariants } from '../src/index.js';
import type { View } from '../src/index.js';

type V = RaftVocabulary;

const encoder = new TextEncoder();

/** What a witness of a group of three is told, one thing after the other: honest or not, as the test likes. */
export class Told {
  private readonly machines = new Map<Address, Machine<V>>();
  private readonly views = new Map<Address, View>();
  private readonly unsynced = new Map<Address, Slot<V>[]>();
  private readonly states = new Map<Address, string>();
  private readonly invariants: RaftInvariants;
  private readonly time = { now: 0 };

  constructor() {
    for (const address of ['r1', 'r2', 'r3']) {
      const service = { hash: () => this.states.get(address) ?? 'same' };
      const clock = { at: (time: number) => time };
      const world = { timeline: this.time };
      const machine = { address, lives: 1, disk: { durable: [] as Slot<V>[] }, life: { service }, clock, world };
      Object.defineProperty(machine, 'localTime', { get: () => this.time.now });
      this.machines.set(address, machine as unknown as Machine<V>);
      this.views.set(address, { role: 'follower', standing: 'active', term: 0, lastIndex: 0, commitIndex: 0, lastApplied: 0, snapshotIndex: 0, purgedIndex: 0, installing: false }); // prettier-ignore
    }
    this.invariants = new RaftInvariants({ machines: this.machines }, ({ address }, view) =>
      Object.assign(view, this.views.get(address)),
    );
  }

  writes(address: Address, record: Record): this {
    const slot = { record } as unknown as Slot<V>;
    this.unsynced.set(address, [...(this.unsynced.get(address) ?? []), slot]);
    this.invariants.executed(this.machines.get(address)!, { kind: 'persist', token: 1, record });
    return this;
  }

  syncs(...addresses: readonly Address[]): this {
    for (const address of addresses) {
      const slots = this.unsynced.get(address) ?? [];
      this.unsynced.set(address, []);
      const machine = this.machines.get(address)!;
      (machine.disk.durable as Slot<V>[]).push(...slots);
      this.invariants.synced(machine, slots);
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

  says(address: Address, event: Event): this {
    this.invariants.executed(this.machines.get(address)!, { kind: 'observe', event });
    return this;
  }

  sends(from: Address, to: Address, message: Message): this {
    this.invariants.left(from, [to], message);
    return this;
  }

  receives(at: Address, from: Address, message: Message): this {
    this.invariants.stepping(this.machines.get(at)!, { kind: 'receive', at: this.time.now, from, message });
    return this;
  }

  /** A step is over, after which the replica says this of itself; the rest as before. */
  is(address: Address, view: Partial<View>, state?: string): this {
    Object.assign(this.views.get(address)!, view);
    if (state !== undefined) this.states.set(address, state);
    this.invariants.stepped(this.machines.get(address)!, { kind: 'persisted', at: 0, token: 1 });
    return this;
  }

  /** In a step that begins with what a timer says, its state machine executes an operation of that position. */
  executes(address: Address, index: number): this {
    const machine = this.machines.get(address)!;
    this.invariants.stepping(machine, { kind: 'timeout', at: 0, timer: 'apply' });
    this.invariants.applied(machine, index);
    return this;
  }

  /** And the step comes to its end. */
  applies(address: Address, index: number): this {
    return this.executes(address, index).is(address, {});
  }

  // What comes up often.

  term(address: Address, term: Term, votedFor?: Address): this {
    return this.writes(address, { kind: 'hardState', term, votedFor, clusterId: 1, standing: 'active', floor: 0 });
  }

  entries(address: Address, term: Term, first: number, ...values: readonly string[]): this {
    const entries = values.map((value) => ({ kind: 'request', from: 'c1', bytes: encoder.encode(value) }) as const);
    return this.writes(address, { kind: 'entries', batch: new EntryBatch(term, first, entries, sizeOf(entries)) });
  }

  /** Batches of clients, as these number them. */
  batches(
    address: Address,
    term: Term,
    first: number,
    ...batches: readonly (readonly [user: string, session: number, sequence: number])[]
  ): this {
    const entries = batches.map(([from, session, sequence]) => {
      const bytes = encodeRequestBatch({ client: 'x', session, sequence, acknowledgedThrough: 0, operations: [] });
      return { kind: 'request', from, bytes } as const;
    });
    return this.writes(address, { kind: 'entries', batch: new EntryBatch(term, first, entries, sizeOf(entries)) });
  }

  votes(voter: Address, candidate: Address, term: Term): this {
    this.term(voter, term, candidate).syncs(voter);
    return this.sends(voter, candidate, { kind: 'requestVoteReply', phase: 'vote', term, granted: true });
  }

  stands(candidate: Address, term: Term, lastTerm: Term, lastIndex: number): this {
    this.term(candidate, term, candidate).syncs(candidate);
    return this.sends(candidate, 'r2', { kind: 'requestVote', phase: 'vote', term, lastTerm, lastIndex, handover: false }); // prettier-ignore
  }

  leads(address: Address, term: Term): this {
    return this.says(address, { kind: 'becameLeader', term, completedBy: 'r2' });
  }

  /** `leader` is elected by itself and `voter`. */
  elects(leader: Address, voter: Address, term: Term, lastTerm = 0, lastIndex = 0): this {
    return this.stands(leader, term, lastTerm, lastIndex).votes(voter, leader, term).leads(leader, term).is(leader, { role: 'leader', term, lastIndex }); // prettier-ignore
  }

  commits(address: Address, term: Term, index: number): this {
    return this.says(address, { kind: 'committed', term, index, completedBy: 'r2' });
  }

  acknowledges(from: Address, to: Address, term: Term, reply: Partial<AppendEntriesReply>): this {
    return this.sends(from, to, { kind: 'appendEntriesReply', term, round: 0, voting: true, outcome: { kind: 'heard' }, ...reply }); // prettier-ignore
  }

  answers(from: Address, client: Address, sequence: number, index: number): this {
    const answer: Reply['answer'] = { kind: 'results', results: new Uint8Array(), index, term: 1, ageMs: 0 };
    return this.sends(from, client, { kind: 'reply', client, session: 0, sequence, answer });
  }

  /** Milliseconds pass. */
  waits(ms: number): this {
    this.time.now += ms;
    return this;
  }

  /** A stale read is answered at once. */
  answersStale(at: Address, index: number, ageMs: number): this {
    this.receives(at, 'c1', { kind: 'read', client: 'c1', sequence: 1, level: 'stale', maxAgeMs: 0, queries: new Uint8Array() }); // prettier-ignore
    const answer: Reply['answer'] = { kind: 'results', results: new Uint8Array(), index, term: 1, ageMs };
    const message = { kind: 'reply', client: 'c1', session: 0, sequence: 1, answer } as const;
    this.invariants.executed(this.machines.get(at)!, { kind: 'send', to: 'c1', message, after: 0 });
    return this;
  }

  reads(at: Address, client: Address, sequence: number): this {
    return this.receives(at, client, { kind: 'read', client, sequence, level: 'linearizable', maxAgeMs: 0, queries: new Uint8Array() }); // prettier-ignore
  }
}

/** r1 leads term 1 by the vote of r2, and both have `entries` on their disks; r3 has nothing. */
export function ledByR1(...entries: readonly string[]): Told {
  const told = new Told().elects('r1', 'r2', 1);
  if (entries.length === 0) return told;
  told.entries('r1', 1, 1, ...entries).entries('r2', 1, 1, ...entries);
  return told.syncs('r1', 'r2').is('r1', { lastIndex: entries.length });
}

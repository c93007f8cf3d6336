import type { Address } from '@synod/actor';
import type { LogIndex } from '@synod/log';
import type { RaftReplica, RaftVocabulary, Record, Term } from '@synod/raft-core';
import type { Machine } from '@synod/simulator';
import { LogView } from './log-view.js';
import type { EntryPrint } from './log-view.js';

type V = RaftVocabulary;

/** What a replica says of itself; read after every step, so it is filled in place. */
export interface View {
  role: string;
  standing: string;
  term: Term;
  lastIndex: LogIndex;
  commitIndex: LogIndex;
  lastApplied: LogIndex;
  snapshotIndex: LogIndex;
  /** Positions up to here are not in the log any more. */
  purgedIndex: LogIndex;
  /** The state machine's state is being replaced, while `lastApplied` still tells of the old one. */
  installing: boolean;
}

/** Fills a view of a machine that is up. */
export type Look = (machine: Machine<V>, view: View) => void;

/** Straight from the core's state: `inspect` would make objects for people at every step. */
export const lookInto: Look = (machine, view) => {
  const raft = (machine.life!.actor as RaftReplica)['raft'];
  view.role = raft.role.kind;
  view.standing = raft.standing;
  view.term = raft.currentTerm;
  view.lastIndex = raft.log.lastIndex;
  view.commitIndex = raft.commitIndex;
  view.lastApplied = raft.lastApplied;
  view.snapshotIndex = raft.snapshot?.index ?? 0;
  view.purgedIndex = raft.log.base.index;
  view.installing = raft.installing !== undefined;
};

function blank(): View {
  return { role: 'down', standing: 'empty', term: 0, lastIndex: 0, commitIndex: 0, lastApplied: 0, snapshotIndex: 0, purgedIndex: 0, installing: false }; // prettier-ignore
}

/** What is known of one replica from outside: its log as written, its log as durable, what it said of itself. */
export class Watched {
  written = new LogView();
  durable = new LogView();
  /** What a lost disk held, until the replica counts again: a copy of everything may be lost once. */
  lost: LogView | undefined;
  /** After the last step, and the one before; `before` is blank at the beginning of a life. */
  now = blank();
  before = blank();
  /** As its events tell, in the middle of a step too. */
  leads = false;
  /** How far it has said, in this life, that the log is committed. */
  committed: LogIndex = 0;
  /** The highest term it spoke in; void when its disk was lost. */
  spokenTerm: Term = 0;

  constructor(readonly machine: Machine<V>) {}

  get address(): Address {
    return this.machine.address;
  }

  /** A life ended or begins: what is on the disk is what there is. */
  reload(records: readonly Record[]): void {
    this.durable = LogView.of(records);
    this.written = this.durable.copy();
    this.now = blank();
    this.before = blank();
    this.leads = false;
    this.committed = 0;
  }

  look(look: Look): void {
    const next = this.before;
    this.before = this.now;
    this.now = next;
    look(this.machine, next);
  }
}

export interface Committed extends EntryPrint {
  /** The term of the leader that committed it. */
  readonly by: Term;
  /** When, in true time. */
  readonly at: number;
}

/** The whole group as an omniscient observer knows it. */
export class GroupView {
  readonly members: ReadonlyMap<Address, Watched>;
  /** Position i stands at i - 1. Grows, and nothing in it ever changes. */
  readonly committed: Committed[] = [];
  /** Which life of which replica leads each term. */
  readonly leaders = new Map<Term, { readonly address: Address; readonly life: number }>();

  constructor(machines: Iterable<Machine<V>>) {
    this.members = new Map([...machines].map((machine) => [machine.address, new Watched(machine)]));
  }

  of(machine: Machine<V>): Watched {
    return this.members.get(machine.address)!;
  }

  isMajority(count: number): boolean {
    return 2 * count > this.members.size;
  }
}

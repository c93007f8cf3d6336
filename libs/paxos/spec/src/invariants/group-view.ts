import type { Address } from '@synod/actor';
import type { Ballot, PaxosAcceptor, PaxosProposer, PaxosVocabulary, Record, Slot } from '@synod/paxos-core';
import type { Machine } from '@synod/simulator';
import { AcceptorView } from './acceptor-view.js';
import { ProposerView } from './proposer-view.js';

type V = PaxosVocabulary;

/** What an acceptor says of itself; read after every step, so it is filled in place. */
export interface AcceptorWords {
  standing: string;
  disk: number;
  promised: Ballot;
  trimmedThrough: Slot;
  heldBytes: number;
}

/** What a proposer says of itself. */
export interface ProposerWords {
  role: string;
  /** Of its role; 0 for a follower. */
  ballot: Ballot;
  round: number;
  /** Slots through here are cut away. */
  base: Slot;
  snapshotSlot: Slot;
  lastApplied: Slot;
  chosenThrough: Slot;
  /** The state machine's state is being replaced, while `lastApplied` still tells of the old one. */
  installing: boolean;
}

/** Fills the words of a machine that is up. */
export interface Look {
  acceptor(machine: Machine<V>, words: AcceptorWords): void;
  proposer(machine: Machine<V>, words: ProposerWords): void;
}

/** Straight from the cores' state: `inspect` would make objects for people at every step. */
export const lookInto: Look = {
  acceptor(machine, words) {
    const acceptor = (machine.life!.actor as PaxosAcceptor)['acceptor'];
    words.standing = acceptor.standing;
    words.disk = acceptor.disk;
    words.promised = acceptor.promised;
    words.trimmedThrough = acceptor.trimmedThrough;
    words.heldBytes = acceptor.votes.heldBytes;
  },
  proposer(machine, words) {
    const { role, round, chosen, snapshot, lastApplied, installing } = (machine.life!.actor as PaxosProposer)['proposer']; // prettier-ignore
    words.role = role.kind;
    words.ballot = role.kind === 'follower' ? 0 : role.ballot;
    words.round = round;
    words.base = chosen.base;
    words.snapshotSlot = snapshot?.index ?? 0;
    words.lastApplied = lastApplied;
    words.chosenThrough = chosen.through;
    words.installing = installing !== undefined;
  },
};

/** What is known of one acceptor from outside. */
export class WatchedAcceptor {
  written = new AcceptorView();
  durable = new AcceptorView();
  now = blankAcceptor();
  before = blankAcceptor();
  /** The highest ballot it spoke of as promised; void when its disk was lost. */
  spoken: Ballot = 0;
  /** The latest epoch for which it told or stored registers, so that it is done with those before; void when its disk was lost. */
  epoch = 0;

  constructor(readonly machine: Machine<V>) {}

  get address(): Address {
    return this.machine.address;
  }

  /** As which acceptor its disk counts. */
  get key(): string {
    return keyOf(this.address, this.durable.disk);
  }

  /** A life ended or begins: what is on the disk is what there is. */
  reload(records: readonly Record[]): void {
    this.durable = AcceptorView.of(records);
    this.written = AcceptorView.of(records);
    this.now = blankAcceptor();
    this.before = blankAcceptor();
  }

  look(look: Look): void {
    const next = this.before;
    this.before = this.now;
    this.now = next;
    look.acceptor(this.machine, next);
  }
}

/** What is known of one proposer from outside. */
export class WatchedProposer {
  written = new ProposerView();
  durable = new ProposerView();
  /** What its lost disk held, until it has as much again. */
  lost: Slot = 0;
  /** Stamps of its words of progress since its disk was lost: those that tell of a disk that lives. */
  readonly told = new Set<number>();
  /** Leading: of whom the last word of progress tells of a disk that lives. */
  readonly heardOfLife = new Set<Address>();
  /** Its clock at its latest step. */
  at = 0;
  /** Leading: when each other proposer last told of its progress, and what each acceptor said that it holds. */
  readonly words = {
    progress: new Map<Address, number>(),
    held: new Map<string, { readonly heldBytes: number; readonly at: number }>(),
  };
  now = blankProposer();
  before = blankProposer();
  /** The highest round it used; void when its disk was lost. */
  spokenRound = 0;

  constructor(readonly machine: Machine<V>) {}

  get address(): Address {
    return this.machine.address;
  }

  reload(records: readonly Record[]): void {
    this.durable = ProposerView.of(records);
    this.written = ProposerView.of(records);
    this.now = blankProposer();
    this.before = blankProposer();
    this.forgetWords();
  }

  /** Whoever leads anew has heard nobody yet. */
  forgetWords(): void {
    this.heardOfLife.clear();
    this.words.progress.clear();
    this.words.held.clear();
  }

  look(look: Look): void {
    const next = this.before;
    this.before = this.now;
    this.now = next;
    look.proposer(this.machine, next);
  }
}

/** The whole group as an omniscient observer knows it. */
export class GroupView {
  readonly acceptors = new Map<Address, WatchedAcceptor>();
  readonly proposers = new Map<Address, WatchedProposer>();

  constructor(machines: Iterable<Machine<V>>, isAcceptor: (address: Address) => boolean) {
    for (const machine of machines) {
      if (isAcceptor(machine.address)) this.acceptors.set(machine.address, new WatchedAcceptor(machine));
      else this.proposers.set(machine.address, new WatchedProposer(machine));
    }
  }
}

/** An acceptor is a disk. */
export function keyOf(address: Address, disk: number): string {
  return `${address}:${disk}`;
}

function blankAcceptor(): AcceptorWords {
  return { standing: 'empty', disk: 0, promised: 0, trimmedThrough: 0, heldBytes: 0 };
}

export function blankProposer(): ProposerWords {
  return { role: 'down', ballot: 0, round: 0, base: 0, snapshotSlot: 0, lastApplied: 0, chosenThrough: 0, installing: false }; // prettier-ignore
}

import type { Address, Effect, Input } from '@synod/actor';
import type { Event, Message, PaxosVocabulary, Record, Slot } from '@synod/paxos-core';
import type { Machine, Slot as Stored, Witness, World } from '@synod/simulator';
import type { ReplicatedService } from '@synod/state-machine';
import { Acceptors } from './acceptors.js';
import { Ages } from './ages.js';
import { Ballots } from './ballots.js';
import { ChosenSlots } from './chosen-slots.js';
import { GroupView, blankProposer, lookInto } from './group-view.js';
import type { Look, WatchedAcceptor, WatchedProposer } from './group-view.js';
import { Learners } from './learners.js';
import { ReadRounds } from './read-rounds.js';
import { Refusals } from './refusals.js';
import { RegisterDisks } from './register-disks.js';
import { RegisterEpochs } from './register-epochs.js';
import { Registers } from './registers.js';
import { Trimming } from './trimming.js';

type V = PaxosVocabulary;

/** What the checker must know of the group. */
export interface Checked {
  readonly isAcceptor: (address: Address) => boolean;
  readonly alpha: number;
  readonly heldBytes: number;
  /** Executes what is chosen, honestly. */
  readonly reference: ReplicatedService;
}

/**
 * Checks what must be true of a Multi-Paxos group after every step; throws a `Violation` at the first thing that is not. `claims`
 * has the list. A step costs a constant, and what it writes, chooses or executes.
 */
export class PaxosInvariants implements Witness<V> {
  readonly slots: ChosenSlots;
  readonly group: GroupView;
  readonly trimming: Trimming;
  private readonly ballots: Ballots;
  private readonly acceptors: Acceptors;
  private readonly learners: Learners;
  private readonly readRounds: ReadRounds;
  private readonly ages = new Ages();
  private readonly refusals: Refusals;
  private readonly registerDisks: RegisterDisks;
  private readonly registerEpochs = new RegisterEpochs();
  private readonly registers: Registers;

  constructor(
    world: Pick<World<V>, 'machines'>,
    { isAcceptor, alpha, heldBytes, reference }: Checked,
    private readonly look: Look = lookInto,
  ) {
    this.group = new GroupView(world.machines.values(), isAcceptor);
    this.slots = new ChosenSlots(alpha, (slot, entry) => this.learners.chosen(slot, entry));
    this.ballots = new Ballots(this.slots, alpha);
    this.acceptors = new Acceptors(this.slots, this.ballots);
    this.learners = new Learners(this.slots, reference);
    this.trimming = new Trimming(this.group, this.slots, heldBytes);
    this.readRounds = new ReadRounds(this.slots, (proposer) => this.knownThrough(proposer));
    this.refusals = new Refusals(this.slots);
    this.registerDisks = new RegisterDisks(this.slots);
    this.registers = new Registers(this.registerDisks);
    for (const { address } of this.group.proposers.values()) this.beginLife(address);
  }

  /** What recovery found is on the disk, whether a former life was told so or not. */
  started(machine: Machine<V>): void {
    this.reload(machine);
    const acceptor = this.group.acceptors.get(machine.address);
    if (acceptor !== undefined) for (const { record } of machine.disk.durable) this.found(acceptor, record);
  }

  crashed(machine: Machine<V>): void {
    this.reload(machine);
  }

  stopped(machine: Machine<V>): void {
    this.reload(machine);
  }

  wiped(machine: Machine<V>): void {
    const acceptor = this.group.acceptors.get(machine.address);
    if (acceptor !== undefined) acceptor.spoken = acceptor.epoch = 0;
    this.registerDisks.wiped(machine.address);
    const proposer = this.group.proposers.get(machine.address);
    if (proposer !== undefined) {
      proposer.lost = Math.max(proposer.lost, proposer.durable.through);
      proposer.told.clear();
      for (const { heardOfLife } of this.group.proposers.values()) heardOfLife.delete(machine.address);
      proposer.spokenRound = 0;
    }
    this.reload(machine);
  }

  synced(machine: Machine<V>, stored: readonly Stored<V>[]): void {
    const acceptor = this.group.acceptors.get(machine.address);
    const proposer = this.group.proposers.get(machine.address);
    for (const { record } of stored) {
      if (acceptor === undefined) proposer!.durable.add(record);
      else {
        acceptor.durable.add(record);
        this.found(acceptor, record);
      }
    }
  }

  stepping(machine: Machine<V>, input: Input<V>): void {
    const proposer = this.group.proposers.get(machine.address);
    if (proposer === undefined) return;
    this.ages.stepping(proposer, input);
    proposer.at = input.at;
    if (input.kind !== 'receive') return;
    const { from, message } = input;
    if (message.kind === 'progress') this.trimming.received(proposer, from, message);
    else if (message.kind === 'accepted') this.trimming.heard(proposer, from, message);
    this.ballots.received(message, from);
    this.readRounds.received(proposer, from, message);
    this.refusals.received(machine.address, from, message);
    this.registers.received(from, message);
  }

  executed(machine: Machine<V>, effect: Effect<V>): void {
    const acceptor = this.group.acceptors.get(machine.address);
    if (acceptor !== undefined) return this.acceptorDid(acceptor, effect);
    const proposer = this.group.proposers.get(machine.address)!;
    this.ages.executed(proposer, effect);
    if (effect.kind === 'persist') this.learners.persisted(proposer, effect.record);
    else if (effect.kind === 'observe') this.observed(proposer, effect.event);
  }

  left(from: Address, to: readonly Address[], message: Message): void {
    const acceptor = this.group.acceptors.get(from);
    const proposer = this.group.proposers.get(from);
    if (acceptor !== undefined) {
      this.acceptors.left(acceptor, message);
      this.readRounds.acceptorLeft(acceptor, message);
      this.registerDisks.left(from, message, acceptor.durable.state?.registerFloor);
      this.registerEpochs.left(acceptor, message);
    } else if (proposer !== undefined) this.proposerLeft(proposer, to, message);
  }

  stepped(machine: Machine<V>, input: Input<V>): void {
    if (input.kind === 'recover') return;
    const acceptor = this.group.acceptors.get(machine.address);
    if (acceptor !== undefined) {
      acceptor.look(this.look);
      this.acceptors.stepped(acceptor);
      this.trimming.stepped(acceptor);
      return;
    }
    const proposer = this.group.proposers.get(machine.address)!;
    proposer.look(this.look);
    this.learners.stepped(proposer, () => machine.life!.service.hash());
    if (proposer.durable.through >= proposer.lost) proposer.lost = 0;
    if (proposer.now.role !== 'leader') proposer.forgetWords();
  }

  /** A record is known to be on an acceptor's disk. */
  private found(acceptor: WatchedAcceptor, record: Record): void {
    this.acceptors.found(acceptor, record);
    if (record.kind === 'registerVote') this.registerDisks.found(acceptor.address, record.register);
  }

  private acceptorDid(acceptor: WatchedAcceptor, effect: Effect<V>): void {
    if (effect.kind === 'persist') {
      const { record } = effect;
      this.registerEpochs.persisted(acceptor, record); // before what was written is that
      this.acceptors.persisted(acceptor, record);
      if (record.kind === 'registerVote') this.registerDisks.persisted(acceptor.address, record.register);
    } else if (effect.kind === 'send') {
      this.acceptors.says(acceptor, effect.message);
      this.registerDisks.says(acceptor.address, effect.message);
    }
  }

  private observed(proposer: WatchedProposer, event: Event): void {
    this.learners.observed(proposer, event);
    this.ages.observed(proposer, event);
    this.readRounds.observed(proposer, event);
    this.refusals.observed(proposer.address, event);
    if (event.kind === 'registersMoved') this.registerDisks.moved(event.set);
  }

  private proposerLeft(proposer: WatchedProposer, to: readonly Address[], message: Message): void {
    const { address } = proposer;
    this.ballots.proposerLeft(proposer, message);
    this.learners.left(proposer, message);
    if (message.kind === 'accept') this.trimming.left(proposer, message);
    else if (message.kind === 'progress') proposer.told.add(message.at);
    else if (message.kind === 'reply') this.refusals.replied(address, to[0]!, message);
    this.readRounds.proposerLeft(proposer, to[0]!, message);
    this.registers.left(address, to[0]!, message);
  }

  private reload({ address, disk }: Machine<V>): void {
    const watched = this.group.acceptors.get(address) ?? this.group.proposers.get(address)!;
    watched.reload(disk.durable.map((stored) => stored.record));
    if (this.group.proposers.has(address)) this.beginLife(address);
  }

  private beginLife(address: Address): void {
    this.readRounds.begin(address);
    this.refusals.begin(address);
    this.registers.begin(address);
  }

  private knownThrough({ machine }: WatchedProposer): Slot {
    const words = blankProposer();
    this.look.proposer(machine, words);
    return words.chosenThrough;
  }
}

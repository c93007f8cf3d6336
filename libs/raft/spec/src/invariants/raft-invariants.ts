import type { Address, Effect, Input } from '@synod/actor';
import type { LogIndex } from '@synod/log';
import type { Message, RaftVocabulary } from '@synod/raft-core';
import type { Machine, Slot, Witness, World } from '@synod/simulator';
import { Ages } from './ages.js';
import { AppliedOnce } from './applied-once.js';
import { Commitment } from './commitment.js';
import { Durability } from './durability.js';
import { Elections } from './elections.js';
import { GroupView, lookInto } from './group-view.js';
import type { Look } from './group-view.js';
import { Logs } from './logs.js';
import { checkOrder } from './order.js';
import { ReadRounds } from './read-rounds.js';
import { States } from './states.js';

type V = RaftVocabulary;

/**
 * Checks what must be true of a Raft group after every step; throws a `Violation` at the first thing that is not. `claims`
 * has the list. A step costs a constant, and what it writes, commits or applies.
 */
export class RaftInvariants implements Witness<V> {
  private readonly group: GroupView;
  private readonly elections: Elections;
  private readonly logs: Logs;
  private readonly commitment: Commitment;
  private readonly durability: Durability;
  private readonly readRounds: ReadRounds;
  private readonly ages: Ages;
  private readonly states = new States();
  private readonly appliedOnce = new AppliedOnce();

  constructor(
    world: Pick<World<V>, 'machines'>,
    private readonly look: Look = lookInto,
  ) {
    this.group = new GroupView(world.machines.values());
    this.elections = new Elections(this.group);
    this.logs = new Logs(this.group);
    this.commitment = new Commitment(this.group, this.elections);
    this.durability = new Durability(this.group);
    this.readRounds = new ReadRounds(this.group);
    this.ages = new Ages(this.group);
  }

  get committedIndex(): LogIndex {
    return this.group.committed.length;
  }

  started(machine: Machine<V>): void {
    this.reload(machine);
  }

  crashed(machine: Machine<V>): void {
    this.reload(machine);
  }

  stopped(machine: Machine<V>): void {
    this.reload(machine);
  }

  wiped(machine: Machine<V>): void {
    const watched = this.group.of(machine);
    watched.lost ??= watched.durable;
    watched.spokenTerm = 0;
    this.reload(machine);
  }

  synced(machine: Machine<V>, slots: readonly Slot<V>[]): void {
    const { durable } = this.group.of(machine);
    for (const slot of slots) durable.add(slot.record);
  }

  stepping(machine: Machine<V>, input: Input<V>): void {
    this.appliedOnce.stepping();
    this.ages.stepping(this.group.of(machine), input);
    if (input.kind === 'receive') this.readRounds.received(this.group.of(machine), input.from, input.message);
  }

  executed(machine: Machine<V>, effect: Effect<V>): void {
    const watched = this.group.of(machine);
    this.ages.executed(watched, effect);
    if (effect.kind === 'persist') return this.logs.persisted(watched, effect.record);
    if (effect.kind !== 'observe') return;
    this.elections.observed(watched, effect.event);
    this.commitment.observed(watched, effect.event);
    this.readRounds.observed(watched, effect.event);
  }

  left(from: Address, to: readonly Address[], message: Message): void {
    const sender = this.group.members.get(from);
    if (sender === undefined) return;
    this.durability.left(sender, message);
    this.elections.left(sender, to, message);
    this.readRounds.left(sender, to, message);
  }

  applied(_machine: Machine<V>, index: LogIndex): void {
    this.appliedOnce.apply(index);
  }

  stepped(machine: Machine<V>, input: Input<V>): void {
    if (input.kind === 'recover') return;
    const watched = this.group.of(machine);
    watched.look(this.look);
    checkOrder(watched);
    this.commitment.stepped(watched);
    this.appliedOnce.stepped(watched);
    this.states.stepped(watched, () => machine.life!.service.hash());
    if (watched.now.standing === 'active') watched.lost = undefined;
  }

  private reload(machine: Machine<V>): void {
    this.group.of(machine).reload(machine.disk.durable.map((slot) => slot.record));
    this.readRounds.begin(machine.address);
  }
}

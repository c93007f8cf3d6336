import type { Effect, Input } from '@synod/actor';
import type { Event, Message, PaxosAcceptor, PaxosProposer, PaxosVocabulary } from '@synod/paxos-core';
import { Situations } from '@synod/simulation';
import type { Counters, Machine } from '@synod/simulator';
import { isAcceptor } from './group.js';

type V = PaxosVocabulary;
type Proposer = PaxosProposer['proposer'];
type Acceptor = PaxosAcceptor['acceptor'];

const ofEvent: { readonly [kind in Event['kind']]?: string } = {
  canvassing: 'canvasses',
  preparing: 'ballots prepared',
  becameLeader: 'leaders elected',
  adopted: 'values adopted',
  valueChosen: 'values chosen',
  readRoundConfirmed: 'read rounds',
  reconfigured: 'changes of the acceptors learned',
  registersMoved: 'moves of the registers learned',
  registerDecided: 'registers decided',
  registerPreempted: 'register rounds preempted',
  handingOver: 'hand-overs',
  catchingUp: 'proposers that missed something',
  snapshotTaken: 'snapshots taken',
  snapshotFetching: 'snapshots fetched',
  snapshotInstalled: 'snapshots installed',
  founded: 'proposers told who founded the group',
  trimmed: 'trims',
};

const ofReason: { readonly [why: string]: string } = {
  preempted: 'proposers preempted',
  notPromised: 'ballots not promised',
  lostQuorum: 'leaders that no quorum answered',
  behind: 'candidates behind the trimmed slots',
};

const special = [
  'canvasses refused by who hears a leader',
  'prepares refused',
  'accepts refused',
  'gaps filled with no-ops',
  'promises of several pages',
  'promises read from the journal',
  'promises with trimmed slots',
  'take-overs',
  'duels of two that prepare',
  'two leaders at once',
  'slots proposed while others were under way',
  'slots decided by changed acceptors',
  'lost disks replaced',
  'commands proposed again',
  'commands said to be lost',
  'read rounds lost with the leadership',
  'reads before the leader was settled',
  'accepts of an older ballot',
  'journals of acceptors cut',
  'ballots of proposers that had lost their disks',
  'rivals for a register when the registers moved',
  'duels for a register',
  'registers adopted from an earlier ballot',
  'registers read while a decide runs',
  'registers moved by a reconfiguration',
  'registers moved by a snapshot',
] as const;

/** What is remembered of a life, to tell what an event meant. */
interface Course {
  role: 'follower' | 'canvassing' | 'preparing' | 'leader';
  readRoundOpen: boolean;
}

/** Adds what takes more than one event to tell, or a look at the member. */
export class PaxosSituations extends Situations<V> {
  private readonly courses = new Map<Machine<V>, Course>();
  /** Those whose disks were lost, and that have used no ballot since. */
  private readonly diskless = new Set<Machine<V>>();

  constructor(counters: Counters) {
    super(counters, ofEvent);
    counters.expect(...Object.values(ofReason), ...special);
  }

  started(machine: Machine<V>): void {
    this.courses.set(machine, { role: 'follower', readRoundOpen: false });
  }

  wiped(machine: Machine<V>): void {
    this.diskless.add(machine);
  }

  override stepping(machine: Machine<V>, input: Input<V>): void {
    super.stepping(machine, input);
    if (isAcceptor(machine.address)) {
      if (input.kind === 'logRead' && input.batches.length > 0) this.is('promises read from the journal');
      if (input.kind === 'receive') this.stored(acceptorOf(machine), input.message);
      return;
    }
    if (input.kind === 'snapshotInstalled') this.installs(proposerOf(machine), input.ok);
    if (input.kind === 'receive') this.received(proposerOf(machine), input.message);
  }

  override executed(machine: Machine<V>, effect: Effect<V>): void {
    super.executed(machine, effect);
    if (effect.kind === 'cut' && isAcceptor(machine.address)) this.is('journals of acceptors cut');
    else if (effect.kind === 'send' && effect.message.kind === 'promised') this.promised(effect.message);
    else if (effect.kind === 'observe') this.event(machine, effect.event);
  }

  private is(situation: (typeof special)[number]): void {
    this.counters.count(situation);
  }

  private promised({ through, last, trimmedThrough }: Extract<Message, { kind: 'promised' }>): void {
    if (through < last) this.is('promises of several pages');
    if (trimmedThrough > 0) this.is('promises with trimmed slots');
  }

  /** Values of registers that come from acceptors that are left. */
  private stored({ registersEpoch }: Acceptor, message: Message): void {
    if (message.kind !== 'storeRegisters' || message.epoch <= registersEpoch) return;
    if (message.registers.some(({ accepted }) => accepted > 0)) this.is('registers moved by a reconfiguration');
  }

  /** Another's snapshot tells of acceptors of the registers that the log did not. */
  private installs({ installing, registerSet }: Proposer, ok: boolean): void {
    const offer = installing?.given?.offer;
    if (ok && offer && offer.registers.version > registerSet!.version) this.is('registers moved by a snapshot');
  }

  private received(proposer: Proposer, message: Message): void {
    if (message.kind === 'decide' && message.value === undefined && this.isDecided(message.key)) this.is('registers read while a decide runs'); // prettier-ignore
    if (message.kind === 'accept' && message.ballot < proposer.leaderBallot) this.is('accepts of an older ballot');
    const { role } = proposer;
    const early = role.kind === 'leader' && proposer.chosen.through < role.promises.last;
    if (early && message.kind === 'read' && message.level === 'linearizable') this.is('reads before the leader was settled'); // prettier-ignore
  }

  private event(machine: Machine<V>, event: Event): void {
    const course = this.courses.get(machine)!;
    switch (event.kind) {
      case 'becameFollower':
        return this.followed(course, event.why);
      case 'canvassing':
        course.role = 'canvassing';
        return;
      case 'preparing':
        return this.preparing(machine, course, event.why === 'handover');
      case 'becameLeader':
        course.role = 'leader';
        if (this.count('leader') > 1) this.is('two leaders at once');
        return;
      case 'canvassAnswered':
        if (!event.granted) this.is('canvasses refused by who hears a leader');
        return;
      case 'refused':
        return this.is(event.phase === 'prepare' ? 'prepares refused' : 'accepts refused');
      case 'readRoundBegan':
      case 'readRoundConfirmed':
        course.readRoundOpen = event.kind === 'readRoundBegan';
        return;
      default:
        return this.proposed(machine, event);
    }
  }

  private proposed(machine: Machine<V>, event: Event): void {
    switch (event.kind) {
      case 'adopted':
        if (event.noOps > 0) this.is('gaps filled with no-ops');
        return;
      case 'proposed': {
        const { chosen, sets } = proposerOf(machine);
        if (event.first > chosen.through + 1) this.is('slots proposed while others were under way');
        if (sets!.at(event.first).version > 1) this.is('slots decided by changed acceptors');
        return;
      }
      case 'lostSlot':
        return this.is(event.again ? 'commands proposed again' : 'commands said to be lost');
      case 'registerPreparing':
        if (this.isRivalled(machine, event.key)) this.is('duels for a register');
        return;
      case 'registerAccepting':
        if (event.adopted) this.is('registers adopted from an earlier ballot');
        return;
      case 'registersMoved':
        if (this.hasRivals(machine)) this.is('rivals for a register when the registers moved');
        return;
      case 'reconfigured':
        if (event.set.acceptors.some(({ disk }) => disk > 0)) this.is('lost disks replaced');
    }
  }

  private preparing(machine: Machine<V>, course: Course, handover: boolean): void {
    course.role = 'preparing';
    if (handover) this.is('take-overs');
    if (this.count('preparing') > 1) this.is('duels of two that prepare');
    if (this.diskless.delete(machine)) this.is('ballots of proposers that had lost their disks');
  }

  private followed(course: Course, why: string): void {
    const reason = ofReason[why];
    if (reason !== undefined) this.counters.count(reason);
    if (course.readRoundOpen && course.role === 'leader') this.is('read rounds lost with the leadership');
    course.role = 'follower';
    course.readRoundOpen = false;
  }

  /** Another proposer wants a register that this one has a round for. */
  private hasRivals(machine: Machine<V>): boolean {
    return [...proposerOf(machine).registerRounds.keys()].some((key) => this.isRivalled(machine, key));
  }

  /** Another proposer than this one has a round for the register. */
  private isRivalled(machine: Machine<V>, key: string): boolean {
    for (const other of this.proposers())
      if (other !== machine && proposerOf(other).registerRounds.has(key)) return true;
    return false;
  }

  /** Somebody has a round for the register in which there is a value. */
  private isDecided(key: string): boolean {
    for (const machine of this.proposers()) if (proposerOf(machine).registerRounds.get(key)?.proposed) return true;
    return false;
  }

  private *proposers(): Iterable<Machine<V>> {
    for (const machine of this.courses.keys())
      if (machine.life !== undefined && !isAcceptor(machine.address)) yield machine;
  }

  /** Proposers that are up and in this role. */
  private count(role: Course['role']): number {
    let count = 0;
    for (const [machine, course] of this.courses) if (machine.life !== undefined && course.role === role) count++;
    return count;
  }
}

function proposerOf(machine: Machine<V>): Proposer {
  return (machine.life!.actor as PaxosProposer)['proposer'];
}

function acceptorOf(machine: Machine<V>): Acceptor {
  return (machine.life!.actor as PaxosAcceptor)['acceptor'];
}

import type { Effect, Input } from '@synod/actor';
import type { Event, Message, RaftReplica, RaftVocabulary } from '@synod/raft-core';
import { Situations } from '@synod/simulation';
import type { Counters, Machine } from '@synod/simulator';

type V = RaftVocabulary;

const ofEvent: { readonly [kind in Event['kind']]?: string } = {
  becamePreCandidate: 'pre-votes',
  becameCandidate: 'elections',
  becameLeader: 'leaders elected',
  committed: 'commits',
  truncated: 'log truncations',
  readRoundConfirmed: 'read rounds',
  probing: 'conflicts probed',
  handingOver: 'hand-overs',
  handOverFailed: 'hand-overs that failed',
  diskStalled: 'stalls noticed',
  snapshotTaken: 'snapshots taken',
  snapshotSending: 'snapshots sent',
  snapshotInstalled: 'snapshots installed',
};

const ofReason: { readonly [why: string]: string } = {
  lostQuorum: 'check-quorum step-downs',
  lostElection: 'elections lost',
  steppedAside: 'leaders that made way for a recovering replica',
};

const special = [
  'votes refused',
  'pre-votes refused by who hears a leader',
  'leaders elected with an uncommitted tail',
  'leaders unseated by a newer term',
  'candidates that followed a leader',
  "commits before the leader's own disk",
  'rounds begun while others were under way',
  'read rounds lost with the leadership',
  'reads before the first commit of the term',
  'snapshots installed during an election',
  'messages of an older term',
  'replicas back from a lost disk',
] as const;

/** What is remembered of a life, to tell what an event meant. */
interface Course {
  role: 'follower' | 'candidate' | 'leader';
  readRoundOpen: boolean;
  recovering: boolean;
}

/** Adds what takes more than one event to tell, or a look at the replica. */
export class RaftSituations extends Situations<V> {
  private readonly courses = new Map<Machine<V>, Course>();

  constructor(counters: Counters) {
    super(counters, ofEvent);
    counters.expect(...Object.values(ofReason), ...special);
  }

  started(machine: Machine<V>): void {
    const recovering = this.courses.get(machine)?.recovering ?? false;
    this.courses.set(machine, { role: 'follower', readRoundOpen: false, recovering });
  }

  override stepping(machine: Machine<V>, input: Input<V>): void {
    super.stepping(machine, input);
    if (input.kind === 'receive') this.received(stateOf(machine), input.message);
  }

  override executed(machine: Machine<V>, effect: Effect<V>): void {
    super.executed(machine, effect);
    if (effect.kind === 'installSnapshot' && [...this.courses.values()].some(({ role }) => role === 'candidate'))
      this.is('snapshots installed during an election');
    if (effect.kind === 'observe') this.event(machine, effect.event);
  }

  private is(situation: (typeof special)[number]): void {
    this.counters.count(situation);
  }

  private received(raft: RaftReplica['raft'], message: Message): void {
    const term = message.kind === 'helloReply' ? message.era : 'term' in message ? message.term : raft.currentTerm;
    if (term < raft.currentTerm) this.is('messages of an older term');
    const { role } = raft;
    const early = role.kind === 'leader' && raft.commitIndex < role.firstOfTerm;
    if (early && message.kind === 'read' && message.level === 'linearizable') this.is('reads before the first commit of the term'); // prettier-ignore
  }

  private event(machine: Machine<V>, event: Event): void {
    const course = this.courses.get(machine)!;
    const raft = stateOf(machine);
    switch (event.kind) {
      case 'becameFollower':
        return this.followed(course, event);
      case 'becameCandidate':
        course.role = 'candidate';
        return;
      case 'becameLeader':
        course.role = 'leader';
        // Its own first entry does not count.
        if (raft.log.lastIndex - 1 > raft.commitIndex) this.is('leaders elected with an uncommitted tail');
        return;
      case 'voted':
        if (event.granted) return;
        if (event.phase === 'vote') this.is('votes refused');
        else if (raft.leader !== undefined) this.is('pre-votes refused by who hears a leader');
        return;
      case 'proposed':
        if (event.first > raft.commitIndex + 1) this.is('rounds begun while others were under way');
        return;
      case 'committed':
        if (course.role === 'leader' && raft.durableIndex < event.index)
          this.is("commits before the leader's own disk");
        return;
      case 'readRoundBegan':
      case 'readRoundConfirmed':
        course.readRoundOpen = event.kind === 'readRoundBegan';
        return;
      case 'standing':
        if (course.recovering && event.standing === 'active') this.is('replicas back from a lost disk');
        course.recovering = event.standing === 'recovering';
    }
  }

  private followed(course: Course, { why }: Extract<Event, { kind: 'becameFollower' }>): void {
    const { role, readRoundOpen } = course;
    const reason = ofReason[why];
    if (reason !== undefined) this.counters.count(reason);
    if (why === 'newerTerm' && role === 'leader') this.is('leaders unseated by a newer term');
    if (why === 'heardLeader' && role === 'candidate') this.is('candidates that followed a leader');
    if (readRoundOpen && role === 'leader') this.is('read rounds lost with the leadership');
    course.role = 'follower';
    course.readRoundOpen = false;
  }
}

function stateOf(machine: Machine<V>): RaftReplica['raft'] {
  return (machine.life!.actor as RaftReplica)['raft'];
}

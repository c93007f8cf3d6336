import type { Address, Effect, Input } from '@synod/actor';
import type { LogIndex } from '@synod/log';
import type { Message, RaftVocabulary, Read, Reply } from '@synod/raft-core';
import { fail } from './claims.js';
import type { GroupView, Watched } from './group-view.js';

type V = RaftVocabulary;
type Results = Extract<Reply['answer'], { kind: 'results' }>;

/** Whoever had applied so much at that moment of its clock, had all that a leader's word told of. */
interface Moment {
  readonly at: number;
  readonly needs: LogIndex;
}

/** One life of a replica. */
interface Course {
  now: number;
  /** Later ones need more; the first is reached. */
  readonly moments: Moment[];
  /** Who answered it as the leader of its term, and when last; undefined: it counts for nothing. */
  readonly heard: Map<Address, number | undefined>;
  /** What the present step was asked. */
  asked: Read | undefined;
}

/**
 * What a stale read was answered is no older than it says: from a moment of the replica's own clock on, at most so long ago,
 * its state has held all that was committed by the word of a leader that had come by then, and that leader had committed in
 * its own term. A leader's own word is as old as the last answers of the majority that it leads.
 */
export class Ages {
  private readonly courses = new Map<Address, Course>();

  constructor(private readonly group: GroupView) {
    for (const address of group.members.keys()) this.begin(address);
  }

  /** A life begins or ends. */
  begin(address: Address): void {
    this.courses.set(address, { now: 0, moments: [], heard: new Map(), asked: undefined });
  }

  stepping(watched: Watched, input: Input<V>): void {
    const course = this.courses.get(watched.address)!;
    course.now = input.at;
    course.asked = undefined;
    if (watched.leads && input.kind === 'timeout' && input.timer === 'heartbeat') this.noteOwn(watched, course);
    if (input.kind !== 'receive') return;
    const { from, message } = input;
    if (message.kind === 'read' && message.level === 'stale') course.asked = message;
    else if (message.kind === 'appendEntries' && message.term >= watched.now.term)
      this.note(watched, course, { at: input.at, needs: message.commit }, message.term);
    else if (watched.leads && 'term' in message && message.term === watched.now.term) hear(course, from, message);
  }

  executed(watched: Watched, effect: Effect<V>): void {
    const course = this.courses.get(watched.address)!;
    if (effect.kind === 'observe' && effect.event.kind === 'becameLeader') course.heard.clear();
    if (effect.kind !== 'send' || effect.message.kind !== 'reply' || course.asked === undefined) return;
    const { client, sequence, session, answer } = effect.message;
    if (answer.kind !== 'results' || session !== 0) return;
    if (client !== course.asked.client || sequence !== course.asked.sequence) return;
    if (watched.leads) this.noteOwn(watched, course);
    this.judge(watched, course, answer);
  }

  private judge({ address, now, leads }: Watched, { now: at, moments }: Course, { index, ageMs }: Results): void {
    if (moments.some((moment) => moment.at >= at - ageMs && moment.needs <= index)) return;
    const last = moments[moments.length - 1] ?? { at: Number.NEGATIVE_INFINITY, needs: 0 };
    fail('age', `${address}, ${leads ? 'the leader' : 'a follower'} in term ${now.term}, answers a stale read from entry ${index} and says that it is ${ageMs} ms old; ${at - last.at} ms ago it was told of ${last.needs}`); // prettier-ignore
  }

  /** A leader's own word. */
  private noteOwn(watched: Watched, course: Course): void {
    const answered = [...course.heard.values()].filter((at) => at !== undefined);
    const at = [course.now, ...answered].sort((a, b) => b - a).find((_, i) => this.group.isMajority(i + 1));
    if (at !== undefined) this.note(watched, course, { at, needs: watched.committed }, watched.now.term);
  }

  private note(watched: Watched, { moments }: Course, moment: Moment, term: number): void {
    if (this.group.committed[moment.needs - 1]?.term !== term) return;
    while (moments.length > 1 && moments[1]!.needs <= watched.now.lastApplied) moments.shift();
    moments.push(moment);
  }
}

/** A member answers its leader. */
function hear({ heard, now }: Course, from: Address, message: Message): void {
  if (message.kind === 'appendEntriesReply') heard.set(from, message.voting ? now : undefined);
  else if (message.kind !== 'installSnapshotReply') return;
  else if (!heard.has(from) || heard.get(from) !== undefined) heard.set(from, now);
}

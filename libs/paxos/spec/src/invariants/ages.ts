import type { Address, Effect, Input } from '@synod/actor';
import type { Ballot, PaxosVocabulary, Read, Slot } from '@synod/paxos-core';
import { fail } from './claims.js';
import type { WatchedProposer } from './group-view.js';

type V = PaxosVocabulary;

/** One life of a proposer. */
interface Course {
  now: number;
  ballot: Ballot;
  /** When a leader said how far is chosen; the first is executed. */
  readonly words: { readonly at: number; readonly chosenThrough: Slot }[];
  /** What the present step was asked. */
  asked: Read | undefined;
}

/**
 * What a stale read was answered by a proposer that does not lead is no older than it says: at a moment of its own clock, at
 * most so long ago, a leader told it of no more than what it has executed.
 */
export class Ages {
  private readonly courses = new Map<Address, Course>();

  /** A life begins or ends. */
  begin(address: Address): void {
    this.courses.set(address, { now: 0, ballot: 0, words: [], asked: undefined });
  }

  stepping({ address, now }: WatchedProposer, input: Input<V>): void {
    const course = this.courses.get(address)!;
    course.now = input.at;
    course.asked = undefined;
    if (input.kind !== 'receive') return;
    const { message } = input;
    if (message.kind === 'read' && message.level === 'stale' && now.role !== 'leader') course.asked = message;
    if (message.kind !== 'accept' || message.ballot < course.ballot) return;
    course.ballot = message.ballot;
    const { words } = course;
    while (words.length > 1 && words[1]!.chosenThrough <= now.lastApplied) words.shift();
    words.push({ at: input.at, chosenThrough: message.chosenThrough });
  }

  executed({ address }: WatchedProposer, effect: Effect<V>): void {
    const { asked, now, words } = this.courses.get(address)!;
    if (asked === undefined || effect.kind !== 'send' || effect.message.kind !== 'reply') return;
    const { client, sequence, session, answer } = effect.message;
    if (answer.kind !== 'results' || session !== 0 || client !== asked.client || sequence !== asked.sequence) return;
    const { index, ageMs } = answer;
    if (words.some(({ at, chosenThrough }) => at >= now - ageMs && chosenThrough <= index)) return;
    const last = words[words.length - 1] ?? { at: Number.NEGATIVE_INFINITY, chosenThrough: 0 };
    fail('age', `${address} answers a stale read from slot ${index} and says that it is ${ageMs} ms old; ${now - last.at} ms ago it was told of ${last.chosenThrough}`); // prettier-ignore
  }
}

import type { Refusal } from '@synod/api';
import type { Asked, Result } from '@synod/pbft-wire';
import { Exchange } from '../exchange.js';

/** One way of asking, and who has answered it. */
export interface Question {
  readonly asked: Asked;
  /** What its answers name it by. */
  readonly digest: string;
  readonly payload: Uint8Array;
  /** So many members must answer alike. */
  readonly needed: number;
  /** Where the position is part of the answer: the name of the session that was opened, or the state that an ordered read saw. */
  readonly isPlaced: boolean;
  /** By member; each proven. */
  readonly answers: Map<string, Result>;
}

/** One message to all members of a group, and what each of them said to it. */
export class Consultation extends Exchange {
  /** A read that could not be answered in one round trip has a second one: what it was then ordered as. */
  readonly questions: Question[] = [];
  readonly refusals = new Map<string, Refusal>();
  private isSettled = false;

  /** The latest, which is the one that is sent. */
  get question(): Question | undefined {
    return this.questions.at(-1);
  }

  /** Refusals are each one member's word: as long as any copy is out, only an answer tells what became of it. */
  override get mayHaveTakenEffect(): boolean {
    return !this.envelope.repeatable && this.sends > (this.isSettled ? 1 : 0);
  }

  sentToAll(now: number): void {
    this.sends++;
    this.sentAt = now;
    this.awaiting = true;
    this.refusals.clear();
  }

  /** Members that have answered, whatever. */
  get heard(): number {
    const answered = this.question?.answers;
    const refused = [...this.refusals.keys()].filter((name) => !answered?.has(name));
    return (answered?.size ?? 0) + refused.length;
  }

  /** `weak` members refuse: one of them is correct. */
  takeRefusal(from: string, refusal: Refusal, weak: number): void {
    this.refusals.set(from, refusal);
    this.lastRefusal = refusal;
    if (this.refusals.size >= weak) this.awaiting = false;
  }

  refusedAs(reason: Refusal['reason']): number {
    return [...this.refusals.values()].filter((refusal) => refusal.reason === reason).length;
  }

  settle(): void {
    this.isSettled = true;
    this.awaiting = false;
  }
}

/** Enough members that say the same; undefined as long as there are too few. */
export function agreeing({ answers, needed, isPlaced }: Question): ReadonlyMap<string, Result> | undefined {
  if (answers.size < needed) return undefined;
  for (const { results, index } of answers.values()) {
    const alike = [...answers].filter(
      ([, other]) => Buffer.compare(other.results, results) === 0 && (!isPlaced || other.index === index),
    );
    if (alike.length >= needed) return new Map(alike);
  }
  return undefined;
}

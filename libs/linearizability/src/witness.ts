import { divide } from './divide.js';
import type { Meaning, Model, Timed } from './model.js';
import { Part } from './part.js';

/** What the order that the answers claim is worth. */
export interface Testimony<O extends Timed> {
  /** Parts whose answers are all explained by it: it proves them linearizable. */
  readonly explained: number;
  /** Parts of which some answer claims no place. */
  readonly unclaimed: number;
  /** Parts that it does not explain as long as it is not known where some operations were: of unknown outcome, or `mayBeEarlier`. */
  readonly undecided: number;
  /** Of each other part the first operation whose answer, or whose real time, does not agree with its place. */
  readonly refuted: readonly O[];
}

/**
 * Replays each part in the order of the log positions that its answers name, without any search: every answer must be the
 * model's at its place, and nothing may stand behind what was invoked after it had returned. Linear in the answers.
 *
 * An operation of unknown outcome claims no place: it is put before the first answer that needs one like it. Where that is
 * not enough, the part is undecided: only a search can tell.
 */
export function witness<O extends Timed>(history: readonly O[], model: Model<O>): Testimony<O> {
  let explained = 0;
  let unclaimed = 0;
  let undecided = 0;
  const refuted: O[] = [];
  for (const operations of divide(history, model)) {
    const part = new Part(operations, model.claimedPlace);
    if (!part.isClaimed) {
      unclaimed++;
      continue;
    }
    const wrong = new Replay(part, model.begin(part.operations)).firstWrong();
    if (wrong < 0) explained++;
    else if (part.invokedAt[part.answered]! <= part.returnedAt[wrong]!) undecided++;
    else if (model.mayBeEarlier?.(part.operations[wrong]!)) undecided++;
    else refuted.push(part.operations[wrong]!);
  }
  return { explained, unclaimed, undecided, refuted };
}

class Replay<O extends Timed> {
  /** When the latest of those that have a place was invoked. */
  private latestCall = -Infinity;
  private readonly pending: number[] = [];
  private state: number;

  constructor(
    private readonly part: Part<O>,
    private readonly meaning: Meaning,
  ) {
    this.state = meaning.initial;
    for (let unknown = part.answered; unknown < part.operations.length; unknown++) this.pending.push(unknown);
  }

  /** -1: the order explains everything. */
  firstWrong(): number {
    const { answered, rank } = this.part;
    const order = new Int32Array(answered);
    for (let operation = 0; operation < answered; operation++) order[rank[operation]!] = operation;
    return order.find((operation) => !this.place(operation)) ?? -1;
  }

  private place(operation: number): boolean {
    const { invokedAt, returnedAt } = this.part;
    if (returnedAt[operation]! < this.latestCall) return false;
    this.latestCall = Math.max(this.latestCall, invokedAt[operation]!);
    const after = this.meaning.apply(this.state, operation, 0);
    if (after >= 0) this.state = after;
    return after >= 0 || this.placeAfterUnknown(operation);
  }

  private placeAfterUnknown(operation: number): boolean {
    const { part, meaning, pending } = this;
    for (const [i, unknown] of pending.entries()) {
      if (part.invokedAt[unknown]! > part.returnedAt[operation]!) return false;
      for (let way = 0; way < meaning.alternatives; way++) {
        const between = meaning.apply(this.state, unknown, way);
        const after = between < 0 ? -1 : meaning.apply(between, operation, 0);
        if (after < 0) continue;
        this.state = after;
        this.latestCall = Math.max(this.latestCall, part.invokedAt[unknown]!);
        pending.splice(i, 1);
        return true;
      }
    }
    return false;
  }
}

import { InternedArrays } from './interned-arrays.js';
import type { Meaning, Timed } from './model.js';
import type { Part } from './part.js';
import { Stack } from './stack.js';
import { Unplaced } from './unplaced.js';
import { Visited } from './visited.js';

/** What searches may spend together. */
export interface Allowance {
  /** Steps tried; counted down. */
  steps: number;
  /** Of `performance.now()`. */
  readonly deadline: number;
}

export type Found =
  | { readonly kind: 'order' }
  /**
   * `furthest`: how the order begins that gets furthest, by operations' numbers; `blocked`: the answered operation that
   * returned first among those that it does not reach.
   */
  | { readonly kind: 'none'; readonly furthest: Int32Array; readonly blocked: number }
  | { readonly kind: 'gaveUp'; readonly why: 'steps' | 'time' };

/** The clock is looked at once in so many steps. */
const stepsPerLook = 4096;

/**
 * Looks for an order of a part's operations that respects real time and explains every answer: Wing and Gong's depth-first
 * search with Lowe's memoisation. Operations of unknown outcome may come anywhere after their invocation, or not at all.
 *
 * The position is the answered operation that returns first among those without a place: only what was invoked by then
 * can be next. Tried first is the one of least rank; those of unknown outcome come last, when nothing else goes on.
 */
export class Search<O extends Timed> {
  private readonly unplaced: Unplaced<O>;
  private readonly stack: Stack;
  private readonly visited: Visited;
  /** Of operations of unknown outcome, as bits. */
  private readonly sets: InternedArrays;
  /** Slots of placed operations beyond the position, as bits. */
  private readonly ahead: Int32Array;
  private position = 0;
  private state: number;
  /** Operations of unknown outcome that took effect. */
  private used: number;

  constructor(
    private readonly part: Part<O>,
    private readonly meaning: Meaning,
    private readonly allowance: Allowance,
  ) {
    const { operations, answered, slots } = part;
    this.unplaced = new Unplaced(part, meaning.alternatives, meaning.twins?.bind(meaning));
    this.stack = new Stack(operations.length);
    this.sets = new InternedArrays((operations.length - answered + 31) >> 5);
    this.ahead = new Int32Array((slots + 31) >> 5);
    this.visited = new Visited(this.ahead.length, this.sets);
    this.state = meaning.initial;
    this.used = this.sets.zeros;
  }

  run(): Found {
    const { part, unplaced, stack, allowance } = this;
    let from = 0;
    while (this.position < part.answered) {
      const candidate = unplaced.candidate(from, part.returnedAt[this.position]!);
      if (candidate >= 0) {
        if (--allowance.steps < 0) return { kind: 'gaveUp', why: 'steps' };
        if (allowance.steps % stepsPerLook === 0 && performance.now() > allowance.deadline) {
          return { kind: 'gaveUp', why: 'time' };
        }
        from = this.attempt(candidate);
      } else if (stack.depth > 0) from = this.undo();
      else return { kind: 'none', furthest: stack.furthest(), blocked: Math.max(0, stack.furthestPosition) };
    }
    return { kind: 'order' };
  }

  /** Gives the candidate from which to go on: 0 after a step ahead. */
  private attempt(candidate: number): number {
    const { part, unplaced, stack } = this;
    const operation = unplaced.operationOf(candidate);
    const state = this.meaning.apply(this.state, operation, unplaced.alternativeOf(candidate));
    if (state < 0) return candidate + 1;
    const changesNothing = state === this.state;
    const isAnswered = operation < part.answered;
    if (changesNothing && !isAnswered) return candidate + 1;
    // A read that can come now, and tells nothing new, need not come later: whatever goes on from there goes on from here.
    const otherwise = changesNothing && this.meaning.isRead(operation) ? unplaced.end : candidate + 1;
    stack.push(operation, otherwise, this.position, this.state, this.used);
    unplaced.remove(operation);
    this.state = state;
    if (isAnswered) this.advance(operation);
    else this.use(operation - part.answered);
    if (this.position === part.answered) return 0;
    if (this.visited.add(this.position, state, this.ahead, this.used)) {
      stack.reached(this.position);
      return 0;
    }
    return this.undo();
  }

  private use(unknown: number): void {
    const word = unknown >> 5;
    this.used = this.sets.with(this.used, word, this.sets.get(this.used, word) | (1 << (unknown & 31)));
  }

  private advance(operation: number): void {
    const { unplaced, part } = this;
    this.flip(operation);
    while (this.position < part.answered && unplaced.isPlaced(this.position)) this.flip(this.position++);
  }

  private undo(): number {
    const { stack, unplaced, part } = this;
    const from = stack.pop();
    const { operation } = stack;
    if (operation < part.answered) {
      while (this.position > stack.position) this.flip(--this.position);
      this.flip(operation);
    }
    unplaced.restore(operation);
    this.state = stack.state;
    this.used = stack.used;
    return from;
  }

  private flip(operation: number): void {
    const slot = this.part.slot[operation]!;
    this.ahead[slot >> 5]! ^= 1 << (slot & 31);
  }
}

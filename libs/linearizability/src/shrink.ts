import { check } from './check.js';
import type { Violation } from './check.js';
import { isWrite } from './history.js';
import type { Operation } from './history.js';
import { keyValueModel } from './key-value-model.js';
import { observable, withoutDetails } from './observed.js';

/** Each attempt to do without something may cost this; what it does not suffice for is kept. */
const attempt = { steps: 200_000, ms: 1000 };

/** A violation without what it does not need. */
export interface CounterExample {
  /** No order explains them, whatever else happened. By invocation. */
  readonly operations: readonly Operation[];
  /** Returned first among those that the order which gets furthest does not reach. */
  readonly blocked: Operation;
  readonly furthest: readonly Operation[];
}

/**
 * Leaves out what the violation does not need. A read is left out; a write is forgotten about: from then on it may have
 * happened at any moment after its invocation, or never, so that the violation does not come from its being left out.
 * `ms` bounds the whole; when it is over the example is what it is by then.
 */
export function shrink(violation: Violation<Operation>, ms = 10_000): CounterExample {
  const deadline = performance.now() + ms;
  const returnedBy = violation.blocked.returnedAt!;
  const early = violation.operations.filter(({ invokedAt }) => invokedAt <= returnedBy);
  const smaller = new Shrinking(early);
  let found = smaller.guess(violation.blocked) ?? violation;
  for (let size = Math.ceil(smaller.kept.length / 2); size >= 1 && performance.now() < deadline; ) {
    const shrunk = smaller.leaveOut(size, deadline);
    if (shrunk !== undefined) found = shrunk;
    if (size === 1 && shrunk === undefined) break;
    size = Math.max(1, Math.floor(size / 2));
  }
  const kept = new Set(smaller.kept);
  const operations = [...kept].sort((a, b) => a.invokedAt - b.invokedAt);
  return { operations, blocked: found.blocked, furthest: found.furthest.filter((operation) => kept.has(operation)) };
}

class Shrinking {
  /** Writes whose answer is forgotten. */
  private aside: Operation[] = [];

  constructor(public kept: readonly Operation[]) {}

  /** Most violations need nothing but values: the plain writes, and the answer that was not reached or all reads. */
  guess(blocked: Operation): Violation<Operation> | undefined {
    const isPlainWrite = ({ kind, outcome }: Operation) =>
      (kind === 'put' || kind === 'delete') && outcome === 'answered';
    const guesses = [
      (operation: Operation) => operation === blocked || isPlainWrite(operation),
      (operation: Operation) => operation.kind === 'get' || isPlainWrite(operation),
      () => true,
    ];
    for (const isNeeded of guesses) {
      const kept = this.kept.filter(isNeeded).map(withoutDetails);
      const aside = this.kept.filter((operation) => !isNeeded(operation) && isWrite(operation)).map(forgotten);
      const violation = this.violation(kept, aside);
      if (violation === undefined) continue;
      this.kept = kept;
      this.aside = aside;
      return violation;
    }
    return this.violation(this.kept, []);
  }

  private violation(kept: readonly Operation[], aside: readonly Operation[]): Violation<Operation> | undefined {
    const verdict = check([...kept, ...observable(aside, kept)], keyValueModel, attempt);
    return verdict.kind === 'violation' ? verdict.violation : undefined;
  }

  /** Tries to do without each so many operations in a row. Gives the last violation that stayed. */
  leaveOut(size: number, deadline: number): Violation<Operation> | undefined {
    let last: Violation<Operation> | undefined;
    for (let end = this.kept.length; end > 0 && performance.now() < deadline; end -= size) {
      const from = Math.max(0, end - size);
      const out = this.kept.slice(from, end);
      const kept = [...this.kept.slice(0, from), ...this.kept.slice(end)];
      const aside = [...this.aside, ...out.filter(isWrite).map(forgotten)];
      const violation = this.violation(kept, aside);
      if (violation === undefined) continue;
      this.kept = kept;
      this.aside = aside;
      last = violation;
    }
    return last;
  }
}

function forgotten(operation: Operation): Operation {
  return { ...operation, outcome: 'unknown', returnedAt: undefined, result: undefined, index: undefined };
}

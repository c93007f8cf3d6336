import type { Model, Timed } from './model.js';
import { Part } from './part.js';
import { Search } from './search.js';
import type { Allowance } from './search.js';

/** What a check may cost before it gives up. */
export interface Budget {
  /** Steps of the search, in all parts together; one takes some 20 bytes. Default 20 million, and 20 per operation. */
  readonly steps?: number;
  /** Milliseconds in all. Default 60,000. */
  readonly ms?: number;
}

/**
 * `linearizable`: an order explains all answers. `violation`: none does. `unknown`: the budget did not suffice to tell,
 * which must never be taken for `linearizable`.
 */
export type Verdict<O extends Timed> =
  | { readonly kind: 'linearizable'; readonly figures: Figures }
  | { readonly kind: 'violation'; readonly figures: Figures; readonly violation: Violation<O> }
  | { readonly kind: 'unknown'; readonly figures: Figures; readonly why: string };

export interface Figures {
  readonly operations: number;
  /** Without those that no order needs to explain. */
  readonly judged: number;
  readonly unknown: number;
  readonly parts: number;
  readonly steps: number;
  readonly ms: number;
}

/** A part that no order explains. */
export interface Violation<O extends Timed> {
  readonly operations: readonly O[];
  /** How the order begins that gets furthest. */
  readonly furthest: readonly O[];
  /** Returned first among the answered operations that it does not reach. */
  readonly blocked: O;
}

/** Whether some order of the operations respects real time and explains every answer. */
export function check<O extends Timed>(history: readonly O[], model: Model<O>, budget: Budget = {}): Verdict<O> {
  const began = performance.now();
  const { steps = 20_000_000 + 20 * history.length, ms = 60_000 } = budget;
  const allowance = { steps, deadline: began + ms };
  const parts = divide(history, model);
  let violation: Violation<O> | undefined;
  let why: string | undefined;
  for (const operations of parts) {
    const found = checkPart(operations, model, allowance);
    if (found === 'order') continue;
    if (typeof found === 'object') {
      violation = found;
      break;
    }
    why ??= found === 'steps' ? `no decision after ${steps} steps` : `no decision after ${ms} ms`;
  }
  const judged = parts.reduce((sum, { length }) => sum + length, 0);
  const unknown = history.reduce((sum, { returnedAt }) => sum + (returnedAt === undefined ? 1 : 0), 0);
  const figures = {
    operations: history.length,
    judged,
    unknown,
    parts: parts.length,
    steps: steps - Math.max(0, allowance.steps),
    ms: performance.now() - began,
  };
  if (violation !== undefined) return { kind: 'violation', figures, violation };
  return why === undefined ? { kind: 'linearizable', figures } : { kind: 'unknown', figures, why };
}

function divide<O extends Timed>(history: readonly O[], model: Model<O>): O[][] {
  const parts: O[][] = [];
  const partOf = model.partition(history);
  for (let i = 0; i < history.length; i++) {
    const part = partOf[i]!;
    if (part < 0) continue;
    while (parts.length <= part) parts.push([]);
    parts[part]!.push(history[i]!);
  }
  return parts;
}

function checkPart<O extends Timed>(
  operations: readonly O[],
  model: Model<O>,
  allowance: Allowance,
): Violation<O> | 'order' | 'steps' | 'time' {
  const part = new Part(operations, model.claimedPlace);
  const found = new Search(part, model.begin(part.operations), allowance).run();
  if (found.kind === 'order') return 'order';
  if (found.kind === 'gaveUp') return found.why;
  const furthest = Array.from(found.furthest, (operation) => part.operations[operation]!);
  return { operations, furthest, blocked: part.operations[found.blocked]! };
}

import { divide } from './divide.js';
import type { Model, Timed } from './model.js';
import { Part } from './part.js';
import { Search } from './search.js';
import type { Allowance } from './search.js';

/** What a check may cost before it gives up. */
export interface Budget {
  /** Steps of the search, in each part; one takes some 20 bytes. Default 20 million. From 100,000 on, 20 per operation are added. */
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

/** Every part is first tried with so many, and 20 per operation. */
const firstSteps = 100_000;

/** Whether some order of the operations respects real time and explains every answer. */
export function check<O extends Timed>(history: readonly O[], model: Model<O>, budget: Budget = {}): Verdict<O> {
  const began = performance.now();
  const parts = divide(history, model);
  const { steps, violation, why } = decide(parts, model, budget, began);
  const judged = parts.reduce((sum, { length }) => sum + length, 0);
  const unknown = history.reduce((sum, { returnedAt }) => sum + (returnedAt === undefined ? 1 : 0), 0);
  const operations = history.length;
  const figures = { operations, judged, unknown, parts: parts.length, steps, ms: performance.now() - began };
  if (violation !== undefined) return { kind: 'violation', figures, violation };
  return why === undefined ? { kind: 'linearizable', figures } : { kind: 'unknown', figures, why };
}

interface Decision<O extends Timed> {
  readonly steps: number;
  readonly violation?: Violation<O>;
  /** There was no decision because of this. */
  readonly why?: string | undefined;
}

/** Part by part. A hard one must not keep the others from being decided, so each gets a little first. */
function decide<O extends Timed>(
  parts: readonly (readonly O[])[],
  model: Model<O>,
  { steps: most = 20_000_000, ms = 60_000 }: Budget,
  began: number,
): Decision<O> {
  let steps = 0;
  let why: string | undefined;
  let open = parts;
  for (const allowed of most > firstSteps ? [firstSteps, most] : [most]) {
    const undecided: (readonly O[])[] = [];
    for (const operations of open) {
      const given = allowed < firstSteps ? allowed : allowed + 20 * operations.length;
      const allowance = { steps: given, deadline: began + ms };
      const found = checkPart(operations, model, allowance);
      steps += given - Math.max(0, allowance.steps);
      if (typeof found === 'object') return { steps, violation: found };
      if (found === 'order') continue;
      undecided.push(operations);
      why = found === 'steps' ? `no decision after ${given} steps in one part` : `no decision after ${ms} ms`;
    }
    open = undecided;
    if (open.length === 0) return { steps };
  }
  return { steps, why };
}

function checkPart<O extends Timed>(
  operations: readonly O[],
  model: Model<O>,
  allowance: Allowance,
): Violation<O> | 'order' | 'steps' | 'time' {
  const part = new Part(model.observable?.(operations) ?? operations, model.claimedPlace);
  const found = new Search(part, model.begin(part.operations), allowance).run();
  if (found.kind === 'order') return 'order';
  if (found.kind === 'gaveUp') return found.why;
  const furthest = Array.from(found.furthest, (operation) => part.operations[operation]!);
  return { operations, furthest, blocked: part.operations[found.blocked]! };
}

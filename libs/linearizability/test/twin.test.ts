import { Random } from '@synod/simulator';
import { check, keyValueModel } from '../src/index.js';
import type { Operation } from '../src/index.js';
import { existsOrder } from './brute-force.js';
import { generate } from './generate.js';

/** Swaps answers between operations of one kind, or changes a number or a value in one. */
function disturbed(history: readonly Operation[], random: Random): Operation[] {
  const changed = history.map((operation) => structuredClone(operation));
  const answered = changed.filter(({ outcome }) => outcome === 'answered') as {
    result?: unknown;
    kind: string;
    index?: number;
  }[];
  if (answered.length === 0) return changed;
  const one = random.pick(answered);
  if (random.chance(0.6)) {
    const other = random.pick(answered.filter(({ kind }) => kind === one.kind));
    [one.result, other.result] = [other.result, one.result];
  } else {
    const text = JSON.stringify(one.result);
    const bump = (found: string) =>
      random.chance(0.5) ? String(Math.max(1, Number(found) + random.pick([-1, 1]))) : found;
    one.result = JSON.parse(
      text
        .replace(/(?<=":"?)\d+\b(?!\.)/g, bump)
        .replace(/true|false/, (flag) => (random.chance(0.3) ? String(flag !== 'true') : flag)),
    );
  }
  return changed;
}

/** What the model says that it does not ask; there the twin may be stricter. */
function isLenient(history: readonly Operation[]): boolean {
  return history.some((operation) => {
    if (operation.kind === 'transaction') return operation.conditions.some(({ value }) => value === undefined);
    return operation.kind === 'range' && operation.result?.more && operation.result.entries.length !== operation.limit;
  });
}

test.each([
  ['single keys', { keys: 1, unknown: 0.25 }],
  ['single keys, all answered', { keys: 2, unknown: 0 }],
  ['plain registers', { keys: 1, unknown: 0.25, bare: true }],
  ['transactions and ranges', { keys: 2, unknown: 0.2, several: 0.6 }],
])('the verdict on tiny histories is that of trying everything: %s', (name, shape) => {
  const random = new Random(`twin/${name}`);
  const verdicts = { linearizable: 0, violation: 0 };
  for (let i = 0; i < 1500; i++) {
    const truth = generate(random, { operations: 3 + random.below(4), clients: 3, ...shape });
    const history = i % 4 === 0 ? truth : disturbed(truth, random);
    const expected = existsOrder(history) ? 'linearizable' : 'violation';
    const { kind } = check(history, keyValueModel);
    if (kind !== expected && !(kind === 'linearizable' && isLenient(history))) {
      throw new Error(
        `expected ${expected}, got ${kind}:\n${history.map((operation) => JSON.stringify(operation)).join('\n')}`,
      );
    }
    verdicts[expected]++;
  }
  // Both verdicts are put to the test.
  expect(Math.min(verdicts.linearizable, verdicts.violation)).toBeGreaterThan(50);
});

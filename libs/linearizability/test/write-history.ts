import type { Operation, Seen, Written } from '../src/index.js';

/** Histories by hand: `history(at(0, 1).put('a', '1'), lost(2).delete('a'))`. Each operation has a client of its own. */
export function history(...operations: readonly Operation[]): readonly Operation[] {
  return operations.map((operation, i) => ({ ...operation, client: `c${i + 1}` }));
}

/** Answered calls from one moment to another. */
export function at(invokedAt: number, returnedAt: number) {
  return calls({ client: '', invokedAt, returnedAt, outcome: 'answered' });
}

/** Calls without an answer. */
export function lost(invokedAt: number) {
  return calls({ client: '', invokedAt, outcome: 'unknown' });
}

type Times = { client: string; invokedAt: number; returnedAt?: number; outcome: 'answered' | 'unknown' };

function calls(times: Times) {
  const result = <R>(of: R) => (times.outcome === 'answered' ? { result: of } : {});
  return {
    put: (key: string, value: string, told: Written = {}): Operation => ({
      ...times,
      kind: 'put',
      key,
      value,
      ...result(told),
    }),
    delete: (key: string, told: Written = {}): Operation => ({ ...times, kind: 'delete', key, ...result(told) }),
    get: (key: string, found: string | Seen | undefined): Operation & { kind: 'get' } => ({
      ...times,
      kind: 'get',
      key,
      ...result(found === undefined ? {} : { entry: typeof found === 'string' ? { value: found } : found }),
    }),
    cas: (key: string, expectedRevision: number, value: string, succeeded = true, revision?: number): Operation => ({
      ...times,
      kind: 'compareAndSet',
      key,
      expectedRevision,
      value,
      ...result({ succeeded, revision }),
    }),
    range: (prefix: string, found: readonly (readonly [string, string])[], more = false): Operation => ({
      ...times,
      kind: 'range',
      prefix,
      ...result({ entries: found.map(([key, value]) => ({ key, value })), more }),
    }),
    putBoth: (one: string, a: string, other: string, b: string): Operation => ({
      ...times,
      kind: 'transaction',
      conditions: [],
      success: [
        { kind: 'put', key: one, value: a },
        { kind: 'put', key: other, value: b },
      ],
      failure: [],
      ...result({ succeeded: true, results: [{}, {}] }),
    }),
    /** Puts `ifAbsent` when there is no such key, else `ifPresent`. */
    either: (key: string, ifAbsent: string, ifPresent: string): Operation => ({
      ...times,
      kind: 'transaction',
      conditions: [{ key, is: 'equal', revision: 0 }],
      success: [{ kind: 'put', key, value: ifAbsent }],
      failure: [{ kind: 'put', key, value: ifPresent }],
    }),
  };
}

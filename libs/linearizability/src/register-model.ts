import type { Meaning, Model, Timed } from './model.js';

/** An operation on registers that hold text or nothing. */
export type RegisterOperation = Timed & { readonly register: string } & (
    | { readonly kind: 'write'; readonly value: string | undefined }
    /** `value`: what it found. */
    | { readonly kind: 'read'; readonly value: string | undefined }
    /** Writes `value` if `expected` was there. */
    | {
        readonly kind: 'cas';
        readonly expected: string | undefined;
        readonly value: string;
        readonly succeeded?: boolean;
      }
  );

/** Registers with read, write and compare-and-set by value: what most published histories are about. */
export const registerModel: Model<RegisterOperation> = { partition, begin };

function partition(history: readonly RegisterOperation[]): Int32Array {
  const parts = new Map<string, number>();
  return Int32Array.from(history, ({ register, kind, returnedAt }) => {
    if (kind === 'read' && returnedAt === undefined) return -1;
    if (!parts.has(register)) parts.set(register, parts.size);
    return parts.get(register)!;
  });
}

function begin(operations: readonly RegisterOperation[]): Meaning {
  const numbers = new Map<string | undefined, number>([[undefined, 0]]);
  const number = (value: string | undefined) => {
    if (!numbers.has(value)) numbers.set(value, numbers.size);
    return numbers.get(value)!;
  };
  const values = Int32Array.from(operations, ({ value }) => number(value));
  const expected = Int32Array.from(operations, (operation) =>
    operation.kind === 'cas' ? number(operation.expected) : 0,
  );
  const apply = (state: number, at: number): number => {
    const operation = operations[at]!;
    if (operation.kind === 'write') return values[at]!;
    if (operation.kind === 'read') return values[at] === state ? state : -1;
    const succeeds = state === expected[at];
    if (succeeds !== (operation.succeeded ?? true)) return -1;
    return succeeds ? values[at]! : state;
  };
  const isRead = (at: number) => operations[at]!.kind === 'read';
  return { initial: 0, alternatives: 1, apply, isRead };
}

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
  const partOf = ({ register, kind, returnedAt }: RegisterOperation) => {
    if (kind === 'read' && returnedAt === undefined) return -1;
    const part = parts.get(register);
    if (part === undefined) parts.set(register, parts.size);
    return part ?? parts.size - 1;
  };
  return numbersOf(history, partOf);
}

function begin(operations: readonly RegisterOperation[]): Meaning {
  const numbers = new Map<string | undefined, number>([[undefined, 0]]);
  const number = (value: string | undefined) => {
    const known = numbers.get(value);
    if (known === undefined) numbers.set(value, numbers.size);
    return known ?? numbers.size - 1;
  };
  const values = numbersOf(operations, ({ value }) => number(value));
  const expected = numbersOf(operations, (operation) => (operation.kind === 'cas' ? number(operation.expected) : 0));
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

/** What `Int32Array.from` gives, without its detour over a list. */
function numbersOf<T>(things: readonly T[], number: (thing: T) => number): Int32Array {
  const numbers = new Int32Array(things.length);
  for (let i = 0; i < things.length; i++) numbers[i] = number(things[i]!);
  return numbers;
}

type Fields = Readonly<Record<string, unknown>>;
/** What is wrong with a value; undefined: nothing. */
type Check = (value: unknown) => string | undefined;

const text: Check = (value) => (typeof value === 'string' ? undefined : 'is not text');
const number: Check = (value) => (Number.isFinite(value) ? undefined : 'is not a number');
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'is not true or false');
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined ? undefined : check(value);
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string) ? undefined : `is not one of ${words.join(', ')}`;
const list =
  (check: Check): Check =>
  (value) => {
    if (!Array.isArray(value)) return 'is not a list';
    for (const [i, item] of value.entries()) {
      const wrong = check(item);
      if (wrong !== undefined) return `[${i}] ${wrong}`;
    }
    return undefined;
  };
const object =
  (shape: Readonly<Record<string, Check>>): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is not an object';
    for (const name in shape) {
      const wrong = shape[name]!((value as Fields)[name]);
      if (wrong !== undefined) return `${name} ${wrong}`;
    }
    return undefined;
  };

const numbers = { revision: optional(number), created: optional(number), version: optional(number) };
const seen = { value: optional(text), ...numbers };
const written = { revision: optional(number), existed: optional(flag) };
const condition = {
  key: text,
  is: oneOf('equal', 'notEqual', 'greater', 'less'),
  revision: optional(number),
  value: optional(text),
};
const step = { kind: oneOf('put', 'delete', 'get'), key: text, value: optional(text) };
const read = { level: optional(oneOf('linearizable', 'stale')), maxAgeMs: optional(number), ageMs: optional(number) };

const call = {
  client: text,
  invokedAt: number,
  returnedAt: optional(number),
  outcome: oneOf('answered', 'refused', 'unknown'),
  index: optional(number),
  place: optional(number),
  replica: optional(text),
};

/** Per kind: arguments, result. */
const kinds: Readonly<Record<string, { readonly call: Check; readonly result: Check }>> = {
  put: { call: object({ ...call, key: text, value: text }), result: object(written) },
  delete: { call: object({ ...call, key: text }), result: object(written) },
  compareAndSet: {
    call: object({ ...call, key: text, expectedRevision: number, value: optional(text) }),
    result: object({ succeeded: flag, revision: optional(number) }),
  },
  get: { call: object({ ...call, ...read, key: text }), result: object({ entry: optional(object(seen)) }) },
  range: {
    call: object({ ...call, ...read, prefix: text, startAfter: optional(text), limit: optional(number) }),
    result: object({ entries: list(object({ ...seen, key: text })), more: flag }),
  },
  transaction: {
    call: object({
      ...call,
      conditions: list(object(condition)),
      success: list(object(step)),
      failure: list(object(step)),
    }),
    result: object({ succeeded: flag, results: list(object({ ...written, entry: optional(object(seen)) })) }),
  },
};

/** Why the value is not an `Operation`; undefined when it is one. */
export function malformation(value: unknown): string | undefined {
  const { kind, outcome, returnedAt, invokedAt, result } = Object(value) as Fields;
  const checks = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (checks === undefined) return `kind is not one of ${Object.keys(kinds).join(', ')}`;
  const wrong = checks.call(value);
  if (wrong !== undefined) return wrong;
  if ((outcome === 'unknown') !== (returnedAt === undefined))
    return 'returnedAt is there if and only if the outcome is not unknown';
  if (returnedAt !== undefined && (returnedAt as number) < (invokedAt as number))
    return 'it returns before it is invoked';
  if (outcome !== 'answered') return result === undefined ? undefined : 'only an answered operation has a result';
  const wrongResult = checks.result(result);
  return wrongResult === undefined ? undefined : `result: ${wrongResult}`;
}

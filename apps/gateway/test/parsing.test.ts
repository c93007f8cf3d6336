import fc from 'fast-check';
import { holds, parsePreconditions } from '../src/http/entity-tag.js';
import { Problem } from '../src/http/problem.js';
import { Query } from '../src/http/query.js';
import { Router } from '../src/http/router.js';
import { decodePercent, encodePercent, parseTarget } from '../src/http/target.js';
import { parseIdempotencyKey } from '../src/kv/idempotency-key.js';
import { fromJsonBytes, toJsonBytes } from '../src/kv/json-bytes.js';
import { parseKey } from '../src/kv/key.js';
import { parseTransaction } from '../src/kv/transaction.js';
import { keyValueOperations } from '../src/kv/operations.js';
import { Groups } from '../src/groups.js';

const bytes = fc.uint8Array({ minLength: 1, maxLength: 64 });
const problemOf = (act: () => unknown): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return `${error.problem}: ${error.detail}`;
    throw error;
  }
};

test('any key survives a path', () => {
  fc.assert(
    fc.property(bytes, (key) => expect(parseKey(encodePercent(key))).toEqual(Buffer.from(key))),
    { examples: [[Uint8Array.of(0)], [Uint8Array.of(0x2f)], [Uint8Array.of(0x25, 0x30, 0x30)], [Uint8Array.of(0xff)]] },
  );
});

test.each([
  ['%', 'malformed-request: key: "%" is not percent-encoding; write % itself as %25'],
  ['%4', 'malformed-request: key: "%4" is not percent-encoding; write % itself as %25'],
  ['a%zz', 'malformed-request: key: "%zz" is not percent-encoding; write % itself as %25'],
  ['%+1', 'malformed-request: key: "%+1" is not percent-encoding; write % itself as %25'],
  ['', 'invalid-key: the key is empty; without a key, GET /v1/groups/{group}/kv lists keys'],
  ['k'.repeat(1025), 'invalid-key: the key has 1025 bytes; at most 1024 are allowed'],
  ['€', 'malformed-request: key: "€" must be percent-encoded as UTF-8'],
])('the key %j is refused', (text, problem) => expect(problemOf(() => parseKey(text))).toBe(problem));

test('a plus is a plus, and raw bytes above ASCII are what they are', () => {
  expect(decodePercent('a+b', 'x').toString()).toBe('a+b');
  expect(decodePercent(Buffer.from('ключ').toString('latin1'), 'x').toString()).toBe('ключ');
});

test.each([
  ['/a?b', { path: '/a', query: 'b' }],
  ['http://host:1/a?b?c', { path: '/a', query: 'b?c' }],
  ['http://host', { path: '/', query: '' }],
  ['http://host?b', { path: '/', query: 'b' }],
  ['//host/a', { path: '//host/a', query: '' }],
])('the target %j', (url, target) => expect(parseTarget(url)).toEqual(target));

test.each(['*', 'a', '', 'ftp://host/a', 'host:443'])('%j is no target', (url) =>
  expect(problemOf(() => parseTarget(url))).toMatch(/^malformed-request/),
);

test('query parameters: known ones, once, of their kind', () => {
  const query = new Query('prefix=%00&limit=5&keys_only&consistency=stale', [
    'prefix',
    'limit',
    'keys_only',
    'consistency',
    'more',
  ]);
  expect(query.bytes('prefix')).toEqual(Buffer.from([0]));
  expect(query.wholeNumber('limit', 1, 9)).toBe(5);
  expect(query.flag('keys_only')).toBe(true);
  expect(query.oneOf('consistency', ['stale', 'linearizable'])).toBe('stale');
  expect([query.bytes('more'), query.flag('more'), query.wholeNumber('more', 1, 2)]).toEqual([
    undefined,
    false,
    undefined,
  ]);
});

test.each([
  ['a=1', '"a"'],
  ['limit=1&limit=2', 'given twice'],
  ['limit=', 'whole number from 1 to 9'],
  ['limit=10', 'whole number from 1 to 9'],
  ['limit=1e0', 'whole number'],
  ['limit=-1', 'whole number'],
  ['limit=9999999999999999999', 'whole number'],
  ['=1', 'there is no query parameter ""'],
  ['&', 'there is no query parameter ""'],
  ['lim%69t=1', 'there is no query parameter'],
])('the query %j is refused', (text, why) => {
  expect(problemOf(() => new Query(text, ['limit']).wholeNumber('limit', 1, 9))).toContain(why);
});

test('preconditions hold as RFC 9110 says', () => {
  const of = (match?: string, noneMatch?: string) =>
    parsePreconditions({ 'if-match': match, 'if-none-match': noneMatch });
  const all = (list: ReturnType<typeof of>, revision: number) => list.every((one) => holds(one, revision));
  expect(all(of('"7"'), 7)).toBe(true);
  expect(all(of('"7"'), 8)).toBe(false);
  expect(all(of('"7", "8"'), 8)).toBe(true);
  expect(all(of('*'), 1)).toBe(true);
  expect(all(of('*'), 0)).toBe(false);
  expect(all(of('"0"'), 0)).toBe(false);
  expect(all(of(undefined, '*'), 0)).toBe(true);
  expect(all(of(undefined, '*'), 1)).toBe(false);
  expect(all(of(undefined, 'W/"7"'), 7)).toBe(false);
  expect(all(of('"7"', '"8"'), 7)).toBe(true);
  expect(of()).toEqual([]);
});

test.each(['7', "'7'", '"7', '"a"', '""', 'W/"7"', '"7" "8"', '"-1"', '"99999999999999999"', '', '"7",*'])(
  'If-Match: %s is refused',
  (text) =>
    expect(problemOf(() => parsePreconditions({ 'if-match': text }))).toMatch(/^invalid-precondition: If-Match/),
);

test('an Idempotency-Key is the same with and without quotes', () => {
  expect(parseIdempotencyKey('"a-1"')).toBe(parseIdempotencyKey('a-1'));
  expect(parseIdempotencyKey('"say \\"x\\" \\\\"')).toBe('say "x" \\');
});

test.each(['', '""', '"', 'a b', 'a,b', '"a', 'a"', '"a" ;x', `"${'a'.repeat(256)}"`, 'ключ', ['a', 'b']])(
  'the Idempotency-Key %j is refused',
  (text) => expect(problemOf(() => parseIdempotencyKey(text))).toMatch(/^invalid-idempotency-key/),
);

test('bytes in JSON come back as they were', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (value) => expect(fromJsonBytes(toJsonBytes(value), 'x')).toEqual(Buffer.from(value))),
  );
  expect(toJsonBytes(Uint8Array.of(0xff))).toEqual({ base64: '/w==' });
  expect(toJsonBytes(Buffer.from('\ufeffé'))).toEqual({ base64: '77u/w6k=', text: '\ufeffé' });
});

const parsed = (value: unknown) => parseTransaction(Buffer.from(JSON.stringify(value)));

test('a transaction', () => {
  expect(
    parsed({
      conditions: [
        { key: 'a', is: 'equal', revision: 0 },
        { key: { base64: 'AA==' }, is: 'less', value: { text: 'v' } },
      ],
      success: [{ put: { key: 'a', value: '' } }, { delete: { key: 'b' } }],
      failure: [{ get: { key: 'c' } }],
    }),
  ).toEqual({
    conditions: [
      { key: Buffer.from('a'), is: 'equal', revision: 0 },
      { key: Buffer.from([0]), is: 'less', value: Buffer.from('v') },
    ],
    success: [{ put: { key: Buffer.from('a'), value: Buffer.from('') } }, { delete: { key: Buffer.from('b') } }],
    failure: [{ get: { key: Buffer.from('c') } }],
  });
});

const step = { get: { key: 'a' } };
test.each<[unknown, string]>([
  [[], 'invalid-body: the body must be an object with conditions, success, failure'],
  [{}, 'invalid-body: there is nothing to do'],
  [{ succes: [step] }, 'invalid-body: the body has no member "succes"'],
  [{ success: step }, 'invalid-body: success must be a list'],
  [{ success: Array(129).fill(step) }, 'too-large: success has 129 parts'],
  [{ success: [{}] }, 'invalid-body: success[0] must have exactly one of'],
  [{ success: [{ ...step, delete: { key: 'a' } }] }, 'invalid-body: success[0] must have exactly one of'],
  [{ success: [{ put: { key: 'a' } }] }, 'invalid-body: success[0].put.value must be a text'],
  [{ success: [{ put: { key: 'a', value: 1 } }] }, 'invalid-body: success[0].put.value must be a text'],
  [{ success: [{ get: { key: '' } }] }, 'invalid-body: success[0].get.key must have 1 to 1024 bytes, not 0'],
  [{ success: [{ get: { key: { base64: 'AA' } } }] }, 'invalid-body: success[0].get.key: "AA" is not base64'],
  [{ success: [{ get: { key: { base64: 'AB==' } } }] }, 'invalid-body: success[0].get.key: "AB==" is not base64'],
  [{ success: [{ put: { key: 'a', value: 'v'.repeat(65_537) } }] }, 'too-large: success[0].put.value has 65537 bytes'],
  [{ success: [step], conditions: [{ key: 'a', is: 'same', revision: 1 }] }, 'invalid-body: conditions[0].is must be'],
  [{ success: [step], conditions: [{ key: 'a', is: 'equal' }] }, 'invalid-body: conditions[0] must have either'],
  [
    { success: [step], conditions: [{ key: 'a', is: 'equal', revision: -1 }] },
    'invalid-body: conditions[0].revision must be a whole number',
  ],
])('the transaction %j is refused', (value, problem) => expect(problemOf(() => parsed(value))).toContain(problem));

test('half a surrogate pair, bytes that are no UTF-8, and what is no JSON are refused', () => {
  const half = Buffer.from('{"success":[{"get":{"key":"\\ud800"}}]}');
  expect(problemOf(() => parseTransaction(half))).toContain('half a surrogate pair');
  expect(problemOf(() => parseTransaction(Buffer.of(0x22, 0xff, 0x22)))).toContain('not UTF-8');
  expect(problemOf(() => parseTransaction(Buffer.from('{')))).toContain('not JSON');
});

test('whatever comes, it is understood or it is a problem: nothing else is thrown', () => {
  const router = new Router(keyValueOperations(new Groups(['kv'])));
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ maxLength: 80 }));
  const headers = { 'if-match': text, 'if-none-match': text };
  fc.assert(
    fc.property(text, text, fc.record(headers), fc.json(), (path, query, fields, body) => {
      problemOf(() => parseTarget(path));
      problemOf(() => router.find('GET', `/v1/groups/kv/kv/${path}`));
      problemOf(() => parseKey(path));
      problemOf(() => new Query(query, ['limit', 'prefix']).wholeNumber('limit', 1, 9));
      problemOf(() => parsePreconditions(fields));
      problemOf(() => parseIdempotencyKey(query));
      problemOf(() => parseTransaction(Buffer.from(body)));
    }),
    { numRuns: 500 },
  );
});

import {
  encodeOperation,
  encodeQuery,
  encodeReadBatch,
  encodeRequestBatch,
  encodeResult,
  encodeResults,
  encodeSessionError,
  printQueries,
  printRequest,
  printResults,
} from '../src/index.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const [key, value] = [bytes('k'), bytes('v')];

describe('what clients say, on one line', () => {
  const request = (...operations: readonly Uint8Array[]): string =>
    printRequest(encodeRequestBatch({ client: 'c', session: 5, sequence: 9, acknowledgedThrough: 7, operations }));

  test('requests name session, sequence and operations', () => {
    expect(request(encodeOperation({ kind: 'put', key, value }), encodeOperation({ kind: 'delete', key }))).toBe(
      '5.9/7 put k=v; delete k',
    );
    expect(request(encodeOperation({ kind: 'compareAndSet', key, expectedRevision: 3, value: undefined }))).toBe(
      '5.9/7 cas k@3 delete',
    );
    expect(
      printRequest(
        encodeRequestBatch({ client: 'c', session: 0, sequence: 1, acknowledgedThrough: 0, operations: [] }),
      ),
    ).toBe('open');
  });

  test('reads and results', () => {
    const queries = [encodeQuery({ kind: 'get', key })];
    expect(printQueries(encodeReadBatch({ client: 'c', sequence: 1, level: 'stale', maxAgeMs: 0, queries }))).toBe('get k'); // prettier-ignore
    const found = { kind: 'found', key, value, revision: 3, created: 3, version: 1 } as const;
    expect(printResults(encodeResults([encodeResult(found), encodeResult({ kind: 'notFound' })]))).toBe('k@3=v; not found'); // prettier-ignore
    expect(printResults(encodeSessionError('expired'))).toBe('error expired');
  });

  test('many parts are counted, long values are cut', () => {
    const put = encodeOperation({ kind: 'put', key, value: bytes('x'.repeat(100)) });
    expect(request(put)).toBe(`5.9/7 put k=${'x'.repeat(48)}…`);
    const short = encodeOperation({ kind: 'put', key, value });
    expect(request(short, short, short, short)).toBe('5.9/7 put k=v; put k=v; put k=v; … 4 in all');
  });

  test('what is text already stays as it is; what steers a terminal never gets there', () => {
    expect(printRequest(bytes('4 x 4'))).toBe('4 x 4');
    expect(printRequest(bytes('\u001b[2J'))).toBe('4 bytes');
    expect(request(encodeOperation({ kind: 'put', key: bytes('\u001b'), value }))).toBe('5.9/7 put 0x1b=v');
    expect(request(bytes('add 1'))).toBe('5.9/7 add 1');
  });
});

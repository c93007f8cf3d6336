import { extract, inject, isSampled, parseTraceparent } from '../src/index.js';
import { formatTraceparent } from '../src/index.js';

const good = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

test('a traceparent survives the way there and back', () => {
  expect(formatTraceparent(parseTraceparent(good)!)).toBe(good);
});

test.each([
  ['an unknown version', good.replace('00-', '01-')],
  ['upper case', good.toUpperCase()],
  ['a trace id of zeros', good.replace('0af7651916cd43dd8448eb211c80319c', '0'.repeat(32))],
  ['a span id of zeros', good.replace('b7ad6b7169203331', '0'.repeat(16))],
  ['a short id', good.replace('b7ad', 'b7a')],
  ['something behind', `${good}-00`],
  ['blanks around', ` ${good}`],
  ['nothing', ''],
])('%s is no context', (_, value) => {
  expect(parseTraceparent(value)).toBeUndefined();
  expect(extract((name) => (name === 'traceparent' ? value : undefined))).toBeUndefined();
});

test('of several headers the first one wins; an overlong tracestate is left behind', () => {
  const headers: Record<string, string | string[]> = {
    traceparent: [good, good.replace('0af7', '0bf7')],
    tracestate: 'a=1',
  };
  expect(extract((name) => headers[name])).toEqual({ traceparent: good, tracestate: 'a=1' });
  headers['tracestate'] = 'a'.repeat(513);
  expect(extract((name) => headers[name])).toEqual({ traceparent: good });
});

test('inject writes what extract reads', () => {
  const headers = new Map<string, string>();
  inject({ traceparent: good, tracestate: 'a=1' }, (name, value) => headers.set(name, value));
  expect(extract((name) => headers.get(name))).toEqual({ traceparent: good, tracestate: 'a=1' });
});

test('only the sampled flag decides whether a context is sampled', () => {
  expect(isSampled({ traceparent: good })).toBe(true);
  expect(isSampled({ traceparent: good.replace(/01$/, '00') })).toBe(false);
  expect(isSampled({ traceparent: 'nonsense' })).toBe(false);
});

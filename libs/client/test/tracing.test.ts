import type { Received } from './fake-group.js';
import { failure, stage } from './stage.js';

const here = stage();
const id = (digit: string) => `00-${digit.repeat(32)}-${digit.repeat(16)}-01`;
const unsampled = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`;
const headerOf = (received: Received | undefined, name = 'traceparent') => received?.message.headers?.get(name) ?? '';

test('without a sampled context there are no headers', async () => {
  const { kv, group } = here;
  await Promise.all([kv.put('a', '1'), kv.put('b', '2', { traceparent: unsampled })]);
  await Promise.all([kv.get('a'), kv.get('b', { traceparent: 'nonsense' })]);
  expect(group.received.every(({ message }) => message.headers === undefined)).toBe(true);
});

test('the first sampled context of a batch rides with it', async () => {
  const { kv, group } = here;
  await Promise.all([
    kv.put('a', '1', { traceparent: unsampled }),
    kv.put('b', '2', { traceparent: id('1'), tracestate: 'vendor=1' }),
    kv.put('c', '3', { traceparent: id('2') }),
  ]);
  expect(group.requests.length).toBe(1);
  expect(headerOf(group.requests[0])).toBe(id('1'));
  expect(headerOf(group.requests[0], 'tracestate')).toBe('vendor=1');
  await kv.get('a', { traceparent: id('3') });
  expect(headerOf(group.reads[0])).toBe(id('3'));
});

test("an application's tracer makes a span per call and learns its end", async () => {
  const { group } = here;
  const log: string[] = [];
  const tracing = {
    begin: (name: string, kind: string) => ({
      context: { traceparent: id('4') },
      end: (error?: { code: string }) => log.push(`${name} ${kind} ${error?.code ?? 'ok'}`),
    }),
  };
  const kv = (await here.connect({ tracing })).group('kv');
  await kv.put('a', '1');
  await kv.get('a');
  group.script = (received) => {
    if (received.request === undefined) return false;
    group.refuse(received, 'tooLarge');
    return true;
  };
  await failure(kv.put('a', '2'));
  expect(log).toEqual(['kv write ok', 'kv read ok', 'kv write tooLarge']);
  expect(headerOf(group.requests[0])).toBe(id('4'));
});

test('the trace of a sampled round is in the answer', async () => {
  const { kv, group } = here;
  group.script = (received) => {
    if (received.read?.level !== 'linearizable') return false;
    const { reply } = group;
    group.reply = (to, answer, index) => reply.call(group, to, answer, index, { traceId: Buffer.alloc(16, 0xab) });
    group.serve(received);
    Reflect.deleteProperty(group, 'reply');
    return true;
  };
  expect((await kv.get('a')).source.traceId).toBe('ab'.repeat(16));
});

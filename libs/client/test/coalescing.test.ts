import { eventually } from '@synod/nats-transport/testing';
import type { Received } from './fake-group.js';
import { stage, turn } from './stage.js';

const here = stage();
/** Of each batch once: on a busy machine one is sent again before it is answered. */
const sizes = (received: readonly Received[]): number[] => {
  const seen = new Set<number | undefined>();
  const firsts = received.filter(({ request, read }) => {
    const sequence = request?.sequence ?? read?.sequence;
    return !seen.has(sequence) && seen.add(sequence);
  });
  return firsts.map(({ request, read }) => (request?.operations ?? read?.queries ?? []).length);
};

test('500 puts of one turn are one message, and each gets its own result', async () => {
  const { kv, group } = here;
  const answers = await Promise.all(Array.from({ length: 500 }, (_, i) => kv.put(`key-${i}`, `value-${i}`)));
  expect(sizes(group.requests)).toEqual([500]);
  expect(group.executed).toBe(500);
  expect(new Set(answers.map(({ revision }) => revision)).size).toBe(1);
  expect(answers.every(({ existed, source }) => !existed && source.replica === 'r1' && source.term === 1)).toBe(true);
  expect((await kv.get('key-7')).entry?.text).toBe('value-7');
});

test('reads of one turn and level are one message', async () => {
  const { kv, group } = here;
  await kv.put('a', '1');
  const reads = Array.from({ length: 300 }, () => kv.get('a'));
  const stale = Array.from({ length: 200 }, () => kv.get('a', { level: 'stale', maxAgeMs: 50 }));
  const answers = await Promise.all([...reads, ...stale]);
  expect(answers.every(({ entry }) => entry?.text === '1')).toBe(true);
  expect(sizes(group.reads).sort()).toEqual([200, 300]);
  expect(group.reads.map(({ read }) => [read?.level, read?.maxAgeMs])).toEqual(
    expect.arrayContaining([
      ['linearizable', 0],
      ['stale', 50],
    ]),
  );
});

test('what is to go alone goes alone, and those around it together', async () => {
  const { kv, group } = here;
  const alone = { alone: true };
  await Promise.all([kv.put('a', '1'), kv.put('b', '2', alone), kv.put('c', '3'), kv.put('d', '4')]);
  expect(sizes(group.requests)).toEqual([1, 1, 2]);
  await Promise.all([kv.get('a', alone), kv.get('b', alone), kv.get('c'), kv.get('d')]);
  expect(sizes(group.reads)).toEqual([1, 1, 2]);
});

test('what does not fit one batch goes into the next: by number of operations, and by bytes', async () => {
  const { kv, group } = here;
  await Promise.all(Array.from({ length: 1500 }, (_, i) => kv.put(`k${i}`, 'v')));
  expect(sizes(group.requests)).toEqual([1024, 476]);
  await Promise.all(Array.from({ length: 5 }, (_, i) => kv.put(`k${i}`, Buffer.alloc(60_000))));
  expect(sizes(group.requests).slice(2)).toEqual([2, 2, 1]);
  expect(group.received.every(({ bytes }) => bytes.length <= 131_072)).toBe(true);
});

test('at most 8 batches are in flight; meanwhile operations gather, and answers in any order are taken', async () => {
  const { kv, group } = here;
  await kv.put('warm', 'up');
  const held: Received[] = [];
  group.script = (received) => received.request !== undefined && held.push(received) > 0;
  const puts: Promise<unknown>[] = [];
  for (let i = 0; i < 40; i++) {
    puts.push(kv.put(`key-${i}`, 'v'));
    await turn();
  }
  await eventually('8 batches arrived', () => held.length === 8);
  expect(sizes(held)).toEqual(Array(8).fill(1));
  group.script = () => false;
  for (const received of held.reverse()) group.serve(received);
  await Promise.all(puts);
  expect(sizes(group.requests).slice(9)).toEqual([32]);
});

test('the session window is respected when one batch stays unanswered', async () => {
  const { kv, group } = here;
  await kv.put('warm', 'up');
  group.script = ({ request }) => request?.sequence === 2;
  const stuck = kv.put('stuck', 'v');
  await turn();
  for (let i = 0; i < 31; i++) await kv.put(`k${i}`, 'v');
  const beyond = kv.put('beyond', 'v');
  await new Promise((resolve) => setTimeout(resolve, 50));
  const sequences = group.requests.map(({ request }) => request?.sequence ?? 0);
  expect(Math.max(...sequences)).toBe(33);
  group.script = () => false;
  await Promise.all([stuck, beyond]);
  expect(group.executed).toBe(34);
  expect(group.requests.at(-1)?.request?.acknowledgedThrough).toBe(33);
});

test('a read never waits behind writes', async () => {
  const { kv, group } = here;
  await kv.put('a', '1');
  group.script = ({ request }) => request !== undefined;
  const puts: Promise<unknown>[] = [];
  for (let i = 0; i < 20; i++) {
    puts.push(kv.put(`b${i}`, '2').catch(() => {}));
    await turn();
  }
  expect((await kv.get('a')).entry?.text).toBe('1');
  group.script = () => false;
  await Promise.all(puts);
});

test('operations that a full answer leaves without a result were not executed and go again, each once', async () => {
  const { kv, group } = here;
  await kv.put('a', '1');
  group.forgetSessions(1);
  const reads = await Promise.all(Array.from({ length: 5 }, () => kv.get('a')));
  expect(reads.every(({ entry }) => entry?.text === '1')).toBe(true);
  expect(sizes(group.reads)).toEqual([5, 4, 3, 2, 1]);
  const writes = await Promise.all(Array.from({ length: 4 }, (_, i) => kv.put(`k${i}`, 'v')));
  expect(writes.every(({ existed }) => !existed)).toBe(true);
  expect(group.executed).toBe(5);
});

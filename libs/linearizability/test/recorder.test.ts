import { SynodError } from '@synod/client';
import type { KeyValueGroup } from '@synod/client';
import { malformation, Recorder } from '../src/index.js';

const source = { replica: 'r1', index: 7, term: 1, ageMs: 3 };

function groupThat(answers: Partial<Record<keyof KeyValueGroup, () => Promise<unknown>>>): KeyValueGroup {
  return answers as unknown as KeyValueGroup;
}

test('answers are put down as they were, and given on', async () => {
  let now = 0;
  const recorder = new Recorder(() => now++);
  const entry = { key: Buffer.from('k'), value: Buffer.from('v'), revision: 7, created: 6, version: 2 };
  const kv = recorder.of(
    'c1',
    groupThat({
      get: async () => ({ entry, source }),
      put: async () => ({ revision: 7, existed: true, source }),
      range: async () => ({ entries: [entry], more: true, source }),
      transaction: async () => ({ succeeded: true, results: [{ kind: 'got', entry }], source }),
    }),
  );
  expect((await kv.get('k', { level: 'stale', maxAgeMs: 5 })).entry).toBe(entry);
  await kv.put('k', 'v');
  await kv.range({ prefix: 'k', limit: 1, keysOnly: true });
  await kv.transaction({ conditions: [{ key: 'k', is: 'less', value: 'x' }], success: [{ get: { key: 'k' } }] });
  const seen = { value: 'v', revision: 7, created: 6, version: 2 };
  const answered = { client: 'c1', outcome: 'answered', index: 7, replica: 'r1' };
  expect(recorder.operations).toEqual([
    {
      ...answered,
      kind: 'get',
      key: 'k',
      level: 'stale',
      maxAgeMs: 5,
      ageMs: 3,
      invokedAt: 0,
      returnedAt: 1,
      result: { entry: seen },
    },
    {
      ...answered,
      kind: 'put',
      key: 'k',
      value: 'v',
      invokedAt: 2,
      returnedAt: 3,
      result: { revision: 7, existed: true },
    },
    {
      ...answered,
      kind: 'range',
      prefix: 'k',
      limit: 1,
      invokedAt: 4,
      returnedAt: 5,
      result: { entries: [{ key: 'k', revision: 7, created: 6, version: 2 }], more: true },
    },
    {
      ...answered,
      kind: 'transaction',
      conditions: [{ key: 'k', is: 'less', value: 'x' }],
      success: [{ kind: 'get', key: 'k' }],
      failure: [],
      invokedAt: 6,
      returnedAt: 7,
      result: { succeeded: true, results: [{ entry: seen }] },
    },
  ]);
  expect(recorder.operations.map(malformation)).toEqual([undefined, undefined, undefined, undefined]);
});

test('a write that does not name its position claims none; a read of the beginning does', async () => {
  const recorder = new Recorder();
  const nowhere = { ...source, index: 0 };
  const answers = { get: async () => ({ entry: undefined, source: nowhere }) };
  const kv = recorder.of(
    'c1',
    groupThat({ ...answers, compareAndSet: async () => ({ succeeded: false, revision: 0, source: nowhere }) }),
  );
  await kv.get('k');
  await kv.compareAndSet('k', 5, 'v');
  expect(recorder.operations.map(({ index }) => index)).toEqual([0, undefined]);
});

test('what may have taken effect is unknown, also while it is under way; what has not is refused', async () => {
  const recorder = new Recorder();
  const kv = recorder.of(
    'c1',
    groupThat({
      put: async () => Promise.reject(new SynodError('unknownOutcome', 'no answer')),
      delete: async () => Promise.reject(new SynodError('overloaded', 'later')),
      compareAndSet: () => new Promise(() => {}),
    }),
  );
  await expect(kv.put('k', 'v')).rejects.toThrow('no answer');
  await expect(kv.delete('k')).rejects.toThrow('later');
  void kv.compareAndSet('k', 3, undefined);
  expect(recorder.operations.map(({ kind, outcome, returnedAt }) => [kind, outcome, returnedAt !== undefined])).toEqual(
    [
      ['put', 'unknown', false],
      ['delete', 'refused', true],
      ['compareAndSet', 'unknown', false],
    ],
  );
  expect(recorder.operations.map(malformation)).toEqual([undefined, undefined, undefined]);
});

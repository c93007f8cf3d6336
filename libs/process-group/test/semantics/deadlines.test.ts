import { pause } from '../../src/index.js';
import { failure, ofEveryProtocol } from './stage.js';

ofEveryProtocol((stage) => {
  test('a write without an answer in time has an unknown outcome, which the same place resolves', async () => {
    const { kv } = stage;
    const session = await kv.openSession();
    const once = { session, sequence: 1 };
    await stage.withoutQuorum(async () => {
      const error = await failure(kv.put('maybe', 'x', { once, timeoutMs: 1000 }));
      expect(error).toMatchObject({ code: 'unknownOutcome', mayHaveTakenEffect: true });
    });
    const { revision } = await kv.put('maybe', 'x', { once });
    expect((await kv.get('maybe')).entry).toMatchObject({ text: 'x', revision, version: 1 });
  });

  test('the client’s own writes are not done twice either, whatever became of those that were given up', async () => {
    const { kv } = stage;
    await kv.put('before', 'opens the session');
    await stage.withoutQuorum(async () => {
      const calls = Array.from({ length: 20 }, (_, i) => failure(kv.put(`given-up/${i}`, 'x', { timeoutMs: 800 })));
      for (const { code, mayHaveTakenEffect } of await Promise.all(calls)) {
        expect([code, mayHaveTakenEffect]).toEqual(['unknownOutcome', true]);
      }
    });
    await stage.group.leader();
    await kv.put('after', 'x');
    await pause(1000);
    const { entries } = await kv.range({ prefix: 'given-up/' });
    for (const entry of entries) expect(entry.version).toBe(1);
  });

  test('a write goes on when the quorum is back before its deadline', async () => {
    const { kv } = stage;
    let done = false;
    let put: Promise<unknown> | undefined;
    await stage.withoutQuorum(async () => {
      put = kv.put('late', 'x').then(() => (done = true));
      await pause(700);
      expect(done).toBe(false);
    });
    await put;
    expect((await kv.get('late')).entry).toMatchObject({ text: 'x', version: 1 });
  });

  test('a group of which nobody answers is unavailable, and nothing was done', async () => {
    const { kv } = stage;
    await stage.without(stage.group.names, async () => {
      const fresh = await stage.another();
      for (const call of [fresh.put('nobody', 'x', { timeoutMs: 400 }), fresh.get('nobody', { timeoutMs: 400 })]) {
        expect(await failure(call)).toMatchObject({ code: 'unavailable', mayHaveTakenEffect: false });
      }
      expect(await fresh.describe(300)).toEqual([]);
    });
    await stage.group.leader();
    expect((await kv.get('nobody')).entry).toBeUndefined();
  });

  test('a deadline is kept', async () => {
    await stage.withoutQuorum(async () => {
      const began = performance.now();
      await failure(stage.kv.get('x', { timeoutMs: 300 }));
      const took = performance.now() - began;
      expect(took).toBeGreaterThanOrEqual(295);
      expect(took).toBeLessThan(1500);
    });
    expect(await failure(stage.kv.get('x', { timeoutMs: 0 }))).toMatchObject({ code: 'invalid' });
  });
});

import { judge, Recorder } from '@synod/linearizability';
import { failure, ofEveryProtocol } from './stage.js';

ofEveryProtocol((stage) => {
  test('whoever reads after a write was answered sees it, over whichever connection', async () => {
    const [writer, ...readers] = await Promise.all(Array.from({ length: 4 }, () => stage.another()));
    for (let i = 0; i < 100; i++) {
      const { revision } = await writer!.put('clock', `${i}`);
      const seen = await Promise.all(readers.map((kv) => kv.get('clock')));
      for (const { entry, source } of seen) {
        expect(entry!.text).toBe(`${i}`);
        expect(source).toMatchObject({ ageMs: 0 });
        expect(source.index).toBeGreaterThanOrEqual(revision);
      }
    }
  });

  test('reads and writes of several clients at once are linearizable', async () => {
    const recorder = new Recorder();
    const clients = await Promise.all(
      Array.from({ length: 4 }, async (_, i) => recorder.of(`client ${i}`, await stage.another())),
    );
    await Promise.all(
      clients.map(async (kv, i) => {
        for (let n = 0; n < 40; n++) {
          await kv.put('x', `${i}.${n}`);
          await kv.get('x');
          await kv.range({ prefix: 'x' });
        }
      }),
    );
    expect(judge(recorder.operations).problems).toEqual([]);
  });

  test('a stale read says of what it tells: by whom, through which position, and how old', async () => {
    await stage.kv.put('seen', 'x');
    await stage.group.inStep();
    const answers = await Promise.all(Array.from({ length: 12 }, () => stage.kv.get('seen', { level: 'stale' })));
    const members = stage.group.namesOf('answering');
    for (const { entry, source } of answers) {
      expect(entry!.text).toBe('x');
      expect(members).toContain(source.replica);
      expect(source.index).toBeGreaterThanOrEqual(entry!.revision);
      expect(source.ageMs).toBeGreaterThanOrEqual(0);
    }
    const recent = await stage.kv.get('seen', { level: 'stale', maxAgeMs: 5000 });
    expect(recent.source.ageMs).toBeLessThanOrEqual(5000);
  });

  test('a group without a quorum answers stale reads, and their bound and linearizable ones it refuses', async () => {
    const { revision } = await stage.kv.put('alone', 'x');
    await stage.group.inStep();
    await stage.withoutQuorum(async () => {
      const linearizable = await failure(stage.kv.get('alone', { timeoutMs: 1500 }));
      expect(linearizable).toMatchObject({ mayHaveTakenEffect: false });
      expect(['noQuorum', 'unavailable']).toContain(linearizable.code);
      const { entry, source } = await stage.kv.get('alone', { level: 'stale' });
      expect(entry).toMatchObject({ text: 'x', revision });
      expect(source.ageMs).toBeGreaterThan(0);
      const bounded = await failure(stage.kv.get('alone', { level: 'stale', maxAgeMs: 100, timeoutMs: 1500 }));
      expect(bounded).toMatchObject({ code: 'noQuorum', mayHaveTakenEffect: false });
    });
    await stage.group.leader();
    expect((await stage.kv.get('alone')).entry!.text).toBe('x');
  });

  test('levels that there are not, and bounds that bound nothing, are refused at once', async () => {
    const { kv } = stage;
    expect(await failure(kv.get('x', { level: 'lease' }))).toMatchObject({ code: 'unsupported' });
    expect(await failure(kv.get('x', { maxAgeMs: 5 }))).toMatchObject({ code: 'invalid' });
    expect(await failure(kv.get('x', { level: 'stale', maxAgeMs: -1 }))).toMatchObject({ code: 'invalid' });
  });
});

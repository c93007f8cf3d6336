import { failure, ofEveryProtocol } from './stage.js';

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);

ofEveryProtocol((stage) => {
  test('put, get and delete: revisions grow, and what is not there is no error', async () => {
    const { kv } = stage;
    expect((await kv.get('a')).entry).toBeUndefined();
    const first = await kv.put('a', '1');
    expect(first.existed).toBe(false);
    expect(first.revision).toBe(first.source.index);
    const second = await kv.put('a', '2');
    expect(second.existed).toBe(true);
    expect(second.revision).toBeGreaterThan(first.revision);
    const { entry } = await kv.get('a');
    expect(entry).toMatchObject({ text: '2', revision: second.revision, created: first.revision, version: 2 });
    expect((await kv.delete('a')).existed).toBe(true);
    expect((await kv.delete('a')).existed).toBe(false);
    expect((await kv.get('a')).entry).toBeUndefined();
  });

  test('keys and values are any bytes, up to their limits', async () => {
    const { kv } = stage;
    await kv.put(everyByte, everyByte);
    expect(Buffer.from((await kv.get(everyByte)).entry!.value)).toEqual(Buffer.from(everyByte));
    await kv.put('empty', '');
    expect((await kv.get('empty')).entry!.value).toHaveLength(0);
    const largest = new Uint8Array(65_536).fill(7);
    await kv.put('k'.repeat(1024), largest);
    expect((await kv.get('k'.repeat(1024))).entry!.value).toEqual(largest);
    expect(await failure(kv.put('large', new Uint8Array(65_537)))).toMatchObject({ code: 'tooLarge' });
    expect(await failure(kv.put('k'.repeat(1025), ''))).toMatchObject({ code: 'invalid' });
    expect(await failure(kv.put('', ''))).toMatchObject({ code: 'invalid' });
  });

  test('compare-and-set changes nothing when the key has another revision', async () => {
    const { kv } = stage;
    const made = await kv.compareAndSet('cas', 0, '1');
    expect(made.succeeded).toBe(true);
    expect(await kv.compareAndSet('cas', 0, '2')).toMatchObject({ succeeded: false, revision: made.revision });
    const changed = await kv.compareAndSet('cas', made.revision, '3');
    expect(changed.succeeded).toBe(true);
    expect(await kv.compareAndSet('cas', made.revision, undefined)).toMatchObject({
      succeeded: false,
      revision: changed.revision,
    });
    expect((await kv.get('cas')).entry!.text).toBe('3');
    expect((await kv.compareAndSet('cas', changed.revision, undefined)).succeeded).toBe(true);
    expect((await kv.get('cas')).entry).toBeUndefined();
    expect(await kv.compareAndSet('cas', changed.revision, '4')).toMatchObject({ succeeded: false, revision: 0 });
  });

  test('of many that increment by compare-and-set at once, each one counts', async () => {
    const writers = await Promise.all(Array.from({ length: 4 }, () => stage.another()));
    await stage.kv.put('sum', '0');
    const increment = async (kv: (typeof writers)[number]): Promise<void> => {
      for (;;) {
        const { entry } = await kv.get('sum');
        const next = `${Number(entry!.text) + 1}`;
        if ((await kv.compareAndSet('sum', entry!.revision, next)).succeeded) return;
      }
    };
    await Promise.all(
      writers.map(async (kv) => {
        for (let i = 0; i < 10; i++) await increment(kv);
      }),
    );
    expect((await stage.kv.get('sum')).entry).toMatchObject({ text: '40', version: 41 });
  });

  test('a transaction is one step, whose branch its conditions choose', async () => {
    const { kv } = stage;
    const { revision } = await kv.put('stock', '5');
    const sell = {
      conditions: [{ key: 'stock', is: 'equal', revision } as const],
      success: [{ put: { key: 'stock', value: '4' } }, { put: { key: 'sold', value: '1' } }, { get: { key: 'stock' } }],
      failure: [{ get: { key: 'stock' } }, { delete: { key: 'nothing' } }],
    };
    const done = await kv.transaction(sell);
    expect(done.succeeded).toBe(true);
    expect(done.results).toMatchObject([
      { kind: 'written', existed: true, revision: done.source.index },
      { kind: 'written', existed: false, revision: done.source.index },
      { kind: 'got', entry: { text: '4' } },
    ]);
    const again = await kv.transaction(sell);
    expect(again.succeeded).toBe(false);
    expect(again.results).toMatchObject([
      { kind: 'got', entry: { text: '4' } },
      { kind: 'written', existed: false },
    ]);
    const values = [
      { key: 'sold', is: 'equal', value: '1' } as const,
      { key: 'stock', is: 'notEqual', value: '5' } as const,
      { key: 'none', is: 'equal', revision: 0 } as const,
      { key: 'sold', is: 'greater', revision: 0 } as const,
    ];
    expect((await kv.transaction({ conditions: values })).succeeded).toBe(true);
  });

  test('a range comes in the order of the bytes, in pages, and scan goes through all of them', async () => {
    const { kv } = stage;
    const names = Array.from({ length: 1200 }, (_, i) => `page/${String(i).padStart(4, '0')}`);
    await Promise.all(names.map((name) => kv.put(name, 'x')));
    await Promise.all([kv.put('page', 'before'), kv.put('page0', 'after')]);
    const first = await kv.range({ prefix: 'page/', limit: 3, keysOnly: true });
    expect(first.entries.map(({ keyText }) => keyText)).toEqual(names.slice(0, 3));
    expect(first.entries[0]!.value).toHaveLength(0);
    expect(first.more).toBe(true);
    const next = await kv.range({ prefix: 'page/', startAfter: names[1197]! });
    expect(next.entries.map(({ keyText }) => keyText)).toEqual(names.slice(1198));
    expect(next.more).toBe(false);
    const seen: string[] = [];
    for await (const { keyText, text } of kv.scan({ prefix: 'page/' })) seen.push(`${keyText}=${text}`);
    expect(seen).toEqual(names.map((name) => `${name}=x`));
  });

  test('operations of one turn travel together, and each has its own answer', async () => {
    const { kv } = stage;
    const before = kv.statistics.sent;
    const answers = await Promise.all(Array.from({ length: 500 }, (_, i) => kv.put(`turn/${i % 50}`, `${i}`)));
    expect(new Set(answers.map(({ source }) => source.index)).size).toBeLessThan(50);
    expect(answers.filter(({ existed }) => !existed)).toHaveLength(50);
    expect(kv.statistics.sent - before).toBeLessThan(50);
    const versions = await Promise.all(Array.from({ length: 50 }, (_, i) => kv.get(`turn/${i}`)));
    expect(versions.map(({ entry }) => entry!.version)).toEqual(Array.from({ length: 50 }, () => 10));
  });

  test('every member that executes comes to the same state', async () => {
    await stage.kv.put('last', 'one');
    await stage.group.inStep();
  });
});

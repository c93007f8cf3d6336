import { SynodError } from '@synod/client';
import { failure, ofEveryProtocol } from './stage.js';

ofEveryProtocol((stage, protocol) => {
  test('an operation that the state machine does not know is a result like any other: executed, and refused', async () => {
    const { kv } = stage;
    const nonsense = Uint8Array.of(0xff, 0xff, 0xff);
    const { result } = await kv.execute(nonsense);
    expect(result.length).toBeGreaterThan(0);
    expect(await kv.execute(nonsense)).toMatchObject({ result });
    await kv.put('still', 'there');
    await stage.group.inStep();
  });

  test('what is too large is refused before it is sent', async () => {
    const { kv } = stage;
    const before = kv.statistics.sent;
    expect(await failure(kv.execute(new Uint8Array(131_072)))).toMatchObject({
      code: 'tooLarge',
      mayHaveTakenEffect: false,
    });
    const parts = Array.from({ length: 129 }, (_, i) => ({ delete: { key: `${i}` } }));
    expect(await failure(kv.transaction({ success: parts }))).toMatchObject({ code: 'tooLarge' });
    const many = Array.from({ length: 3 }, (_, i) => ({ put: { key: `${i}`, value: new Uint8Array(60_000) } }));
    expect(await failure(kv.transaction({ success: many }))).toMatchObject({ code: 'tooLarge' });
    expect(kv.statistics.sent).toBe(before);
  });

  test('beyond what a client holds, calls are refused as overloaded, and say when to come back', async () => {
    const kv = await stage.another({ limits: { pendingOperations: 10 } });
    const calls = Array.from({ length: 20 }, (_, i) => kv.put(`pending/${i}`, 'x'));
    const settled = await Promise.allSettled(calls);
    const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as SynodError] : []));
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(refused).toHaveLength(10);
    for (const error of refused) expect(error).toMatchObject({ code: 'overloaded', mayHaveTakenEffect: false });
    expect(refused[0]!.retryAfterMs).toBeGreaterThan(0);
    expect((await kv.range({ prefix: 'pending/' })).entries).toHaveLength(10);
  });

  test('who may not speak to the group is told so', async () => {
    const kv = await stage.another({ user: 'observer' });
    for (const call of [kv.put('a', 'x'), kv.get('a')]) {
      expect(await failure(call)).toMatchObject({ code: 'unauthorized', mayHaveTakenEffect: false });
    }
  });

  test('a group that there is not is unavailable or not allowed, never silently empty', async () => {
    const nowhere = stage.client.group('nowhere');
    const { code, mayHaveTakenEffect } = await failure(nowhere.get('a', { timeoutMs: 500 }));
    expect(['unavailable', 'unauthorized']).toContain(code);
    expect(mayHaveTakenEffect).toBe(false);
  });

  test('a client that was closed takes no calls, and says that it is closed', async () => {
    const client = await stage.group.client();
    const kv = client.group(stage.group.group);
    await kv.put('open', 'x');
    await client.close();
    expect(await failure(kv.get('open'))).toMatchObject({ code: 'closed', mayHaveTakenEffect: false });
    expect(() => client.group(stage.group.group)).toThrow(SynodError);
  });

  test('a client needs the name only: the group tells its protocol, its members and who leads', async () => {
    const kv = await stage.another();
    const leader = await stage.group.leader();
    const descriptions = await kv.describe(2000);
    expect(descriptions.map(({ replica }) => replica)).toEqual(stage.group.namesOf('answering'));
    for (const description of descriptions) {
      expect(description.members).toEqual(stage.group.namesOf('answering'));
      expect([description.protocol, kv.protocol]).toEqual([protocol, protocol]);
    }
    expect(descriptions.find(({ replica }) => replica === leader)).toMatchObject({
      role: protocol === 'pbft' ? 'primary' : 'leader',
      leader,
    });
  });
});

import { Session } from '@synod/client';
import { tap } from '@synod/nats-transport';
import type { Overheard } from '@synod/nats-transport';
import { poll } from '../../src/index.js';
import { failure, ofEveryProtocol } from './stage.js';
import type { Stage } from './stage.js';

/** Of a group: so many sessions it keeps, and so many results above the acknowledged one. */
const keptSessions = 10_000;
const window = 32;

ofEveryProtocol((stage) => {
  const place = async (sequence = 1) => ({ session: await stage.kv.openSession(), sequence });

  test('the same place again is answered as the first time, and executed once', async () => {
    const { kv } = stage;
    const once = await place();
    const first = await kv.put('once', 'x', { once });
    for (let i = 0; i < 3; i++) expect(await kv.put('once', 'x', { once })).toMatchObject({ ...first, source: {} });
    expect((await kv.get('once')).entry).toMatchObject({ version: 1, revision: first.revision });
    const cas = { session: once.session, sequence: 2 };
    const changed = await kv.compareAndSet('once', first.revision, 'y', { once: cas });
    await kv.put('once', 'z');
    const again = await kv.compareAndSet('once', first.revision, 'y', { once: cas });
    expect(again).toMatchObject({ succeeded: true, revision: changed.revision });
    expect((await kv.get('once')).entry!.text).toBe('z');
  });

  test('a session is the user’s, not the connection’s', async () => {
    const once = await place();
    const first = await stage.kv.put('moved', 'x', { once });
    const same = { session: new Session(once.session.id), sequence: 1 };
    const elsewhere = await stage.another();
    expect(await elsewhere.put('moved', 'x', { once: same })).toMatchObject({ revision: first.revision });
    const stranger = await stage.another({ user: 'other' });
    const refused = await failure(stranger.put('moved', 'x', { once: same }));
    expect(refused.code).toBe('sessionExpired');
    expect((await stage.kv.get('moved')).entry!.version).toBe(1);
  });

  test('the same place with another operation is an error', async () => {
    const once = await place();
    await stage.kv.put('reused', 'x', { once });
    expect(await failure(stage.kv.put('reused', 'y', { once }))).toMatchObject({
      code: 'sequenceReused',
      mayHaveTakenEffect: false,
    });
    expect((await stage.kv.get('reused')).entry!.text).toBe('x');
  });

  test('a session keeps the answers of a window, and those that were acknowledged no longer', async () => {
    const { kv } = stage;
    const { session } = await place();
    for (let sequence = 1; sequence <= window; sequence++) {
      await kv.put(`window/${sequence}`, '', { once: { session, sequence } });
    }
    const beyond = { session, sequence: window + 1 };
    expect(await failure(kv.put('beyond', '', { once: beyond }))).toMatchObject({
      code: 'windowExceeded',
      mayHaveTakenEffect: false,
    });
    expect((await kv.get('beyond')).entry).toBeUndefined();
    session.acknowledge(10);
    await kv.put('within', '', { once: { session, sequence: window + 2 } });
    expect(await failure(kv.put('window/10', '', { once: { session, sequence: 10 } }))).toMatchObject({
      code: 'alreadyAcknowledged',
      mayHaveTakenEffect: false,
    });
    await kv.put('window/11', '', { once: { session, sequence: 11 } });
    expect((await kv.get('window/11')).entry!.version).toBe(1);
  });

  test('a session that nobody opened is expired, and nothing is executed', async () => {
    const once = { session: new Session(Number.MAX_SAFE_INTEGER), sequence: 1 };
    expect((await failure(stage.kv.put('nobody', '', { once }))).code).toBe('sessionExpired');
    expect((await stage.kv.get('nobody')).entry).toBeUndefined();
  });

  test('messages that the network doubles are executed once, and answered each time', async () => {
    const heard = await overhear(stage);
    await stage.kv.put('doubled', 'x');
    const { text, payload } = await heard.requestWith('doubled');
    const repliesBefore = heard.count('reply');
    const network = await stage.group.connectAs('client');
    // The broker promises no delivery, so that copies are sent until enough of them were answered.
    await poll(
      () => {
        for (let i = 0; i < 5; i++) network.publish(text, payload);
        return heard.count('reply') >= repliesBefore + 20 || undefined;
      },
      20_000,
      () => `${heard.count('reply') - repliesBefore} of 20 copies were answered`,
    );
    expect((await stage.kv.get('doubled')).entry!.version).toBe(1);
    await stage.kv.put('doubled', 'y');
    expect((await stage.kv.get('doubled')).entry).toMatchObject({ version: 2, text: 'y' });
  });

  test('beyond what a group keeps, the session used longest ago goes; the client opens another by itself', async () => {
    const { kv } = stage;
    const idle = await place();
    await kv.put('idle', 'x', { once: idle });
    for (let opened = 0; opened <= keptSessions; opened += 500) {
      await Promise.all(Array.from({ length: 500 }, () => kv.openSession()));
    }
    expect(await failure(kv.put('idle', 'y', { once: { ...idle, sequence: 2 } }))).toMatchObject({
      code: 'sessionExpired',
      mayHaveTakenEffect: false,
    });
    await kv.put('idle', 'z');
    expect((await kv.get('idle')).entry).toMatchObject({ text: 'z', version: 2 });
    await stage.group.inStep();
  }, 120_000);
});

/** What the bus says from now on. */
async function overhear(stage: Stage) {
  const heard: Overheard[] = [];
  const bus = await stage.group.connectAs('observer');
  tap(bus, stage.group.cluster, (message) => {
    // Of this group: a process asks itself too, to learn how fast the bus is.
    if (message.subject?.group !== stage.group.group) return;
    heard.push({ ...message, payload: new Uint8Array(message.payload) });
  });
  const ofKind = (kind: string) => heard.filter(({ subject }) => subject!.kind === kind);
  const requestWith = (text: string) =>
    poll(
      () => ofKind('request').find(({ payload }) => Buffer.from(payload).includes(text)),
      10_000,
      () => `no request with "${text}" among ${heard.length} messages that were heard`,
    );
  // The broker is told of the tap some time: until then it overhears nothing.
  while (ofKind('reply').length === 0) await stage.kv.put('is anybody listening', '?');
  return { requestWith, count: (kind: string) => ofKind(kind).length };
}

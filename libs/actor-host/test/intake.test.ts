import type { HostLimits } from '@synod/actor-host';
import { defaultHostLimits, refusals } from '@synod/actor-host';
import { MemoryJournal } from '@synod/actor-host/memory';
import { World, messages, persist, send } from './world.js';

const limits = (changes: Partial<HostLimits>): HostLimits => ({ ...defaultHostLimits, ...changes });
const MiB = 1024 * 1024;

describe('Quotas', () => {
  test('one sender who floods loses his own messages only', async () => {
    const world = await World.started({ limits: limits({ peer: { count: 3, bytes: MiB } }) });
    for (let i = 0; i < 10; i++) world.post(`flood ${i}`, 'peer');
    world.post('vote', 'other');
    world.post('put', 'client');
    world.loop.round();
    expect(world.steps).toEqual([
      'receive flood 0',
      'receive flood 1',
      'receive flood 2',
      'receive vote',
      'receive put',
    ]);
    expect(world.log.of('refused')).toEqual(Array(7).fill(`peer ${refusals.senderQuota}`));
  });

  test('clients together cannot take the peers’ place, nor peers the clients’', async () => {
    const world = await World.started({
      limits: limits({ clients: { count: 2, bytes: MiB }, peers: { count: 1, bytes: MiB } }),
    });
    for (const name of ['a', 'b', 'c', 'd']) world.post(name, `client-${name}`);
    world.post('vote 1', 'peer');
    world.post('vote 2', 'other');
    world.loop.round();
    expect(world.steps).toEqual(['receive vote 1', 'receive a', 'receive b']);
    expect(world.log.of('refused')).toEqual([
      `client-c ${refusals.totalQuota}`,
      `client-d ${refusals.totalQuota}`,
      `other ${refusals.totalQuota}`,
    ]);
  });

  test('what finds no room is not decoded', async () => {
    const world = await World.started({
      limits: limits({ client: { count: 1, bytes: MiB }, peer: { count: 1, bytes: MiB } }),
    });
    const decoded: string[] = [];
    const { decode } = messages;
    const spy = jest.spyOn(messages, 'decode').mockImplementation((kind, payload) => {
      const message = decode(kind, payload);
      decoded.push(message.text);
      return message;
    });
    for (const name of ['put 1', 'put 2', '!rubbish']) world.post(name, 'client');
    for (const name of ['vote 1', 'vote 2', '!rubbish']) world.post(name, 'peer');
    world.loop.round();
    spy.mockRestore();
    expect(decoded).toEqual(['put 1', 'vote 1']);
    expect(world.log.of('refused')).toEqual([
      ...Array<string>(2).fill(`client ${refusals.senderQuota}`),
      ...Array<string>(2).fill(`peer ${refusals.senderQuota}`),
    ]);
  });

  test('a refusal whose answer cannot be addressed is counted, not thrown', async () => {
    const world = await World.started({ limits: limits({ client: { count: 1, bytes: MiB } }) });
    const spy = jest.spyOn(messages as Required<typeof messages>, 'refusal').mockImplementation(() => {
      throw new Error('malformed');
    });
    world.post('put 1', 'client');
    world.post('put 2', 'client');
    world.loop.round();
    spy.mockRestore();
    expect(world.log.of('refused')).toEqual([`client ${refusals.senderQuota}`, `client ${refusals.malformed}`]);
  });

  test('peers go before clients, however many of these wait', async () => {
    const world = await World.started();
    for (let i = 0; i < 50; i++) world.post(`put ${i}`, `client-${i % 5}`);
    world.post('heartbeat', 'peer');
    world.loop.round();
    expect(world.steps[0]).toBe('receive heartbeat');
    expect(world.steps).toHaveLength(51);
  });

  test('clients take turns', async () => {
    const world = await World.started();
    for (let i = 0; i < 40; i++) world.post('x'.repeat(4000), 'flood');
    world.post('put', 'modest');
    world.loop.round();
    expect(world.steps.findIndex((step) => step === 'receive put')).toBeLessThan(6);
  });

  test('a large answer costs turns', async () => {
    const answer = {
      kind: 'send',
      to: 'greedy',
      message: { kind: 'reply', text: 'x'.repeat(50_000) },
      after: 0,
    } as const;
    const world = await World.started({
      react: (input) => (input.kind === 'receive' && input.message.text === 'all' ? [answer] : []),
    });
    for (let i = 0; i < 40; i++) world.post('all', 'greedy');
    for (let i = 0; i < 40; i++) world.post('one', 'modest');
    world.loop.round();
    const greedyBefore = world.steps
      .slice(0, world.steps.lastIndexOf('receive one'))
      .filter((step) => step === 'receive all');
    expect(greedyBefore.length).toBeLessThan(20);
    expect(world.steps.length).toBe(80);
  });

  test('while the actor takes no clients, their letters wait, and peers’ do not', async () => {
    let open = false;
    const world = await World.started({ takesClients: () => open });
    world.post('put', 'client');
    world.post('vote', 'peer');
    world.loop.settle();
    expect(world.steps).toEqual(['receive vote']);
    expect(world.host.load().letters).toBe(1);
    open = true;
    world.post('ack', 'peer');
    world.loop.settle();
    expect(world.steps).toEqual(['receive vote', 'receive ack', 'receive put']);
  });

  test('of what is for somebody else few are taken of one sender at a time: each is told where to go', async () => {
    const world = await World.started({ serves: (kind) => kind !== 'request' });
    for (let i = 0; i < 100; i++) world.post(`put ${i}`, 'lost');
    world.post('put', 'modest');
    world.post('vote', 'peer');
    world.loop.round();
    expect(world.steps.filter((step) => step.startsWith('receive put '))).toHaveLength(32);
    expect(world.steps).toEqual(expect.arrayContaining(['receive put', 'receive vote']));
    expect(world.log.of('refused')).toEqual(Array(68).fill(`lost ${refusals.elsewhere}`));
    world.post('put 100', 'lost');
    world.loop.round();
    expect(world.steps.at(-1)).toBe('receive put 100');
  });

  test('whoever brings a message is told whether it was taken', async () => {
    const world = await World.started({ limits: limits({ client: { count: 1, bytes: MiB } }) });
    world.post('put 1', 'client');
    world.post('put 2', 'client');
    world.post('!rubbish', 'other-client');
    world.post('vote', 'stranger', 'peer');
    world.post('vote', 'peer');
    world.loop.round();
    const refused = world.network.refused.map(({ from, payload }) => `${from} ${Buffer.from(payload).toString()}`);
    expect(refused).toEqual(['client put 2', 'other-client !rubbish', 'stranger vote']);
  });

  test('bytes count, too', async () => {
    const world = await World.started({ limits: limits({ client: { count: 1000, bytes: 10_000 } }) });
    for (let i = 0; i < 4; i++) world.post(`${i}`.repeat(4000), 'client');
    world.loop.round();
    expect(world.steps).toHaveLength(2);
  });

  test('what was stepped makes room again', async () => {
    const world = await World.started({ limits: limits({ peer: { count: 1, bytes: MiB } }) });
    for (let i = 0; i < 100; i++) {
      world.post(`${i}`);
      world.loop.settle();
    }
    expect(world.steps).toHaveLength(100);
    expect(world.log.of('refused')).toEqual([]);
    expect(world.host.load()).toEqual({ letters: 0, waitingSends: 0 });
  });

  test('a client whose message is not taken is told so, under the name that it waits for', async () => {
    const world = await World.started({ limits: limits({ client: { count: 1, bytes: MiB } }) });
    world.post('put 1', 'client');
    world.post('put 2', 'client');
    world.loop.round();
    expect(world.network.published.at(-1)).toMatchObject({ from: 'me', to: 'client', kind: 'reply' });
    expect(world.told).toEqual(['overloaded put 2']);
  });

  test('when room is tight, what can no longer matter is dropped first', async () => {
    const world = await World.started({
      limits: limits({ peer: { count: 8, bytes: MiB } }),
      worth: (_from, message) => !message.text.startsWith('old'),
    });
    for (let i = 0; i < 6; i++) world.post(`old ${i}`);
    world.post('vote');
    world.loop.round();
    expect(world.steps).toEqual(['receive old 0', 'receive old 1', 'receive old 2', 'receive old 3', 'receive vote']);
    expect(world.log.of('refused')).toEqual(Array(2).fill(`peer ${refusals.worthless}`));
  });

  test('of what is large it is asked while there is room, too', async () => {
    const world = await World.started({ worth: (_from, message) => !message.text.startsWith('old') });
    world.post('old and small');
    world.post(`old ${'x'.repeat(16_384)}`);
    world.post(`new ${'x'.repeat(16_384)}`);
    world.loop.round();
    expect(world.steps.map((step) => step.slice(0, 21))).toEqual([
      'receive old and small',
      `receive new ${'x'.repeat(9)}`,
    ]);
    expect(world.log.of('refused')).toEqual([`peer ${refusals.worthless}`]);
  });

  test('while the disk lags far behind, messages wait in the mailbox instead of making more promises', async () => {
    const journal = new MemoryJournal();
    let token = 0;
    const world = await World.started({
      journal,
      limits: limits({ waitingSends: 2, peer: { count: 5, bytes: MiB } }),
      react: (input) => (input.kind === 'receive' ? [persist(++token), send(`ack ${token}`, token)] : []),
    });
    for (let i = 0; i < 8; i++) world.post(`${i}`);
    world.loop.settle();
    expect(world.host.load()).toEqual({ letters: 3, waitingSends: 2 });
    for (let i = 0; i < 8; i++) {
      journal.completeSync();
      world.loop.settle();
    }
    expect(world.told).toEqual(['ack 1', 'ack 2', 'ack 3', 'ack 4', 'ack 5']);
  });
});

describe('What is wrong is refused and counted, never thrown', () => {
  test('undecodable messages', async () => {
    const world = await World.started();
    world.post('!rubbish');
    world.post('fine');
    world.loop.round();
    expect(world.steps).toEqual(['receive fine']);
    expect(world.log.of('refused')).toEqual([`peer ${refusals.malformed}`]);
    expect(world.failures).toEqual([]);
  });

  test('peer kinds from who is no member', async () => {
    const world = await World.started();
    world.post('vote', 'client', 'peer');
    world.loop.round();
    expect(world.steps).toEqual([]);
    expect(world.log.of('refused')).toEqual([`client ${refusals.notMember}`]);
  });
});

import { eventLoop, monotonicClock, systemDice } from '@synod/actor-host';
import { MemoryJournal, MemoryLoop, MemoryNetwork, lowDice } from '@synod/actor-host/memory';
import { ReplicaConnection } from '@synod/nats-transport';
import { TestBroker, eventually, identitiesForTests } from '@synod/nats-transport/testing';
import { Ping } from '../src/ping.js';
import { pingHost } from '../src/host.js';
import { pingMessages } from '../src/codec.js';

test('a reaction can be tested without any world: inputs in, effects out', () => {
  const ping = new Ping();
  const effects = ping.step({ at: 0, kind: 'receive', from: 'r1', message: { kind: 'ping', count: 0 } });
  expect(effects).toEqual([
    { kind: 'persist', token: 1, record: { kind: 'answered', count: 1 } },
    { kind: 'send', to: 'r1', message: { kind: 'pong', count: 1 }, after: 1 },
  ]);
});

test('two hosts in memory: numbers are never said twice, even after a crash that loses what was not synced', async () => {
  const loop = new MemoryLoop();
  const network = new MemoryNetwork(loop);
  const ports = { clock: loop, scheduler: loop, dice: lowDice };
  const heard: number[] = [];
  const disk = new MemoryJournal(); // syncs when told to
  const answerer = pingHost(
    { ...ports, transport: network.transport('r2'), journal: disk },
    undefined,
    () => undefined,
  );
  const asker = pingHost(
    { ...ports, transport: network.transport('r1'), journal: new MemoryJournal(loop) },
    'r2',
    (n) => heard.push(n),
  );
  await answerer.start();
  await asker.start();

  loop.advance(60); // two pings are counted in memory; one sync is under way
  expect(heard).toEqual([]);
  disk.completeSync();
  loop.advance(1);
  expect(heard).toEqual([1]);

  const kept = new MemoryJournal(loop, disk.synced); // the second count was not durable, and nobody heard it
  const transport = network.transport('r2');
  await pingHost({ ...ports, transport, journal: kept }, undefined, () => undefined).start();
  loop.advance(50);
  expect(heard).toEqual([1, 2]);
});

test('over a real NATS server', async () => {
  const broker = await TestBroker.start('test', identitiesForTests(['ping']));
  const replicas: ReplicaConnection[] = [];
  const heard: number[] = [];
  const host = async (name: string, partner?: string) => {
    const options = { servers: [broker.url], credentials: broker.credentials(name), name, cluster: 'test' };
    const replica = await ReplicaConnection.connect(options);
    replicas.push(replica);
    const members = new Set(['r1', 'r2']);
    const { peerKinds } = pingMessages;
    const transport = replica.join({ group: 'ping', everyone: 'everyone', members, peerKinds });
    const journal = new MemoryJournal(eventLoop);
    const ports = { transport, journal, clock: monotonicClock, scheduler: eventLoop, dice: systemDice() };
    const made = pingHost(ports, partner, (count) => heard.push(count));
    await made.start();
    return made;
  };
  try {
    const hosts = [await host('r2'), await host('r1', 'r2')];
    await eventually('three pongs', () => heard.length >= 3);
    expect(heard.slice(0, 3)).toEqual([1, 2, 3]);
    await Promise.all(hosts.map((each) => each.stop(1000)));
  } finally {
    await Promise.all(replicas.map((each) => each.close()));
    await broker.close();
  }
});

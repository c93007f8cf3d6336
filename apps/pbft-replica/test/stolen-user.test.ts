import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { encodeResults, encodeRequestBatch, readReadHeader } from '@synod/api';
import { Writers } from '@synod/linearizability';
import { ed25519, groupKeysPath, readGroupKeys, sha256 } from '@synod/keys';
import type { Connection } from '@synod/nats-transport';
import { Batch, digestOfRead, leafOf, treeOf } from '@synod/pbft-core';
import type { Cryptography, Message } from '@synod/pbft-core';
import { pbftCryptography, pbftMessages } from '@synod/pbft-wire';
import type { Domain } from '@synod/pbft-wire';
import { ProcessGroup, dialBare, pause, poll, pour, publication, stayAlive } from '@synod/process-group';

/** Somebody has the NATS keys of members and clients, and none by which they sign: the broker lets it say everything. */
let group: ProcessGroup;
let domain: Domain;

beforeAll(async () => {
  group = await ProcessGroup.start({ protocol: 'pbft' });
  const { cluster, group: name, epoch } = readGroupKeys(groupKeysPath(join(group.directory, 'keys'), 'kv'));
  domain = { cluster, group: name, epoch };
}, 60_000);

afterAll(async () => {
  await group?.close();
}, 60_000);

/** Signs in another's name, by a key of its own making. */
const forging = (name: string): Cryptography => pbftCryptography(domain, name, sha256, ed25519(randomBytes(32)));

function say(connection: Connection, from: string, to: string, message: Message): void {
  const { kindOf, encode } = pbftMessages(domain);
  connection.publish(`synod.test.kv.${from}.${to}.${kindOf(message)}`, encode(message));
}

const refusedAsForged = (): Promise<number> => refusedAs('not-genuine');
const refusedAsFlood = (): Promise<number> => refusedAs('flood');

async function refusedAs(reason: string): Promise<number> {
  const counts = await Promise.all(
    group.replicas.map(async (replica) => {
      const found = await replica.metric('synod_rejected_messages_total');
      return [...found].filter(([labels]) => labels.includes(reason)).reduce((sum, [, count]) => sum + count, 0);
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

function request(signer: string, sequence: number) {
  const batch = encodeRequestBatch({ client: 'c', session: 0, sequence, acknowledgedThrough: 0, operations: [] });
  const held = { client: 'c', session: 0, sequence, holds: 'operations', batch } as const;
  return forging(signer).sign({ type: 'request', ...held });
}

test('votes, proposals, view changes and requests in others’ names count nothing', async () => {
  const writers = new Writers((await group.client()).group('kv'), 8);
  await writers.advance(100);
  const before = await group.states();
  const [one] = [...before.values()];
  const { view, lastExecuted: executed } = one as { readonly view: number; readonly lastExecuted: number };
  for (const name of group.names) {
    const member = await group.connectAs(name);
    const { sign } = forging(name);
    const batch = new Batch([request('client', Date.now() * 4096)]);
    const { digest } = batch.identity(forging(name));
    for (let ahead = 1; ahead <= 20; ahead++) {
      const order = { view, sequence: executed + ahead, digest } as const;
      say(member, name, 'replicas', { kind: 'prePrepare', signed: sign({ type: 'prePrepare', ...order }), batch });
      say(member, name, 'replicas', { kind: 'prepare', signed: sign({ type: 'prepare', ...order }) });
      say(member, name, 'replicas', { kind: 'commit', signed: sign({ type: 'commit', ...order }) });
    }
    const state = { sequence: 0, position: 0, history: '0'.repeat(64), state: '' };
    const stable = { state, votes: [] };
    const leaving = sign({ type: 'viewChange', view: view + 1, stable, prepared: [] });
    say(member, name, 'replicas', { kind: 'viewChange', signed: leaving });
  }
  const asker = await group.connectAs('client');
  for (const name of group.names) say(asker, 'client', name, { kind: 'request', signed: request('client', 7) });
  await poll(
    async () => (await refusedAsForged()) > 100,
    20_000,
    () => 'the forged messages were not refused',
  );
  await writers.advance(200);
  await writers.stop();
  expect(await writers.check()).toEqual([]);
  const after = await group.inStep();
  expect((after as { readonly view?: number }).view).toBe(view);
}, 60_000);

/** One of each kind that bears no signature of who sends it, and complaints under another key. */
function unsignedWords(name: string, view: number, executed: number, number: number): readonly Message[] {
  const digest = 'ab'.repeat(32);
  const open = [{ sequence: executed + 1, hasProposal: false, prepares: [], commits: [] }];
  const lacks = { open, batches: [digest], viewChanges: [digest], heard: [0, 1], prepared: 0 };
  const places = { stable: 0, executed: executed + 1000, snapshot: 0, floor: executed + 1 };
  const state = { sequence: executed + 1000, position: 0, history: digest, state: '' };
  const manifest = {
    ...{ sequence: executed + 1000, position: 0, history: digest, totalBytes: 1 },
    chunkBytes: 64,
    chunks: [digest],
  };
  const bytes = Uint8Array.of(1);
  const chunk = { snapshot: { index: executed + 1000, era: 0 }, offset: 0, totalBytes: 1, bytes, checksum: 0 };
  const complaint = forging(name).sign({ type: 'complaint', view, incarnation: 1, number });
  return [
    { kind: 'status', view, active: true, ...places, ...lacks },
    { kind: 'status', view: view + 1, active: false, ...places, ...lacks },
    { kind: 'complaint', signed: complaint },
    { kind: 'missing', sequence: executed + 1, batch: new Batch([]) },
    { kind: 'checkpointProof', stable: { state, votes: [] } },
    { kind: 'snapshotOffer', stable: { manifest, votes: [] } },
    { kind: 'fetch', from: 1, through: executed + 1000, what: 'batches' },
    { kind: 'history', first: executed + 1, digests: [digest], batches: [] },
    { kind: 'fetchChunk', snapshot: executed + 1000, place: 0, chunkBytes: 64 },
    { kind: 'snapshotChunk', chunk },
    { kind: 'hello', signed: forging(name).sign({ type: 'hello', nonce: number }) },
  ];
}

test('nothing that bears no signature moves a view, though all members seem to say it', async () => {
  const before = await group.inStep();
  const { view, lastExecuted } = before as unknown as { readonly view: number; readonly lastExecuted: number };
  const members = await Promise.all(group.names.map(async (name) => [name, await group.connectAs(name)] as const));
  const refusedBefore = await refusedAsForged();
  for (let number = 1; number <= 50; number++) {
    for (const [name, member] of members) {
      for (const message of unsignedWords(name, view, lastExecuted, number)) say(member, name, 'replicas', message);
    }
    await pause(100);
  }
  const states = await group.states();
  expect([...states.values()].map((state) => (state as { readonly view?: number }).view)).toEqual(
    group.names.map(() => view),
  );
  expect(await refusedAsForged()).toBeGreaterThan(refusedBefore);
  const kv = (await group.client()).group('kv');
  await kv.put('after', 'all');
  expect((await kv.get('after')).entry?.text).toBe('all');
}, 60_000);

test('a client believes no answer that its replica did not sign, however many say so', async () => {
  const client = await group.client();
  const kv = client.group('kv');
  await kv.put('truth', 'right');
  const { encode, kindOf } = pbftMessages(domain);
  for (const replica of group.replicas) replica.signal('SIGSTOP');
  try {
    for (const name of group.names) {
      const liar = await group.connectAs(name);
      const { sign, digest } = forging(name);
      liar.subscribe('synod.test.kv.*.replicas.read', ({ data }) => {
        const queries = Uint8Array.from(data);
        const { client: to, sequence } = readReadHeader(queries);
        const results = encodeResults([Uint8Array.of(10, 0)]);
        const asked = digestOfRead({ sign, digest }, queries);
        const { root } = treeOf({ sign, digest }, [leafOf({ sign, digest }, { asked, index: 9, results })]);
        const signed = sign({ type: 'replies', view: 0, sequence: 9, whole: false, count: 1, root });
        const answer = { kind: 'results', results, index: 9, ageMs: 0, signed, place: 0, path: [] } as const;
        const reply: Message = { kind: 'reply', client: to, session: 0, sequence, answer };
        liar.publish(`synod.test.kv.${name}.client.${kindOf(reply)}`, encode(reply));
      });
    }
    await pause(200);
    await expect(kv.get('truth', { timeoutMs: 1500 })).rejects.toMatchObject({ name: 'SynodError' });
    expect(kv.statistics.malformedReplies).toBeGreaterThanOrEqual(group.names.length);
  } finally {
    for (const replica of group.replicas) replica.signal('SIGCONT');
  }
  expect((await kv.get('truth')).entry?.text).toBe('right');
}, 60_000);

test('a stolen user says nothing in another’s name, and hears nothing that is said to another', async () => {
  const [own, other] = group.names as [string, string];
  const thief = await group.connectAs(own);
  const overheard: string[] = [];
  const places = [`synod.test.kv.${other}.replicas.commit`, 'synod.test.kv.client.replicas.read'];
  for (const subject of [...places, `synod.test.kv.client.${other}.request`, `synod.test.kv.${own}.${other}.request`]) {
    thief.publish(subject, Buffer.from('in another’s name'));
  }
  for (const subject of [`synod.test.*.*.${other}.>`, 'synod.test.*.*.client.>', '>']) {
    thief.subscribe(subject, (message) => void overheard.push(message.subject));
  }
  await poll(
    () => thief.statistics.permissionViolations >= 7 || undefined,
    10_000,
    () => `the server refused ${thief.statistics.permissionViolations} of 7`,
  );
  const kv = (await group.client()).group('kv');
  await kv.put('unheard', 'all');
  expect((await kv.get('unheard')).entry?.text).toBe('all');
  expect(overheard).toEqual([]);
});

test('its flood is dropped unread, and all others go on', async () => {
  const [own] = group.names as [string];
  const before = await refusedAsFlood();
  const writers = new Writers((await group.client()).group('kv'), 8);
  await writers.advance(20);
  const socket = await dialBare(group.broker.servers[0]!.port, '127.0.0.1', group.broker.credentials(own));
  stayAlive(socket);
  const forged = publication(`synod.test.kv.${own}.replicas.commit`, randomBytes(300));
  pour(socket, [Buffer.concat(Array.from({ length: 500 }, () => forged))]);
  try {
    await poll(
      async () => (await refusedAsFlood()) > before + 1000 || undefined,
      20_000,
      () => 'nothing of the flood was dropped',
    );
    await writers.advance(50);
  } finally {
    socket.destroy();
  }
  await writers.stop();
  expect(await writers.check()).toEqual([]);
}, 60_000);

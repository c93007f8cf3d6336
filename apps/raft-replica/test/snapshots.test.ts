import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyValueGroup } from '@synod/client';
import { judge, Recorder } from '@synod/linearizability';
import { pause } from '@synod/process-group';
import type { ProcessGroup } from '@synod/process-group';
import { startGroup } from './test-group.js';

const MiB = 1024 * 1024;
/** Each write is a log entry of its own, so that the log is cut although a thousand entries behind a snapshot are kept. */
const single = { batchOperations: 1, batchesInFlight: 16 };

let group: ProcessGroup;
/** Of all tests: they write the same keys. */
const recorder = new Recorder();

beforeAll(async () => {
  group = await startGroup({ SYNOD_SNAPSHOT_MIB: '1' });
}, 60_000);

afterAll(async () => {
  await group?.close();
}, 60_000);

function write(kv: Pick<KeyValueGroup, 'put'>, keys: number, bytes: number, fill: number): Promise<unknown> {
  return Promise.all(Array.from({ length: keys }, (_, i) => kv.put(`key-${i}`, Buffer.alloc(bytes, fill))));
}

/** How much of a snapshot a replica has received, in bytes; 0 when none is on its way. */
function received(name: string): number {
  const folder = join(group.replica(name).data, 'snapshots');
  const partial = readdirSync(folder).find((file) => /^\d+-\d+\.tmp$/.test(file));
  return partial === undefined ? 0 : (statSync(join(folder, partial), { throwIfNoEntry: false })?.size ?? 0);
}

/** Stops a replica that has received a part of a snapshot. It stands still, so that the part stays one. */
async function stopAmidTransfer(name: string): Promise<number> {
  const deadline = performance.now() + 20_000;
  while (received(name) === 0) {
    if (performance.now() > deadline)
      throw new Error(`no snapshot reaches ${name}:\n${group.replica(name).log().slice(-2000)}`);
    await pause(1);
  }
  group.replica(name).signal('SIGSTOP');
  return received(name);
}

test('a follower behind a cut log gets the snapshot, whoever is killed in the middle of the transfer', async () => {
  const kv = recorder.of('first', (await group.client({ limits: single })).group('kv'));
  const leader = await group.leader();
  const follower = group.names.find((name) => name !== leader)!;
  await write(kv, 1, 1, 0);
  await group.inStep();
  await group.replica(follower).kill();
  for (let round = 1; round <= 2; round++) await write(kv, 1200, 8 * 1024, round);
  const { lastApplied } = (await group.states()).get(leader)!;
  await group.until('the log is cut', (states) => states.get(leader)!.firstIndex > 100);

  group.replica(follower).run();
  const first = await stopAmidTransfer(follower);
  expect(first).toBeLessThan(9 * MiB);
  await group.replica(follower).kill();

  group.replica(follower).run();
  const second = await stopAmidTransfer(follower);
  expect(second).toBeLessThan(9 * MiB);
  const sender = await group.leader();
  await group.replica(sender).kill();
  group.replica(follower).signal('SIGCONT');
  // The one that is left is behind nobody, so it leads, and needs this follower for its next commit.
  await kv.put('after', 'the leader was killed');
  group.replica(sender).run();

  const state = await group.inStep();
  expect(state.lastApplied).toBeGreaterThan(lastApplied);
  expect(group.replica(follower).log()).toContain('installed the snapshot');
  expect(Buffer.from((await kv.get('key-1199')).entry!.value)).toEqual(Buffer.alloc(8 * 1024, 2));
  expect(judge(recorder.operations).problems).toEqual([]);
}, 120_000);

test('disk and memory stay flat however much is written', async () => {
  const kv = recorder.of(
    'second',
    (await group.client({ limits: { batchBytes: 21 * 1024, batchesInFlight: 16 } })).group('kv'),
  );
  await write(kv, 400, 10 * 1024, 0);
  const before = new Map(group.names.map((name) => [name, group.replica(name).rssMiB]));
  for (let round = 1; round <= 26; round++) await write(kv, 400, 10 * 1024, round);
  await group.inStep();
  for (const name of group.names) {
    const written = [...(await group.replica(name).metric('synod_journal_written_bytes_total')).values()][0]!;
    expect(written).toBeGreaterThan(100 * MiB);
    const { files, bytes } = contents(join(group.replica(name).data, 'journal'));
    // What a snapshot needs not and a thousand entries before it, the segment written to, the next one, and a spare one.
    expect(files).toBeLessThanOrEqual(5);
    expect(bytes).toBeLessThanOrEqual(5 * 16 * MiB);
    // A snapshot, and the next one on its way.
    expect(contents(join(group.replica(name).data, 'snapshots')).bytes).toBeLessThan(3 * 10 * MiB);
    expect(group.replica(name).rssMiB - before.get(name)!).toBeLessThan(64);
  }
  expect(judge(recorder.operations).problems).toEqual([]);
}, 120_000);

function contents(folder: string): { files: number; bytes: number } {
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Replay, StepPrinter, decodeRecording } from '@synod/actor-host/recording';
import type { Recording } from '@synod/actor-host/recording';
import { secretKeyPath, sha256 } from '@synod/keys';
import type { PbftVocabulary } from '@synod/pbft-core';
import { pbftRecording } from '@synod/pbft-wire';
import { ProcessGroup, poll } from '@synod/process-group';

let group: ProcessGroup;
afterEach(() => group?.close(), 60_000);

function filesOf(name: string): string[] {
  const folder = group.replica(name).data;
  return readdirSync(folder)
    .filter((file) => file.endsWith('.synodrec'))
    .map((file) => join(folder, file))
    .sort();
}

/** What the replica was told and did, by the replay, which has no key. Every step is compared with the recorded one. */
function replayed({ header, segments }: Recording): readonly string[] {
  const { cluster, group: name, replica, settings } = header;
  const recording = pbftRecording({ cluster, group: name, epoch: String(settings['epoch']) }, replica, sha256);
  const replay = new Replay<PbftVocabulary>(recording, segments);
  const printer = new StepPrinter<PbftVocabulary>(recording.printer, replica, replay.beginning.durable);
  return [...replay.steps()].flatMap((step) => {
    const { input, effects } = printer.print(step);
    return [input, ...effects];
  });
}

const read = (path: string): Recording => decodeRecording(readFileSync(path));

test('a replica is replayed, view change and all, at SIGUSR2 and when it has stopped; its key is not in the file', async () => {
  group = await ProcessGroup.start({ protocol: 'pbft', environment: { SYNOD_RECORD: '8' } });
  const kv = (await group.client()).group('kv');
  await kv.put('first', Buffer.from('word'));
  const primary = await group.leader();
  await group.replica(primary).kill();
  await kv.put('second', Buffer.from('word'));
  const successor = await group.leader(primary);
  group.replica(successor).signal('SIGUSR2');
  const path = await poll(() => filesOf(successor)[0], 20_000, () => 'no recording is written'); // prettier-ignore
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const asked = read(path);
  expect(asked.header).toMatchObject({ protocol: 'pbft', replica: successor, why: 'SIGUSR2' });
  const lines = replayed(asked);
  for (const what of [/• viewChangeStarted to 1/, /• enteredView 1/, /• executed \d+/, /→ client {2}reply/])
    expect(lines).toContainEqual(expect.stringMatching(what));
  const secret = Buffer.from(readFileSync(secretKeyPath(group.keys, 'kv', { role: 'replica', name: successor }), 'utf8'), 'base64'); // prettier-ignore
  expect(readFileSync(path).includes(secret)).toBe(false);

  await group.replica(successor).stop();
  const stopped = read(filesOf(successor).at(-1)!);
  expect(stopped.header.why).toBe('stopped');
  expect(replayed(stopped)).toContainEqual(expect.stringMatching(/stopping/));
}, 120_000);

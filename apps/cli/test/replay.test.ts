import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Effect, Input } from '@synod/actor';
import { RaftReplica } from '@synod/raft-core';
import type { RaftVocabulary } from '@synod/raft-core';
import { recordedLife } from './recorded-life.js';
import { recordedPaxos } from './recorded-paxos.js';
import { run } from './world.js';
import type { Ran } from './world.js';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'synod-replay-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function replaying(recording: Uint8Array, ...options: readonly string[]): Promise<Ran> {
  writeFileSync(join(directory, 'life.synodrec'), recording);
  return run(['replay', 'life.synodrec', ...options], { directory });
}

/** Times left out. */
const linesOf = ({ out }: Ran): string[] => out.trimEnd().split('\n').map((line) => line.replace(/^ *[\d.]* +/, '')); // prettier-ignore

test('a recording is told in the notation of scenarios: what happened, and below it what the replica did', async () => {
  const ran = await replaying(await recordedLife());
  expect({ code: ran.code, err: ran.err }).toEqual({ code: 0, err: '' });
  const lines = linesOf(ran);
  expect(lines.slice(0, 3)).toEqual([
    '# r1 of group kv in cluster local: raft, release 0.1.0',
    '# written at 2026-08-01T12:00:00.000Z: SIGUSR2',
    'r1 recovered (clean, empty)',
  ]);
  const elected = lines.indexOf('r1 • becameLeader t1 by r1');
  expect(lines.slice(elected - 4, elected)).toEqual([
    'r1 • becameCandidate t1 (started)',
    'r1 ⏲ election',
    expect.stringMatching(/^r1 durable through ✎\d$/),
    'r1 • voteCounted vote r1 t1 granted',
  ]);
  const asked = lines.indexOf('r1 ← app  request "2.1 put greeting=0x68656c6c6f1b5b324a"');
  expect(lines.slice(asked)).toEqual(expect.arrayContaining([
    'r1 timeout batch',
    'r1 ✎ entries 1.3 "2.1 put greeting=0x68656c6c6f1b5b324a"',
    'r1 • committed 3 by r1',
    'r1 → app  reply 1 "written 3" at 3',
  ])); // prettier-ignore
});

test('Multi-Paxos: what a proposer did, and an acceptor whose registers its host had restored', async () => {
  const { proposer, acceptor } = await recordedPaxos();
  const led = await replaying(proposer);
  expect({ code: led.code, err: led.err }).toEqual({ code: 0, err: '' });
  expect(linesOf(led)[0]).toBe('# p1 of group kv in cluster local: paxos, release 0.1.0');
  expect(linesOf(led)).toEqual(expect.arrayContaining([
    'p1 • preparing 2.0 from 2 (notPromised)',
    'p1 • becameLeader 2.0 by a1',
    'p1 • registerDecided leader/today 1.0 by a1',
    'p1 → app  reply 2 "alice" decided',
    'p1 → replicas  accept 2.0 [2 "1.1 put greeting=hello"] chosen=1 trim=1',
    'p1 → app  reply 1 "written 2" at 2',
  ])); // prettier-ignore

  const voted = await replaying(acceptor);
  expect({ code: voted.code, err: voted.err }).toEqual({ code: 0, err: '' });
  const lines = linesOf(voted);
  const installed = lines.indexOf('a1 snapshotInstalled');
  expect(lines.slice(installed - 4, installed)).toEqual([
    ...['a1 recovers ✎ mark promised=1.0', 'a1 recovered (clean)'],
    ...['a1 installs snapshot 0.3', 'a1 • standing active'],
  ]);
  expect(lines).toEqual(expect.arrayContaining([
    'a1 → p1  promised 2.0 from 2 []',
    'a1 ✎ vote 2@2.0 "1.1 put greeting=hello"',
  ])); // prettier-ignore
});

test('the last steps alone; as JSON, one document for the recording and one for each step', async () => {
  const recording = await recordedLife();
  const all = (await replaying(recording, '--json')).out.trimEnd().split('\n').map((line) => JSON.parse(line)); // prettier-ignore
  expect(all[0]).toMatchObject({ protocol: 'raft', replica: 'r1', why: 'SIGUSR2', stepsDropped: 0 });
  expect(all.slice(1).map(({ step }) => step)).toEqual(all.slice(1).map((_, i) => i + 1));
  const receive = all.find(({ kind }) => kind === 'receive');
  expect(receive).toEqual({ step: expect.any(Number), atMs: 1000, kind: 'receive', input: 'r1 ← app  request "open"', effects: [] }); // prettier-ignore
  const last = (await replaying(recording, '--json', '--last', '2')).out.trimEnd().split('\n').map((line) => JSON.parse(line)); // prettier-ignore
  expect(last.slice(1)).toEqual(all.slice(-2));
});

test('a core that does something else is told from the recorded one, and where', async () => {
  class Liar extends RaftReplica {
    override step(input: Input<RaftVocabulary>): readonly Effect<RaftVocabulary>[] {
      const effects = super.step(input);
      return input.kind === 'receive' && input.message.kind === 'request' ? [] : effects;
    }
  }
  const { code, out, err } = await replaying(await recordedLife({}, Liar), '--last', '1');
  expect(code).toBe(1);
  expect(err).toMatch(/life\.synodrec: step \d+ \(receive\) is not what was recorded: it has other effects/);
  expect(out).toContain('r1 timeout heartbeat');
});

test.each([
  ['that is not there', undefined, 'life.synodrec cannot be read: ENOENT'],
  ['that is something else', async () => Buffer.from('{}'), 'cannot be replayed: it is not a recording'],
  ['that is cut off', async () => (await recordedLife()).subarray(0, -10), 'cannot be replayed: it is cut off'],
  [
    'of another protocol',
    () => recordedLife({ protocol: 'zab' }),
    'it is of protocol zab; this release replays raft, paxos',
  ],
  ['of another release', () => recordedLife({ release: '0.2.0' }), 'release 0.2.0 made it, and only the same release can go on'], // prettier-ignore
])('a file %s is refused with a sentence', async (_what, recording, message) => {
  rmSync(join(directory, 'life.synodrec'), { force: true });
  const { code, out, err } = recording
    ? await replaying(await recording())
    : await run(['replay', 'life.synodrec'], { directory });
  expect(err).toContain(message);
  expect({ code, out }).toEqual({ code: 2, out: '' });
});

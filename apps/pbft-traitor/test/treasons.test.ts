import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyValueGroup } from '@synod/client';
import { groupKeysPath, readGroupKeys, sha256, verifyEd25519 } from '@synod/keys';
import { Group } from '@synod/pbft-core';
import { stagedTreasons } from '@synod/pbft-traitors';
import type { StagedTreason } from '@synod/pbft-traitors';
import { verifyCertificate } from '@synod/pbft-wire';
import { ProcessGroup, poll } from '@synod/process-group';

// Four processes over a real broker, one of which does not keep to the protocol.

const traitor = 'pbft-r1';
const honest = ['pbft-r2', 'pbft-r3', 'pbft-r4'];

let group: ProcessGroup;
let kv: KeyValueGroup;

async function start(treason: StagedTreason): Promise<void> {
  group = await ProcessGroup.prepare({
    protocol: 'pbft',
    traitors: new Map([[traitor, treason]]),
    environment: { SYNOD_REQUEST_MS: '800', SYNOD_VIEW_CHANGE_MS: '1500' },
  });
  group.startAll();
  await honestly('are full members', ({ standing }) => standing === 'active');
  kv = (await group.client()).group('kv');
}

/** Of all but the traitor, whose word is worth nothing. */
function honestly(what: string, holds: (state: { readonly standing: string; readonly view: number }) => boolean) {
  return group.until(`the honest replicas ${what}`, (states) =>
    honest.every((name) => {
      const { standing, view = 0 } = states.get(name) ?? { standing: 'silent' };
      return holds({ standing, view });
    }),
  );
}

async function writeAndRead(from: number): Promise<void> {
  for (let i = from; i < from + 3; i++) await kv.put(`k${i}`, `v${i}`);
  for (let i = 0; i < from + 3; i++) expect((await kv.get(`k${i}`)).entry?.text).toBe(`v${i}`);
}

/** Honest replicas that executed the same have the same state. */
async function agree(): Promise<void> {
  await group.until('the honest replicas agree', (states) => {
    const told = honest.map((name) => `${states.get(name)?.lastExecuted} ${states.get(name)?.stateHash}`);
    return new Set(told).size === 1;
  });
}

describe.each<[StagedTreason, string]>([
  ['silent', 'left'],
  ['wrong-digest', 'left'],
  ['equivocate', 'left'],
  ['slow', 'complained of'],
])('a primary that is %s', (treason, what) => {
  beforeAll(() => start(treason), 60_000);
  afterAll(() => group?.close(), 60_000);

  test(`is ${what}, and the group goes on`, async () => {
    await writeAndRead(0);
    if (what === 'left') await honestly('are in a later view', ({ view }) => view > 0);
    await agree();
  }, 60_000);

  if (treason !== 'equivocate') return;
  test('and contradicts itself ends as a file, which proves it to anybody', async () => {
    const { cluster, epoch, members, ...keys } = readGroupKeys(groupKeysPath(group.keys, 'kv'));
    const domain = { cluster, group: 'kv', epoch };
    // Who was told otherwise than the two that prepared is shown what they were told.
    const paths = honest.map((name) =>
      join(group.replica(name).data, 'evidence', `01-equivocation-of-${traitor}.cert`),
    );
    const found = await poll(() => paths.map(readIfThere).find((bytes) => bytes !== undefined), 10_000, () => 'nobody kept a proof'); // prettier-ignore
    const parts = { domain, group: new Group(members), logSize: 100, keys, sha256, verify: verifyEd25519 };
    expect(verifyCertificate(parts, found)).toMatchObject({
      holds: true,
      says: expect.stringMatching(
        `^${traitor} is faulty: .* \\(twoDigests\\): prePrepare 0\\.1 .*, and prePrepare 0\\.1 `,
      ),
    });
  });
});

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

describe('whatever it does, one after the other,', () => {
  beforeAll(() => start('accomplice'), 60_000);
  afterAll(() => group?.close(), 60_000);

  const treasons = (Object.keys(stagedTreasons) as StagedTreason[]).filter((name) => name !== 'accomplice');
  test.each(treasons)('%s: clients are answered rightly', async (treason) => {
    const from = 3 * treasons.indexOf(treason);
    const process = group.replica(traitor);
    await process.kill();
    process.run({ environment: { SYNOD_TREASON: treason } });
    await poll(() => process.lastLog.includes('serves group'), 20_000, () => `${traitor} does not start`); // prettier-ignore
    await writeAndRead(from);
    await agree();
    expect(process.isAlive).toBe(true);
  }, 60_000); // prettier-ignore
});

test('a process that is told of a treason that there is not says what there is, and ends', async () => {
  group = await ProcessGroup.prepare({ protocol: 'pbft', traitors: new Map([[traitor, 'bribed']]) });
  try {
    const process = group.replica(traitor);
    process.run();
    await process.ended();
    expect(process.ending).toEqual({ code: 2, signal: null });
    expect(process.log()).toMatch(/SYNOD_TREASON.* must be one of silent, slow, .*twin, .*equivocate/);
  } finally {
    await group.close();
  }
}, 60_000);

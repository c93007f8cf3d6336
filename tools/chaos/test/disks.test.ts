import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Disks } from '../src/disks.js';
import { missingHere } from '../src/needs.js';

jest.setTimeout(60_000);

const missing = missingHere().get('images');
const possible = missing === undefined ? test : test['skip'];
const title = 'a power cut takes what was not synced, and leaves the rest as it was, twice over';

function write(path: string, text: string, isSynced: boolean): void {
  const file = openSync(path, 'w');
  writeSync(file, text);
  if (isSynced) fsyncSync(file);
  closeSync(file);
}

/** Has its own copy of all mounts: what is unmounted here stays mounted there. Containers and `ip netns exec` do so. */
async function otherMounts(): Promise<() => Promise<void>> {
  const process = spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', 'echo; exec sleep 60']);
  await once(process.stdout, 'data');
  return async () => {
    process.kill('SIGKILL');
    await once(process, 'close');
  };
}

possible(missing === undefined ? title : `${title}: ${missing}`, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'synod-disks-'));
  const disks = await Disks.create(join(directory, 'disks'), ['r1', 'r2']);
  const others: (() => Promise<void>)[] = [];
  try {
    for (const name of ['r1', 'r2']) mkdirSync(disks.dataOf(name));
    for (let cut = 1; cut <= 2; cut++) {
      others.push(await otherMounts());
      for (const name of ['r1', 'r2']) {
        write(join(disks.dataOf(name), `synced-${cut}`), `synced ${cut} of ${name}`.repeat(50_000), true);
        write(join(disks.dataOf(name), `unsynced-${cut}`), 'x'.repeat(100_000), false);
      }
      await disks.cutPower(() => Promise.resolve());
      for (const name of ['r1', 'r2']) {
        const read = (file: string) => readFileSync(join(disks.dataOf(name), file), 'utf8');
        for (let of = 1; of <= cut; of++) expect(read(`synced-${of}`)).toBe(`synced ${of} of ${name}`.repeat(50_000));
        const isThere = existsSync(join(disks.dataOf(name), `unsynced-${cut}`));
        expect(isThere && read(`unsynced-${cut}`).length > 0).toBe(false);
      }
    }
  } finally {
    for (const end of others) await end();
    disks.close();
    rmSync(directory, { recursive: true, force: true });
  }
});

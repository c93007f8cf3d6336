import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SynodError } from '@synod/client';
import { pause } from '@synod/process-group';
import type { ReplicaProcess } from '@synod/process-group';
import type { Fault } from '../fault.js';
import type { TestBed } from '../test-bed.js';

const syncs = 'fdatasync,fsync';
const MIB = 1024 * 1024;
const CHUNK = 64 * 1024;

export const powerCut: Fault = {
  name: 'power-cut',
  stopsTheGroup: true,
  what: 'power cut of all replicas at once; their disks keep what they had been given',
  needs: ['images'],
  strike: async (bed) => {
    await bed.workload.advance(100, 20_000);
    await pause(bed.random.between(0, 300));
    const brokers = bed.random.chance(0.5) ? bed.group.broker.servers : [];
    await bed.disks.cutPower(async () => {
      await Promise.all([...bed.replicas, ...brokers].map((process) => process.kill()));
    });
    await Promise.all(brokers.map((server) => server.run()));
    bed.restartEnded();
    return brokers.length > 0 ? 'replicas and brokers' : 'replicas';
  },
};

export const fullDisk: Fault = {
  name: 'disk-full',
  what: 'the disk of one replica is full; later there is space again',
  needs: ['images'],
  strike: async (bed) => {
    const victim = await bed.victim();
    await bed.disks.fill(victim.name);
    try {
      const said = await outOfRoom(bed, victim);
      // A supervisor would start it again and again: it must say the same or wait, and not do harm.
      if (!victim.isAlive) victim.run();
      await bed.wait(1, 2);
      return `${victim.name}: ${said}`;
    } finally {
      bed.disks.free(victim.name);
      await victim.kill();
    }
  },
};

/** Who takes snapshots needs room and must stop. An acceptor writes over the files that it has: it may go on, or stop and say why. */
async function outOfRoom(bed: TestBed, victim: ReplicaProcess): Promise<string> {
  await writeMuch(bed, victim);
  const mayGoOn = !bed.group.namesOf('answering').includes(victim.name);
  if (mayGoOn && victim.isAlive) return 'goes on in the files that it has';
  return bed.halts(victim, /ENOSPC[^"]*/, 60_000);
}

/** More than a journal's file has room for, so that it needs another one. */
async function writeMuch({ group }: TestBed, until: ReplicaProcess): Promise<void> {
  const client = await group.client();
  const kv = client.group(group.group);
  for (let written = 0; until.isAlive && written < 24 * MIB; written += CHUNK) {
    await kv.put('much', Buffer.alloc(CHUNK, 'much')).catch((error: unknown) => {
      if (!(error instanceof SynodError)) throw error;
    });
    await pause(10);
  }
  await client.close();
}

export const slowSync: Fault = slow(
  'sync-slow',
  'each sync of one replica takes 50 to 400 ms longer',
  async (bed) => [await bed.victim()],
  [50, 400],
);

export const slowSyncs: Fault = slow(
  'sync-slow-everywhere',
  'each sync of all replicas takes 10 to 50 ms longer',
  (bed) => Promise.resolve(bed.replicas),
  [10, 50],
);

function slow(
  name: string,
  what: string,
  victims: (bed: TestBed) => Promise<readonly ReplicaProcess[]>,
  [from, to]: readonly [number, number],
): Fault {
  return {
    name,
    what,
    needs: ['tracing'],
    strike: async (bed) => {
      const delayMs = Math.round(bed.random.between(from, to));
      const struck = await victims(bed);
      const delay = `inject=${syncs}:delay_enter=${delayMs * 1000}`;
      const stops = await Promise.all(struck.map((victim) => bed.trace(victim, [delay])));
      await bed.wait(3, 10);
      await Promise.all(stops.map((stop) => stop()));
      return `${struck.map((victim) => victim.name).join(', ')} by ${delayMs} ms`;
    },
  };
}

export const bitFlip: Fault = {
  name: 'bit-flip',
  what: 'a bit of a file of one stopped replica flips',
  needs: [],
  strike: async (bed) => {
    const victim = await bed.follower();
    await victim.kill();
    const where = flipBit(victim.data, bed);
    const before = victim.log().length;
    victim.run();
    await bed.rejoins(victim);
    return `${victim.name}: ${where}, ${/set aside/.test(victim.log(before)) ? 'set aside' : 'not noticed'}`;
  },
};

/** In the part of a file that has been written; every file is as likely. */
function flipBit(directory: string, { random }: TestBed): string {
  const { path, used } = random.pick(writtenFiles(directory));
  const bytes = readFileSync(join(directory, path));
  const [at, bit] = [random.below(used), random.below(8)];
  bytes[at]! ^= 1 << bit;
  writeFileSync(join(directory, path), bytes);
  return `bit ${bit} of byte ${at} of ${used} in ${path}`;
}

function writtenFiles(directory: string): readonly { readonly path: string; readonly used: number }[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('damaged-') && statSync(join(directory, path)).isFile())
    .map((path) => ({ path, used: readFileSync(join(directory, path)).findLastIndex((byte) => byte !== 0) + 1 }))
    .filter(({ used }) => used > 0)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

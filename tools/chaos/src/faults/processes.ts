import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from '@synod/process-group';
import type { ReplicaProcess } from '@synod/process-group';
import type { Fault } from '../fault.js';
import type { TestBed } from '../test-bed.js';

export const killAtRandom: Fault = {
  name: 'kill',
  stopsTheGroup: true,
  what: 'kill -9 of a minority, three times at random moments, or of all',
  needs: [],
  strike: async (bed) => {
    const struck: string[] = [];
    for (let round = 0; round < 3; round++) {
      await pause(bed.random.between(0, 800));
      const all = bed.random.chance(0.25);
      const victims = all ? bed.replicas : await bed.minority();
      await Promise.all(victims.map((victim) => victim.kill()));
      struck.push(all ? 'all' : victims.map(({ name }) => name).join(' and '));
      await pause(bed.random.between(0, 1500));
      bed.restartEnded();
      await bed.workload.advance(30, 10_000);
    }
    return struck.join(', ');
  },
};

/** How far the n-th sync has been taken, over all strikes. */
const reached = new WeakMap<TestBed, number>();

export const killAtSync: Fault = {
  name: 'kill-at-sync',
  what: 'kill -9 at the n-th sync of one of its threads, n = 1, 2, 3, …',
  needs: ['tracing'],
  strike: async (bed) => {
    const first = (reached.get(bed) ?? 0) + 1;
    const victim = await bed.victim();
    const late: number[] = [];
    for (let n = first; n < first + 4; n++) {
      bed.tell(`${victim.name} at sync ${n}`);
      await victim.kill();
      // strace counts per thread: one syncs on the spot, and one is all there is for the others. Whichever comes to n is struck.
      victim.run({ under: straceKilling(n), environment: { UV_THREADPOOL_SIZE: '1' } });
      if (!(await endsWithin(victim, 15_000))) late.push(n);
      reached.set(bed, n);
      victim.run();
      await bed.workload.advance(10, 10_000);
    }
    const syncs = Array.from({ length: 4 }, (_, i) => first + i).filter((n) => !late.includes(n));
    return struckAt(victim.name, syncs, late);
  },
};

/** What was done, and not what was to be done. */
export function struckAt(name: string, syncs: readonly number[], late: readonly number[]): string {
  const at = syncs.length > 0 ? `${name} at ${syncs.length === 1 ? 'sync' : 'syncs'} ${syncs.join(', ')}` : name;
  return late.length === 0 ? at : `${at}; not at a sync, since none came that was number ${late.join(', ')}`;
}

/** False: it did not end by itself, and was killed. */
async function endsWithin(victim: ReplicaProcess, ms: number): Promise<boolean> {
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = victim.isAlive;
    victim.signal('SIGKILL');
  }, ms);
  await victim.ended();
  clearTimeout(timer);
  return !isLate;
}

/** Killed before the n-th sync does its work. -D: the replica, not strace, is the child. */
function straceKilling(n: number): readonly string[] {
  const syncs = 'fdatasync,fsync';
  const inject = `inject=${syncs}:signal=KILL:when=${n}`;
  return ['strace', '-D', '-f', '-q', '-o', '/dev/null', '-e', `trace=${syncs}`, '-e', inject];
}

export const pauseReplica: Fault = {
  name: 'pause',
  what: 'SIGSTOP of one replica for 1 to 30 s',
  needs: [],
  strike: async (bed) => {
    const victim = await bed.victim();
    victim.signal('SIGSTOP');
    await bed.wait(1, 30);
    victim.signal('SIGCONT');
    return victim.name;
  },
};

export const doubleStartOfCopy: Fault = {
  name: 'double-start-copy',
  what: "a second process of the same identity over a copy of its data directory, which is an operator's mistake",
  needs: [],
  strike: async (bed) => {
    const victim = await bed.victim();
    const copy = join(bed.directory, `${victim.name}-copy`);
    await victim.kill();
    cpSync(victim.data, copy, { recursive: true });
    victim.run();
    const twin = victim.twin(join(bed.directory, 'group', `${victim.name}-twin.log`));
    twin.run({ data: copy });
    try {
      await bed.wait(3, 8);
      const fate = twin.isAlive ? 'was let run' : `ended with ${twin.ending?.code ?? twin.ending?.signal}`;
      return `${victim.name}: the second ${fate}, the first ${victim.isAlive ? 'ran on' : 'ended'}`;
    } finally {
      await twin.kill();
      rmSync(copy, { recursive: true });
    }
  },
};

export const doubleStart: Fault = {
  name: 'double-start',
  what: 'a second process over the same data directory',
  needs: [],
  strike: async (bed) => {
    const victim = await bed.victim();
    const twin = victim.twin(join(bed.directory, 'group', `${victim.name}-twin.log`));
    twin.run();
    try {
      return `${victim.name}: ${await bed.halts(twin, /is in use by process \d+/, 10_000)}`;
    } finally {
      await twin.kill();
    }
  },
};

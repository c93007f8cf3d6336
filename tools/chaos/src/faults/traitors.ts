import { stagedTreasons } from '@synod/pbft-traitors';
import { poll } from '@synod/process-group';
import type { ReplicaProcess } from '@synod/process-group';
import type { Fault } from '../fault.js';
import { SERVES_WITHIN_MS } from '../test-bed.js';
import type { TestBed } from '../test-bed.js';

const STARTS_WITHIN_MS = 20_000;

/** What a traitor signed counts as long as the keys do, so that it is one member all along: another would be one more than f. */
const suspects = new WeakMap<TestBed, ReplicaProcess>();

export const traitor: Fault = {
  name: 'traitor',
  what: 'one replica, the same in each round, does not keep to the protocol for 3 to 10 s, each time in another way; then it is honest again, over what its disk has',
  needs: [],
  only: ['pbft'],
  strike: async (bed) => {
    const suspect = await suspectOf(bed);
    const treason = bed.random.pick(Object.keys(stagedTreasons));
    if (bed.random.chance(0.5)) await putInOffice(bed, suspect);
    bed.tell(`${suspect.name} is ${treason}`);
    await bed.group.betray(suspect.name, treason);
    let office: string;
    try {
      office = await served(bed, suspect, treason);
      await bed.wait(3, 10);
      await bed.workload.advance(20, SERVES_WITHIN_MS);
      if (!suspect.isAlive) throw new Error(`${suspect.name} ended as ${treason}:\n${suspect.lastLog}`);
    } finally {
      await suspect.kill();
    }
    suspect.run();
    await bed.rejoins(suspect);
    return `${suspect.name} ${treason}, ${office}`;
  },
};

/** Resolves when the traitor has started: to the office in which it did. */
async function served(bed: TestBed, suspect: ReplicaProcess, treason: string): Promise<string> {
  const starts = () => suspect.lastLog.includes('serves group') || undefined;
  await poll(starts, STARTS_WITHIN_MS, () => `${suspect.name} does not start as ${treason}:\n${suspect.lastLog}`);
  return (await bed.group.leader()) === suspect.name ? 'primary' : 'backup';
}

/**
 * Those before it hand over, one by one, while all are honest. The group may leave it when it is ended to come back as a traitor:
 * it is primary then if it is quicker than their patience.
 */
async function putInOffice(bed: TestBed, suspect: ReplicaProcess): Promise<void> {
  for (let hops = bed.replicas.length; hops > 0; hops--) {
    const primary = bed.group.replica(await bed.group.leader());
    if (primary === suspect) return;
    bed.tell(`${primary.name} hands over, for ${suspect.name} to be primary`);
    await primary.stop();
    primary.run();
    await bed.rejoins(primary);
  }
}

async function suspectOf(bed: TestBed): Promise<ReplicaProcess> {
  const suspect = suspects.get(bed) ?? (await bed.victim());
  suspects.set(bed, suspect);
  return suspect;
}

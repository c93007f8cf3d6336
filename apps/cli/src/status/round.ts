import type { Source } from '@synod/client';
import { Admin } from '../admin.js';
import type { Cluster } from '../cluster.js';
import type { Call } from '../command.js';
import { readReport } from './report.js';
import type { Round } from './report.js';

const patienceMs = 300;
/** Of a group whose members answer before their primary is through with the round. */
const asksMost = 4;
const pauseMs = 50;

/** The round that carried a write, as its leader saw it; undefined when we may not ask, or it does not say in time. */
export async function roundOf(call: Call, cluster: Cluster, source: Source): Promise<Round | undefined> {
  try {
    const admin = await Admin.connect(call, cluster);
    try {
      return source.executedIn === undefined
        ? await askLeader(admin, source)
        : await askAll(admin, cluster, source, source.executedIn);
    } finally {
      await admin.close();
    }
  } catch {
    // Only an extra: without the admin's credentials the write itself is complete all the same.
    return undefined;
  }
}

/** Who answered led it. */
async function askLeader(admin: Admin, { replica, term, index }: Source): Promise<Round | undefined> {
  const answers = await admin.ask(replica, 'status', {}, (answers) => answers.has(replica), patienceMs);
  return roundIn(replica, answers.get(replica), term, index);
}

/** Who answered need not have led it, and who did may still wait for its own quorum. */
async function askAll(
  admin: Admin,
  { everyone }: Cluster,
  { term }: Source,
  sequence: number,
): Promise<Round | undefined> {
  for (let asked = 1; ; asked++) {
    const find = (answers: ReadonlyMap<string, unknown>) =>
      [...answers].map(([name, answer]) => roundIn(name, answer, term, sequence)).find((round) => round !== undefined);
    const found = find(await admin.ask(everyone, 'status', {}, (all) => find(all) !== undefined, patienceMs / 3));
    if (found?.completedBy !== undefined || asked === asksMost) return found;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

function roundIn(name: string, answer: unknown, term: number, place: number): Round | undefined {
  const { rounds } = readReport(name, answer) ?? {};
  return rounds?.find(({ era, first, last }) => era === term && first <= place && place <= last);
}

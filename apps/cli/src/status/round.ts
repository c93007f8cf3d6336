import type { Source } from '@synod/client';
import { Admin } from '../admin.js';
import type { Cluster } from '../cluster.js';
import type { Call } from '../command.js';
import { readReport } from './report.js';
import type { Round } from './report.js';

const patienceMs = 300;

/** The round that carried a write, as its leader saw it; undefined when we may not ask, or it does not say in time. */
export async function roundOf(
  call: Call,
  cluster: Cluster,
  { replica, term, index }: Source,
): Promise<Round | undefined> {
  try {
    const admin = await Admin.connect(call, cluster);
    try {
      const answers = await admin.ask(replica, 'status', {}, (answers) => answers.has(replica), patienceMs);
      const report = readReport(replica, answers.get(replica));
      return report?.rounds?.find(({ era, first, last }) => era === term && first <= index && index <= last);
    } finally {
      await admin.close();
    }
  } catch {
    // Only an extra: without the admin's credentials the write itself is complete all the same.
    return undefined;
  }
}

import type { KeyValueGroup } from '@synod/client';
import type { Admin } from '../admin.js';
import { CommandError } from '../exit-codes.js';
import type { MemberSet } from '../protocols/protocol.js';
import type { GroupStatus } from '../status/group-status.js';

const patienceMs = 2000;

/**
 * The keys of all registers in which anything may be decided. What is decided was accepted by a phase-2 quorum, so it is known to
 * one at least of as many acceptors as meet each of those. Only an acceptor counts that has the disk by which it is a member, and knows what is
 * on it: who lost his tells of no registers, and there may be some.
 */
export async function registerKeys(admin: Admin, { protocol, reports }: GroupStatus): Promise<readonly string[]> {
  const membership = protocol.membership?.(reports);
  if (membership === undefined) throw new CommandError('noCluster', 'nobody of the group knows its acceptors');
  const { now, followed } = membership;
  const { members, quorums } = now;
  if (followed !== now.version) throw new CommandError('noCluster', 'the registers are on their way to other acceptors: try again soon'); // prettier-ignore
  const needed = members.length - quorums.phase2 + 1;
  const keys = new Set<string>();
  const uncounted: string[] = [];
  for (const acceptor of members) {
    const held = await keysAt(admin, acceptor, now);
    if (typeof held === 'string') uncounted.push(`${acceptor} ${held}`);
    else for (const key of held) keys.add(key);
  }
  if (members.length - uncounted.length >= needed) return [...keys].sort();
  throw new CommandError('noCluster', `which registers there are is not known: ${uncounted.join(', ')}`);
}

interface Page {
  readonly keys?: unknown;
  readonly isLast?: unknown;
  readonly standing?: unknown;
  readonly disk?: unknown;
  readonly registersEpoch?: unknown;
  readonly isRestoring?: unknown;
}

/** All that it has; or why it does not count. */
async function keysAt(admin: Admin, acceptor: string, set: MemberSet): Promise<readonly string[] | string> {
  const all: string[] = [];
  for (;;) {
    const question = { after: all.at(-1) ?? '' };
    const answers = await admin.ask(acceptor, 'registers', question, (those) => those.has(acceptor), patienceMs);
    const page = answers.get(acceptor) as Page | undefined;
    if (page === undefined) return 'does not answer';
    const reason = uncounted(page, acceptor, set);
    if (reason !== undefined) return reason;
    if (!Array.isArray(page.keys) || !page.keys.every((key) => typeof key === 'string'))
      return 'answers something else';
    all.push(...(page.keys as string[]));
    if (page.isLast === true || page.keys.length === 0) return all;
  }
}

/** Of each page: it may lose its disk between two. */
function uncounted(page: Page, acceptor: string, set: MemberSet): string | undefined {
  const { standing, disk, registersEpoch, isRestoring } = page;
  if (standing === undefined || isRestoring === undefined) return 'is of a version that tells nothing of its disk';
  if (standing !== 'active') return `is ${String(standing)}, and not taken in yet`;
  if (disk !== set.disks[acceptor]) return 'has another disk than the one by which it is a member';
  if (registersEpoch !== set.version) return `knows the registers of set ${String(registersEpoch)}, not those of set ${set.version}`; // prettier-ignore
  return isRestoring === false ? undefined : 'is still reading its disk';
}

const atOnce = 16;

/** What is decided in each, if anything is; a linearizable read of every one. */
export async function* decidedIn(group: KeyValueGroup, keys: readonly string[], timeoutMs: number) {
  for (let at = 0; at < keys.length; at += atOnce) {
    const some = keys.slice(at, at + atOnce);
    const values = await Promise.all(some.map((key) => group.decided(key, { timeoutMs })));
    for (let i = 0; i < some.length; i++) {
      const { value } = values[i] ?? {};
      if (value !== undefined) yield { key: some[i]!, value };
    }
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { CommandError, usageError } from '../exit-codes.js';
import type { Membership } from '../protocols/protocol.js';
import { fullName } from '../stack.js';
import type { Change, GroupLine, Sight } from './group-line.js';
import { quorumsAfter, requireTolerance } from './quorums.js';

const everyMs = 200;

type Line = Pick<GroupLine, 'look' | 'ask'>;

/** What a user wants, in names that may be short. */
export interface Wish {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  readonly phase1: number | undefined;
  readonly phase2: number | undefined;
  /** Of the members that are to be changed; undefined: those of now. */
  readonly version: number | undefined;
  /** Also when fewer members than now may fail afterwards, or one that is added is silent. */
  readonly force: boolean;
}

export interface Changed {
  readonly membership: Membership;
  /** The log position from which on it is in force; undefined when another's word told that it was done. */
  readonly from: number | undefined;
}

/** Changes the members, and waits until that is in force and those before may go. `tell` is told how far it is. */
export async function change(
  line: Line,
  wish: Wish,
  timeoutMs: number,
  tell: (progress: string) => void,
): Promise<Changed> {
  const deadline = performance.now() + timeoutMs;
  const wanted = changeOf(await lookForLeader(line, deadline, tell), wish);
  const version = wanted.version + 1;
  const from = await decide(line, wanted, deadline, tell);
  tell(`decided: version ${version}${from === undefined ? '' : `, in force from position ${from} of the log on`}`);
  let stage = 'but not in force yet';
  let told = '';
  for (;;) {
    const { membership } = await lookAgain(line, deadline, `version ${version} is decided ${stage}`);
    if (membership.seenThrough >= version) return { membership, from };
    stage = stageOf(membership, version);
    if (stage !== told) tell((told = stage).replace(/^(but|and) /, ''));
    await delay(everyMs);
  }
}

function stageOf({ now, followed, awaited = 'who leads now does not know yet' }: Membership, version: number): string {
  if (now.version < version) return 'but not in force yet';
  if (followed < version) return 'and in force; registers move to the new members';
  return `and in force; members of before are still needed: ${awaited}`;
}

/** Throws what is wrong with it, and what would be right. */
export function changeOf({ membership, protocol }: Sight, wish: Wish): Change {
  const { now, next, spares, silent } = membership;
  if (next !== undefined) {
    throw new CommandError(
      'failed',
      `a change is under way: version ${next.version}, in force from position ${next.from ?? '?'} on; wait for it`,
    );
  }
  const { version = now.version } = wish;
  if (version !== now.version) {
    throw new CommandError('notMet', `the members are at version ${now.version}, not ${version}: look again`);
  }
  const add = wish.add.map((name) => spareNamed(name, now.members, { ready: spares, silent }, protocol.name));
  const remove = wish.remove.map((name) => memberNamed(name, now.members));
  for (const names of [add, remove]) requireOnce(names);
  const count = now.members.length + add.length - remove.length;
  const quorums = quorumsAfter(now, count, wish);
  if (!wish.force) requireTolerance(now, count, quorums);
  // Members of an earlier version do not know the word, and refuse a change with it: only where they are to act by it.
  return { version, add, remove, ...quorums, ...(wish.force && add.length > 0 && { force: true }) };
}

/** One that is silent the leader itself has waited for, or adds by force. */
function spareNamed(
  name: string,
  members: readonly string[],
  { ready: spares, silent }: { readonly ready: readonly string[]; readonly silent: readonly string[] },
  protocol: string,
): string {
  const known = [...members, ...spares, ...silent];
  const matches = known.some((full) => full === name || full.endsWith(`-${name}`));
  if (!matches) {
    const there = spares.length === 0 ? 'nobody is' : `${spares.join(', ')} ${spares.length === 1 ? 'is' : 'are'}`;
    throw usageError(
      `${JSON.stringify(name)} is not ready to be added, ${there}. Start it first, as a service of ${protocol} that knows` +
        ' the group and is not among its founders, with an empty data directory; it announces itself within a second',
    );
  }
  const full = fullName(name, known);
  if (members.includes(full)) throw usageError(`${full} is a member already`);
  return full;
}

function memberNamed(name: string, members: readonly string[]): string {
  const matches = members.some((full) => full === name || full.endsWith(`-${name}`));
  if (matches) return fullName(name, members);
  throw usageError(`${JSON.stringify(name)} is no member; there are ${members.join(', ')}`);
}

function requireOnce(names: readonly string[]): void {
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw usageError(`${twice} is named twice`);
}

/** Elections are sat out, as by whoever writes. */
async function lookForLeader(line: Line, deadline: number, tell: (progress: string) => void): Promise<Sight> {
  let sight = await line.look();
  if (sight.leader === undefined) tell('nobody leads just now, who could do it: waiting');
  while (sight.leader === undefined) {
    await delay(everyMs);
    sight = await lookAgain(line, deadline, 'not changed: nobody led', false);
  }
  return sight;
}

/** Asks whoever leads until it is decided, and says what that waits for. Two copies cannot both succeed: each names the version that it changes. */
async function decide(
  line: Line,
  wanted: Change,
  deadline: number,
  tell: (progress: string) => void,
): Promise<number | undefined> {
  let why = 'nobody led';
  let mayBeDone = false;
  for (;;) {
    const { membership, leader } = await lookAgain(line, deadline, `not changed: ${why}`, mayBeDone);
    const newest = membership.next ?? membership.now;
    if (newest.version > wanted.version) {
      if (mayBeDone && isResult(newest.members, wanted, membership)) return membership.next?.from;
      throw new CommandError('notMet', `somebody else has changed the members meanwhile: ${newest.text}`);
    }
    if (leader !== undefined) {
      const answer = await line.ask(leader, wanted);
      if (answer.kind === 'decided') return answer.from;
      if (answer.kind === 'refused') throw new CommandError('usage', `${leader} refuses the change: ${answer.why}`);
      if (answer.kind === 'open') mayBeDone = true;
      else {
        const answered = `${leader} answers ${answer.why}`;
        if (answered !== why) tell(`not yet: ${answered}`);
        why = answered;
      }
    }
    await delay(everyMs);
  }
}

/** The newest members are what this change would have made of those before. */
function isResult(newest: readonly string[], { add, remove }: Change, { now, next }: Membership): boolean {
  const before = next === undefined ? newest : now.members;
  const expected = new Set([...before.filter((name) => !remove.includes(name)), ...add]);
  return newest.length === expected.size && newest.every((name) => expected.has(name));
}

async function lookAgain(line: Line, deadline: number, otherwise: string, mayBeDone = true): Promise<Sight> {
  if (performance.now() < deadline) return line.look();
  const advice = mayBeDone ? '; see: synod member list' : '';
  throw new CommandError(mayBeDone ? 'unknown' : 'noCluster', `time is up, ${otherwise}${advice}`);
}

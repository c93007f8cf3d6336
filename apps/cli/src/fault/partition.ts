import { Admin } from '../admin.js';
import { findCluster } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import type { Call, Command } from '../command.js';
import { CommandError, usageError } from '../exit-codes.js';
import type { ExitCode } from '../exit-codes.js';
import { connection, everywhere, group } from '../options.js';
import { readReport } from '../status/report.js';
import { fullName } from '../stack.js';

const patienceMs = 1000;
const options = { ...connection, ...group, ...everywhere };

export const partition: Command = {
  words: ['fault', 'partition'],
  summary: 'cut replicas off from each other, as a broken network would',
  arguments: [
    {
      name: 'SIDES',
      meaning:
        'names separated by commas, sides separated by slashes: r1,r2/r3. One side alone is cut off from the rest',
    },
  ],
  options,
  details: [
    'Each replica is told whom it neither hears nor reaches from now on; what it was told before is forgotten. Replicas of' +
      ' different sides are cut off from each other; a replica that is on no side goes on hearing and reaching everyone, so' +
      ' that r1/r2 among three leaves r3 as a bridge. Clients and the admin reach every replica as before.',
    'r1 means the only replica whose name ends in -r1. Lasts until `synod fault heal`, or until a replica starts again.' +
      ' Needs replicas started with SYNOD_FAULTS=1, as those of `npm start` are.',
  ],
  examples: ['fault partition r1', 'fault partition r1,r2/r3', 'fault partition r1,r2/r3,r4/r5'],
  run: (call) => {
    const [sides = ''] = call.arguments;
    return applyCuts(call, (members) => cutsOf(parseSides(sides, members), members));
  },
};

export const heal: Command = {
  words: ['fault', 'heal'],
  summary: 'end every partition',
  arguments: [],
  options,
  examples: ['fault heal'],
  run: (call) => applyCuts(call, (members) => new Map(members.map((member) => [member, []]))),
};

/** `r1,r2/r3` as full names. Throws when a name is unknown, or on two sides. */
export function parseSides(text: string, members: readonly string[]): readonly (readonly string[])[] {
  const sides = text.split('/').map((side) => side.split(',').map((name) => fullName(name.trim(), members)));
  const all = sides.flat();
  const twice = all.find((name, place) => all.indexOf(name) !== place);
  if (twice !== undefined) throw usageError(`${twice} is named twice in ${JSON.stringify(text)}`);
  if (sides.length > 1) return sides;
  const rest = members.filter((member) => !all.includes(member));
  if (rest.length === 0)
    throw usageError(`${JSON.stringify(text)} names all replicas: there is nobody to cut them off from`);
  return [...sides, rest];
}

/** For each member, whom it is cut off from. */
export function cutsOf(
  sides: readonly (readonly string[])[],
  members: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    members.map((member) => {
      const own = sides.find((side) => side.includes(member));
      return [member, own === undefined ? [] : sides.filter((side) => side !== own).flat()];
    }),
  );
}

async function applyCuts(
  call: Call,
  cuts: (members: readonly string[]) => ReadonlyMap<string, readonly string[]>,
): Promise<ExitCode> {
  const cluster = findCluster(call);
  const admin = await Admin.connect(call, cluster);
  try {
    const told: { replica: string; cutOff: readonly string[]; error?: string }[] = [];
    for (const [replica, cutOff] of cuts(await membersOf(admin, cluster))) {
      const answers = await admin.ask(replica, 'fault', { cutOff }, (answers) => answers.has(replica), patienceMs);
      const error = problemOf(answers.get(replica));
      told.push({ replica, cutOff, ...(error !== undefined && { error }) });
    }
    if (call.output.json) call.output.document({ replicas: told });
    else for (const one of told) call.output.line(sentenceOf(one));
    return told.some(({ error }) => error !== undefined) ? 'failed' : 'ok';
  } finally {
    await admin.close();
  }
}

/** Whom the cluster is known to have, or whom the first that answers names. */
export async function membersOf(admin: Admin, { members, everyone, group }: Cluster): Promise<readonly string[]> {
  if (members !== undefined) return members;
  const membersIn = (answers: ReadonlyMap<string, unknown>) =>
    [...answers].map(([from, answer]) => readReport(from, answer)?.members).find((found) => found !== undefined);
  const found = membersIn(
    await admin.ask(everyone, 'status', {}, (answers) => membersIn(answers) !== undefined, patienceMs),
  );
  if (found !== undefined) return found;
  throw new CommandError('noCluster', `no replica of group ${group} answers, so its members are not known`);
}

function problemOf(answer: unknown): string | undefined {
  if (answer === undefined) return 'no answer: nothing was changed there';
  const { error } = answer as { error?: unknown };
  return error === undefined ? undefined : String(error);
}

function sentenceOf({
  replica,
  cutOff,
  error,
}: {
  replica: string;
  cutOff: readonly string[];
  error?: string;
}): string {
  if (error !== undefined) return `${replica}: ${error}`;
  return cutOff.length === 0
    ? `${replica} hears and reaches everyone`
    : `${replica} is cut off from ${cutOff.join(', ')}`;
}

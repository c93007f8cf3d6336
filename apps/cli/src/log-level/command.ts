import { logLevels } from '@synod/telemetry';
import { Admin } from '../admin.js';
import { findCluster } from '../cluster.js';
import type { Call, Command } from '../command.js';
import { CommandError } from '../exit-codes.js';
import type { ExitCode } from '../exit-codes.js';
import { membersOf } from '../fault/partition.js';
import { connection, everywhere, group } from '../options.js';
import { fullName } from '../stack.js';
import { table } from '../table.js';

const patienceMs = 1000;
const columns = [{ title: 'member' }, { title: 'level' }];

export const logLevel: Command = {
  words: ['log-level'],
  summary: 'how much members write into their logs; changes it while they run',
  arguments: [
    {
      name: 'LEVEL',
      meaning: `${logLevels.join(', ')}; without it, the levels are shown`,
      optional: true,
      choices: logLevels,
    },
    { name: 'MEMBERS', meaning: 'only these, such as r1; default: all of the group', optional: true, many: true },
  ],
  options: { ...connection, ...group, ...everywhere },
  details: [
    'Lasts until it is changed again, or until the member starts again: then SYNOD_LOG_LEVEL holds. Asks as user admin. Exits with 4' +
      ' when no member answers, with 1 when one of those asked for does not. The gateway is no member: it takes SIGUSR2.',
  ],
  examples: ['log-level', 'log-level debug', 'log-level debug r1 --group raft'],
  run: runLogLevel,
};

/** A member's answer, as far as it can be understood. */
interface Level {
  readonly replica: string;
  readonly level?: string;
  readonly error?: string;
}

async function runLogLevel(call: Call): Promise<ExitCode> {
  const { output } = call;
  const [level, ...names] = call.arguments;
  const cluster = findCluster(call);
  const admin = await Admin.connect(call, cluster);
  try {
    const members = await membersOf(admin, cluster);
    const asked = names.length === 0 ? members : names.map((name) => fullName(name, members));
    const levels = await Promise.all(
      asked.map(async (replica) => {
        const question = level === undefined ? {} : { level };
        const answers = await admin.ask(replica, 'log-level', question, (all) => all.has(replica), patienceMs);
        return levelIn(replica, answers.get(replica));
      }),
    );
    if (levels.every((one) => one.error === noAnswer)) {
      throw new CommandError('noCluster', `no member of group ${cluster.group} answers`);
    }
    if (output.json) output.document({ group: cluster.group, members: levels });
    else
      output.lines(
        table(
          columns,
          levels.map(({ replica, level, error }) => [replica, level ?? error ?? '']),
          output,
        ),
      );
    return levels.some(({ error }) => error !== undefined) ? 'failed' : 'ok';
  } finally {
    await admin.close();
  }
}

const noAnswer = 'no answer';

function levelIn(replica: string, answer: unknown): Level {
  if (answer === undefined) return { replica, error: noAnswer };
  const { level, error } = (answer ?? {}) as { readonly level?: unknown; readonly error?: unknown };
  if (typeof error === 'string') return { replica, error };
  return typeof level === 'string' ? { replica, level } : { replica, error: 'its answer says no level' };
}

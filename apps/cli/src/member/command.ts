import type { Argument, Call, Command, Options } from '../command.js';
import type { ExitCode } from '../exit-codes.js';
import { connection, everywhere } from '../options.js';
import { table } from '../table.js';
import { wholeNumber } from '../values.js';
import { change } from './change.js';
import type { Wish } from './change.js';
import { GroupLine } from './group-line.js';

const group: Options = {
  group: {
    value: 'NAME',
    meaning: 'default: the first group of the local stack whose members can be changed',
    variable: 'SYNOD_GROUP',
  },
};
const options: Options = {
  phase1: {
    value: 'N',
    meaning: 'how many must promise (elect a leader); default as now, or a majority if that is what it is now',
  },
  phase2: { value: 'N', meaning: 'how many must accept (choose a value); the same default' },
  version: { value: 'N', meaning: 'only if the members are at this version, as `member list` shows it' },
  force: { meaning: 'also when fewer members may fail afterwards than now, or one that is added is silent' },
  timeout: { value: 'MS', meaning: 'give up after so many milliseconds (default 30000)' },
  ...connection,
  ...group,
  ...everywhere,
};
const consequences = [
  'Of Multi-Paxos the members are the acceptors. A change is chosen like any command and comes into force some positions of the' +
    ' log later; this waits until it is, until the registers have moved, and until enough proposers have on disk what was decided before:' +
    ' then members that were removed are needed no more, and may be stopped for good. One change at a time. Of the two quorums any two' +
    ' must meet: together they are more than all acceptors. Quorums that are no majorities stay, as long as they fit.',
  'Exits with 3 when the members have another version by now, with 5 when time is up and it may have been done. Asks as user admin.',
];

export const memberList: Command = {
  words: ['member', 'list'],
  summary: 'whose votes count: the members, their version and quorums, a change under way, spares',
  arguments: [],
  options: { ...connection, ...group, ...everywhere },
  examples: ['member list', 'member list --group paxos --json'],
  run: (call) => withLine(call, (line) => list(call, line)),
};

export const memberAdd: Command = {
  words: ['member', 'add'],
  summary: 'let the votes of more acceptors count',
  arguments: [name('NAME', 'a spare, as `member list` shows it; a4 means the only one that ends in -a4', true)],
  options,
  details: [
    'The acceptor must run and have joined: started with the names of the proposers and of the acceptors that founded the group,' +
      ' itself not among these; and it must answer, since a quorum with one that is silent might not: --force adds it all the same. ' +
      consequences[0]!,
    consequences[1]!,
  ],
  examples: ['member add a4', 'member add a4 a5 --phase1 4 --phase2 2'],
  run: (call) => changed(call, call.arguments, []),
};

export const memberRemove: Command = {
  words: ['member', 'remove'],
  summary: 'let the votes of acceptors count no longer',
  arguments: [name('NAME', 'a member; a1 means the only one that ends in -a1', true)],
  options,
  details: consequences,
  examples: ['member remove a1', 'member remove a1 a2 --force'],
  run: (call) => changed(call, [], call.arguments),
};

export const memberReplace: Command = {
  words: ['member', 'replace'],
  summary: 'one acceptor for another, in one change',
  arguments: [name('OLD', 'a member, which may be dead'), name('NEW', 'a spare')],
  options,
  details: consequences,
  examples: ['member replace a1 a4'],
  run: (call) => changed(call, call.arguments.slice(1), call.arguments.slice(0, 1)),
};

function name(name: string, meaning: string, many = false): Argument {
  return { name, meaning, ...(many && { many }) };
}

async function withLine<T>(call: Call, work: (line: GroupLine) => Promise<T>): Promise<T> {
  const line = await GroupLine.open(call);
  try {
    return await work(line);
  } finally {
    await line.close();
  }
}

async function list({ output }: Call, line: GroupLine): Promise<ExitCode> {
  const { membership, overview } = await line.look();
  if (output.json) {
    output.document({ cluster: overview.cluster, group: overview.group, ...membership });
    return 'ok';
  }
  const { columns, rows } = overview.tables.at(-1)!;
  output.lines([...table(columns, rows, output), '', ...overview.remarks]);
  return 'ok';
}

function changed(call: Call, add: readonly string[], remove: readonly string[]): Promise<ExitCode> {
  const { values, output } = call;
  const timeoutMs = values.wholeNumber('timeout', 30_000, 1, 3_600_000);
  const wish: Wish = {
    add,
    remove,
    phase1: optional(call, 'phase1', 64),
    phase2: optional(call, 'phase2', 64),
    version: optional(call, 'version', Number.MAX_SAFE_INTEGER),
    force: values.flag('force'),
  };
  const tell = (progress: string): void => void (output.json || output.remark(progress));
  return withLine(call, async (line): Promise<ExitCode> => {
    const startedAt = performance.now();
    const { membership, from } = await change(line, wish, timeoutMs, tell);
    const ms = Math.round(performance.now() - startedAt);
    if (output.json) output.document({ group: line.cluster.group, ...membership, from, ms });
    else output.line(`in force: ${membership.now.text}`);
    return 'ok';
  });
}

function optional({ values }: Call, option: string, most: number): number | undefined {
  const text = values.text(option);
  return text === undefined ? undefined : wholeNumber(`--${option}`, text, 1, most);
}

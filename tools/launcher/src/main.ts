import { join } from 'node:path';
import { runDemo } from './demo/demo.js';
import { isSigned } from '@synod/topology';
import { entries } from './groups.js';
import { LocalStack } from './local-stack.js';
import type { LauncherOptions, Progress } from './local-stack.js';
import { traitorsIn, url } from './stack.js';
import type { Stack } from './stack.js';
import { statusTable } from './status-table.js';
import { AdminLine } from './status.js';

export interface LaunchContext {
  readonly workspace: string;
  readonly natsServer: string | undefined;
  readonly progress: Progress;
  readonly options: Omit<LauncherOptions, 'directory'> & { readonly demo: boolean };
}

/** Starts the local stack and stays until it is told to stop. Resolves to the exit code. */
export async function launch({ workspace, natsServer, progress, options }: LaunchContext): Promise<number> {
  const home = process.env['SYNOD_DIRECTORY'] || join(workspace, '.synod');
  const tell = (line: string): void => say(`  ${line}`);
  // The demo kills and partitions: it has a group of its own.
  const where = options.demo
    ? { ...options, groups: groupsOfDemo(options), directory: join(home, 'demo'), fresh: true }
    : { ...options, directory: home };
  const stack = await LocalStack.start(where, { workspace, natsServer, progress, tell });
  const signalled = untilSignal();
  try {
    if (options.demo) return await demonstrate(stack, signalled);
    await welcome(stack);
    await signalled;
  } finally {
    say('\nStopping …');
    await stack.stop();
  }
  say(`Stopped. Data stay in ${home}; npm start goes on with them, npm start -- --fresh forgets them.`);
  return 0;
}

/** Who wants to see liars wants to see nothing else. */
function groupsOfDemo({ groups, traitors }: LaunchContext['options']): readonly string[] | undefined {
  if (groups !== undefined || traitors === undefined || traitors.size === 0) return groups;
  return entries.filter(({ protocol }) => isSigned(protocol)).map(({ name }) => name);
}

async function demonstrate(stack: LocalStack, signalled: Promise<void>): Promise<number> {
  const ended = await Promise.race([runDemo(stack, say).then(() => 0), signalled.then(() => 130)]);
  if (ended === 0) say('\nThat was Synod: npm start keeps it running.');
  return ended;
}

/** A service that has just begun may be busy still. */
const patienceMs = 3000;

async function welcome({ stack }: LocalStack): Promise<void> {
  const admin = await AdminLine.open(stack);
  const tables: string[] = [];
  for (const group of stack.groups) tables.push(...statusTable(group, await admin.status(group, patienceMs)), '');
  await admin.close();
  say(`
Synod is up: ${url(stack.ports.gateway)}

${tables.map((line) => `  ${line}`.trimEnd()).join('\n')}
Try, in another terminal:

  npx synod put greeting hello
  npx synod status
  npx synod trace last
  npx synod ledger submit hello
${liars(stack)}${another(stack.groups.map(({ name }) => name))}
Ctrl-C stops everything.`);
}

/** Who wants to have some should see what becomes of them. */
function liars(stack: Stack): string {
  const told = [...traitorsIn(stack)].map(([name, treason]) => `${name} lies (${treason})`);
  return told.length === 0 ? '' : `  npx synod evidence\n\n${told.join(', ')}.\n`;
}

/** Commands go to the first group unless another one is named. */
function another([first, second]: readonly string[]): string {
  if (second === undefined) return '';
  return `\nThese are for group ${first}; for another one add, say, --group ${second}.\n`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

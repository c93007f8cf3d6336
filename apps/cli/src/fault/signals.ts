import { requireStack, servicesOf } from '../cluster.js';
import type { Call, Command } from '../command.js';
import { CommandError } from '../exit-codes.js';
import type { ExitCode } from '../exit-codes.js';
import { everywhere, onlyGroup } from '../options.js';
import { fullName, processState } from '../stack.js';
import type { Service } from '../stack.js';

const service = {
  name: 'NAME',
  meaning: 'a service of the local stack; r1 means the only one that ends in -r1',
  many: true,
};

const options = { ...onlyGroup, ...everywhere };

export const pause: Command = {
  words: ['fault', 'pause'],
  summary: 'stop a process of the local stack where it stands (SIGSTOP)',
  arguments: [service],
  options,
  details: ['Its connections stay open and it answers nothing, until `synod fault resume`.'],
  examples: ['fault pause r1', 'fault pause nats'],
  run: (call) => signal(call, 'SIGSTOP', 'is paused; it goes on with: synod fault resume'),
};

export const resume: Command = {
  words: ['fault', 'resume'],
  summary: 'let a paused process go on (SIGCONT)',
  arguments: [service],
  options,
  examples: ['fault resume r1'],
  run: (call) => signal(call, 'SIGCONT', 'goes on'),
};

export const kill: Command = {
  words: ['fault', 'kill'],
  summary: 'end a process of the local stack at once (SIGKILL)',
  arguments: [service],
  options,
  details: ['It cannot write or say anything more. The launcher starts it again shortly afterwards.'],
  examples: ['fault kill r1 --group raft', 'fault kill p1 p2'],
  run: (call) => signal(call, 'SIGKILL', 'is killed; the launcher starts it again in a moment'),
};

async function signal(call: Call, signal: NodeJS.Signals, consequence: string): Promise<ExitCode> {
  const services = servicesOf(call, requireStack(call));
  const names = services.map(({ name }) => name);
  // All names before the first signal: a slip must not leave half of it done.
  const targets = call.arguments.map((name) => pidOf(services.find((one) => one.name === fullName(name, names))!));
  for (const { name, pid } of targets) send(name, pid, signal);
  const { output } = call;
  if (output.json) output.document({ signal, services: targets });
  else
    for (const { name, pid } of targets) output.line(`${name} (process ${pid}) ${consequence}${again(signal, name)}`);
  return 'ok';
}

function again(signal: NodeJS.Signals, name: string): string {
  return signal === 'SIGSTOP' ? ` ${name}` : '';
}

function pidOf({ name, pid }: Service): { readonly name: string; readonly pid: number } {
  if (pid !== undefined && processState(pid) !== 'gone') return { name, pid };
  throw new CommandError('failed', `${name} is not running just now; the launcher starts it again in a moment`);
}

function send(name: string, pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    throw new CommandError('failed', `cannot send ${signal} to ${name} (process ${pid}): ${(error as Error).message}`);
  }
}

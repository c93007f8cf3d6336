import { join } from 'node:path';
import { LocalStack } from './local-stack.js';
import type { Progress } from './local-stack.js';
import { parseOptions, usage } from './options.js';

export interface LaunchContext {
  readonly workspace: string;
  readonly natsServer: string | undefined;
  readonly progress: Progress;
  readonly args: readonly string[];
}

/** Starts the local stack and stays until it is told to stop. Resolves to the exit code. */
export async function launch({ workspace, natsServer, progress, args }: LaunchContext): Promise<number> {
  const options = parseOptions(args, process.env['SYNOD_DIRECTORY'] ?? join(workspace, '.synod'));
  if (options === 'help') {
    console.log(usage);
    return 0;
  }
  const tell = (line: string): void => console.log(`  ${line}`);
  const stack = await LocalStack.start(options, { workspace, natsServer, progress, tell });
  const stopped = untilSignal();
  const gateway = `http://127.0.0.1:${stack.stack.ports.gateway}`;
  console.log(`\nSynod is up: ${gateway}\n`);
  await stopped;
  console.log('\nStopping …');
  await stack.stop();
  return 0;
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

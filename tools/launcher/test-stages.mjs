import { spawn } from 'node:child_process';
import { createProgress, StageError } from './progress.mjs';
import { run } from './run.mjs';
import { setUp } from './setup.mjs';
import { inWorkspace, workspace } from './workspace.mjs';

const bin = (name) => inWorkspace('node_modules', '.bin', name);

/** What must hold before a test is worth running, and what to do when it does not. */
const checks = [
  ['Generated code is current', 'npm run proto', [inWorkspace('tools', 'proto', 'generate.mjs'), '--check']],
  // Leaves Nx's project graph in its cache, without which ESLint's import rule keeps silent.
  ['Project references follow imports', 'npx nx sync', [bin('nx'), 'sync:check']],
  ['Types', 'npm run typecheck', [bin('tsc'), '--build']],
  ['Lint', 'npm run lint', [bin('eslint'), '.', '--max-warnings=0']],
];

/**
 * They reach every situation that the protocol's simulation names, which is asked of 300 or more. A failure is shrunk and told with the
 * commands that replay it.
 */
const seeds = { raft: 500, paxos: 500, pbft: 500 };
const simulation = ['--enable-source-maps', inWorkspace('tools', 'launcher', 'tool.mjs'), 'sim', 'main'];

/** Ends with jest's own summary. With arguments, which go to jest, only the tests asked for are run. */
export async function testEverything(jestArguments) {
  const progress = createProgress();
  try {
    const natsServer = await setUp({ progress });
    if (jestArguments.length === 0) {
      for (const [title, next, command] of checks) await progress.stage(title, () => check(next, command));
      for (const [protocol, count] of Object.entries(seeds))
        await progress.stage(`Simulation of ${protocol}, ${count} seeds`, () => simulate(progress, protocol, count));
    }
    process.exitCode = await jest(jestArguments, { ...process.env, SYNOD_NATS_SERVER: natsServer });
  } catch (error) {
    console.error(error instanceof StageError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}

async function check(next, command) {
  const env = { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true' };
  const { ok, output } = await run(process.execPath, command, { cwd: workspace, env });
  if (!ok) throw new StageError(`${output}\n\nTo repair it or see it again: ${next}`);
}

async function simulate(progress, protocol, count) {
  const command = [...simulation, protocol, '--seeds', String(count)];
  const { ok, output } = await run(process.execPath, command, { cwd: workspace, onLine: progress.note });
  if (!ok) throw new StageError(output);
  return { detail: output.match(/[\d.]+ seeds\/s, .*/g)?.at(-1) };
}

/** Writes straight to the terminal, and resolves to its exit code. */
function jest(args, env) {
  const child = spawn(process.execPath, [bin('jest'), ...args], {
    cwd: workspace,
    env,
    stdio: 'inherit',
  });
  // Ctrl-C reaches jest as well: stay until it has ended its tests' processes.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

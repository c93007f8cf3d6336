import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** Debian keeps root's programs where ordinary PATHs do not look. */
const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };

/** Runs a program of the system to its end; throws with what it said when it fails. */
export async function run(program: string, ...args: readonly string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  const said: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => said.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => said.push(bytes));
  const [code] = (await once(child, 'close')) as [number | null];
  const text = Buffer.concat(said).toString().trim();
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${text || `exit code ${code}`}`);
  return text;
}

/** For the way out: as well as it goes. */
export function tryNow(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore', env }).status === 0;
}

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One stack per directory. Returns how to release it; throws naming the pid of the one that runs. */
export function lockStack(directory: string): () => void {
  const path = join(directory, 'launcher.pid');
  const other = pidIn(path);
  if (other !== undefined && isRunning(other)) {
    throw new Error(
      `a stack runs already from ${directory}, started by process ${other}; stop that one first (kill ${other})`,
    );
  }
  rmSync(path, { force: true });
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
  } catch {
    throw new Error(`a stack is just being started from ${directory}; look at ${path}`);
  }
  return () => {
    if (pidIn(path) === process.pid) rmSync(path, { force: true });
  };
}

function pidIn(path: string): number | undefined {
  try {
    return Number(readFileSync(path, 'utf8').trim()) || undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return isLauncher(pid);
}

/** After a crash of the machine another process may have the pid. Where there is no /proc, a live pid is believed. */
function isLauncher(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('launcher');
  } catch {
    return true;
  }
}

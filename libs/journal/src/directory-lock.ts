import * as fs from 'node:fs';
import { createServer, connect } from 'node:net';
import { join } from 'node:path';

/** Held until `release` or the end of the process. */
export interface DirectoryLock {
  release(): void;
}

/**
 * Makes sure that one process alone uses a data directory: two journals in one directory would destroy each other, and a
 * replica that runs twice could vote twice. Fails with the pid of the process that holds it.
 *
 * On Linux the lock is an abstract socket: the kernel gives it up with the process, however that ends. Processes in
 * containers with networks of their own do not see each other's; elsewhere it is a file with a pid.
 */
export function lockDirectory(directory: string, platform = process.platform): Promise<DirectoryLock> {
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  return platform === 'linux' ? lockBySocket(directory) : Promise.resolve(lockByFile(directory));
}

function lockBySocket(directory: string): Promise<DirectoryLock> {
  // The same directory by whatever path it is reached.
  const { dev, ino } = fs.statSync(directory);
  const address = `\0synod-data-${dev}-${ino}`;
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(String(process.pid));
    });
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(new Error(`cannot lock ${directory}: ${error.message}`));
      askHolder(address, (pid) => reject(inUse(directory, pid)));
    });
    server.listen(address, () => {
      server.unref();
      resolve({ release: () => void server.close() });
    });
  });
}

function askHolder(address: string, done: (pid: string) => void): void {
  let answer = '';
  const socket = connect(address);
  socket.setEncoding('utf8').setTimeout(1000, () => socket.destroy());
  socket.on('data', (text: string) => (answer += text));
  socket.on('error', () => undefined);
  socket.on('close', () => done(answer));
}

function lockByFile(directory: string): DirectoryLock {
  const path = join(directory, 'lock');
  for (;;) {
    try {
      fs.writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
      return { release: () => fs.rmSync(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const pid = fs.readFileSync(path, 'utf8');
    if (isAlive(Number(pid))) throw inUse(directory, pid, `; if that is not a replica, remove ${path}`);
    fs.rmSync(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function inUse(directory: string, pid: string, advice = ''): Error {
  const who = /^\d+$/.test(pid) ? `process ${pid}` : 'another process';
  return new Error(`data directory ${directory} is in use by ${who}: stop it or choose another directory${advice}`);
}

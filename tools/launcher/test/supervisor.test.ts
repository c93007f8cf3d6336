import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Supervisor } from '../src/supervisor.js';

const directory = mkdtempSync(join(tmpdir(), 'synod-supervisor-'));
afterAll(() => rmSync(directory, { recursive: true }));

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('what was killed while it is held stays away until it is released; else it starts again by itself', async () => {
  const told: string[] = [];
  const supervisor = new Supervisor(
    (line) => told.push(line),
    () => undefined,
  );
  const log = join(directory, 'log');
  supervisor.start({ name: 'one', app: 'one', command: 'sleep', args: ['60'], environment: {}, log });
  try {
    supervisor.hold('one');
    process.kill(supervisor.pidOf('one')!, 'SIGKILL');
    await pause(2000);
    expect(supervisor.pidOf('one')).toBeUndefined();
    expect(told).toEqual([`one was ended by SIGKILL (log: ${log})`]);
    supervisor.release('one');
    const pid = supervisor.pidOf('one')!;
    process.kill(pid, 'SIGKILL');
    for (let waited = 0; waited < 5000 && (supervisor.pidOf('one') ?? pid) === pid; waited += 50) await pause(50);
    expect(supervisor.pidOf('one')).toEqual(expect.any(Number));
    expect(supervisor.pidOf('one')).not.toBe(pid);
  } finally {
    await supervisor.stop(['one']);
  }
}, 20_000);

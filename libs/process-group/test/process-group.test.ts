import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ProcessGroup, onLoopback, poll, workspaceRoot } from '../src/index.js';

test('replicas over three servers: kill, restart, freeze; the same state everywhere', async () => {
  const group = await ProcessGroup.start({ places: [onLoopback, onLoopback, onLoopback] });
  try {
    const kv = (await group.client({ timeoutMs: 20_000 })).group(group.group);
    await kv.put('a', '1');
    const leader = await group.leader();
    await group.replica(leader).kill();
    expect(group.replica(leader).ending).toEqual({ code: null, signal: 'SIGKILL' });
    await kv.put('a', '2');
    group.replica(leader).run();
    await group.inStep();
    const server = group.serverOf(await group.leader());
    server.signal('SIGSTOP');
    await kv.put('a', '3');
    server.signal('SIGCONT');
    expect((await kv.get('a')).entry?.text).toBe('3');
    await group.inStep();
    expect(await group.replica(leader).stop()).toEqual({ code: 0, signal: null });
  } finally {
    await group.close();
  }
  expect(existsSync(group.directory)).toBe(false);
}, 90_000);

test.each(['SIGINT', 'SIGTERM'] as const)(
  'nothing is left after %s',
  async (signal) => {
    const script = `
      import { ProcessGroup } from '@synod/process-group';
      const group = await ProcessGroup.start({ counts: { replica: 1 } });
      const pids = [...group.replicas, ...group.broker.servers].map(({ pid }) => pid);
      console.log(JSON.stringify({ pids, directory: group.directory }));
      setInterval(() => undefined, 1000);`;
    const node = ['--import', 'tsx', '-C', '@synod/source', '--input-type=module', '-e', script];
    const child = spawn(process.execPath, node, {
      cwd: join(workspaceRoot(), 'libs/process-group'),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    const { pids, directory } = JSON.parse(said.toString()) as { pids: number[]; directory: string };
    expect(pids.every(isRunning)).toBe(true);
    child.kill(signal);
    const [, by] = (await once(child, 'exit')) as [number | null, string];
    expect(by).toBe(signal);
    await poll(
      () => !pids.some(isRunning) || undefined,
      10_000,
      () => `of ${pids} still run: ${pids.filter(isRunning)}`,
    );
    expect(existsSync(directory)).toBe(false);
  },
  60_000,
);

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { workspaceRoot } from '../src/workspace.js';

/** An engine that has one container, in this state, whatever it is told; its Compose ends well each time. */
async function takenAway(how: string, status: string): Promise<string> {
  const programs = mkdtempSync(join(tmpdir(), 'synod-engine-'));
  const labels = { 'com.docker.compose.oneoff': 'False', 'com.docker.compose.service': 'raft-r1' };
  const container = [{ Config: { Labels: labels }, State: { Status: status } }];
  const program = (name: string, text: string) => writeFileSync(join(programs, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 }); // prettier-ignore
  program('docker', `[ "$1" = ps ] && echo id || echo '${JSON.stringify(container)}'`);
  program('docker-compose', 'exit 0');
  const engine = JSON.stringify(`file://${join(workspaceRoot, 'tools/compose/engine.mjs')}`);
  const script = `import { Services } from ${engine};
    const services = new Services({ words: ['docker-compose'] }, 'test', {});
    await services.takeAway('${how}', 'raft-r1').catch(({ message }) => console.log(message));`;
  try {
    const env = { ...process.env, PATH: `${programs}:${process.env['PATH']}` };
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { env });
    return (await run).stdout;
  } finally {
    rmSync(programs, { recursive: true, force: true });
  }
}

test('a container that was to be paused, or to stop, and was not is told of as that', async () => {
  expect(await takenAway('pause', 'running')).toBe(
    'docker-compose pause raft-r1 ended well, and raft-r1 is running, not paused: `docker pause` says why\n',
  );
  expect(await takenAway('kill', 'restarting')).toContain('raft-r1 is restarting, not exited');
  expect(await takenAway('pause', 'paused')).toBe('');
  expect(await takenAway('stop', 'exited')).toBe('');
});

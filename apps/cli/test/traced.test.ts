import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

jest.setTimeout(60_000);

test('a collector that never answers keeps no command from its end', async () => {
  let asked = 0;
  const collector = createServer(() => asked++).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const script = join(__dirname, 'support/traced-command.ts');
  const command = spawn(process.execPath, ['--import', 'tsx', '-C', '@synod/source', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
      // What services are told in the same shell is no wish for a command.
      OTEL_EXPORTER_OTLP_TIMEOUT: '30000',
    },
  });
  try {
    const ended = once(command, 'exit');
    await once(command.stdout, 'data');
    const doneAt = performance.now();
    expect(await ended).toEqual([0, null]);
    expect(asked).toBe(1);
    expect(performance.now() - doneAt).toBeLessThan(10_000);
  } finally {
    command.kill('SIGKILL');
    collector.closeAllConnections();
    collector.close();
  }
});

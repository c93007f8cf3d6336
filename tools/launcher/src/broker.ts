import { connect } from 'node:net';
import { join } from 'node:path';
import { ensureCredentials, publicKeysOf, serverConfiguration, userOf } from '@synod/nats-transport';
import { writePrivately } from '@synod/private-file';
import type { Identity } from '@synod/nats-transport';
import type { Program } from './supervisor.js';

export interface BrokerOptions {
  readonly directory: string;
  readonly binary: string;
  readonly cluster: string;
  readonly identities: readonly Identity[];
  readonly port: number;
  readonly monitorPort: number;
}

/** Stops the server when the launcher asks, and when the launcher is gone: then the other end of stdin closes. */
const script = `exec 3<&0
"$0" -c "$1" </dev/null & server=$!
trap 'kill -INT $server 2>/dev/null' TERM INT
(cat <&3 >/dev/null; kill -INT $server 2>/dev/null) & watch=$!
wait $server; code=$?
wait $server 2>/dev/null
kill $watch 2>/dev/null
exit 0`;

/** Writes credentials and the server's configuration; returns the program to run. */
export function prepareBroker({ directory, binary, cluster, identities, port, monitorPort }: BrokerOptions): Program {
  const keys = publicKeysOf(ensureCredentials(join(directory, 'credentials'), identities.map(userOf)));
  const path = join(directory, 'nats-server.conf');
  writePrivately(path, serverConfiguration({ cluster, identities, keys, host: '127.0.0.1', port, monitorPort }));
  return {
    name: 'nats',
    app: 'nats',
    command: 'sh',
    // nats-server does not watch its stdin: the shell does, and takes the server with it.
    args: ['-c', script, binary, path],
    environment: {},
    log: join(directory, 'logs', 'nats.log'),
  };
}

/** Resolves when something listens on the port. */
export async function waitForPort(port: number, what: string, timeoutMs = 15_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await answers(port))) {
    if (performance.now() > deadline)
      throw new Error(`${what} does not listen on port ${port} after ${timeoutMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

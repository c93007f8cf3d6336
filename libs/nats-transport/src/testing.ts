/**
 * A real nats-server for tests, with a generated configuration, on free ports, in a directory of its own.
 *
 * @packageDocumentation
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credentialsPath, ensureCredentials, writePrivately } from './credentials.js';
import type { Credentials } from './credentials.js';
import { userOf } from './identities.js';
import type { Identity } from './identities.js';
import { serverConfiguration } from './server-configuration.js';

const START_TIMEOUT_MS = 10_000;

/** Three replicas `r1` to `r3` with the multicast `everyone`, and one of each other role. */
export function identitiesForTests(): readonly Identity[] {
  const replicas = ['r1', 'r2', 'r3'];
  return [
    ...replicas.map((name) => ({ role: 'replica', name, multicasts: ['everyone'] }) as const),
    ...replicas.map((of) => ({ role: 'service', of }) as const),
    { role: 'client', name: 'gateway' },
    { role: 'client', name: 'client' },
    { role: 'observer', name: 'observer' },
    { role: 'admin', name: 'admin' },
  ];
}

export class TestBroker {
  private child: ChildProcess | undefined;

  private constructor(
    /** Everything of this broker; `credentials/<user>.json` in it. Gone after `close`. */
    readonly directory: string,
    readonly port: number,
    readonly monitorPort: number,
  ) {}

  /** Starts a server that knows `identities` in `cluster`. */
  static async start(cluster = 'test', identities = identitiesForTests()): Promise<TestBroker> {
    const directory = mkdtempSync(join(tmpdir(), 'synod-broker-'));
    const broker = new TestBroker(directory, await freePort(), await freePort());
    const credentials = ensureCredentials(join(directory, 'credentials'), identities.map(userOf));
    const passwords = new Map([...credentials].map(([user, { password }]) => [user, password]));
    const { port, monitorPort } = broker;
    const text = serverConfiguration({ cluster, identities, passwords, host: '127.0.0.1', port, monitorPort });
    writePrivately(broker.configurationPath, text);
    await broker.run();
    return broker;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  get configurationPath(): string {
    return join(this.directory, 'nats-server.conf');
  }

  credentialsPath(user: string): string {
    return credentialsPath(join(this.directory, 'credentials'), user);
  }

  credentials(user: string): Credentials {
    const all = ensureCredentials(join(this.directory, 'credentials'), [user]);
    return all.get(user)!;
  }

  /** Half-open connections: the kernel still takes bytes, the server does not. */
  pause(): void {
    this.child?.kill('SIGSTOP');
  }

  resume(): void {
    this.child?.kill('SIGCONT');
  }

  /** Kills it, as a crash would; `run` brings it back on the same port. */
  async stop(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async run(): Promise<void> {
    const child = spawn('nats-server', ['-c', this.configurationPath], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.child = child;
    let log = '';
    child.stderr.on('data', (bytes: Buffer) => (log = (log + bytes.toString()).slice(-4000)));
    child.on(
      'error',
      (error) => (log += `cannot start nats-server: ${error.message}; install it and put it on the PATH`),
    );
    const deadline = performance.now() + START_TIMEOUT_MS;
    while (!(await answers(this.port))) {
      if (child.exitCode !== null || child.pid === undefined || performance.now() > deadline) {
        throw new Error(`nats-server did not start:\n${log}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Waits until `condition` holds; `what` is the error's text when it does not in time. */
export async function eventually(what: string, condition: () => boolean, timeoutMs = 10_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`after ${timeoutMs} ms still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A NATS server speaks first. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', () => end(true));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}

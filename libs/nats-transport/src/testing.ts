/**
 * A real nats-server for tests, with a generated configuration, on free ports, in a directory of its own.
 *
 * @packageDocumentation
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loginWith } from '@synod/nats-handshake';
import type { Login } from '@synod/nats-handshake';
import { writePrivately } from '@synod/private-file';
import { credentialsPath, ensureCredentials, publicKeysOf } from './credentials.js';
import type { Credentials } from './credentials.js';
import { userOf } from './identities.js';
import type { Identity } from './identities.js';
import { serverConfiguration } from './server-configuration.js';

const START_TIMEOUT_MS = 10_000;
const ATTEMPTS = 3;
const LOG_CHARACTERS = 4000;

/** In the group `g` three replicas `r1` to `r3` with the multicast `everyone`; and one of each other role but acceptors. */
export function identitiesForTests(groups: readonly string[] = ['g']): readonly Identity[] {
  const replicas = ['r1', 'r2', 'r3'];
  return [
    ...replicas.map((name) => ({ role: 'replica', name, groups, multicasts: ['everyone'] }) as const),
    ...replicas.map((of) => ({ role: 'service', of }) as const),
    { role: 'gateway', name: 'gateway' },
    { role: 'service', of: 'gateway' },
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

  /** Starts a server that knows `identities` in `cluster`. `edit` may make its configuration another one than ours. */
  static async start(
    cluster = 'test',
    identities = identitiesForTests(),
    edit = (configuration: string): string => configuration,
  ): Promise<TestBroker> {
    const directory = mkdtempSync(join(tmpdir(), 'synod-broker-'));
    const credentials = ensureCredentials(join(directory, 'credentials'), identities.map(userOf));
    const keys = publicKeysOf(credentials);
    for (let attempt = 1; ; attempt++) {
      const [port, monitorPort] = [await freePort(), await freePort()];
      const broker = new TestBroker(directory, port, monitorPort);
      const text = serverConfiguration({ cluster, identities, keys, host: '127.0.0.1', port, monitorPort });
      writePrivately(broker.configurationPath, edit(text));
      try {
        await broker.run();
        return broker;
      } catch (error) {
        // Another test may have been given the same free port.
        if (attempt === ATTEMPTS) throw error;
      }
    }
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

  /** How `user` logs in on a connection that is none of ours. */
  authenticator(user: string): (nonce?: string) => Login {
    return loginWith(this.credentials(user).seed);
  }

  /** Half-open connections: the kernel still takes bytes, the server does not. */
  pause(): void {
    this.child?.kill('SIGSTOP');
  }

  resume(): void {
    this.child?.kill('SIGCONT');
  }

  /** It reads its configuration again, as an operator has it do. */
  reload(): void {
    this.child?.kill('SIGHUP');
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

  /** Resolves when it takes connections. */
  async run(): Promise<void> {
    const child = spawn(process.env['SYNOD_NATS_SERVER'] ?? 'nats-server', ['-c', this.configurationPath], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.child = child;
    let log = '';
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`nats-server is not ready:\n${log}`)), START_TIMEOUT_MS);
      child.stderr.on('data', (bytes: Buffer) => {
        log = (log + bytes.toString()).slice(-LOG_CHARACTERS);
        if (!log.includes('Server is ready')) return;
        clearTimeout(late);
        resolve();
      });
      child.once('error', (cause) => {
        clearTimeout(late);
        reject(new Error('cannot start nats-server; install it and put it on the PATH', { cause }));
      });
      child.once('exit', () => {
        clearTimeout(late);
        reject(new Error(`nats-server did not start:\n${log}`));
      });
    });
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Waits until `condition` holds; `what` is the error's text when it does not in time. */
export async function eventually(what: string, condition: () => boolean, timeoutMs = 25_000): Promise<void> {
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

import { mkdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { TraceStore } from '@synod/telemetry';
import { prepareBroker, waitForPort } from './broker.js';
import { waitReady } from './health-wait.js';
import { ensureKeys } from './keys.js';
import { layOut } from './layout.js';
import type { Wanted } from './layout.js';
import { lockStack } from './lock.js';
import {
  describeStack,
  forgetStack,
  gatewayProgram,
  httpPorts,
  identities,
  memberPrograms,
  traitorsIn,
  url,
} from './stack.js';
import type { Stack } from './stack.js';
import { Supervisor } from './supervisor.js';
import type { Program } from './supervisor.js';
import { serveTraces } from './trace-service.js';
import { rememberTraitors } from './traitors.js';

export interface LauncherOptions extends Wanted {
  readonly fresh: boolean;
  readonly directory: string;
}

export interface Progress {
  stage<T>(title: string, work: () => Promise<{ value?: T; detail?: string } | undefined | void>): Promise<T>;
  note(text: string): void;
}

export interface StackContext {
  readonly workspace: string;
  /** Path of nats-server; undefined when NATS_URL names a running one. */
  readonly natsServer: string | undefined;
  readonly progress: Progress;
  readonly tell: (line: string) => void;
}

/** A dozen processes begin at once, perhaps on two cores that do other things as well. */
const READY_WITHIN_MS = 60_000;

/** NATS, the groups' members, the gateway and a trace store as processes of this machine, all on loopback. */
export class LocalStack {
  readonly traces: TraceStore;

  private constructor(
    readonly stack: Stack,
    private readonly context: StackContext,
    private readonly programs: readonly Program[],
    private readonly supervisor: Supervisor,
    private readonly traceService: { readonly store: TraceStore; readonly server: Server },
    private readonly unlock: () => void,
  ) {
    this.traces = traceService.store;
  }

  static async start(options: LauncherOptions, context: StackContext): Promise<LocalStack> {
    const { directory } = options;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const unlock = lockStack(directory);
    try {
      if (options.fresh) forget(directory);
      for (const folder of ['logs', 'data']) mkdirSync(join(directory, folder), { recursive: true, mode: 0o700 });
      const stack = await layOut(directory, options, context.tell);
      rememberTraitors(directory, options.traitors?.keys() ?? []);
      const traceService = await serveTraces(stack.ports.traces);
      const programs = programsOf(stack, context);
      const supervisor = new Supervisor(context.tell, () =>
        describeStack(stack, programs, (name) => supervisor.pidOf(name)),
      );
      const local = new LocalStack(stack, context, programs, supervisor, traceService, unlock);
      await local.bringUp();
      return local;
    } catch (error) {
      unlock();
      throw error;
    }
  }

  private async bringUp(): Promise<void> {
    const { stack, programs, supervisor, context } = this;
    try {
      await context.progress.stage('Broker', async () => {
        if (programs[0]!.name === 'nats') supervisor.start(programs[0]!);
        await waitForPort(stack.ports.broker, 'the broker');
        return { detail: `nats://127.0.0.1:${stack.ports.broker}` };
      });
      await context.progress.stage('Services', async () => {
        for (const program of programs) if (program.name !== 'nats') supervisor.start(program);
        const traitors = new Set(traitorsIn(stack).keys());
        const urls = new Map(
          // Who says nothing, or is believed by nobody, may never be ready.
          [...httpPorts(stack)].map(([name, port]) => [
            name,
            `${url(port)}/${traitors.has(name) ? 'livez' : 'readyz'}`,
          ]),
        );
        await waitReady(urls, READY_WITHIN_MS, (note) => context.progress.note(note));
        return {
          detail: [...stack.groups.map(({ name, services }) => `${services.length} of ${name}`), 'gateway'].join(', '),
        };
      });
    } catch (error) {
      await this.stop();
      throw new Error(`${(error as Error).message}\nLogs are in ${join(stack.directory, 'logs')}`, { cause: error });
    }
  }

  /** The program that people call as `synod`. */
  get commandLine(): string {
    return join(this.context.workspace, 'apps', 'cli', 'bin', 'synod.js');
  }

  pidOf(name: string): number | undefined {
    return this.supervisor.pidOf(name);
  }

  /** SIGKILL; it stays away until it is revived. */
  kill(name: string): void {
    this.supervisor.hold(name);
    process.kill(this.pidOf(name)!, 'SIGKILL');
  }

  revive(name: string): void {
    this.supervisor.release(name);
  }

  /** Replicas hand over and drain first, the broker goes last. */
  async stop(): Promise<void> {
    const names = this.programs.map(({ name }) => name).filter((name) => name !== 'nats');
    await this.supervisor.stop(['gateway'], names, ['nats']);
    this.traceService.server.closeAllConnections();
    this.traceService.server.close();
    forgetStack(this.stack.directory);
    this.unlock();
  }
}

function forget(directory: string): void {
  for (const folder of ['data', 'logs', 'credentials', 'keys', 'proofs'])
    rmSync(join(directory, folder), { recursive: true, force: true });
}

function programsOf(stack: Stack, { workspace, natsServer }: StackContext): readonly Program[] {
  const { cluster, directory, ports } = stack;
  ensureKeys(stack);
  const broker = prepareBroker({
    directory,
    binary: natsServer ?? '',
    cluster,
    identities: identities(stack),
    port: ports.broker,
    monitorPort: ports.monitoring,
  });
  return [...(natsServer ? [broker] : []), ...memberPrograms(stack, workspace), gatewayProgram(stack, workspace)];
}

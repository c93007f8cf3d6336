import { join } from 'node:path';
import { connect } from '@synod/client';
import type { Client, KeyValueGroup } from '@synod/client';
import { credentialsPath, readCredentials } from '@synod/nats-transport';
import { renderTrace, startRequest, startTracing } from '@synod/telemetry';
import type { Tracing } from '@synod/telemetry';
import type { LocalStack } from './local-stack.js';
import { group, url } from './stack.js';
import { AdminLine, statusTable } from './status.js';

const SPANS_WITHIN_MS = 4_000;
const LEADER_WITHIN_MS = 15_000;

/** Shows what Synod is for, and checks it: every step that does not do what it says throws. */
export async function runDemo(local: LocalStack, say: (line: string) => void): Promise<void> {
  const demo = await Demo.open(local, say);
  try {
    await demo.run();
  } finally {
    await demo.close();
  }
}

class Demo {
  private readonly kv: KeyValueGroup;
  private readonly names: readonly string[];

  private constructor(
    private readonly local: LocalStack,
    private readonly say: (line: string) => void,
    private readonly client: Client,
    private readonly admin: AdminLine,
    private readonly tracing: Tracing,
  ) {
    this.kv = client.group(group);
    this.names = local.stack.replicas.map(({ name }) => name);
  }

  static async open(local: LocalStack, say: (line: string) => void): Promise<Demo> {
    const { cluster, directory, ports } = local.stack;
    const { user, password } = readCredentials(credentialsPath(join(directory, 'credentials'), 'example'));
    const client = await connect({ servers: `127.0.0.1:${ports.broker}`, cluster, user, password, timeoutMs: 20_000 });
    const tracing = startTracing({
      service: 'demo',
      cluster,
      version: '0.1.0',
      app: 'demo',
      roots: 'clients',
      environment: { OTEL_EXPORTER_OTLP_ENDPOINT: url(ports.traces), OTEL_BSP_SCHEDULE_DELAY: '100' },
    });
    return new Demo(local, say, client, await AdminLine.open(local.stack), tracing);
  }

  async run(): Promise<void> {
    this.title('A write: the leader sends it, a majority has it on disk, then it is answered');
    await this.put('capital/fr', 'Paris');
    await this.get('capital/fr', 'Paris');
    if (this.names.length > 2) {
      await this.killLeader();
      await this.cutOffLeader();
    } else this.say('(with fewer than three replicas there is no majority to lose a leader from)');
    this.title('Every replica has the same state');
    for (const line of await this.equalStates()) this.say(line);
  }

  private async killLeader(): Promise<void> {
    const leader = await this.leader();
    this.title(`kill -9 of the leader ${leader}: the others elect another, nothing is lost`);
    process.kill(this.local.pidOf(leader)!, 'SIGKILL');
    await this.put('capital/de', 'Berlin');
    await this.showElection();
    await this.get('capital/fr', 'Paris');
    await this.get('capital/de', 'Berlin');
    await this.until(
      `${leader} is back`,
      async () => (await this.admin.status()).get(leader)?.state.standing === 'active',
    );
    this.say(`${leader} was started again and follows`);
  }

  private async cutOffLeader(): Promise<void> {
    const leader = await this.leader();
    this.title(`A partition: ${leader} leads, but reaches nobody; it must not answer, the others go on`);
    await this.admin.partition([leader]);
    await this.put('capital/it', 'Rome');
    await this.get('capital/it', 'Rome');
    this.say(`now ${await this.leader(leader)} leads; the partition heals`);
    await this.admin.partition([]);
  }

  private async put(key: string, value: string): Promise<void> {
    const span = startRequest(this.tracing.tracer, `put ${key.split('/')[0]}/…`, 'client');
    const started = performance.now();
    const { source } = await this.kv.put(key, value, { ...span.context });
    span.end();
    const tookMs = (performance.now() - started).toFixed(1);
    this.say(
      `put ${key} = ${value}: committed by ${source.replica}, term ${source.term}, index ${source.index}, ${tookMs} ms`,
    );
    await this.tracing.flush();
    for (const line of await this.spansOf(span.traceId)) this.say(line);
  }

  /** The newest one: who asked, who voted, and which disks that waited for. */
  private async showElection(): Promise<void> {
    const [spans] = this.local.traces.find({ limit: 1, operation: 'raft.election' });
    if (spans === undefined) throw new Error('the election of the new leader left no trace');
    this.say('the election:');
    for (const line of this.tree(spans)) this.say(line);
  }

  private tree(spans: Parameters<typeof renderTrace>[0]): readonly string[] {
    const width = Math.min(process.stdout.columns || 110, 140);
    return renderTrace(spans, { width, colour: Boolean(process.stdout.isTTY) });
  }

  private async get(key: string, expected: string): Promise<void> {
    const started = performance.now();
    const { entry, source } = await this.kv.get(key);
    const value = entry && Buffer.from(entry.value).toString();
    if (value !== expected) throw new Error(`${key} should be ${expected}, but ${source.replica} answers ${value}`);
    this.say(`get ${key}: ${value}, from ${source.replica}, ${(performance.now() - started).toFixed(1)} ms`);
  }

  /** Spans arrive from several processes: waits until a majority has sent theirs and nothing more comes. */
  private async spansOf(traceId: string): Promise<readonly string[]> {
    const deadline = performance.now() + SPANS_WITHIN_MS;
    let count = 0;
    for (;;) {
      await pause(400);
      const spans = this.local.traces.trace(traceId) ?? [];
      const enough = spans.some(({ name }) => name === 'raft.round') && spans.length === count;
      if (enough || performance.now() > deadline) {
        return this.tree(spans);
      }
      count = spans.length;
    }
  }

  private async leader(not?: string): Promise<string> {
    let found: string | undefined;
    await this.until('there is a leader', async () => {
      const leaders = [...(await this.admin.status()).values()].filter(
        ({ state, replica }) => state.role === 'leader' && replica !== not,
      );
      found = leaders.sort((a, b) => b.state.term - a.state.term)[0]?.replica;
      return found !== undefined;
    });
    return found!;
  }

  private async equalStates(): Promise<readonly string[]> {
    let lines: readonly string[] = [];
    await this.until('all states are equal', async () => {
      const status = await this.admin.status();
      lines = statusTable(this.names, status);
      const states = new Set([...status.values()].map(({ state }) => `${state.lastApplied} ${state.stateHash}`));
      return status.size === this.names.length && states.size === 1;
    });
    return lines;
  }

  private async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + LEADER_WITHIN_MS;
    while (!(await holds())) {
      if (performance.now() > deadline) throw new Error(`waited ${LEADER_WITHIN_MS / 1000} s in vain until ${what}`);
      await pause(100);
    }
  }

  private title(text: string): void {
    this.say('');
    this.say(process.stdout.isTTY ? `\x1b[1m${text}\x1b[0m` : `== ${text}`);
  }

  async close(): Promise<void> {
    await this.client.close();
    await this.admin.close();
    await this.tracing.shutdown(1000);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

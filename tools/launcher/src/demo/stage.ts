import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connect } from '@synod/client';
import type { Client, KeyValueGroup } from '@synod/client';
import { trustIn } from '@synod/keys';
import { credentialsPath, readCredentials } from '@synod/nats-transport';
import { attributes, renderTrace, startRequest, startTracing } from '@synod/telemetry';
import type { Tracing } from '@synod/telemetry';
import type { StackGroup } from '../groups.js';
import type { LocalStack } from '../local-stack.js';
import { keysIn, traitorsIn, url } from '../stack.js';
import { statusTable } from '../status-table.js';
import { AdminLine } from '../status.js';
import type { Answers, MemberState } from '../status.js';

const SPANS_WITHIN_MS = 4_000;
const HAPPENS_WITHIN_MS = 15_000;

/** What the demonstrations of all groups share: one client, one admin, one tracer. */
export class Troupe {
  private constructor(
    readonly local: LocalStack,
    readonly say: (line: string) => void,
    readonly client: Client,
    readonly admin: AdminLine,
    readonly tracing: Tracing,
  ) {}

  static async gather(local: LocalStack, say: (line: string) => void): Promise<Troupe> {
    const { cluster, directory, ports } = local.stack;
    const { user, seed } = readCredentials(credentialsPath(join(directory, 'credentials'), 'client'));
    const trust = (group: string) => trustIn(keysIn(local.stack), group, user);
    const servers = `127.0.0.1:${ports.broker}`;
    const client = await connect({ servers, cluster, user, seed, trust, timeoutMs: 20_000 });
    const tracing = startTracing({
      service: 'demo',
      cluster,
      version: '0.1.0',
      app: 'demo',
      roots: 'clients',
      environment: { OTEL_EXPORTER_OTLP_ENDPOINT: url(ports.traces), OTEL_BSP_SCHEDULE_DELAY: '100' },
    });
    return new Troupe(local, say, client, await AdminLine.open(local.stack), tracing);
  }

  async close(): Promise<void> {
    await this.client.close();
    await this.admin.close();
    await this.tracing.shutdown(1000);
  }
}

/** One group, and what can be done with it and said about it. What does not do what it says throws. */
export class Stage {
  private readonly kv: KeyValueGroup;

  constructor(
    private readonly troupe: Troupe,
    readonly group: StackGroup,
    /** How the place of a write is told: `term 2, index 7`. */
    private readonly placeOf: (era: number, index: number) => string,
  ) {
    this.kv = troupe.client.group(group.name);
  }

  say(line: string): void {
    this.troupe.say(line);
  }

  /** Members that do not keep to the protocol, and how. */
  get traitors(): ReadonlyMap<string, string> {
    return new Map([...traitorsIn(this.troupe.local.stack)].filter(([name]) => this.names.includes(name)));
  }

  private get names(): readonly string[] {
    return this.group.services.map(({ name }) => name);
  }

  get directory(): string {
    return this.troupe.local.stack.directory;
  }

  title(text: string): void {
    this.say('');
    this.say(process.stdout.isTTY ? `\x1b[1m${text}\x1b[0m` : `== ${text}`);
  }

  /** Writes, and shows the round. */
  async put(key: string, value: string): Promise<void> {
    const { tracing } = this.troupe;
    const span = startRequest(tracing.tracer, `put ${key.split('/')[0]}/…`, 'client');
    const started = performance.now();
    const { source } = await this.kv.put(key, value, { ...span.context });
    span.end();
    const tookMs = (performance.now() - started).toFixed(1);
    const place = this.placeOf(source.term, source.index);
    this.say(`put ${key} = ${value}: committed by ${source.replica}, ${place}, ${tookMs} ms`);
    await tracing.flush();
    for (const line of await this.spansOf(span.traceId)) this.say(line);
  }

  async get(key: string, expected: string): Promise<void> {
    const started = performance.now();
    const { entry, source } = await this.kv.get(key);
    const value = entry && Buffer.from(entry.value).toString();
    if (value !== expected) throw new Error(`${key} should be ${expected}, but ${source.replica} answers ${value}`);
    this.say(`get ${key}: ${value}, from ${source.replica}, ${(performance.now() - started).toFixed(1)} ms`);
  }

  /** The newest election that was won: who asked, who answered, and which disks that waited for. */
  async showElection(operation: string, what: string): Promise<void> {
    let lines: readonly string[] = [];
    await this.until(`${what} has left a trace`, () => {
      const found = this.troupe.local.traces.find({ limit: 10, operation });
      const won = found.find((spans) => spans.some(({ attributes: of }) => of[attributes.completedBy] !== undefined));
      lines = won === undefined ? [] : this.tree(won);
      return Promise.resolve(won !== undefined);
    });
    this.say(`${what}:`);
    for (const line of lines) this.say(line);
  }

  signal(name: string, signal: NodeJS.Signals): void {
    process.kill(this.troupe.local.pidOf(name)!, signal);
  }

  /** As kill -9 does. It stays away until `isBack` has it started again: else a slow machine might see it back in office. */
  kill(name: string): void {
    this.troupe.local.kill(name);
  }

  partition(alone: readonly string[]): Promise<void> {
    return this.troupe.admin.partition(this.group, alone);
  }

  status(): Promise<Answers> {
    return this.troupe.admin.status(this.group);
  }

  /** By member, the proofs that it keeps. */
  evidence(): Promise<ReadonlyMap<string, readonly string[]>> {
    return this.troupe.admin.evidence(this.group);
  }

  async leader(not?: string): Promise<string> {
    let found: string | undefined;
    await this.until('there is a leader', async () => {
      const era = ({ term, ballot, view }: MemberState): number => term ?? ballot ?? view ?? 0;
      const leaders = [...(await this.status()).values()].filter(
        ({ state, replica }) => /^(leader|primary)$/.test(state.role) && replica !== not,
      );
      found = leaders.sort((a, b) => era(b.state) - era(a.state))[0]?.replica;
      return found !== undefined;
    });
    return found!;
  }

  /** Whom the honest take for the primary: it may itself say nothing, or not the truth. */
  async primary(): Promise<string> {
    let found: string | undefined;
    await this.until('the honest know a primary', async () => {
      const honest = [...(await this.status()).values()].filter(({ replica }) => !this.traitors.has(replica));
      const view = ({ state }: (typeof honest)[number]): number => state.view ?? 0;
      found = honest.sort((a, b) => view(b) - view(a))[0]?.state.primary;
      return found !== undefined;
    });
    return found!;
  }

  async isBack(name: string): Promise<void> {
    this.troupe.local.revive(name);
    await this.until(`${name} is back`, async () => (await this.status()).get(name)?.state.standing === 'active');
  }

  /** Waits until all that execute have the same state, and shows the group. */
  async showEqualStates(): Promise<void> {
    let lines: readonly string[] = [];
    await this.until('all states are equal', async () => {
      const status = await this.status();
      lines = statusTable(this.group, status);
      const executing = this.group.services.filter((one) => one.answersClients && one.treason === undefined);
      const states = executing.map(({ name }) => status.get(name)?.state);
      const distinct = new Set(
        states.map((state) => `${state?.lastApplied ?? state?.lastExecuted} ${state?.stateHash}`),
      );
      return status.size === this.group.services.length && distinct.size === 1;
    });
    for (const line of lines) this.say(line);
  }

  /** Calls `synod` as a person would, shows what it says, and gives it back; throws when it fails. */
  async synod(...args: readonly string[]): Promise<string> {
    this.say(`$ npx synod ${args.join(' ')}`);
    const program = [this.troupe.local.commandLine, ...args];
    const environment = { ...process.env, SYNOD_DIRECTORY: this.directory };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, program, { env: environment });
    for (const line of `${stdout}${stderr}`.trimEnd().split('\n')) this.say(line);
    return stdout;
  }

  private tree(spans: Parameters<typeof renderTrace>[0]): readonly string[] {
    const width = Math.min(process.stdout.columns || 110, 140);
    return renderTrace(spans, { width, colour: Boolean(process.stdout.isTTY) });
  }

  /** Spans arrive from several processes: waits until the round's is there and nothing more comes. */
  private async spansOf(traceId: string): Promise<readonly string[]> {
    const deadline = performance.now() + SPANS_WITHIN_MS;
    let count = 0;
    for (;;) {
      await pause(400);
      const spans = this.troupe.local.traces.trace(traceId) ?? [];
      const isThere = spans.some(({ name }) => name === `${this.group.protocol}.round`);
      if ((isThere && spans.length === count) || performance.now() > deadline) return this.tree(spans);
      count = spans.length;
    }
  }

  async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + HAPPENS_WITHIN_MS;
    while (!(await holds())) {
      if (performance.now() > deadline) throw new Error(`waited ${HAPPENS_WITHIN_MS / 1000} s in vain until ${what}`);
      await pause(100);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

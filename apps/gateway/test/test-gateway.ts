import { connect } from 'node:net';
import { ChosenValue, LedgerBlock } from '@synod/client';
import type { Client, KeyValueGroup, Ledger } from '@synod/client';
import { openTo } from '../src/access/access.js';
import type { Access } from '../src/access/access.js';
import { Groups } from '../src/groups.js';
import { Dispatcher } from '../src/http/dispatcher.js';
import { HttpServer } from '../src/http/http-server.js';
import { httpLimits, httpTimes } from '../src/http/limits.js';
import { RequestTracing } from '../src/http/request-tracing.js';
import { Router } from '../src/http/router.js';
import { GatewayMetrics } from '../src/metrics.js';
import { allOperations } from '../src/operations.js';
import { EventStreams } from '../src/status/event-stream.js';
import type { Report } from '../src/status/report.js';
import { Traces } from '../src/status/traces.js';
import { Watch } from '../src/status/watch.js';
import { startTracing } from '@synod/telemetry';

/** What the group does, method by method; a test sets what it needs. */
export type FakeGroup = Partial<Record<Exclude<keyof KeyValueGroup, 'ledger'>, Fake>> & {
  ledger?: Partial<Record<keyof Ledger, Fake>>;
};
type Fake = (...parameters: never[]) => unknown;

export interface Recorded {
  readonly method: string;
  readonly route: string;
  readonly status: number;
}

/** Where a group that `answers` says that its answers come from, and the one entry that it has. */
export const source = { replica: 'r1', index: 7, term: 2, ageMs: 0 };
const entry = { key: Buffer.from('a'), value: Buffer.from('v'), revision: 7, created: 3, version: 2 };

const hash = Buffer.alloc(32, 0xab);
export const block = new LedgerBlock({
  ...{ height: 7, hash, previous: hash, root: hash, time: 5, proposer: Buffer.from('ann'), proposerTime: 5, count: 1 },
  transactions: [{ author: Buffer.from('bob'), time: 4, data: Buffer.from('hello') }],
});

/** Everything of the gateway but NATS, in this process, in front of a group that does as a test says. */
export class TestGateway {
  readonly fake: FakeGroup = {};
  reports: readonly Report[] = [];
  ready: true | string = true;
  /** Answered by the server's own means, before there was a request. */
  readonly malformed: number[] = [];
  readonly bugs: unknown[] = [];
  readonly recorded: Recorded[] = [];
  /** As the log has it. */
  readonly answered: { readonly status: number; readonly principal: string }[] = [];
  readonly groups = new Groups(['kv']);
  readonly metrics = new GatewayMetrics();
  readonly router: Router;
  readonly dispatcher: Dispatcher;
  readonly watch = new Watch(['kv'], () => Promise.resolve(this.reports), 20);
  readonly events = new EventStreams(this.watch);
  traces = new Traces('');
  access: Access = openTo(['*']);
  private server!: HttpServer;

  private constructor({ limits, times }: TestGatewayOptions) {
    const { groups, watch, events, metrics } = this;
    const operations = allOperations({
      groups,
      watch,
      events,
      traces: { find: (id) => this.traces.find(id) },
      ready: () => this.ready,
      metrics: () => metrics.registry.text(),
    });
    this.router = new Router(operations);
    const tracing = startTracing({
      service: 'gateway',
      cluster: 'test',
      version: '0',
      app: 'gateway',
      roots: 'clients',
      environment: {},
    });
    this.dispatcher = new Dispatcher({
      access: (headers) => this.access(headers),
      router: this.router,
      tracing: new RequestTracing(tracing.tracer, groups.names),
      metrics,
      onBug: (error) => this.bugs.push(error),
      onAnswered: ({ status, principal }) => this.answered.push({ status, principal }),
      limits: { ...httpLimits, ...limits },
      times: { ...httpTimes, ...times },
    });
  }

  static async start({ times = {}, limits = {} }: TestGatewayOptions = {}): Promise<TestGateway> {
    const gateway = new TestGateway({ limits, times });
    gateway.server = await HttpServer.listen({
      host: '127.0.0.1',
      port: 0,
      times: { ...httpTimes, ...times },
      onRequest: gateway.dispatcher.onRequest,
      onMalformed: (status) => gateway.malformed.push(status),
    });
    gateway.connected();
    return gateway;
  }

  /** The group has an answer to everything, and there are no traces. */
  answers(): void {
    Object.assign(this.fake, {
      get: () => Promise.resolve({ entry, source }),
      put: () => Promise.resolve({ revision: 7, existed: true, source }),
      delete: () => Promise.resolve({ revision: 7, existed: true, source }),
      range: () => Promise.resolve({ entries: [entry], more: false, source }),
      transaction: () => Promise.resolve({ succeeded: false, results: [{ kind: 'got', entry }], source }),
      decide: () => Promise.resolve(new ChosenValue(Buffer.from('v'), true, source)),
      decided: () => Promise.resolve(new ChosenValue(Buffer.from('v'), false, source)),
      ledger: {
        submit: () => Promise.resolve({ height: 7, position: 0, closed: true, source }),
        head: () => Promise.resolve({ head: block, transactions: 1, pending: 2, source }),
        blocks: () => Promise.resolve({ blocks: [block], more: true, source }),
      },
      openSession: () => Promise.resolve({ id: 1, acknowledge: () => undefined }),
    });
    this.traces = { find: () => Promise.resolve([]) } as unknown as Traces;
  }

  connected(): void {
    const group = new Proxy({ name: 'kv' } as KeyValueGroup, {
      get: (target, name) => this.fake[name as keyof KeyValueGroup] ?? Reflect.get(target, name),
    });
    this.groups.connected({ group: () => group } as unknown as Pick<Client, 'group'>);
  }

  disconnected(): void {
    this.groups.connected(undefined as unknown as Client);
  }

  get url(): string {
    return `http://127.0.0.1:${this.server.port}`;
  }

  /** As `fetch`, and remembers what was answered where. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(`${this.url}${path}`, init);
    this.note(init.method ?? 'GET', path, response.status);
    return response;
  }

  note(method: string, path: string, status: number): void {
    try {
      const { operation } = this.router.find(method, path.split('?')[0]!);
      this.recorded.push({ method, route: operation.path, status });
    } catch {
      this.recorded.push({ method, route: 'none', status });
    }
  }

  /** Sends these bytes and gives what comes until the server closes, or `until` is in it. */
  raw(bytes: string | Buffer, until?: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.server.port, '127.0.0.1', () => socket.write(bytes));
      let text = '';
      socket.on('data', (part) => {
        text += part.toString('latin1');
        if (until !== undefined && text.includes(until)) socket.destroy();
      });
      socket.on('close', () => resolve(text));
      socket.on('error', (error) => (text === '' ? reject(error) : resolve(text)));
    });
  }

  async close(): Promise<void> {
    const drained = this.server.drain();
    this.events.close();
    this.server.abort();
    await drained;
  }
}

export interface TestGatewayOptions {
  readonly times?: Partial<Record<keyof typeof httpTimes, number>>;
  readonly limits?: Partial<Record<'requests' | 'requestsPerConnection' | 'bodyBytes', number>>;
}

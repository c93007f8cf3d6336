import type { Address, RoundFact, RoundVocabulary } from '@synod/actor';
import type { TraceContext } from '@synod/actor-host';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-node';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { ReplicaMetrics, ReplicaView, RoundObserver, startTracing } from '../../src/index.js';
import type { EventLog, Tracing } from '../../src/index.js';

/** A protocol whose every word says outright what it means for rounds. */
export interface Word {
  readonly kind: string;
  readonly fact?: RoundFact | undefined;
}

export interface Words {
  readonly message: Word;
  readonly record: Word;
  readonly batch: never;
  readonly timer: never;
  readonly event: Word;
}

export const vocabulary: RoundVocabulary<Words> = {
  protocol: 'raft',
  roundSpan: 'raft.round',
  electionSpan: 'raft.election',
  roundOf: (thing) => thing.fact,
  describe: () => undefined,
};

export const members: readonly Address[] = ['r1', 'r2', 'r3'];

/** Where those who lead do not vote themselves. */
export const voters: readonly Address[] = ['a1', 'a2', 'a3'];

const quiet: EventLog<Words> = {
  event: () => undefined,
  rejected: () => undefined,
  telemetryFailed: (error) => {
    throw error;
  },
  sweep: () => undefined,
  tellsRounds: false,
  round: () => undefined,
  applied: () => undefined,
};

/** One replica's telemetry, driven by hand; its clock stands where the test puts it. */
export class Replica {
  now = 1000;
  readonly exporter = new InMemorySpanExporter();
  readonly tracing: Tracing;
  readonly view: ReplicaView;
  readonly metrics: ReplicaMetrics;
  readonly observer: RoundObserver<Words>;

  constructor(
    readonly name: Address,
    options: {
      readonly slowMs?: number;
      readonly environment?: NodeJS.ProcessEnv;
      readonly log?: EventLog<Words>;
      /** False: leads and learns, and others acknowledge. */
      readonly votes?: boolean;
      readonly ignoresSurplus?: boolean;
    } = {},
  ) {
    const { environment = {}, slowMs, log = quiet, votes = true, ignoresSurplus = false } = options;
    const base = { cluster: 'local', version: '0.1.0', environment, exporter: this.exporter } as const;
    this.tracing = startTracing({ ...base, service: `raft-${name}`, app: 'raft-replica', roots: 'replicas' });
    this.view = new ReplicaView(name);
    this.metrics = new ReplicaMetrics({ protocol: 'raft' }, 'kv', this.view);
    this.observer = new RoundObserver<Words>({
      identity: { cluster: 'local', group: 'kv', self: name, members: votes ? members : voters, votes },
      vocabulary: { ...vocabulary, ignoresSurplus },
      kindOf: (message) => message.kind,
      tracer: this.tracing.tracer,
      metrics: this.metrics,
      view: this.view,
      log,
      now: () => this.now,
      ...(slowMs !== undefined && { slowMs }),
    });
  }

  event(fact: RoundFact, at: number): void {
    this.observer.event({ kind: fact.part, fact }, at);
  }

  receive(
    from: Address,
    kind: string,
    fact: RoundFact | undefined,
    context: TraceContext | undefined,
    at: number,
  ): Word {
    const message: Word = { kind, fact };
    this.observer.received(from, message, context, at);
    return message;
  }

  persist(token: number, fact: RoundFact, at: number): void {
    this.observer.persisting(token, { kind: fact.part, fact }, at);
  }

  send(to: Address, kind: string, fact: RoundFact, at: number): TraceContext | undefined {
    return this.observer.sending(to, { kind, fact }, at);
  }

  async spans(): Promise<readonly ReadableSpan[]> {
    await this.tracing.flush();
    return this.exporter.getFinishedSpans();
  }

  async close(): Promise<void> {
    this.metrics.close();
    await this.tracing.shutdown();
  }
}

export function milliseconds([seconds, nanoseconds]: readonly [number, number]): number {
  return seconds * 1000 + nanoseconds / 1e6;
}

/** A context that a client's sampled root would send. */
export function contextOf(traceDigit: string, flags = '01'): TraceContext {
  return { traceparent: `00-${traceDigit.repeat(32)}-${traceDigit.repeat(16)}-${flags}` };
}

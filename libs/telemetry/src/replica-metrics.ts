import type { RoundVocabulary, Vocabulary } from '@synod/actor';
import type { JournalStatistics } from '@synod/actor-host';
import { MetricsRegistry } from './metrics.js';
import type { Counter, CounterByLabel, Histogram } from './metrics.js';
import { ProcessMetrics } from './process-metrics.js';
import type { ReplicaView } from './replica-view.js';

export const stages = ['publish', 'sync', 'quorum', 'apply', 'reply', 'total'] as const;
export type Stage = (typeof stages)[number];

const roundSeconds = [0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const syncSeconds = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1];

/** Counters of messages and bytes by kind; the transport's decorator increments them. */
export interface Traffic {
  readonly messages: CounterByLabel;
  readonly bytes: CounterByLabel;
}

/** Of a protocol's words. */
type ShownEra = Pick<RoundVocabulary<Vocabulary>, 'protocol' | 'eraNumber'>;

/** What a replica counts. Names, labels, units and help are pinned by a test: dashboards are built on them. */
export class ReplicaMetrics {
  readonly registry: MetricsRegistry;
  readonly round: Readonly<Record<Stage, Histogram>>;
  readonly rejected: CounterByLabel;
  readonly elections: Counter;
  readonly roundsTraced: Counter;
  readonly roundsFailed: Counter;
  readonly sync: Histogram;
  readonly sent: Traffic;
  readonly received: Traffic;
  readonly telemetryErrors: Counter;
  readonly process: ProcessMetrics;

  constructor({ protocol, eraNumber }: ShownEra, group: string, view: ReplicaView) {
    const registry = (this.registry = new MetricsRegistry({ protocol, group }));
    this.round = Object.fromEntries(stages.map((stage) => [stage, this.stageHistogram(stage)])) as Record<
      Stage,
      Histogram
    >;
    this.rejected = registry.counterBy('synod_rejected_messages_total', 'Messages refused, by reason.', 'reason');
    this.elections = registry.counter('synod_elections_total', 'Elections that this replica started.');
    registry.gaugeBy('synod_role', '1 for the role that this replica has now.', 'role', () => ({ [view.role]: 1 }));
    const era = (): number => eraNumber?.(view.era) ?? view.era;
    registry.gauge('synod_term', 'The term (ballot round, view) that this replica is in.', era);
    if (view.role !== 'acceptor') this.positions(view);
    this.sync = registry.histogram('synod_sync_duration_seconds', 'Write and sync of a group of records.', syncSeconds);
    this.sent = this.traffic('sent', 'sent');
    this.received = this.traffic('received', 'received');
    this.roundsTraced = registry.counter('synod_rounds_traced_total', 'Rounds led here that made spans.');
    this.roundsFailed = registry.counter(
      'synod_rounds_failed_total',
      'Rounds led here whose outcome this replica did not see.',
    );
    this.telemetryErrors = registry.counter(
      'synod_telemetry_errors_total',
      'Errors inside telemetry; nothing else is affected.',
    );
    this.process = new ProcessMetrics(registry);
  }

  /** Depths of queues by name, read when scraped. */
  queues(read: () => Readonly<Record<string, number>>): void {
    this.registry.gaugeBy('synod_queue_depth', 'What waits here, by queue.', 'queue', read);
  }

  /** Bytes by what they wait for, read when scraped. The broker is asked what it has taken after every 256 KiB of a connection only. */
  inFlight(read: () => Readonly<Record<string, number>>): void {
    const help =
      'Bytes held here, by what they wait for; of the network those not known to be taken, at rest too up to 256 KiB a connection.';
    this.registry.gaugeBy('synod_in_flight_bytes', help, 'kind', read);
  }

  /** Of an acceptor, read when scraped. */
  registers(read: () => { readonly held: number; readonly limit: number }): void {
    const { registry } = this;
    registry.gauge('synod_registers', 'Registers that have a value here, which they keep for ever.', () => read().held);
    registry.gauge('synod_registers_limit', 'Registers that a group takes in, ever.', () => read().limit);
  }

  /** Whether it can do its part; a process that is not told is not ready. */
  readiness(isReady: () => boolean): void {
    this.registry.gauge('synod_ready', '1 while it can do its part, as /readyz says.', () => (isReady() ? 1 : 0));
  }

  /** Messages that did not leave, by reason, and how often connections were made anew. */
  network(lost: () => Readonly<Record<string, number>>, reconnects: () => number): void {
    this.registry.countedBy('synod_nats_lost_messages_total', 'Messages that never left, by reason.', 'reason', lost);
    this.registry.counted('synod_nats_reconnects_total', 'Connections to NATS that were made anew.', reconnects);
  }

  /** Of the journal that is open; before that nothing. */
  journal(read: () => JournalStatistics | undefined): void {
    const { registry } = this;
    const of = (name: keyof JournalStatistics) => () => read()?.[name] ?? 0;
    registry.counted('synod_journal_syncs_total', 'Syncs of the journal.', of('syncs'));
    registry.counted('synod_journal_written_bytes_total', 'Bytes written to the journal.', of('bytesWritten'));
    registry.gauge('synod_journal_size_bytes', 'Size of the journal on disk.', of('sizeBytes'));
    registry.gauge('synod_journal_segments', 'Segment files of the journal.', of('segments'));
  }

  text(): string {
    return this.registry.text();
  }

  close(): void {
    this.process.close();
  }

  private stageHistogram(stage: Stage): Histogram {
    const help = 'Rounds led here, by stage; total is from closing the batch to the last answer.';
    return this.registry.histogram('synod_round_duration_seconds', help, roundSeconds, { stage });
  }

  private traffic(direction: string, participle: string): Traffic {
    return {
      messages: this.registry.counterBy(
        `synod_messages_${direction}_total`,
        `Messages ${participle}, by kind.`,
        'kind',
      ),
      bytes: this.registry.counterBy(
        `synod_message_${direction}_bytes_total`,
        `Payload bytes ${participle}, by kind.`,
        'kind',
      ),
    };
  }

  /** Of those that learn what is decided, and apply it. */
  private positions(view: ReplicaView): void {
    const { registry } = this;
    registry.gauge('synod_commit_index', 'The last log position known to be decided.', () => view.commitIndex);
    registry.gauge(
      'synod_applied_index',
      'The last log position applied to the state machine.',
      () => view.appliedIndex,
    );
  }
}

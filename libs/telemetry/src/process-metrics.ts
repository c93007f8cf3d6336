import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { MetricsRegistry } from './metrics.js';
import type { Tracing } from './sdk.js';

/** The event loop's delay is measured by a timer of so many milliseconds. */
const resolutionMs = 20;

/** What every process tells of itself, whatever it does. */
export class ProcessMetrics {
  private readonly delay = monitorEventLoopDelay({ resolution: resolutionMs });

  constructor(private readonly registry: MetricsRegistry) {
    registry.gaugeBy('synod_memory_bytes', 'Memory of this process, by what holds it.', 'kind', heldMemory);
    registry.countedBy('synod_cpu_seconds_total', 'Processor time of this process, by mode.', 'mode', () => {
      const { user, system } = process.cpuUsage();
      return { user: user / 1e6, system: system / 1e6 };
    });
    registry.gauge(
      'synod_start_time_seconds',
      'When this process started, in seconds since 1970.',
      () => performance.timeOrigin / 1000,
    );
    this.delay.enable();
    registry.summary('synod_event_loop_delay_seconds', 'How late the event loop was since the last scrape.', () =>
      this.readDelay(),
    );
  }

  /** What runs here. */
  build(app: string, version: string): void {
    const labels = { app, version, node: process.versions.node };
    this.registry.gauge('synod_build_info', '1; what runs here is in the labels.', () => 1, labels);
  }

  spans({ queueFull, exportFailed }: Tracing['dropped']): void {
    this.registry.countedBy('synod_spans_dropped_total', 'Spans lost, by reason.', 'reason', () => ({
      queueFull: queueFull(),
      exportFailed: exportFailed(),
    }));
  }

  close(): void {
    this.delay.disable();
  }

  /** The histogram counts whole intervals; what exceeds the timer's is the delay. */
  private readDelay(): Record<string, number> {
    const quantile = (percent: number): number => delayIn(this.delay.percentile(percent));
    const read = this.delay.count === 0 ? {} : { '0.5': quantile(50), '0.99': quantile(99), '1': quantile(100) };
    this.delay.reset();
    return read;
  }
}

/** Seconds, of an interval in nanoseconds. */
export function delayIn(intervalNs: number): number {
  return Math.max(0, intervalNs / 1e9 - resolutionMs / 1000);
}

function heldMemory(): Readonly<Record<string, number>> {
  const { rss: resident, heapUsed, external } = process.memoryUsage();
  return { resident, heapUsed, external };
}

import { MetricsRegistry, ProcessMetrics } from '@synod/telemetry';
import type { Counter, CounterByLabel, Histogram } from '@synod/telemetry';

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const methods = new Set(['GET', 'HEAD', 'PUT', 'POST', 'DELETE']);

/** What the gateway counts. Names and labels are pinned by a test. */
export class GatewayMetrics {
  readonly registry = new MetricsRegistry();
  readonly process = new ProcessMetrics(this.registry);
  /** By route, of requests whose body was not taken. */
  readonly unreadBodies: CounterByLabel;
  readonly malformed: Counter;
  private readonly requests = new Map<string, Counter>();
  private readonly durations = new Map<string, Histogram>();

  constructor() {
    const { registry } = this;
    this.unreadBodies = registry.counterBy(
      'synod_gateway_unread_bodies_total',
      'Requests answered before their body was read.',
      'route',
    );
    this.malformed = registry.counter('synod_gateway_malformed_total', 'What was answered without being a request.');
  }

  /** `status` 0: the caller was gone before the answer. */
  answered(method: string, route: string, status: number, ms: number): void {
    const labels = { method: methods.has(method) ? method : 'other', route };
    this.counter({ ...labels, status: status === 0 ? 'aborted' : String(status) }).value++;
    this.histogram(labels).observe(ms / 1000);
  }

  private counter(labels: Readonly<Record<string, string>>): Counter {
    const key = Object.values(labels).join(' ');
    let counter = this.requests.get(key);
    if (counter === undefined) {
      counter = this.registry.counter('synod_gateway_requests_total', 'Requests by answer.', labels);
      this.requests.set(key, counter);
    }
    return counter;
  }

  private histogram(labels: Readonly<Record<string, string>>): Histogram {
    const key = Object.values(labels).join(' ');
    let histogram = this.durations.get(key);
    if (histogram === undefined) {
      const help = 'From the headers of a request to its answer.';
      histogram = this.registry.histogram('synod_gateway_request_duration_seconds', help, seconds, labels);
      this.durations.set(key, histogram);
    }
    return histogram;
  }
}

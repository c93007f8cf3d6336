import type { Msg } from '@nats-io/transport-node';
import { connectAs } from './connect.js';
import type { ConnectOptions } from './connect.js';
import type { Connection } from './connection.js';

/** A service as the NATS service protocol (ADR-32) shows it: `nats micro ls`, `info`, `stats`. */
export interface ServiceDescription {
  /** What it is, shared by all its instances: `raft-replica`. Letters, digits, `-` and `_`. */
  readonly name: string;
  /** Which instance: `r1`. */
  readonly id: string;
  /** Semantic: `0.1.0`. */
  readonly version: string;
  readonly description: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly endpoints: readonly { readonly name: string; readonly subject: string }[];
}

/** What one endpoint has done since the start. */
export interface EndpointStatistics {
  readonly requests: number;
  readonly errors: number;
  readonly lastError?: string;
  readonly processingMs: number;
  /** Anything else worth showing, as JSON. */
  readonly data?: unknown;
}

export interface Registration {
  close(): Promise<void>;
}

const TYPE = 'io.nats.micro.v1';
const NAME = /^[A-Za-z0-9_-]+$/;
const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/**
 * Registers on a connection of its own, whose user may hear `$SRV.>` and answer `_INBOX.>`, and nothing else: a reply
 * goes where the asker says, which must never be with a replica's rights. `statistics` is asked per endpoint name.
 */
export async function registerService(
  connection: ConnectOptions,
  service: ServiceDescription,
  statistics: (endpoint: string) => EndpointStatistics,
): Promise<Registration> {
  requireDescription(service);
  const answers = new Answers(service, statistics, new Date().toISOString());
  const connected = await connectAs(connection);
  connected.subscribe('$SRV.>', (message) => reply(connected, message, answers));
  return { close: () => connected.close() };
}

function reply(connection: Connection, message: Msg, answers: Answers): void {
  if (!message.reply?.startsWith('_INBOX.')) return;
  const answer = answers.to(message.subject);
  if (answer !== undefined) connection.publish(message.reply, Buffer.from(JSON.stringify(answer)));
}

class Answers {
  constructor(
    private readonly service: ServiceDescription,
    private readonly statistics: (endpoint: string) => EndpointStatistics,
    private readonly started: string,
  ) {}

  /** `$SRV.<verb>`, `$SRV.<verb>.<name>` or `$SRV.<verb>.<name>.<id>`; undefined when another one is meant. */
  to(subject: string): object | undefined {
    const [, verb, name, id, tooMuch] = subject.split('.', 5);
    const { service } = this;
    if (tooMuch !== undefined || (name ?? service.name) !== service.name || (id ?? service.id) !== service.id)
      return undefined;
    if (verb === 'PING') return this.head('ping');
    if (verb === 'INFO') return { ...this.head('info'), description: service.description, endpoints: this.endpoints() };
    if (verb === 'STATS') return { ...this.head('stats'), started: this.started, endpoints: this.endpointStatistics() };
    return undefined;
  }

  private head(answer: string): object {
    const { name, id, version, metadata } = this.service;
    return { type: `${TYPE}.${answer}_response`, name, id, version, metadata: metadata ?? {} };
  }

  /** Queue groups are named as the protocol demands, though we use none: a queue would split a replica's post. */
  private endpoints(): object[] {
    return this.service.endpoints.map(({ name, subject }) => ({ name, subject, queue_group: '', metadata: {} }));
  }

  private endpointStatistics(): object[] {
    return this.service.endpoints.map(({ name, subject }) => {
      const { requests, errors, lastError, processingMs, data } = this.statistics(name);
      return {
        name,
        subject,
        queue_group: '',
        num_requests: requests,
        num_errors: errors,
        last_error: lastError ?? '',
        processing_time: nanoseconds(processingMs),
        average_processing_time: requests === 0 ? 0 : nanoseconds(processingMs / requests),
        ...(data === undefined ? {} : { data }),
      };
    });
  }
}

function nanoseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1e6);
}

function requireDescription({ name, id, version }: ServiceDescription): void {
  if (!NAME.test(name)) throw new Error(`service name "${name}" may hold only letters, digits, "-" and "_"`);
  if (!NAME.test(id)) throw new Error(`service id "${id}" may hold only letters, digits, "-" and "_"`);
  if (!VERSION.test(version)) throw new Error(`service version "${version}" is not of the form 1.2.3`);
}

import { trace } from '@opentelemetry/api';
import type { SpanContext } from '@opentelemetry/api';
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { toStandardOutput } from './log-output.js';

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Values of users and secrets, wherever a caller put them. */
const redacted = ['password', 'secret', 'seed', 'token', 'authorization', 'cookie', 'value', 'payload', 'bytes'];

export interface LogOptions {
  /** `raft-r1` */
  readonly service: string;
  /** SYNOD_LOG_LEVEL is looked up here. */
  readonly environment: NodeJS.ProcessEnv;
  /** Standard output unless a test brings its own. */
  readonly destination?: DestinationStream;
}

/**
 * JSON lines on standard output; people pipe them through a pretty printer. `logger.level` may be set at run time. Each
 * line carries trace_id and span_id of the active span, if there is one. Throws on an unknown SYNOD_LOG_LEVEL.
 */
export function createLogger({ service, environment, destination }: LogOptions): Logger {
  const options = {
    level: parseLevel(environment['SYNOD_LOG_LEVEL'] || 'info'),
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: () => traceFields(trace.getActiveSpan()?.spanContext()),
    redact: { paths: redacted.flatMap((name) => [name, `*.${name}`]), censor: '(redacted)' },
  };
  return pino(options, destination ?? toStandardOutput());
}

/** For lines about something that has a span but runs outside of it. */
export function traceFields(context: SpanContext | undefined): {
  readonly trace_id?: string;
  readonly span_id?: string;
} {
  return context ? { trace_id: context.traceId, span_id: context.spanId } : {};
}

export function parseLevel(text: string): LogLevel {
  if ((logLevels as readonly string[]).includes(text)) return text as LogLevel;
  throw new Error(`SYNOD_LOG_LEVEL=${JSON.stringify(text)}: must be one of ${logLevels.join(', ')}`);
}

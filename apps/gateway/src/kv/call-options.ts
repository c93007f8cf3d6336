import type { KeyValueGroup, ReadOptions, Source, WriteOptions } from '@synod/client';
import { eraHeader, eraHeaderFragments } from '../era.js';
import type { Fragment, GatewayRequest } from '../http/operation.js';
import { Problem } from '../http/problem.js';
import { acceptsCertificate } from './certificate.js';

const timeout = { default: 5000, most: 60_000 };
const oldest = 86_400_000;

export const timeoutParameter = {
  timeout_ms: {
    type: 'integer',
    minimum: 1,
    maximum: timeout.most,
    default: timeout.default,
    description:
      'How long to wait for the group, in milliseconds. For a write, its end means an unknown outcome (504).',
  },
} as const satisfies Readonly<Record<string, Fragment>>;

export const readParameters = {
  consistency: {
    type: 'string',
    enum: ['linearizable', 'stale'],
    default: 'linearizable',
    description:
      'linearizable: the answer contains every write that was answered before this request began. ' +
      'stale: what the next best replica has; `Synod-Index` and `Synod-Age-Ms` tell how old it is.',
  },
  max_age_ms: {
    type: 'integer',
    minimum: 0,
    maximum: oldest,
    description:
      'Only with consistency=stale: the highest age, in milliseconds, that the answer may tell of itself (`Synod-Age-Ms`).',
  },
  ...timeoutParameter,
} as const satisfies Readonly<Record<string, Fragment>>;

export function readOptions({ query, context, headers }: GatewayRequest): ReadOptions {
  const level = query.oneOf('consistency', ['linearizable', 'stale']) ?? 'linearizable';
  const maxAgeMs = query.wholeNumber('max_age_ms', 0, oldest);
  if (maxAgeMs !== undefined && level !== 'stale') {
    throw new Problem('invalid-parameter', '"max_age_ms" bounds stale reads; add consistency=stale');
  }
  const alone = acceptsCertificate(headers);
  return { level, timeoutMs: timeoutOf(query), ...context, alone, ...(maxAgeMs !== undefined && { maxAgeMs }) };
}

/** What comes back as its certificate travels alone: nobody is shown what others asked in the same turn. */
export function writeOptions({ query, context, headers }: GatewayRequest): WriteOptions {
  return { timeoutMs: timeoutOf(query), ...context, alone: acceptsCertificate(headers) };
}

export function timeoutOf(query: GatewayRequest['query']): number {
  return query.wholeNumber('timeout_ms', 1, timeout.most) ?? timeout.default;
}

/** Where an answer comes from. */
export function sourceHeaders(group: KeyValueGroup, source: Source): Readonly<Record<string, string>> {
  const { replica, index, ageMs } = source;
  return {
    'synod-replica': replica,
    'synod-index': String(index),
    ...eraHeader(group, source),
    'synod-age-ms': String(ageMs),
  };
}

export const sourceHeaderFragments = {
  'Synod-Replica': { description: 'The replica that answered.', schema: { type: 'string' } },
  'Synod-Index': {
    description: 'Log position of the write, or of the state that was read.',
    schema: { type: 'integer' },
  },
  ...eraHeaderFragments,
  'Synod-Age-Ms': {
    description:
      'Of stale reads: so many milliseconds before it answered, the state that was read held all that any client had been answered. Otherwise 0.',
    schema: { type: 'integer' },
  },
} as const;

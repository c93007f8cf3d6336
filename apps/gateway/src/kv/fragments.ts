import { eraProperties } from '../era.js';
import type { Fragment } from '../http/operation.js';
import { httpLimits } from '../http/limits.js';
import { sourceHeaderFragments } from './call-options.js';
import { certificateContent } from './certificate.js';
import { mostItems } from './read.js';
import { mostParts } from './transaction.js';

const ref = (name: string): Fragment => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Fragment): Fragment => ({ 'application/json': { schema } });
const proven = (schema: Fragment): Fragment => ({ ...json(schema), ...certificateContent });
const bytes = { 'application/octet-stream': {} };
const whole = { type: 'integer', minimum: 0 };
const etag = {
  description: "The key's revision in quotes; for If-Match and If-None-Match.",
  schema: { type: 'string' },
};
const replayed = {
  'Synod-Replayed': {
    description: '`true`: the answer to an earlier request with this Idempotency-Key.',
    schema: { type: 'string' },
  },
};

export const preconditionHeaders: Readonly<Record<string, Fragment>> = {
  'If-Match': {
    schema: { type: 'string' },
    description: 'Only if the key has this revision: an ETag, quotes included. `*`: only if the key is there.',
    example: '"7"',
  },
  'If-None-Match': {
    schema: { type: 'string' },
    description: 'Only if the key does not have this revision. `*`: only if the key is not there.',
    example: '*',
  },
};

export const idempotencyHeader: Readonly<Record<string, Fragment>> = {
  'Idempotency-Key': {
    schema: { type: 'string', maxLength: 257 },
    description:
      'However often the request comes with this key, it is executed once, and each time answered alike; while the ' +
      'first is under way, the others wait for its answer. Send the same request again after a 504 of the ' +
      'type /problems/unknown-outcome. In each group the gateway remembers of each token (without tokens: of all who ask, together) the last 10,000 keys and 16 MiB of ' +
      'answers for at most 24 hours; of all tokens together 64 MiB, beyond which the one with most loses its oldest. Writes of ' +
      'unknown outcome are remembered for ten minutes at least. A token has places for 256 writes, 32 in each of eight ' +
      'sessions, from the oldest of a session on that is under way or of unknown outcome. When there is none left, the ' +
      'unknown one that nobody has sent again for longest, and not for 30 seconds, gives up its own; otherwise a new ' +
      'write is answered 429. A request with the key of one that was given up is not executed, but told by a 504 of the ' +
      'type /problems/lost-outcome: it cannot be found out any more. All this is in memory: after a restart of the gateway ' +
      'a key counts as new. What must hold even then needs If-Match.',
    example: '"8e03978e-40d5-43e8-bc93-6894a57f9324"',
  },
};

export const rangeParameters: Readonly<Record<string, Fragment>> = {
  prefix: { type: 'string', description: 'Keys that begin with it, percent-encoded; `+` is a plus. Default: all.' },
  after: { type: 'string', description: 'Keys after this one, percent-encoded: where the page before ended.' },
  limit: { type: 'integer', minimum: 1, maximum: mostItems, default: mostItems },
  keys_only: { type: 'boolean', default: false, description: 'Without values.' },
};

export const valueAnswer: Fragment = {
  description: 'The value.',
  headers: {
    ETag: etag,
    'Synod-Created': { description: 'Log position of the change that made the key.', schema: whole },
    'Synod-Version': { description: 'Changes since then, that one included.', schema: whole },
    ...sourceHeaderFragments,
  },
  content: { ...bytes, ...certificateContent },
};

export const notModifiedAnswer: Fragment = {
  description: 'The key still has a revision that If-None-Match names.',
  headers: { ETag: etag, ...sourceHeaderFragments },
};

export const valueBody: Fragment = {
  required: true,
  description: `Any bytes, at most ${httpLimits.valueBytes}; Content-Type is neither needed nor kept.`,
  content: bytes,
};

export function writtenAnswer(description: string): Fragment {
  return {
    description,
    headers: { ETag: etag, ...replayed, ...sourceHeaderFragments },
    content: proven(ref('Written')),
  };
}

export const rangeAnswer: Fragment = {
  description: 'A page. `next`, when there is more, is the query of the next one.',
  headers: sourceHeaderFragments,
  content: proven(ref('Range')),
};

export const transactionBody: Fragment = {
  required: true,
  description: `At most ${httpLimits.transactionBytes} bytes of JSON, and 130,000 bytes of keys and values.`,
  content: json(ref('Transaction')),
};

export const transactionAnswer: Fragment = {
  description: 'Executed. `succeeded`: the conditions held; `results` are those of the steps that were executed.',
  headers: { ...replayed, ...sourceHeaderFragments },
  content: proven(ref('TransactionResult')),
};

const place = { index: whole, ...eraProperties, replica: { type: 'string' } };
const object = (properties: Fragment, required: readonly string[]): Fragment => ({
  type: 'object',
  properties,
  required,
});
const list = (items: Fragment, maxItems?: number): Fragment => ({
  type: 'array',
  items,
  ...(maxItems && { maxItems }),
});
const step: Fragment = {
  oneOf: [
    object({ put: object({ key: ref('Input'), value: ref('Input') }, ['key', 'value']) }, ['put']),
    object({ delete: object({ key: ref('Input') }, ['key']) }, ['delete']),
    object({ get: object({ key: ref('Input') }, ['key']) }, ['get']),
  ],
};
const entryFields = { key: ref('Bytes'), value: ref('Bytes'), revision: whole, created: whole, version: whole };
const entry = object(entryFields, ['key', 'revision', 'created', 'version']);

export const keyValueSchemas: Readonly<Record<string, Fragment>> = {
  Bytes: {
    ...object({ base64: { type: 'string' }, text: { type: 'string' } }, ['base64']),
    description: '`text` is there when the bytes are UTF-8.',
  },
  Input: {
    description: 'Text, or bytes as base64. What an answer gave may be sent back as it is.',
    oneOf: [
      { type: 'string' },
      { ...object({ base64: { type: 'string' } }, ['base64']) },
      { ...object({ text: { type: 'string' } }, ['text']), not: { required: ['base64'] } },
    ],
  },
  Written: object({ revision: whole, existed: { type: 'boolean' }, ...place }, [
    'revision',
    'existed',
    'index',
    'replica',
  ]),
  Entry: entry,
  Range: object({ entries: list(ref('Entry')), more: { type: 'boolean' }, next: { type: 'string' } }, [
    'entries',
    'more',
  ]),
  Transaction: {
    ...object(
      {
        conditions: list(ref('Condition'), mostParts),
        success: list(step, mostParts),
        failure: list(step, mostParts),
      },
      [],
    ),
    additionalProperties: false,
  },
  Condition: {
    ...object(
      {
        key: ref('Input'),
        is: { type: 'string', enum: ['equal', 'notEqual', 'greater', 'less'] },
        revision: { ...whole, description: '0: there is no such key.' },
        value: ref('Input'),
      },
      ['key', 'is'],
    ),
    oneOf: [{ required: ['revision'] }, { required: ['value'] }],
  },
  TransactionResult: object(
    {
      succeeded: { type: 'boolean' },
      results: list({
        oneOf: [
          object({ kind: { const: 'written' }, revision: whole, existed: { type: 'boolean' } }, ['kind', 'revision']),
          object({ kind: { const: 'got' }, entry: { oneOf: [ref('Entry'), { type: 'null' }] } }, ['kind', 'entry']),
        ],
      }),
      ...place,
    },
    ['succeeded', 'results', 'index', 'replica'],
  ),
};

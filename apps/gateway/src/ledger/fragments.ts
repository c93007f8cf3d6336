import { eraProperties } from '../era.js';
import type { Fragment } from '../http/operation.js';
import { httpLimits } from '../http/limits.js';
import { sourceHeaderFragments } from '../kv/call-options.js';
import { certificateContent } from '../kv/certificate.js';

const ref = (name: string): Fragment => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Fragment): Fragment => ({ 'application/json': { schema } });
const whole = { type: 'integer', minimum: 0 };
const time = { ...whole, description: 'Milliseconds since 1970.' };
const hash = { type: 'string', pattern: '^[0-9a-f]{64}$' };
const base64 = { type: 'string', contentEncoding: 'base64' };
const text = { type: 'string' };

const object = (properties: Fragment): Fragment => ({ type: 'object', properties, required: Object.keys(properties) });
const answer = (description: string, name: string, headers: Fragment = {}): Fragment => ({
  description,
  headers: { ...headers, ...sourceHeaderFragments },
  content: { ...json(ref(name)), ...certificateContent },
});

/** Blocks of a page. */
export const mostBlocks = 100;

export const blocksParameters = {
  from: { type: 'integer', minimum: 1, default: 1, description: 'The height of the first one.' },
  limit: { type: 'integer', minimum: 1, maximum: mostBlocks, default: mostBlocks },
  headers_only: { type: 'boolean', default: false, description: 'Without transactions.' },
} as const satisfies Readonly<Record<string, Fragment>>;

export const cutAfterParameter = {
  cut_after_ms: {
    type: 'integer',
    minimum: 0,
    maximum: 60_000,
    default: 1000,
    description: 'After so many milliseconds the gateway closes the block, unless it has ten transactions by then.',
  },
} as const satisfies Readonly<Record<string, Fragment>>;

export const submitBody: Fragment = {
  required: true,
  description: `Any bytes, 1 to ${httpLimits.ledgerTransactionBytes}; Content-Type is neither needed nor kept.`,
  content: { 'application/octet-stream': {} },
};

export const submittedAnswer = answer('On the disks of a majority, at a place that is final.', 'LedgerPlace', {
  Location: { description: 'Where it is found once its block is closed.', schema: text },
  'Synod-Replayed': {
    description: '`true`: the answer to an earlier request with this Idempotency-Key.',
    schema: text,
  },
});
export const headAnswer = answer('`head` is missing as long as there is no closed block.', 'LedgerHead');
export const blocksAnswer = answer('A page. `next`, when there is more, is the query of the next one.', 'LedgerBlocks');
export const blockAnswer = answer('The same for ever, and for everybody.', 'LedgerBlock');
export const provenAnswer = answer(
  'The transaction, and the proof that it stands in the block with this hash (RFC 9162 §2.1.3). Its certificate is of the block.',
  'ProvenTransaction',
);

const header = {
  height: { ...whole, minimum: 1 },
  hash: { ...hash, description: 'SHA-256 of the header; ledger.proto says how it is written.' },
  previous: { ...hash, description: 'Hash of the block before; of the first one zeros.' },
  root: { ...hash, description: 'Of the Merkle tree over the transactions.' },
  time: { ...time, description: 'Milliseconds since 1970, agreed from what the authors said; never goes back.' },
  proposer: { ...text, description: 'The NATS user who closed the block.' },
  proposerTime: time,
  count: { ...whole, minimum: 1, maximum: 10 },
};
const transaction = object({
  author: { ...text, description: 'The NATS user who submitted it: for all that comes this way, the gateway.' },
  time,
  data: ref('Bytes'),
});
const block = object({ ...header, transactions: { type: 'array', items: ref('LedgerTransaction') } });

export const ledgerSchemas: Readonly<Record<string, Fragment>> = {
  LedgerPlace: {
    type: 'object',
    properties: {
      height: whole,
      position: { ...whole, description: 'Its place in the block, from 0.' },
      closed: { type: 'boolean', description: 'The block was filled by it.' },
      ...{ index: whole, ...eraProperties, replica: text },
    },
    required: ['height', 'position', 'closed', 'index', 'replica'],
  },
  LedgerHead: {
    type: 'object',
    properties: {
      head: ref('LedgerHeader'),
      transactions: { ...whole, description: 'Of all closed blocks.' },
      pending: { ...whole, description: 'Of the block that is open.' },
    },
    required: ['transactions', 'pending'],
  },
  LedgerHeader: object(header),
  LedgerTransaction: transaction,
  LedgerBlock: {
    ...block,
    required: Object.keys(header),
    description: 'Without transactions if only headers were asked for.',
  },
  LedgerBlocks: {
    type: 'object',
    properties: { blocks: { type: 'array', items: ref('LedgerBlock') }, more: { type: 'boolean' }, next: text },
    required: ['blocks', 'more'],
  },
  ProvenTransaction: object({ block: hash, transaction: ref('LedgerTransaction'), proof: ref('LedgerProof') }),
  LedgerProof: object({
    block: object({
      ...{ height: whole, previous: hash, root: hash, time, proposerBase64: base64, proposerTime: time, count: whole },
    }),
    position: whole,
    transaction: object({ authorBase64: base64, time, dataBase64: base64 }),
    path: { type: 'array', items: hash, maxItems: 4 },
  }),
};

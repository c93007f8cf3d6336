import { eraProperties } from '../era.js';
import type { Fragment } from '../http/operation.js';
import { httpLimits } from '../http/limits.js';

const bytes = { 'application/octet-stream': {} };

const place = {
  'Synod-Replica': { description: 'The member that answered.', schema: { type: 'string' } },
  'Synod-Ballot': {
    description: 'The ballot of the round that told it, as round.proposer.',
    schema: eraProperties.ballot,
  },
};

export const registerKeyNote =
  `A key has 1 to ${httpLimits.registerKeyBytes} of A–Z a–z 0–9 . _ / -; a slash may stay one. Registers and keys of the store are` +
  ' apart. Not every protocol has registers (`/problems/no-registers`).';

export const registerBody: Fragment = {
  required: true,
  description: `Any bytes, at most ${httpLimits.registerValueBytes}.`,
  content: bytes,
};

export const decidedAnswer: Fragment = {
  description: 'The register holds these bytes, now and for ever; whether by this request or by an earlier one.',
  headers: place,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Decided' } } },
};

export const registerAnswer: Fragment = {
  description: 'What it holds, byte for byte.',
  headers: place,
  content: bytes,
};

export const registerSchemas: Readonly<Record<string, Fragment>> = {
  Decided: {
    type: 'object',
    properties: {
      value: { $ref: '#/components/schemas/Bytes' },
      ballot: eraProperties.ballot,
      replica: { type: 'string' },
    },
    required: ['value', 'ballot', 'replica'],
  },
};

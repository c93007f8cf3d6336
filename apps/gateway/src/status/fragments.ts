import type { Fragment } from '../http/operation.js';

const whole = { type: 'integer', minimum: 0 };
const text = { type: 'string' };
const texts = { type: 'array', items: text };

const object = (properties: Fragment, required: readonly string[]): Fragment => ({
  type: 'object',
  properties,
  required,
});

export const statusSchemas: Readonly<Record<string, Fragment>> = {
  Groups: object({ groups: texts }, ['groups']),
  Status: {
    ...object(
      {
        group: text,
        protocol: text,
        leader: text,
        term: whole,
        replicas: { type: 'array', items: { $ref: '#/components/schemas/Replica' } },
        diverged: texts,
        rounds: { type: 'array', items: { $ref: '#/components/schemas/Round' } },
      },
      ['group', 'term', 'replicas', 'diverged', 'rounds'],
    ),
    description: '`diverged`: replicas that applied the same entries and have different states, which is never right.',
  },
  Replica: {
    ...object(
      {
        replica: text,
        up: { type: 'boolean', description: 'It answered just now; all else is there only then.' },
        role: text,
        standing: text,
        term: whole,
        commit: whole,
        applied: whole,
        lag: { type: ['integer', 'null'], description: 'Entries that the leader has and it has not acknowledged.' },
        stateHash: text,
        uptimeMs: whole,
        version: text,
        diskStalled: { type: 'boolean' },
        cutOff: texts,
      },
      ['replica', 'up'],
    ),
  },
  Round: {
    ...object(
      {
        leader: text,
        term: whole,
        first: whole,
        last: whole,
        requests: { ...whole, description: 'Client batches; 0 for what a leader does on its own.' },
        state: text,
        startedAt: { type: 'number', description: 'Milliseconds since 1970.' },
        durationMs: { type: 'number' },
        stages: { type: 'object', additionalProperties: { type: 'number' }, description: 'Milliseconds by stage.' },
        slowestStage: text,
        completedBy: { ...text, description: 'The member whose acknowledgement completed the quorum.' },
        acknowledgedMs: { type: 'object', additionalProperties: { type: 'number' } },
        traceId: text,
      },
      ['leader', 'term', 'first', 'last', 'requests', 'state', 'startedAt', 'durationMs', 'stages', 'acknowledgedMs'],
    ),
  },
  Trace: object({ traceId: text, spans: { type: 'array', items: { type: 'object' } } }, ['traceId', 'spans']),
};

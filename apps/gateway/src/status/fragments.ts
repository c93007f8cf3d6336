import { eraProperties } from '../era.js';
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
        ...eraProperties,
        replicas: { type: 'array', items: { $ref: '#/components/schemas/Replica' } },
        diverged: texts,
        rounds: { type: 'array', items: { $ref: '#/components/schemas/Round' } },
      },
      ['group', 'replicas', 'diverged', 'rounds'],
    ),
    description:
      '`replicas`: all members, whatever their kind. `diverged`: those that applied the same entries and have different states, which is never right.',
  },
  Replica: {
    ...object(
      {
        replica: text,
        kind: { type: 'string', enum: ['replica', 'proposer', 'acceptor'] },
        up: { type: 'boolean', description: 'It answered just now; all else is there only then.' },
        role: { ...text, description: 'leader, follower, …; of an acceptor, whether its votes count.' },
        standing: text,
        ...eraProperties,
        commit: { ...whole, description: 'Of Raft.' },
        chosen: { ...whole, description: 'Of proposers: they know what is chosen through this slot.' },
        applied: whole,
        lag: {
          type: ['integer', 'null'],
          description: 'Entries that the leader has and it has not: of Raft acknowledged, of Multi-Paxos applied.',
        },
        snapshot: whole,
        stateHash: text,
        promised: { ...text, description: 'Of acceptors: no ballot below this one will be accepted.' },
        accepted: { ...whole, description: 'Of acceptors: the last slot with a value that it still holds; 0: none.' },
        trimmed: { ...whole, description: 'Of acceptors: values through this slot are chosen and gone from here.' },
        heldBytes: whole,
        disk: { ...whole, description: 'Of acceptors: 0 is that with which the group was founded.' },
        registers: { ...whole, description: 'Of acceptors: write-once registers that it knows.' },
        uptimeMs: whole,
        version: text,
        diskStalled: { type: 'boolean' },
        cutOff: texts,
      },
      ['replica', 'kind', 'up'],
    ),
  },
  Round: {
    ...object(
      {
        leader: text,
        ...eraProperties,
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
      ['leader', 'first', 'last', 'requests', 'state', 'startedAt', 'durationMs', 'stages', 'acknowledgedMs'],
    ),
  },
  Trace: object({ traceId: text, spans: { type: 'array', items: { type: 'object' } } }, ['traceId', 'spans']),
};

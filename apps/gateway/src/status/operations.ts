import { attributes as names } from '@synod/telemetry';
import type { TraceSpan } from '@synod/telemetry';
import type { Rights } from '../access/rights.js';
import type { Groups } from '../groups.js';
import { json } from '../http/operation.js';
import type { Fragment, Operation } from '../http/operation.js';
import { Problem } from '../http/problem.js';
import type { EventStreams } from './event-stream.js';
import type { Traces } from './traces.js';
import type { Watch } from './watch.js';

const content = (schema: string): Fragment => ({
  'application/json': { schema: { $ref: `#/components/schemas/${schema}` } },
});

/** What shows how the groups are. */
export function statusOperations(
  groups: Groups,
  watch: Watch,
  events: EventStreams,
  traces: Pick<Traces, 'find'>,
): readonly Operation[] {
  return [groupsOperation(groups), statusOperation(groups, watch), eventsOperation(events), traceOperation(traces)];
}

function groupsOperation(groups: Groups): Operation {
  return {
    method: 'GET',
    path: '/v1/groups',
    id: 'listGroups',
    summary: 'The groups that this gateway serves',
    answers: { 200: { description: 'Their names.', content: content('Groups') } },
    problems: [],
    needs: 'status',
    traced: false,
    handle: ({ rights }) => json(200, { groups: groups.names.filter((name) => rights.has(name)) }),
  };
}

function statusOperation(groups: Groups, watch: Watch): Operation {
  return {
    method: 'GET',
    path: '/v1/groups/{group}/status',
    id: 'getStatus',
    summary: 'Each member: role, how far it is, state hash; and the last rounds',
    answers: { 200: { description: 'What the replicas say just now.', content: content('Status') } },
    problems: ['unknown-group', 'unavailable'],
    needs: 'status',
    traced: false,
    handle: async (request) => {
      const name = groups.nameIn(request);
      const sight = await watch.look(name);
      if (sight.replicas.some(({ up }) => up)) return json(200, sight);
      throw Problem.retryable('unavailable', `no replica of group ${name} answers. Is it running?`, 1000);
    },
  };
}

function eventsOperation(events: EventStreams): Operation {
  return {
    method: 'GET',
    path: '/v1/events',
    id: 'watchGroups',
    summary: 'The status of all groups, again and again, as server-sent events',
    description: 'Each event `groups` carries a list of the Status of every group.',
    answers: { 200: { description: 'It does not end.', content: { 'text/event-stream': {} } } },
    problems: [],
    needs: 'status',
    traced: false,
    handle: ({ rightsNow }) => events.answer(rightsNow),
  };
}

function isVisible({ attributes }: TraceSpan, rights: Rights): boolean {
  const group = attributes[names.group];
  return group === undefined || rights.has(String(group));
}

function traceOperation(traces: Pick<Traces, 'find'>): Operation {
  return {
    method: 'GET',
    path: '/v1/traces/{trace}',
    id: 'getTrace',
    summary: 'The spans of one trace, from the trace store that the gateway knows',
    answers: { 200: { description: 'Its spans.', content: content('Trace') } },
    problems: ['trace-not-found', 'unavailable'],
    needs: 'status',
    traced: false,
    handle: async ({ parts, rights }) => {
      const traceId = parts['trace']!;
      if (!/^[0-9a-f]{32}$/.test(traceId)) {
        throw new Problem('trace-not-found', 'a trace id is 32 digits of 0-9 and a-f');
      }
      const spans = await traces.find(traceId);
      if (spans.every((span) => isVisible(span, rights))) return json(200, { traceId, spans });
      throw new Problem('trace-not-found', `trace ${traceId} is of a group that ${rights.name} may not see`);
    },
  };
}

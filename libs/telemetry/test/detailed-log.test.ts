import type { TraceContext } from '@synod/actor-host';
import { PinoEventLog, createLogger } from '../src/index.js';
import { Replica, contextOf, vocabulary } from './support/replicas.js';

// What a member writes of its rounds, one by one, when its log is to be detailed.

const written: Record<string, unknown>[] = [];
const destination = { write: (line: string) => void written.push(JSON.parse(line) as Record<string, unknown>) };
const started: Replica[] = [];

afterEach(async () => {
  for (const replica of started.splice(0)) await replica.close();
});

function start(level: string): [leader: Replica, follower: Replica] {
  written.length = 0;
  const logger = createLogger({ service: 'raft-r1', environment: { SYNOD_LOG_LEVEL: level }, destination });
  const log = new PinoEventLog(logger, vocabulary);
  started.push(new Replica('r1', { log }), new Replica('r3', { log }));
  return [started[0]!, started[1]!];
}

const proposal = { part: 'proposal', era: 2, first: 7, last: 7, rounds: 1, followers: ['r2', 'r3'] } as const;

/** The leader closes a batch of one; returns what its headers carry. */
function propose(leader: Replica, context?: TraceContext): TraceContext | undefined {
  const request = leader.receive('gateway', 'request', undefined, context, 1000);
  leader.event({ part: 'opened', era: 2, first: 7, last: 7, requests: [{ request }] }, 1001);
  return leader.send('all', 'append-entries', proposal, 1002);
}

function wholeRound(leader: Replica, follower: Replica, context: TraceContext): void {
  follower.receive('r1', 'append-entries', proposal, propose(leader, context), 1003);
  leader.event({ part: 'counted', era: 2, last: 7, by: 'r3' }, 1009);
  leader.event({ part: 'decided', era: 2, last: 7, completedBy: 'r3' }, 1009);
  leader.send('gateway', 'reply.c1', { part: 'reply', last: 7 }, 1010);
  leader.event({ part: 'applied', last: 7 }, 1009);
  follower.event({ part: 'applied', last: 7 }, 1012);
}

test('each round has a line, with what took how long and its trace: of who leads, and of who follows', () => {
  const [leader, follower] = start('debug');
  const client = contextOf('a');
  wholeRound(leader, follower, client);
  follower.event({ part: 'applied', last: 8 }, 1013);
  const trace_id = client.traceparent.split('-')[1];
  const round = { era: 2, first: 7, last: 7, requests: 1, state: 'done', completed_by: 'r3', total_ms: 9, trace_id };
  expect(written).toMatchObject([
    { level: 'debug', event: 'round', publish_ms: 1, quorum_ms: 7, apply_ms: 1, ...round },
    { level: 'debug', event: 'applied', last: 7, trace_id, msg: 'executed through position 7' },
    { level: 'debug', event: 'applied', last: 8 },
  ]);
  expect(written[2]).not.toHaveProperty('trace_id');
});

test('so has one that is given up', () => {
  const [leader] = start('debug');
  propose(leader);
  leader.event({ part: 'follows', era: 3, leader: undefined, why: 'higher term' }, 1100);
  expect(written).toMatchObject([{ event: 'round', first: 7, state: 'failed', total_ms: 99 }]);
});

test('at info there is none of all these', () => {
  const [leader, follower] = start('info');
  wholeRound(leader, follower, contextOf('a'));
  expect(written).toEqual([]);
});

test('what an election or a transfer says is told with its own trace, and anything else with none', async () => {
  written.length = 0;
  const logger = createLogger({ service: 'raft-r1', environment: {}, destination });
  const describing = { ...vocabulary, describe: () => ({ level: 'info' as const, text: 'so it is' }) };
  const replica = new Replica('r1', { log: new PinoEventLog(logger, describing) });
  started.push(replica);
  replica.receive('r2', 'append-entries', proposal, contextOf('a'), 1000);
  replica.event({ part: 'campaigned', era: 3, phase: 'vote', raises: true, why: 'leaderSilent' }, 1001);
  replica.event({ part: 'elected', era: 3, completedBy: 'r2' }, 1002);
  replica.event({ part: 'follows', era: 4, leader: 'r2', why: 'higher term' }, 1003);
  replica.event({ part: 'fetching', source: 'r2', first: 8, last: 9, why: 'behind' }, 1004);
  replica.event({ part: 'fetched', last: 9 }, 1005);
  replica.observer.event({ kind: 'snapshotTaken' }, 1006);
  const spans = await replica.spans();
  const traceOf = (name: string) => spans.find((span) => span.name === name)!.spanContext().traceId;
  const [election, transfer] = [traceOf('raft.election'), traceOf('raft.state_transfer')];
  expect(written.map(({ event, trace_id }) => ({ event, trace_id }))).toEqual([
    { event: 'campaigned', trace_id: election },
    { event: 'elected', trace_id: election },
    { event: 'follows', trace_id: election },
    { event: 'fetching', trace_id: transfer },
    { event: 'fetched', trace_id: transfer },
    { event: 'snapshotTaken', trace_id: undefined },
  ]);
});

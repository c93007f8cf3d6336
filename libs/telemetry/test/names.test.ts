import { attributes, spanEvents, spanNames, subjectTemplate } from '../src/index.js';

test('names of spans, events and attributes are an interface: dashboards and queries are built on them', () => {
  const template = subjectTemplate('append-entries');
  const { publish, process, await: waiting, phase, stateTransfer, ...fixed } = spanNames;
  const made = [publish(template), process(template), waiting('r2'), phase('prepare'), stateTransfer('raft')];
  expect([...Object.values(fixed), ...made]).toEqual([
    'journal.sync',
    'apply',
    'reply',
    'consensus',
    'preempted',
    'rival',
    'publish synod.{cluster}.{group}.{from}.{to}.append-entries',
    'process synod.{cluster}.{group}.{from}.{to}.append-entries',
    'await r2',
    'prepare',
    'raft.state_transfer',
  ]);
  expect(Object.values(spanEvents)).toEqual([
    'quorum',
    'retransmission',
    'vote',
    'phase',
    'timeout',
    'preempted',
    'rival',
    'applied',
    'source',
    'snapshot',
    'source failed',
    'installed',
  ]);
  const { era, ...plain } = attributes;
  expect([...Object.values(plain), ...Object.values(era)]).toEqual([
    'synod.app',
    'synod.group',
    'synod.protocol',
    'synod.role',
    'synod.index.first',
    'synod.index.last',
    'synod.batch.size',
    'synod.quorum.completed_by',
    'synod.slowest_stage',
    'synod.outcome',
    'synod.cause',
    'synod.link',
    'synod.source',
    'synod.snapshot.bytes',
    'synod.phase',
    'synod.granted',
    'synod.peer',
    'synod.rival',
    'synod.rival.era',
    'synod.afterwards',
    'messaging.system.name',
    'messaging.operation.type',
    'messaging.operation.name',
    'messaging.destination.template',
    'service.name',
    'service.namespace',
    'service.version',
    'synod.term',
    'synod.ballot',
    'synod.view',
  ]);
});

import { expect, test } from '@jest/globals';
import { PaxosAcceptor, ballot, defaultAcceptorLimits } from '../src/index.js';
import { Group } from './group.js';

const electionTimeout = { minMs: 150, maxMs: 300 };
const limits = { ...defaultAcceptorLimits, recentBytes: 0 };

test('what cannot be read from the journal is not told to be nothing', () => {
  const group = new Group();
  group.run(3000);
  group.ask(group.leader!, 'x', 1);
  group.run(5);
  group.ask(group.leader!, 'y', 2); // the youngest vote is at hand
  group.run(5);
  const { acceptors, proposers, now } = group;
  const common = { self: 'a1', acceptors, proposers, everyone: 'replicas', electionTimeout, limits };
  const acceptor = new PaxosAcceptor({ ...common, phase1: undefined, phase2: undefined });
  for (const record of group.node('a1').records) acceptor.step({ kind: 'recover', record, at: now });
  acceptor.step({ kind: 'recovered', tail: 'clean', empty: false, incarnation: 1, at: now });
  const { clusterId } = acceptor.inspect();
  const prepare = { kind: 'prepare', ballot: ballot(900, 0), from: 1, clusterId } as const;
  const asked = [...acceptor.step({ kind: 'receive', from: 'p1', message: prepare, at: now })];
  const read = asked.find((effect) => effect.kind === 'readLog')!;
  expect(read).toBeDefined();
  const said = acceptor.step({ kind: 'logRead', id: read.id, batches: [], at: now });
  expect([...said]).toEqual([]);
});

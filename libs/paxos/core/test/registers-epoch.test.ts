import { expect, test } from '@jest/globals';
import { PaxosAcceptor, defaultAcceptorLimits } from '../src/index.js';
import type { Message, Record } from '../src/index.js';
import { Group } from './group.js';

/** Acceptors a1 a2 a3 become a2 a3 a10. */
function change(group: Group): void {
  group.reconfigure(group.leader!, { sequence: 3, version: 1, add: ['a10'], remove: ['a1'] });
  group.run(3000);
}

/** a2 is started again with what is on its disk; and what it writes at once. */
function again(group: Group, records: readonly Record[], cutAfterBytes: number) {
  const common = { self: 'a2', acceptors: ['a1', 'a2', 'a3'], proposers: group.proposers, everyone: 'replicas' };
  const limits = { ...defaultAcceptorLimits, cutAfterBytes };
  const electionTimeout = { minMs: 150, maxMs: 300 };
  const acceptor = new PaxosAcceptor({ ...common, electionTimeout, limits, phase1: undefined, phase2: undefined });
  for (const record of records) acceptor.step({ kind: 'recover', record, at: 0 });
  const effects = acceptor.step({ kind: 'recovered', tail: 'clean', empty: false, incarnation: 5000, at: 0 });
  const written = [...effects].flatMap((effect) => (effect.kind === 'persist' ? [effect.record] : []));
  return { acceptor, written };
}

test('what is repeated when the journal is cut has the epoch of the registers', () => {
  const group = new Group({ acceptors: ['a1', 'a2', 'a3', 'a10'] });
  group.run(3000);
  change(group);
  const { acceptor, written } = again(group, group.node('a2').records, 1);
  expect(acceptor.inspect()['registersEpoch']).toBe(2);
  const mark = written.filter(({ kind }) => kind === 'acceptorMark');
  expect(mark).toHaveLength(1);
  expect(again(group, mark, 1e9).acceptor.inspect()['registersEpoch']).toBe(2);
});

test('what an acceptor has in registers leaves when it is on disk that the old epoch is over', () => {
  const group = new Group({ acceptors: ['a1', 'a2', 'a3', 'a10'] });
  group.run(3000);
  let freeze: Extract<Message, { kind: 'freezeRegisters' }> | undefined;
  let sender = '';
  group.passes = (from, _to, message) => {
    if (message.kind === 'freezeRegisters') [freeze, sender] = [message, from];
    return message.kind !== 'freezeRegisters';
  };
  change(group);
  const { acceptor } = again(group, group.node('a2').records, 1e9);
  const effects = [...acceptor.step({ kind: 'receive', from: sender, message: freeze!, at: 1 })];
  const written = effects.find((effect) => effect.kind === 'persist');
  const page = effects.find((effect) => effect.kind === 'send' && effect.message.kind === 'registersPage');
  expect(written).toMatchObject({ record: { kind: 'acceptorState', registersEpoch: 2 } });
  expect(page).toMatchObject({ after: (written as { token: number }).token });
});

import type { AcceptorSet, Event } from '@synod/paxos-core';
import { ballot } from '@synod/paxos-core';
import { paxosRounds } from '@synod/paxos-wire';

const third = ballot(3, 1);
const acceptors = ['a1', 'a2', 'a3'].map((address) => ({ address, disk: 0 }));
const set: AcceptorSet = { version: 2, acceptors, phase1: 2, phase2: 2 };
const snapshot = { index: 7, era: 0 };
const line = (event: Event) => {
  const described = paxosRounds.describe(event);
  return described && `${described.level}: ${described.text}`;
};

test('names of spans are an interface: dashboards and queries are built on them', () => {
  const { protocol, roundSpan, electionSpan, instanceSpan } = paxosRounds;
  expect([protocol, roundSpan, electionSpan, instanceSpan]).toEqual([
    ...['paxos', 'paxos.round', 'paxos.phase1', 'paxos.register'],
  ]);
  expect(paxosRounds.eraName!(third)).toBe('3.1');
});

test('a round is known by its ballot and slots, in messages and events alike', () => {
  const vote = {
    ballot: third,
    disk: 0,
    round: 0,
    first: 8,
    last: 9,
    heldBytes: 0,
    registersEpoch: 1,
    echo: 0,
    clusterId: 4,
  };
  expect(paxosRounds.roundOf({ kind: 'accepted', ...vote })).toMatchObject({ era: third, last: 9, accepted: true });
  const chosen = { ballot: third, first: 8, last: 9, completedBy: 'a2' };
  expect(paxosRounds.roundOf({ kind: 'valueChosen', ...chosen })).toMatchObject({ part: 'decided', era: third });
});

test('people read who leads, what became of commands, who the acceptors are', () => {
  const events: Event[] = [
    { kind: 'becameFollower', ballot: third, leader: undefined, why: 'started' },
    { kind: 'becameFollower', ballot: third, leader: 'p2', why: 'heardLeader' },
    {
      kind: 'becameFollower',
      ballot: third,
      leader: undefined,
      why: 'preempted',
      by: { proposer: 'p2', ballot: third },
    },
    { kind: 'canvassing', ballot: third, why: 'leaderSilent' },
    { kind: 'preparing', ballot: third, from: 8, why: 'leaderSilent' },
    { kind: 'preparing', ballot: third, from: 8, why: 'handover' },
    { kind: 'becameLeader', ballot: third, completedBy: 'a2' },
    { kind: 'adopted', ballot: third, first: 8, last: 12, noOps: 3 },
    { kind: 'lostSlot', slot: 9, again: true },
    { kind: 'lostSlot', slot: 9, again: false },
    { kind: 'handingOver', ballot: third, to: 'p3' },
    { kind: 'founded', clusterId: 4, founding: set },
    { kind: 'outlived', by: 5 },
    { kind: 'reconfigured', set, from: 1030 },
    { kind: 'registersMoved', set },
    { kind: 'catchingUp', from: 'p2', slot: 8, through: 90, why: 'missedValues' },
    { kind: 'snapshotTaken', snapshot, sizeBytes: 100 },
    { kind: 'snapshotFetching', snapshot, from: 'p2', slot: 8, why: 'behindSnapshot' },
    { kind: 'snapshotGivenUp', from: 'p2', why: 'silent' },
    { kind: 'snapshotInstalled', snapshot, sizeBytes: 100 },
    { kind: 'caughtUp', slot: 90 },
    { kind: 'standing', standing: 'active', clusterId: 4, disk: 0 },
    { kind: 'standing', standing: 'lost', clusterId: 0, disk: 0 },
    { kind: 'promiseGiven', ballot: third, proposer: 'p2' },
    { kind: 'refused', phase: 'prepare', ballot: third, promised: ballot(4, 0) },
  ];
  expect(events.map(line)).toEqual([
    'info: follows nobody yet in ballot 3.1 (started)',
    'info: follows p2 in ballot 3.1 (heardLeader)',
    'info: follows nobody yet in ballot 3.1 (preempted by p2 in ballot 3.1)',
    'info: asks whether ballot 3.1 would be promised (leaderSilent)',
    'info: prepares ballot 3.1 from slot 8 on (leaderSilent)',
    'info: prepares ballot 3.1 from slot 8 on (handover)',
    'info: leads in ballot 3.1; the quorum was completed by a2',
    'info: proposes slots 8 to 12 again, 3 of them held nothing',
    'info: a command lost slot 9 to another value; it is proposed again',
    'info: a command lost slot 9 to another value; its client is told',
    'info: hands leadership of ballot 3.1 over to p3',
    'info: is in cluster 4, founded by a1 a2 a3, quorums of 2 and 2',
    'warn: its acceptors are of another group, cluster 5: it serves nobody',
    'info: from slot 1030 on the acceptors are a1 a2 a3, quorums of 2 and 2',
    'info: the registers are now at a1 a2 a3, quorums of 2 and 2',
    'debug: asks p2 what was chosen in slots 8 to 90 (missedValues)',
    'info: took a snapshot at slot 7, 100 bytes',
    'info: fetches the snapshot at slot 7 from p2 (behindSnapshot)',
    'warn: p2 does not serve as a source of a snapshot (silent)',
    'info: installed the snapshot at slot 7',
    'debug: has caught up through slot 90',
    'info: is active in cluster 4, disk 0',
    'warn: lost its state: it joins with a new disk, and never helps to found',
    'info: promises ballot 3.1 to p2',
    'debug: refuses a prepare of ballot 3.1, having promised 4.0',
  ]);
});

test('nothing is said of what happens every round', () => {
  const quiet: Event[] = [
    { kind: 'proposed', ballot: third, first: 8, last: 9, sizeBytes: 10, acceptors, requests: [] },
    { kind: 'voteCast', ballot: third, first: 8, last: 9, proposer: 'p1' },
    { kind: 'voteCounted', ballot: third, acceptor: 'a1', first: 8, last: 9 },
    { kind: 'valueChosen', ballot: third, first: 8, last: 9, completedBy: 'a1' },
    { kind: 'learned', first: 8, last: 9, from: 'p1' },
    { kind: 'applied', first: 8, last: 9, sizeBytes: 10 },
    { kind: 'readRoundConfirmed', ballot: third, round: 1, completedBy: 'a1' },
    { kind: 'trimmed', through: 9 },
    { kind: 'registerDecided', key: 'k', ballot: third, completedBy: 'a1' },
  ];
  expect(quiet.map(line)).toEqual(quiet.map(() => undefined));
});

test('a refusal of a register answers the question of its ballot', () => {
  const nack = { ballot: third, promised: ballot(4, 0), epoch: 1, why: 'promised', clusterId: 4 } as const;
  const fact = { part: 'instanceAnswer', instance: 'k', era: third, granted: false };
  expect(paxosRounds.roundOf({ kind: 'registerNack', key: 'k', ...nack })).toEqual(fact);
});

test('and without a ballot the question for what it holds, of which it is no answer', () => {
  const nack = { ballot: 0, promised: 0, epoch: 0, why: 'epoch', clusterId: 4 } as const;
  const fact = { part: 'instanceAnswer', instance: '?k', era: 0, granted: false };
  expect(paxosRounds.roundOf({ kind: 'registerNack', key: 'k', ...nack })).toEqual(fact);
});

test('a refusal of a ballot answers whatever was asked in it, prepare or accept', () => {
  const nack = { kind: 'nack', ballot: third, promised: ballot(4, 0), disk: 0, clusterId: 4 } as const;
  const fact = { part: 'vote', era: third, granted: false, promised: ballot(4, 0) };
  expect(paxosRounds.roundOf(nack)).toEqual(fact);
});

test('what an acceptor tells of a register answers the question for this one', () => {
  const ask = paxosRounds.roundOf({ kind: 'registerAsk', key: 'k', nonce: 1, epoch: 1, clusterId: 4 });
  const word = { nonce: 1, disk: 0, epoch: 1, accepted: 0, value: new Uint8Array(0), clusterId: 4 };
  const told = (key: string) => paxosRounds.roundOf({ kind: 'registerTold', key, ...word });
  expect(ask).toMatchObject({ part: 'instanceQuestion', instance: '?k', era: 0 });
  expect(told('k')).toMatchObject({ part: 'instanceAnswer', instance: '?k', era: 0 });
  expect(told('l')).toMatchObject({ instance: '?l' });
});

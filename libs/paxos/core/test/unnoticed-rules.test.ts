import { EntryBatch, sizeOf } from '@synod/log';
import { ballot } from '../src/index.js';
import type { PaxosProposer, Record } from '../src/index.js';
import { Group, bytes } from './group.js';

// Rules that could be broken without any scenario or seed noticing.

const acceptors = ['a1', 'a2', 'a3'].map((address) => ({ address, disk: 0 }));
const founding = { version: 1, acceptors, phase1: 2, phase2: 2 };

function acceptorDisk(trimmedThrough: number): Record {
  const place = { clusterId: 7, disk: 0, founding, promised: ballot(1, 0), trimmedThrough };
  return { kind: 'acceptorState', standing: 'active', ...place, registersEpoch: 1, registerFloor: 0 };
}

test('a proposer whose next slot is the last one that an acceptor has trimmed does not lead', () => {
  const group = new Group();
  // a3 had voted, too, in slot 1, and p1 and p3 have it on disk.
  for (const name of ['p1', 'p3', 'a3']) group.crash(name);
  group.start('a1', [acceptorDisk(1)]);
  group.start('a2', [acceptorDisk(0)]);
  group.start('p2', [{ kind: 'proposerState', number: 1, round: 0, remembers: true, clusterId: 7, founding }]);
  group.run(5000);
  expect(group.events.filter(({ at, event }) => at === 'a1' && event.kind === 'promiseGiven')).not.toEqual([]);
  expect(group.events.filter(({ at, event }) => at === 'p2' && event.kind === 'becameLeader')).toEqual([]);
});

test('what an acceptor says to have accepted beyond what it has trimmed is on its disk', () => {
  const group = new Group();
  for (const name of ['p1', 'p2', 'p3', 'a2', 'a3']) group.crash(name);
  group.start('a1', [acceptorDisk(2)]);
  const entries = Array.from({ length: 4 }, () => ({ kind: 'request', from: 'u', bytes: bytes('x') }) as const);
  const batches = [new EntryBatch(ballot(2, 0), 1, entries, sizeOf(entries))];
  const place = { ballot: ballot(2, 0), chosenThrough: 0, trimThrough: 0, round: 0, clusterId: 7 };
  group.tell('p1', 'a1', { kind: 'accept', ...place, batches });
  group.run(5);
  expect(group.inspect('a1')).toMatchObject({ lastAccepted: 4 });
  expect(group.node('a1').records.some(({ kind }) => kind === 'vote')).toBe(true);
});

test('registers that fill more than one message have moved when each part is stored, not when one is told twice', () => {
  const group = new Group({ acceptors: ['a1', 'a2', 'a3', 'a10'] });
  group.run(3000);
  const leader = group.leader!;
  for (let i = 1; i <= 50; i++) {
    const wish = { key: `k${i}`, value: bytes('v'.repeat(4096)) };
    group.tell('user', leader, { kind: 'decide', client: 'c', sequence: i, ...wish });
    group.run(20);
  }
  const toldTwice = new Set<string>();
  const laterPartsCome = group.now + 3000;
  group.passes = (from, to, message) => {
    if (message.kind === 'registersStored' && !toldTwice.has(`${from} ${message.part}`)) {
      toldTwice.add(`${from} ${message.part}`);
      group.tell(from, to, message);
    }
    return message.kind !== 'storeRegisters' || message.part === 0 || group.now >= laterPartsCome;
  };
  group.reconfigure(leader, { version: 1, sequence: 100, add: ['a10'], remove: ['a3'] });
  group.run(2900);
  expect(toldTwice.size).toBeGreaterThan(1);
  expect(group.inspect(leader)['registersVersion']).toBe(1);
  group.run(5000);
  expect(group.inspect(group.leader!)['registersVersion']).toBe(2);
  expect(group.inspect('a10')['registers']).toBe(50);
});

test('who joins a round of a register that begins anew is answered', () => {
  const group = new Group();
  group.run(3000);
  // Of the acceptors only a1 hears of registers.
  group.passes = (_from, to, { kind }) => !(kind.startsWith('register') && (to === 'a2' || to === 'a3'));
  for (const sequence of [1, 2]) {
    group.tell('user', 'p1', { kind: 'decide', client: 'c', sequence, key: 'k', value: bytes(`V${sequence}`) });
    group.run(5);
  }
  group.run(300);
  group.passes = () => true;
  group.run(2000);
  expect(group.replies.map(({ sequence }) => sequence).sort()).toEqual([1, 2]);
});

test('a vote after a mark has the number after it: the journal is read by numbers', () => {
  const group = new Group();
  for (const name of ['p1', 'p2', 'p3', 'a2', 'a3']) group.crash(name);
  const state = acceptorDisk(2) as Extract<Record, { kind: 'acceptorState' }>;
  group.start('a1', [{ kind: 'acceptorMark', number: 9, snapshot: undefined, state }]);
  const key = { key: 'k', ballot: ballot(2, 0), epoch: 1, clusterId: 7, insists: false };
  group.tell('p1', 'a1', { kind: 'registerPrepare', ...key });
  group.run(5);
  expect(group.node('a1').records.filter(({ kind }) => kind === 'registerVote')).toMatchObject([{ number: 10 }]);
});

test('a read is confirmed by the acceptors of the next slot: a leader of theirs may have had it chosen', () => {
  const group = new Group({ acceptors: ['a1', 'a2', 'a3', 'a10'] });
  group.run(3000);
  const leader = group.leader!;
  const { proposer } = group.node(leader).actor as unknown as { readonly proposer: PaxosProposer['proposer'] };
  const versionAt = (after: number): number => proposer.sets!.at(proposer.chosen.through + after).version;
  group.reconfigure(leader, { version: 1, sequence: 100, add: ['a10'], remove: ['a3'] });
  for (let ms = 0; ms < 3000 && versionAt(1) === 1; ms++) {
    if (ms % 20 === 0) group.ask(leader, `x${ms}`, ms + 1);
    group.run(1);
  }
  expect([versionAt(0), versionAt(1)]).toEqual([1, 2]);
  const read = { kind: 'read', client: 'c', sequence: 9999, level: 'linearizable', maxAgeMs: 0 } as const;
  group.tell('user', leader, { ...read, queries: bytes('q') });
  group.passes = (_from, _to, { kind }) => kind !== 'accepted';
  group.run(1);
  expect(proposer.role).toMatchObject({ kind: 'leader', reads: { confirming: { set: { version: 2 } } } });
});

test('a proposer that hears the leader, and is behind what that says is chosen, tells no age of its state', () => {
  const group = new Group();
  group.run(3000);
  const leader = group.leader!;
  const other = group.proposers.find((name) => name !== leader)!;
  group.passes = (_from, to, message) =>
    to !== other || !(message.kind === 'chosen' || (message.kind === 'accept' && message.batches.length > 0));
  const read = { kind: 'read', client: 'c', level: 'stale', maxAgeMs: 500, queries: bytes('q') } as const;
  group.tell('user', other, { ...read, sequence: 8 });
  group.run(5);
  group.ask(leader, 'x', 1);
  group.run(2000);
  group.tell('user', other, { ...read, sequence: 9 });
  group.run(5);
  const told = (asked: number) => group.replies.find(({ sequence }) => sequence === asked)?.answer;
  expect(told(8)).toMatchObject({ kind: 'results' });
  expect(told(9)).toMatchObject({ kind: 'refused', reason: 'noQuorum' });
});

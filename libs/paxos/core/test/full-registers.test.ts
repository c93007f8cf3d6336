import { PaxosAcceptor, ballot, defaultAcceptorLimits } from '@synod/paxos-core';
import type { AcceptorLimits, Message, Record } from '@synod/paxos-core';
import { RegisterTable } from '../src/acceptor/register-table.js';
import type { Group } from './group.js';
import { bytes } from './group.js';
import { answer, decide, filled } from './register-calls.js';

// Acceptors without room for another register, and promises that are forgotten.

const held = (group: Group, acceptor: string) => group.inspect(acceptor)['registers'];
const votes = (group: Group, key: string) =>
  group.acceptors.filter(
    (address) =>
    group.node(address).records.some((record) => record.kind === 'registerVote' && record.register.key === key && record.register.accepted > 0), // prettier-ignore
  );

/** a3 missed the first register. */
const full = (): Group => filled((_from, to, { kind }) => !(to === 'a3' && kind.startsWith('register')));

test('a wish for one register more is refused, and has no effect', () => {
  const group = full();
  decide(group, 'p2', 'k4', 'V4', 4);
  group.run(2000);
  expect(answer(group, 4)).toBe('tooLarge');
  expect(votes(group, 'k4')).toEqual([]);
  expect(group.inspect('a1')).toMatchObject({ registersWithValue: 3, registersLimit: 3 });
});

test('a register that is decided is told, and found, when acceptors are full and one is down', () => {
  const group = full();
  for (let i = 4; i < 10; i++) decide(group, 'p2', `k${i}`, 'V', i);
  group.run(2000);
  group.crash('a1');
  group.crash('p2'); // forgets what it knows to be decided
  group.start('p2');
  group.run(2000);
  decide(group, 'p2', 'k1', undefined, 20);
  decide(group, 'p2', 'k1', 'W', 21);
  group.run(10_000);
  expect([answer(group, 20), answer(group, 21)]).toEqual(['V1', 'V1']);
});

test('also when the one that missed it is full of values: what others have accepted finds room', () => {
  const group = full();
  // Of another one only a3 and a2 have room to accept.
  group.passes = (_from, to, { kind }) => !(to === 'a1' && kind.startsWith('register'));
  decide(group, 'p2', 'k4', 'V4', 4);
  group.run(500);
  group.passes = () => true;
  group.crash('a1');
  group.crash('p2');
  group.start('p2');
  group.run(2000);
  decide(group, 'p2', 'k1', 'W', 21);
  group.run(10_000);
  expect(answer(group, 21)).toBe('V1');
  expect(held(group, 'a3')).toBeGreaterThanOrEqual(3);
});

const names = ['a1', 'a2', 'a3'];
const acceptors = names.map((address) => ({ address, disk: 0 }));
const founding = { version: 1, acceptors, phase1: 2, phase2: 2 };

/** a1 alone, and what it has written. */
class Alone {
  readonly acceptor: PaxosAcceptor;
  readonly records: Record[] = [];
  private installs: number | undefined;

  constructor(limits: Partial<AcceptorLimits>, records?: readonly Record[]) {
    this.acceptor = new PaxosAcceptor({
      ...{ self: 'a1', acceptors: names, proposers: ['p1', 'p2'], everyone: 'replicas' },
      electionTimeout: { minMs: 150, maxMs: 300 },
      limits: { ...defaultAcceptorLimits, ...limits },
    });
    const place = { clusterId: 7, disk: 0, founding, promised: 0, trimmedThrough: 0 };
    const state = { kind: 'acceptorState', standing: 'active', ...place, registersEpoch: 1, registerFloor: 0 } as const;
    for (const record of records ?? [state]) this.acceptor.step({ kind: 'recover', record, at: 0 });
    this.records.push(...(records ?? [state]));
    const recovered = { kind: 'recovered', tail: 'clean', empty: false, incarnation: 2, at: 0 } as const;
    for (const effect of this.acceptor.step(recovered))
      if (effect.kind === 'installSnapshot') this.installs = effect.id;
  }

  /** The snapshot that its mark tells of. */
  restores(table: RegisterTable): void {
    const target = this.acceptor.state.restore();
    for (const page of { [Symbol.iterator]: () => table.snapshot() }) target.page(page);
    target.finish();
    this.acceptor.step({ kind: 'snapshotInstalled', id: this.installs!, ok: true, at: 0 });
  }

  hears(message: unknown): Message[] {
    const effects = this.acceptor.step({ kind: 'receive', from: 'p1', message: message as Message, at: 1 });
    for (const effect of effects) if (effect.kind === 'persist') this.records.push(effect.record);
    return [...effects].flatMap((effect) => (effect.kind === 'send' ? [effect.message] : []));
  }

  prepare(key: string, round: number, epoch = 1, insists = false): Message | undefined {
    return this.hears({ kind: 'registerPrepare', key, ballot: ballot(round, 0), epoch, clusterId: 7, insists })[0];
  }

  accept(key: string, round: number): Message | undefined {
    const value = bytes('V');
    const wish = {
      kind: 'registerAccept',
      key,
      ballot: ballot(round, 0),
      epoch: 1,
      clusterId: 7,
      value,
      adopted: true,
    };
    return this.hears(wish)[0];
  }
}

/** What a proposer that lost its disk is told. */
const highest = (alone: Alone) => alone.hears({ kind: 'canvass', ballot: ballot(1, 0), nonce: 1 })[0];
const refused = (round: number) => ({ kind: 'registerNack', why: 'promised', promised: ballot(round, 0) });

/** Its promise for k1, in round 9, has been forgotten for those since. */
function forgetful(): Alone {
  const alone = new Alone({ registerPromises: 2 });
  for (const [i, key] of ['k1', 'k2', 'k3'].entries()) expect(alone.prepare(key, 9 + i)?.kind).toBe('registerPromised');
  expect(alone.acceptor.inspect()['registers']).toBe(2);
  return alone;
}

test('a promise that is forgotten is kept', () => {
  const alone = forgetful();
  expect(alone.prepare('k1', 8)).toMatchObject(refused(9));
  expect(alone.accept('k1', 8)).toMatchObject(refused(9));
  expect(alone.prepare('never-asked-for', 8)).toMatchObject(refused(9));
  expect(alone.prepare('k1', 10)).toMatchObject({ kind: 'registerPromised', accepted: 0 });
});

test('after a restart, too, whether the journal tells of it or the mark that stands for what was cut', () => {
  const { records } = forgetful();
  expect(new Alone({ registerPromises: 2 }, records).prepare('k1', 8)).toMatchObject(refused(9));
  const cutting = new Alone({ registerPromises: 0, cutAfterBytes: 200 }, records); // none is left for a snapshot
  expect(cutting.acceptor.inspect()['registers']).toBe(0);
  cutting.prepare('k9', 12);
  const mark = cutting.records.filter(({ kind }) => kind === 'acceptorMark');
  expect(mark).toMatchObject([{ snapshot: undefined, state: { registerFloor: ballot(12, 0) } }]);
  const next = new Alone({}, mark);
  expect(highest(next)).toMatchObject({ promised: ballot(12, 0) });
  expect(next.prepare('k1', 11)).toMatchObject(refused(12));
});

test('and it moves with the registers, over those that only the new acceptor has', () => {
  const move = { ballot: ballot(1, 0), epoch: 2, clusterId: 7 };
  const [page] = forgetful().hears({ kind: 'freezeRegisters', ...move, after: '' });
  expect(page).toMatchObject({ kind: 'registersPage', floor: ballot(9, 0) });
  const other = new Alone({});
  other.accept('k5', 4);
  other.hears({ kind: 'storeRegisters', ...move, part: 0, registers: [], floor: ballot(9, 0) });
  expect(highest(other)).toMatchObject({ promised: ballot(9, 0) });
  expect(other.prepare('k1', 8, 2)).toMatchObject(refused(9));
  expect(other.prepare('k5', 8, 2)).toMatchObject(refused(9));
  expect(new Alone({}, other.records).prepare('k5', 8, 2)).toMatchObject(refused(9));
  expect(other.prepare('k5', 9, 2)).toMatchObject({ kind: 'registerPromised', accepted: ballot(4, 0) });
});

test('a promise that found no place among those of a snapshot is told to a proposer that lost its disk', () => {
  const table = new RegisterTable(2);
  for (const [i, key] of ['k1', 'k2'].entries())
    table.put({ key, promised: ballot(90 - 85 * i, 0), accepted: 0, value: bytes('') });
  const { records } = new Alone({});
  const state = records[0] as Extract<Record, { kind: 'acceptorState' }>;
  const mark: Record = { kind: 'acceptorMark', number: 2, snapshot: { index: 2, era: 0 }, state };
  const register = { key: 'k3', promised: ballot(6, 0), accepted: 0, value: bytes('') };
  const next = new Alone({ registerPromises: 2 }, [mark, { kind: 'registerVote', number: 3, register }]);
  next.restores(table);
  expect(highest(next)).toMatchObject({ kind: 'canvassReply', promised: ballot(90, 0) });
});

test('promises out of a snapshot take no register’s place, and are forgotten as others are', () => {
  const table = new RegisterTable(1);
  table.put({ key: 'held', promised: 70, accepted: 70, value: bytes('V') });
  table.put({ key: 'promised', promised: 90, accepted: 0, value: bytes('') });
  const next = new RegisterTable(1);
  const target = next.restore();
  for (const page of { [Symbol.iterator]: () => table.snapshot() }) target.page(page);
  target.finish();
  expect([next.size, next.values]).toEqual([2, 1]);
  next.put({ key: 'another', promised: 80, accepted: 0, value: bytes('') });
  expect([next.size, next.values, next.floor]).toEqual([2, 1, 90]);
  const none = new RegisterTable(0);
  const other = none.restore();
  for (const page of { [Symbol.iterator]: () => table.snapshot() }) other.page(page);
  other.finish();
  expect([none.size, none.floor]).toEqual([1, 90]);
});

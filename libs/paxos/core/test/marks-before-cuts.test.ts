import type { Effect, Input } from '@synod/actor';
import { EntryBatch, sizeOf } from '@synod/log';
import type { Entry } from '@synod/log';
import { PaxosAcceptor, PaxosProposer, ballot, defaultAcceptorLimits, defaultProposerLimits, majorities } from '@synod/paxos-core'; // prettier-ignore
import type { Message, PaxosVocabulary, Register } from '@synod/paxos-core';
import { Journalling, bytes } from './group.js';

// What stands for older records must be on disk before those go, and no file may go that something is about to stand for.

type V = PaxosVocabulary;
type Of<K extends Effect<V>['kind']> = Extract<Effect<V>, { kind: K }>;

const names = ['a1', 'a2', 'a3'];
const founding = majorities(names.map((address) => ({ address, disk: 0 })), 1); // prettier-ignore
const clusterId = 7;
const common = { proposers: ['p1', 'p2'], acceptors: names, everyone: 'replicas', electionTimeout: { minMs: 150, maxMs: 300 } }; // prettier-ignore

/** What a step of this one does, of one kind. */
function doing<K extends Effect<V>['kind']>(actor: PaxosAcceptor | PaxosProposer, input: Input<V>, kind: K): Of<K>[] {
  return [...actor.step(input)].filter((effect): effect is Of<K> => effect.kind === kind);
}

/** It has found its own state; and votes for registers, when it is given some. */
function recovering(cutAfterBytes: number, registers: readonly Register[] = []): PaxosAcceptor {
  const acceptor = new PaxosAcceptor({ ...common, self: 'a1', limits: { ...defaultAcceptorLimits, cutAfterBytes } });
  const place = { clusterId, disk: 0, founding, promised: 0, trimmedThrough: 0, registersEpoch: 1, registerFloor: 0 };
  acceptor.step({ kind: 'recover', record: { kind: 'acceptorState', standing: 'active', ...place }, at: 0 });
  for (const [i, register] of registers.entries())
    acceptor.step({ kind: 'recover', record: { kind: 'registerVote', number: i + 1, register }, at: 0 });
  return acceptor;
}

const recovered = { kind: 'recovered', tail: 'clean', empty: false, incarnation: 2, at: 0 } as const;

function register(key: string, valueBytes: number): Register {
  return { key, promised: ballot(1, 0), accepted: ballot(1, 0), value: bytes('x'.repeat(valueBytes)) };
}

test('an acceptor cuts its journal when the mark that stands for it is on disk, not before', () => {
  const acceptor = recovering(1);
  acceptor.step(recovered);
  const message = {
    kind: 'registerPrepare',
    key: 'k',
    ballot: ballot(1, 0),
    epoch: 1,
    clusterId,
    insists: false,
  } as const;
  const asked = [...acceptor.step({ kind: 'receive', from: 'p1', message, at: 1 })];
  const promise = asked.find((effect) => effect.kind === 'persist')!;
  const { id, snapshot } = asked.find((effect) => effect.kind === 'takeSnapshot')!;
  const [mark] = doing(acceptor, { kind: 'snapshotTaken', id, snapshot, sizeBytes: 9, at: 2 }, 'persist');
  expect(mark).toMatchObject({ record: { kind: 'acceptorMark', snapshot } });
  expect(doing(acceptor, { kind: 'persisted', token: promise.token, at: 3 }, 'cut')).toEqual([]);
  const [cut] = doing(acceptor, { kind: 'persisted', token: mark!.token, at: 4 }, 'cut');
  expect(cut).toMatchObject({ through: 1, keep: mark!.token, snapshot });
});

test('what was written to registers in former lives counts, too: the journal is cut however often the acceptor starts', () => {
  const started = (records: number): PaxosAcceptor =>
    recovering(
      1000,
      Array.from({ length: records }, (_, i) => register(`k${i}`, 100)),
    );
  expect(doing(started(5), recovered, 'takeSnapshot')).toEqual([]);
  expect(doing(started(7), recovered, 'takeSnapshot')).toHaveLength(1);
});

test('who has many registers writes as much as they are before it writes all of them again', () => {
  const acceptor = recovering(1000, [register('k', 5000)]);
  const [taking] = doing(acceptor, recovered, 'takeSnapshot');
  const { id, snapshot } = taking!;
  const [mark] = doing(acceptor, { kind: 'snapshotTaken', id, snapshot, sizeBytes: 9, at: 2 }, 'persist');
  acceptor.step({ kind: 'persisted', token: mark!.token, at: 3 });
  const entries: Entry[] = [{ kind: 'noOp' }];
  const vote = (slot: number): boolean => {
    const batch = new EntryBatch(ballot(1, 0), slot, entries, 1200);
    const message: Message = {
      kind: 'accept',
      ballot: ballot(1, 0),
      batches: [batch],
      chosenThrough: 0,
      clusterId,
    } as never;
    return doing(acceptor, { kind: 'receive', from: 'p1', message, at: 4 }, 'takeSnapshot').length > 0;
  };
  expect([1, 2, 3, 4, 5].map(vote)).toEqual([false, false, false, false, true]);
});

/** p2 has learned so many slots, and asks its disk for a snapshot of them. */
function snapshotting(slots: number): { proposer: PaxosProposer; taking: Of<'takeSnapshot'> } {
  const limits = { ...defaultProposerLimits, snapshotAfterBytes: 1, unwrittenBytes: 1 };
  const proposer = new PaxosProposer({ ...common, self: 'p2', heartbeatMs: 50, limits }, new Journalling());
  const state = { kind: 'proposerState', number: 1, round: 0, remembers: true, clusterId, founding } as const;
  proposer.step({ kind: 'recover', record: state, at: 0 });
  proposer.step({ kind: 'recovered', tail: 'clean', empty: false, incarnation: 5, at: 0 });
  const entries = Array.from({ length: slots }, (): Entry => ({ kind: 'noOp' }));
  const batches = [new EntryBatch(ballot(1, 0), 1, entries, sizeOf(entries))];
  const message: Message = { kind: 'chosen', from: 1, batches, chosenThrough: slots, clusterId };
  const [written] = doing(proposer, { kind: 'receive', from: 'p1', message, at: 1 }, 'persist');
  const [taking] = doing(proposer, { kind: 'persisted', token: written!.token, at: 2 }, 'takeSnapshot');
  return { proposer, taking: taking! };
}

test('a proposer removes no older file while one that it fetched is being installed, which nothing stands for yet', () => {
  const { proposer, taking } = snapshotting(3);
  const { id, snapshot } = taking;
  const [mark] = doing(proposer, { kind: 'snapshotTaken', id, snapshot, sizeBytes: 9, at: 3 }, 'persist');
  expect(mark).toMatchObject({ record: { kind: 'proposerMark', snapshot } });
  const hears = (message: Message): Input<V> => ({ kind: 'receive', from: 'p1', message, at: 4 });
  const fetched = { index: 9, era: 0 };
  const sets = [{ from: 1, set: founding }];
  proposer.step(hears({ kind: 'snapshotOffer', snapshot: fetched, sets, registers: founding, clusterId }));
  const chunk = { snapshot: fetched, offset: 0, totalBytes: 3, bytes: bytes('all'), checksum: 0 };
  const [write] = doing(proposer, hears({ kind: 'snapshotChunk', snapshot: fetched, offset: 0, chunk, clusterId }), 'writeChunk'); // prettier-ignore
  const [install] = doing(proposer, { kind: 'chunkWritten', id: write!.id, heldBytes: 3, at: 5 }, 'installSnapshot');
  expect(doing(proposer, { kind: 'persisted', token: mark!.token, at: 6 }, 'cut')).toEqual([]);
  // It was not whole: then our own stands for what is cut.
  const failed = { kind: 'snapshotInstalled', id: install!.id, ok: false, why: 'torn', at: 7 } as const;
  expect(doing(proposer, failed, 'cut')).toMatchObject([{ snapshot }]);
});

test('nor is anything cut before the mark is on disk', () => {
  const { proposer, taking } = snapshotting(3);
  const { id, snapshot } = taking;
  const [mark] = doing(proposer, { kind: 'snapshotTaken', id, snapshot, sizeBytes: 9, at: 3 }, 'persist');
  expect(doing(proposer, { kind: 'persisted', token: mark!.token - 1, at: 4 }, 'cut')).toEqual([]);
  expect(doing(proposer, { kind: 'persisted', token: mark!.token, at: 5 }, 'cut')).toMatchObject([{ snapshot }]);
});

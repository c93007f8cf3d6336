import { PaxosProposer, defaultProposerLimits, majorities } from '@synod/paxos-core';
import type { Message, PaxosVocabulary } from '@synod/paxos-core';
import type { Effect, Input } from '@synod/actor';
import { Journalling, bytes } from './group.js';

type V = PaxosVocabulary;

const disks = (...names: string[]) => names.map((address) => ({ address, disk: address === 'a4' ? 4 : 0 }));
const founding = majorities(disks('a1', 'a2', 'a3'), 1);
const later = majorities(disks('a1', 'a2', 'a4'), 2);
const latest = majorities(disks('a1', 'a2'), 3);
const snapshot = { index: 9, era: 0 };
const clusterId = 7;

/** A proposer that has nothing, and what it did. */
class Learner {
  readonly done: Effect<V>[] = [];
  readonly proposer = new PaxosProposer(
    {
      self: 'p2',
      proposers: ['p1', 'p2'],
      acceptors: ['a1', 'a2', 'a3'],
      everyone: 'replicas',
      electionTimeout: { minMs: 150, maxMs: 300 },
      heartbeatMs: 50,
      limits: defaultProposerLimits,
    },
    new Journalling(),
  );

  constructor() {
    const state = { kind: 'proposerState', number: 1, round: 0, remembers: true, clusterId, founding } as const;
    this.step({ kind: 'recover', record: state, at: 0 });
    this.step({ kind: 'recovered', tail: 'clean', empty: false, incarnation: 5, at: 0 });
  }

  step(input: Input<V>): void {
    this.done.push(...this.proposer.step(input));
  }

  hears(message: Message): void {
    this.step({ kind: 'receive', from: 'p1', message, at: 1 });
  }

  last<K extends Effect<V>['kind']>(kind: K): Extract<Effect<V>, { kind: K }> {
    return this.done.filter((effect) => effect.kind === kind).at(-1) as Extract<Effect<V>, { kind: K }>;
  }
}

/** The whole snapshot comes, and is installed. */
function installed(offered: Pick<Extract<Message, { kind: 'snapshotOffer' }>, 'sets' | 'registers'>): Learner {
  const learner = new Learner();
  learner.hears({ kind: 'snapshotOffer', snapshot, ...offered, clusterId });
  const chunk = { snapshot, offset: 0, totalBytes: 3, bytes: bytes('all'), checksum: 0 };
  learner.hears({ kind: 'snapshotChunk', snapshot, offset: 0, chunk, clusterId });
  learner.step({ kind: 'chunkWritten', id: learner.last('writeChunk').id, heldBytes: 3, at: 2 });
  learner.step({ kind: 'snapshotInstalled', id: learner.last('installSnapshot').id, ok: true, at: 3 });
  return learner;
}

test('whoever installs another one’s snapshot knows who decides the slots after it, and writes that down', () => {
  const sets = [
    { from: 1, set: later },
    { from: 12, set: latest },
  ];
  const learner = installed({ sets, registers: later });
  expect(learner.proposer.inspect()).toMatchObject({
    chosenThrough: 9,
    acceptors: later,
    nextAcceptors: latest,
    nextAcceptorsFrom: 12,
  });
  expect(learner.last('persist').record).toMatchObject({ kind: 'proposerMark', sets });
});

test('and where the registers are, which may be elsewhere', () => {
  const learner = installed({ sets: [{ from: 1, set: latest }], registers: later });
  expect(learner.proposer.inspect()).toMatchObject({ acceptors: latest, registersVersion: 2 });
  expect(learner.last('persist').record).toMatchObject({ kind: 'proposerMark', registers: later });
  learner.hears({ kind: 'decide', client: 'c', sequence: 1, key: 'k', value: bytes('V') });
  const sent = learner.last('send');
  expect(sent.message).toMatchObject({ kind: 'registerPrepare', epoch: 2 });
});

import { expect, test } from '@jest/globals';
import type { Effect, Input } from '@synod/actor';
import { PaxosProposer, defaultProposerLimits, majorities } from '../src/index.js';
import type { Message, PaxosVocabulary } from '../src/index.js';
import { Journalling, bytes } from './group.js';

type V = PaxosVocabulary;
type Kind<K extends Effect<V>['kind']> = Extract<Effect<V>, { readonly kind: K }>;

const clusterId = 7;
const snapshot = { index: 9, era: 0 };
const founding = majorities(onDisk(0, 'a1', 'a2', 'a3'), 1);
const later = majorities(onDisk(4, 'a4', 'a5', 'a6'), 4);

function onDisk(disk: number, ...names: readonly string[]) {
  return names.map((address) => ({ address, disk }));
}

test.each([
  ['wishes for it', bytes('V'), 'registerPrepare'],
  ['asks for it', undefined, 'registerAsk'],
] as const)(
  'who %s among acceptors that are gone begins anew when a snapshot tells where the registers are',
  (_who, value, kind) => {
    const done: Effect<V>[] = [];
    const proposer = new PaxosProposer(
      {
        ...{ self: 'p2', proposers: ['p1', 'p2'], acceptors: ['a1', 'a2', 'a3'], everyone: 'replicas' },
        ...{ electionTimeout: { minMs: 150, maxMs: 300 }, heartbeatMs: 50, limits: defaultProposerLimits },
      },
      new Journalling(),
    );
    const step = (input: Input<V>): void => void done.push(...proposer.step(input));
    const hear = (from: string, message: Message): void => step({ kind: 'receive', from, message, at: 1 });
    const last = <K extends 'writeChunk' | 'installSnapshot'>(kind: K): Kind<K> =>
      done.filter((effect): effect is Kind<K> => effect.kind === kind).at(-1)!;
    const known = { kind: 'proposerState', number: 1, round: 0, remembers: true, clusterId, founding } as const;
    step({ kind: 'recover', record: known, at: 0 });
    step({ kind: 'recovered', tail: 'clean', empty: false, incarnation: 5, at: 0 });
    hear('user', { kind: 'decide', client: 'c', sequence: 1, key: 'k', value });
    hear('p1', { kind: 'snapshotOffer', snapshot, sets: [{ from: 1, set: later }], registers: later, clusterId });
    const chunk = { snapshot, offset: 0, totalBytes: 3, bytes: bytes('all'), checksum: 0 };
    hear('p1', { kind: 'snapshotChunk', snapshot, offset: 0, chunk, clusterId });
    step({ kind: 'chunkWritten', id: last('writeChunk').id, heldBytes: 3, at: 2 });
    step({ kind: 'snapshotInstalled', id: last('installSnapshot').id, ok: true, at: 3 });
    const before = done.length;
    step({ kind: 'timeout', timer: 'registers', at: 100 });
    const epochs = done
      .slice(before)
      .flatMap((effect) => (effect.kind === 'send' && effect.message.kind === kind ? [effect.message.epoch] : []));
    expect(epochs).toEqual([4]);
  },
);

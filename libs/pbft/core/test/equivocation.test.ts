import { contradiction, rootFrom, treeOf } from '@synod/pbft-core';
import type { Signed, Statement } from '@synod/pbft-core';
import fc from 'fast-check';
import { cryptographyOf } from './cryptography.js';
import { batchOf, beginning, cryptography, digestOf, newView, prepared, stableAt, viewChange } from './saying.js';

const say = <S extends Statement>(statement: S, by = 'r1'): Signed<S> => cryptographyOf(by).sign(statement);
const [x, y] = ['ab'.repeat(32), 'cd'.repeat(32)];
const order = (type: 'prePrepare' | 'prepare' | 'commit', digest: string, view = 3, sequence = 7) =>
  say({ type, view, sequence, digest });
const answers = (root: string, whole = true, sequence = 7) =>
  say({ type: 'replies', view: 0, sequence, whole, count: 1, root });
const changes = ['r1', 'r2', 'r3'].map((name) => viewChange(name, 1).signed);
const one = batchOf('one');

describe('Two statements prove that their signer is faulty', () => {
  test.each<[string, Signed, Signed, string]>([
    ['two proposals', order('prePrepare', x), order('prePrepare', y), 'twoDigests'],
    ['two prepares', order('prepare', x), order('prepare', y), 'twoDigests'],
    ['two commits', order('commit', x), order('commit', y), 'twoDigests'],
    ['a prepare and the commit of another batch', order('prepare', x), order('commit', y), 'twoDigests'],
    ['a proposal and the commit of another batch', order('prePrepare', x), order('commit', y), 'twoDigests'],
    [
      'two states',
      say({ type: 'checkpoint', sequence: 5, digest: x }),
      say({ type: 'checkpoint', sequence: 5, digest: y }),
      'twoStates',
    ],
    [
      'two snapshots',
      say({ type: 'snapshot', sequence: 5, digest: x }),
      say({ type: 'snapshot', sequence: 5, digest: y }),
      'twoStates',
    ],
    ['two sets of answers', answers(x), answers(y), 'twoAnswers'],
    [
      'two new views',
      newView(1, changes).signed,
      newView(1, [...changes.slice(0, 2), viewChange('r4', 1).signed]).signed,
      'twoNewViews',
    ],
    [
      'a commit, and a view change that conceals it',
      say({ type: 'commit', view: 0, sequence: 1, digest: digestOf(one) }),
      viewChange('r1', 2).signed,
      'concealed',
    ],
    [
      'a commit, and a view change that shows an older certificate only',
      say({ type: 'commit', view: 1, sequence: 1, digest: digestOf(one) }),
      viewChange('r1', 2, [prepared(0, 1, one)]).signed,
      'concealed',
    ],
  ])('%s', (_what, first, second, found) => {
    expect(contradiction(first, second)).toBe(found);
    expect(contradiction(second, first)).toBe(found);
  });
});

describe('A correct replica may have signed', () => {
  const commit = say({ type: 'commit', view: 0, sequence: 1, digest: digestOf(one) });
  test.each<[string, Signed, Signed]>([
    ['the same twice', order('prepare', x), order('prepare', x)],
    ['all phases of one batch', order('prepare', x), order('commit', x)],
    ['another batch in another view', order('prepare', x, 3), order('prepare', y, 4)],
    ['another batch at another sequence', order('prepare', x, 3, 7), order('prepare', y, 3, 8)],
    [
      'states at two checkpoints',
      say({ type: 'checkpoint', sequence: 5, digest: x }),
      say({ type: 'checkpoint', sequence: 10, digest: y }),
    ],
    [
      'a checkpoint and a snapshot',
      say({ type: 'checkpoint', sequence: 5, digest: x }),
      say({ type: 'snapshot', sequence: 5, digest: y }),
    ],
    ['answers to reads at one state', answers(x, false), answers(y, false)],
    ['answers of a batch, and to reads after it', answers(x), answers(y, false)],
    ['two view changes to one view', viewChange('r1', 1).signed, viewChange('r1', 1, [prepared(0, 1, one)]).signed],
    ['a commit and its certificate', commit, viewChange('r1', 1, [prepared(0, 1, one)]).signed],
    ['a commit and a later certificate', commit, viewChange('r1', 5, [prepared(4, 1, one)]).signed],
    ['a commit below a stable checkpoint', commit, viewChange('r1', 1, [], stableAt(50)).signed],
    [
      'a commit just at a stable checkpoint',
      say({ type: 'commit', view: 0, sequence: 50, digest: x }),
      viewChange('r1', 1, [], stableAt(50)).signed,
    ],
    [
      'a commit after a view change',
      say({ type: 'commit', view: 5, sequence: 1, digest: x }),
      viewChange('r1', 5).signed,
    ],
    ['what two members signed', order('prepare', x), say({ type: 'prepare', view: 3, sequence: 7, digest: y }, 'r2')],
    ['view changes in general', viewChange('r1', 1, [], beginning).signed, viewChange('r1', 2).signed],
  ])('%s', (_what, first, second) => {
    expect(contradiction(first, second)).toBeUndefined();
    expect(contradiction(second, first)).toBeUndefined();
  });
});

describe('The tree over the answers of a batch', () => {
  const leaves = (count: number): string[] =>
    Array.from({ length: count }, (_, place) => cryptography.digest(Uint8Array.of(place)));

  test('every answer leads to the root by its path, and nothing else does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat(), (count, at, elsewhere) => {
        const place = at % count;
        const all = leaves(count);
        const tree = treeOf(cryptography, all);
        const path = tree.pathOf(place);
        expect(rootFrom(cryptography, all[place]!, place, count, path)).toBe(tree.root);
        const other = elsewhere % count;
        if (other !== place) {
          expect(rootFrom(cryptography, all[place]!, other, count, tree.pathOf(other))).not.toBe(tree.root);
          expect(rootFrom(cryptography, all[place]!, other, count, path)).not.toBe(tree.root);
        }
        expect(rootFrom(cryptography, all[place]!, count, count, path)).toBeUndefined();
        expect(rootFrom(cryptography, all[place]!, place, count, [...path, x])).toBeUndefined();
        if (path.length > 0) expect(rootFrom(cryptography, all[place]!, place, count, path.slice(1))).toBeUndefined();
      }),
    );
  });

  test('an inner node is no answer', () => {
    const all = leaves(4);
    const tree = treeOf(cryptography, all);
    const half = treeOf(cryptography, all.slice(0, 2)).root;
    expect(rootFrom(cryptography, half, 0, 2, [treeOf(cryptography, all.slice(2)).root])).toBe(tree.root);
    // That is why the number of answers is signed: of two answers this would be a proof, of four it is none.
    expect(rootFrom(cryptography, half, 0, 4, [treeOf(cryptography, all.slice(2)).root])).toBeUndefined();
  });
});

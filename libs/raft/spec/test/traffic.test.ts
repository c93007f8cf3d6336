import type { Input } from '@synod/actor';
import type { Message, RaftVocabulary } from '@synod/raft-core';
import type { Machine } from '@synod/simulator';
import { Traffic } from '../src/traffic.js';

type V = RaftVocabulary;

const r1 = { address: 'r1' } as Machine<V>;
const chunk = { kind: 'installSnapshot' } as Message;
const word = { kind: 'receive', from: 'r2', message: { kind: 'appendEntries' } } as Input<V>;

function times(count: number, act: (i: number) => void): void {
  for (let i = 0; i < count; i++) act(i);
}

describe('what is sent is bounded by what is due:', () => {
  let traffic: Traffic;
  beforeEach(() => (traffic = new Traffic(['r1', 'r2'], { chunksInFlight: 2 })));

  test('chunks for one who does not answer end', () => {
    times(28, () => traffic.left('r1', ['r2'], chunk));
    expect(() => traffic.left('r1', ['r2'], chunk)).toThrow(
      'The Silent are Left Alone (Raft §7): r1 sends r2 29 chunks',
    );
  });

  test('a word from it, a new life and a new term begin the count anew', () => {
    times(28, () => traffic.left('r1', ['r2'], chunk));
    traffic.stepping(r1, word);
    times(28, () => traffic.left('r1', ['r2'], chunk));
    traffic.started(r1);
    times(28, () => traffic.left('r1', ['r2'], chunk));
    traffic.executed(r1, { kind: 'observe', event: { kind: 'becameLeader', term: 2, completedBy: 'r2' } });
    times(28, () => traffic.left('r1', ['r2'], chunk));
  });
});

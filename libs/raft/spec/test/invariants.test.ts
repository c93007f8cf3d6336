import type { Reply } from '@synod/raft-core';
import type { Claim } from '../src/index.js';
import { claims } from '../src/index.js';
import { Told, ledByR1 } from './witnessed.js';

const matched = (index: number) => ({ outcome: { kind: 'matched', index } }) as const;
const round = (number: number) => ({ kind: 'readRoundBegan', term: 1, round: number, reads: 1 }) as const;
const confirmed = (number: number) =>
  ({ kind: 'readRoundConfirmed', term: 1, round: number, completedBy: 'r2' }) as const;

/** One story for each way in which a sentence may become false; all of them end with the step that makes it so. */
const stories: readonly (readonly [Claim, string, () => unknown])[] = [
  ['electionSafety', 'two lead one term', () => ledByR1().leads('r2', 1)],
  ['electionSafety', 'a later life leads the term of the one before', () => ledByR1().crashes('r1').leads('r1', 1)],
  ['elected', 'its own vote is no majority', () => new Told().stands('r1', 1, 0, 0).leads('r1', 1)],
  ['upToDate', 'a vote for a shorter log', () => ledByR1('a', 'b').stands('r3', 2, 1, 1).says('r2', { kind: 'voted', phase: 'vote', term: 2, candidate: 'r3', granted: true })], // prettier-ignore
  ['upToDate', 'a vote for an older term', () => new Told().term('r2', 2).entries('r2', 2, 1, 'a').stands('r3', 3, 1, 9).says('r2', { kind: 'voted', phase: 'vote', term: 3, candidate: 'r3', granted: true })], // prettier-ignore
  ['oneVote', 'two votes in a term, a crash between them', () => new Told().votes('r1', 'r2', 1).crashes('r1').sends('r1', 'r3', { kind: 'requestVoteReply', phase: 'vote', term: 1, granted: true })], // prettier-ignore
  ['oneVote', 'the vote on the disk changes', () => new Told().term('r1', 1, 'r2').term('r1', 1, 'r3')],
  ['leaderAppendOnly', 'a leader truncates', () => ledByR1('a', 'b').writes('r1', { kind: 'truncate', from: 2 })],
  ['logMatching', 'one position and term, two entries', () => ledByR1('a').entries('r3', 1, 1, 'other')],
  ['logMatching', 'the entry before it differs', () => new Told().entries('r1', 1, 1, 'a').entries('r1', 3, 2, 'b').entries('r2', 2, 1, 'x').entries('r2', 3, 2, 'b')], // prettier-ignore
  ['logMatching', 'a gap', () => new Told().entries('r1', 1, 1, 'a').entries('r1', 1, 3, 'c')],
  ['logMatching', 'an entry over an entry', () => new Told().entries('r1', 1, 1, 'a').entries('r1', 2, 1, 'b')],
  ['leaderCompleteness', 'a leader without a committed entry', () => ledByR1('a').commits('r1', 1, 1).term('r2', 2, 'r3').syncs('r2').sends('r2', 'r3', { kind: 'requestVoteReply', phase: 'vote', term: 2, granted: true }).stands('r3', 2, 0, 0).leads('r3', 2)], // prettier-ignore
  ['leaderCompleteness', 'an entry is committed that a leader of a later term lacks', () => ledByR1('a').term('r2', 2, 'r3').syncs('r2').sends('r2', 'r3', { kind: 'requestVoteReply', phase: 'vote', term: 2, granted: true }).stands('r3', 2, 0, 0).leads('r3', 2).is('r3', { role: 'leader', term: 2, lastIndex: 0 }).commits('r1', 1, 1)], // prettier-ignore
  ['stateMachineSafety', 'another entry is committed there', () => ledByR1('a').commits('r1', 1, 1).entries('r3', 2, 1, 'b').commits('r3', 2, 1)], // prettier-ignore
  ['stateMachineSafety', 'a snapshot of what is not committed', () => new Told().writes('r1', { kind: 'snapshotMark', snapshot: { index: 3, era: 1 }, sizeBytes: 9, hardState: { kind: 'hardState', term: 1, votedFor: undefined, clusterId: 1, standing: 'active', floor: 0 } }).is('r1', { snapshotIndex: 3, commitIndex: 3, lastIndex: 3, lastApplied: 3 })], // prettier-ignore
  ['sameState', 'equal positions, other states', () => ledByR1('a').commits('r1', 1, 1).is('r1', { commitIndex: 1, lastApplied: 1 }, 'one').is('r2', { term: 1, lastIndex: 1, commitIndex: 1, lastApplied: 1 }, 'another')], // prettier-ignore
  ['committedImmutable', 'what it committed is deleted', () => ledByR1('a').commits('r1', 1, 1).is('r2', { term: 1, lastIndex: 1, commitIndex: 1 }).writes('r2', { kind: 'truncate', from: 1 })], // prettier-ignore
  ['committedImmutable', 'what it does not know to be committed is deleted', () => ledByR1('a').commits('r1', 1, 1).writes('r2', { kind: 'truncate', from: 1 })], // prettier-ignore
  ['quorum', 'one durable copy of three', () => new Told().elects('r1', 'r2', 1).entries('r1', 1, 1, 'a').entries('r2', 1, 1, 'a').syncs('r1').commits('r1', 1, 1)], // prettier-ignore
  ['quorum', 'a follower commits first', () => ledByR1('a').commits('r2', 1, 1)],
  ['currentTerm', 'Figure 8', () => ledByR1('a').elects('r2', 'r1', 2, 1, 1).commits('r2', 2, 1)],
  ['durable', 'a vote before the sync', () => new Told().term('r1', 1, 'r2').sends('r1', 'r2', { kind: 'requestVoteReply', phase: 'vote', term: 1, granted: true })], // prettier-ignore
  ['durable', 'a candidate that forgot its own vote', () => new Told().term('r1', 1).syncs('r1').sends('r1', 'r2', { kind: 'requestVote', phase: 'vote', term: 1, lastTerm: 0, lastIndex: 0, handover: false })], // prettier-ignore
  ['durable', 'an acknowledgement before the sync', () => ledByR1().entries('r2', 1, 1, 'a').acknowledges('r2', 'r1', 1, matched(1))], // prettier-ignore
  ['durable', 'an answer in a term before the sync', () => new Told().term('r2', 5).acknowledges('r2', 'r1', 5, {})],
  ['durable', 'a leader that speaks in a term before the sync', () => new Told().term('r1', 3, 'r1').sends('r1', 'r2', { kind: 'timeoutNow', term: 3 })], // prettier-ignore
  ['durable', 'a snapshot said to be installed before the sync', () => ledByR1().sends('r2', 'r1', { kind: 'installSnapshotReply', term: 1, snapshot: { index: 4, era: 1 }, heldBytes: 9, state: 'installed' })], // prettier-ignore
  ['durable', 'a cluster id said to be recorded', () => new Told().sends('r2', 'r1', { kind: 'formed', clusterId: 7 })],
  ['durable', "the leader's own acknowledgement before the sync", () => ledByR1().entries('r1', 1, 1, 'a').says('r1', { kind: 'acknowledged', term: 1, by: 'r1', index: 1 })], // prettier-ignore
  ['truthful', 'another entry is acknowledged', () => ledByR1('a').entries('r3', 3, 1, 'b').term('r3', 1).syncs('r3').acknowledges('r3', 'r1', 1, matched(1))], // prettier-ignore
  ['answered', 'an answer before the commit', () => ledByR1('a').answers('r1', 'c1', 1, 1)],
  ['appliedOnce', 'a copy further down the log', () => new Told().batches('r1', 1, 1, ['c1', 7, 3], ['c1', 7, 3]).applies('r1', 1).applies('r1', 2)], // prettier-ignore
  ['appliedOnce', 'another replica applies another copy', () => new Told().batches('r1', 1, 1, ['c1', 7, 3], ['c1', 7, 3]).batches('r2', 1, 1, ['c1', 7, 3], ['c1', 7, 3]).applies('r1', 1).applies('r2', 2)], // prettier-ignore
  ['appliedOnce', 'a later life has forgotten', () => new Told().batches('r1', 1, 1, ['c1', 7, 3], ['c1', 7, 3]).syncs('r1').applies('r1', 1).crashes('r1').applies('r1', 2)], // prettier-ignore
  ['order', 'applied beyond committed', () => ledByR1('a').is('r2', { lastIndex: 1, lastApplied: 1 })],
  ['order', 'a snapshot beyond applied', () => ledByR1('a').commits('r1', 1, 1).is('r1', { commitIndex: 1, snapshotIndex: 1 })], // prettier-ignore
  ['order', 'purged beyond the snapshot', () => ledByR1('a').is('r1', { purgedIndex: 1 })],
  ['order', 'committed beyond the log', () => ledByR1('a').commits('r1', 1, 2)],
  ['monotonic', 'the term goes back', () => ledByR1().is('r1', { term: 0 })],
  ['monotonic', 'the term goes back on the disk', () => new Told().term('r1', 2).term('r1', 1)],
  ['monotonic', 'the term goes back over a crash', () => ledByR1().crashes('r2').is('r2', { term: 0 })],
  ['monotonic', 'the commit goes back', () => ledByR1('a').commits('r1', 1, 1).is('r1', { commitIndex: 1 }).is('r1', { commitIndex: 0 })], // prettier-ignore
  ['monotonic', 'the vote goes back over a crash', () => new Told().votes('r3', 'r1', 4).crashes('r3').is('r3', { term: 3 })], // prettier-ignore
  ['readRound', 'an answer without a round', () => ledByR1().reads('r1', 'c1', 1).answers('r1', 'c1', 1, 0)],
  ['readRound', 'an answer by the round before', () => ledByR1().says('r1', round(1)).reads('r1', 'c1', 1).acknowledges('r2', 'r1', 1, { round: 1 }).says('r1', confirmed(1)).answers('r1', 'c1', 1, 0)], // prettier-ignore
  ['readRound', 'nobody echoed it', () => ledByR1().says('r1', round(1)).says('r1', confirmed(1))],
  ['readRound', 'the echo is of another round', () => ledByR1().says('r1', round(1)).acknowledges('r2', 'r1', 1, { round: 1 }).says('r1', round(2)).says('r1', confirmed(2))], // prettier-ignore
  ['readRound', 'the echo is of another term', () => ledByR1().says('r1', round(1)).term('r2', 2).syncs('r2').acknowledges('r2', 'r1', 2, { round: 1 }).says('r1', confirmed(1))], // prettier-ignore
  ['readRound', 'the echo counts for nothing', () => ledByR1().says('r1', round(1)).acknowledges('r2', 'r1', 1, { round: 1, voting: false }).says('r1', confirmed(1))], // prettier-ignore
  [
    'readRound',
    'a round that was not begun',
    () => ledByR1().acknowledges('r2', 'r1', 1, { round: 1 }).says('r1', confirmed(1)),
  ],
  ['readRound', 'a round is used twice', () => ledByR1().says('r1', round(1)).says('r1', round(1))],
  ['readIndex', 'an old state', () => ledByR1('a').commits('r1', 1, 1).reads('r1', 'c1', 1).says('r1', round(1)).acknowledges('r2', 'r1', 1, { round: 1 }).says('r1', confirmed(1)).answers('r1', 'c1', 1, 0)], // prettier-ignore
  ['age', 'what was committed before is not there', () => ledByR1('a').commits('r1', 1, 1).waits(50).answersStale('r3', 0, 49)], // prettier-ignore
  ['age', 'of what was committed later it lacks the first', () => ledByR1('a', 'b').commits('r1', 1, 1).waits(30).commits('r1', 1, 2).waits(20).answersStale('r3', 1, 19)], // prettier-ignore
  ['age', 'a leader that has not applied what it has committed', () => ledByR1('a', 'b').commits('r1', 1, 2).waits(1).answersStale('r1', 1, 0)], // prettier-ignore
];

describe('an invariant of Raft is noticed to be violated:', () => {
  test.each(stories)('%s: %s', (claim, _story, tell) => {
    const [name, citation] = claims[claim];
    expect(tell).toThrow(`${name} (${citation}): `);
  });

  test('each has such a story', () => {
    const told = new Set(stories.map(([claim]) => claim));
    expect(Object.keys(claims).filter((claim) => !told.has(claim as Claim))).toEqual([]);
  });

  test('a refused copy of a read does not hide that another was asked before the round', () => {
    const refused: Reply['answer'] = { kind: 'refused', reason: 'overloaded', term: 1 };
    const story = ledByR1()
      .reads('r1', 'c1', 1)
      .says('r1', round(1))
      .reads('r1', 'c1', 1)
      .sends('r1', 'c1', { kind: 'reply', client: 'c1', session: 0, sequence: 1, answer: refused })
      .reads('r1', 'c1', 1)
      .acknowledges('r2', 'r1', 1, { round: 1 })
      .says('r1', confirmed(1))
      .answers('r1', 'c1', 1, 0);
    expect(() => story.answers('r1', 'c1', 1, 0)).toThrow('A Read Round is Confirmed by its own Majority');
  });

  test('what a step executed that a crash cut short is not taken for the next one that steps', () => {
    const story = new Told()
      .batches('r1', 1, 1, ['c1', 7, 3], ['c1', 7, 4])
      .applies('r1', 1)
      .applies('r1', 2)
      .executes('r1', 1)
      .crashes('r1')
      .batches('r3', 2, 1, ['c1', 7, 4]);
    expect(() => story.reads('r3', 'c1', 1).is('r3', {})).not.toThrow();
  });

  test('nothing is noticed in an honest story', () => {
    const story = ledByR1('a', 'b')
      .acknowledges('r2', 'r1', 1, matched(2))
      .says('r1', { kind: 'acknowledged', term: 1, by: 'r2', index: 2 })
      .commits('r1', 1, 2)
      .answersStale('r3', 0, 0)
      .waits(50)
      .answersStale('r3', 0, 50)
      .answersStale('r2', 2, 0)
      .answers('r1', 'c1', 1, 2)
      .is('r1', { commitIndex: 2, lastApplied: 2 }, 'ab')
      .reads('r1', 'c1', 2)
      .says('r1', round(1))
      .acknowledges('r2', 'r1', 1, { round: 1 })
      .says('r1', confirmed(1))
      .answers('r1', 'c1', 2, 2)
      .entries('r3', 1, 1, 'a', 'b')
      .term('r3', 1)
      .syncs('r3')
      .acknowledges('r3', 'r1', 1, matched(2))
      .commits('r3', 1, 2)
      .is('r3', { term: 1, lastIndex: 2, commitIndex: 2, lastApplied: 2 }, 'ab')
      .batches('r1', 1, 3, ['c1', 7, 3], ['c1', 7, 4], ['c1', 8, 3], ['c2', 7, 3], ['c1', 0, 3], ['c1', 0, 3])
      .syncs('r1')
      .applies('r1', 3)
      .applies('r1', 3)
      .applies('r1', 4)
      .applies('r1', 5)
      .applies('r1', 6)
      .applies('r1', 7)
      .applies('r1', 8)
      .crashes('r1')
      .applies('r1', 3)
      .elects('r2', 'r3', 2, 1, 2);
    expect(story).toBeInstanceOf(Told);
  });
});

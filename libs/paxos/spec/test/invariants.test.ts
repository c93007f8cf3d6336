import { majorities } from '@synod/paxos-core';
import type { Accept, Reply } from '@synod/paxos-core';
import type { Claim } from '../src/index.js';
import { claims } from '../src/index.js';
import { Told, accepted, b, batch, chosenByP1, ledByP1, page, promised } from './witnessed.js';

const [b1, b2] = [b(1, 0), b(2, 1)];
const began = (round: number) => ({ kind: 'readRoundBegan', ballot: b1, round, reads: 1 }) as const;
const confirmed = (round: number) => ({ kind: 'readRoundConfirmed', ballot: b1, round, completedBy: 'a2' }) as const;
const learned = (slot: number) => ({ kind: 'learned', first: slot, last: slot, from: 'p1' }) as const;
const chosen = { kind: 'valueChosen', ballot: b1, first: 1, last: 1, completedBy: 'a1' } as const;
const accept = (message: Partial<Accept>): Accept => ({ kind: 'accept', ballot: b1, chosenThrough: 0, trimThrough: 0, round: 0, clusterId: 1, batches: [], ...message }); // prettier-ignore
const refused = (reason: 'lost' | 'steppedDown'): Reply => ({ kind: 'reply', client: 'c1', session: 1, sequence: 1, answer: { kind: 'refused', reason, ballot: b1 } }); // prettier-ignore
/** a1 has its disk; a2 and a3 have others. */
const movedTo = majorities([{ address: 'a1', disk: 0 }, { address: 'a2', disk: 7 }, { address: 'a3', disk: 7 }], 2); // prettier-ignore
const proposedX = { kind: 'proposed', ballot: b1, first: 1, last: 1, sizeBytes: 9, acceptors: [], requests: [{ from: 'c1', request: { kind: 'request', client: 'c1', session: 1, sequence: 1, bytes: new TextEncoder().encode('x') } }] } as const; // prettier-ignore

/** One story for each way in which a sentence may become false; all of them end with the step that makes it so. */
const stories: readonly (readonly [Claim, string, () => unknown])[] = [
  ['proposed', 'what no client asked for', () => ledByP1().accepts('p1', b1, 1, 'x')],
  ['proposed', 'an acceptor accepts what its ballot did not propose', () => ledByP1().asks('p1', 'c1', 'x').accepts('p1', b1, 1, 'x').vote('a1', b1, 1, 'y')], // prettier-ignore
  ['oneValue', 'another value is chosen in a higher ballot', () => chosenByP1('x').asks('p2', 'c1', 'y').prepares('p2', b2).promises('a2', 'p2', b2).promises('a3', 'p2', b2).accepts('p2', b2, 1, 'y').votes(b2, 'p2', 1, ['y'], 'a2', 'a3')], // prettier-ignore
  ['oneProposal', 'a ballot proposes another value', () => ledByP1().asks('p1', 'c1', 'x').asks('p1', 'c1', 'y').accepts('p1', b1, 1, 'x').accepts('p1', b1, 1, 'y')], // prettier-ignore
  ['oneLife', 'a later life uses the ballot of the one before', () => ledByP1().crashes('p1').accepts('p1', b1, 1)],
  ['oneLife', 'a promise of a ballot that nobody used', () => new Told().promises('a1', 'p1', b1)],
  ['phase1', 'one promise of three', () => new Told().prepares('p1', b1).promises('a1', 'p1', b1).accepts('p1', b1, 1, '-')], // prettier-ignore
  ['phase1', 'the promise did not tell of the slot', () => new Told().prepares('p1', b1).promises('a1', 'p1', b1).promise('a2', b1).syncs('a2').sends('a2', 'p1', promised(b1, { from: 2, through: 2, last: 2 })).accepts('p1', b1, 1, '-')], // prettier-ignore
  ['phase1', 'a promise of another disk', () => new Told().prepares('p1', b1).promises('a1', 'p1', b1).promise('a2', b1).syncs('a2').sends('a2', 'p1', promised(b1, { disk: 7 })).accepts('p1', b1, 1, '-')], // prettier-ignore
  ['p2c', 'a value of its own although one was reported', () => chosenByP1('x').asks('p2', 'c1', 'y').prepares('p2', b2).promises('a2', 'p2', b2, batch(b1, 1, ['x'])).promises('a3', 'p2', b2).accepts('p2', b2, 1, 'y')], // prettier-ignore
  ['gap', 'a slot is left out', () => ledByP1().accepts('p1', b1, 2, '-')],
  ['gap', 'a slot is left out later', () => ledByP1().accepts('p1', b1, 1, '-').accepts('p1', b1, 3, '-')],
  ['alpha', 'five slots under way', () => ledByP1().accepts('p1', b1, 1, '-', '-', '-', '-', '-')],
  ['promise', 'a vote below the promise', () => ledByP1().accepts('p1', b1, 1, '-').promise('a1', b2).vote('a1', b1, 1, '-')], // prettier-ignore
  ['promise', 'the promise on the disk goes back', () => new Told().promise('a1', b2).promise('a1', b1)],
  ['remembered', 'a promise is forgotten over a crash', () => ledByP1().crashes('a1').is('a1', { promised: 0 })],
  ['remembered', 'less is said to be promised', () => ledByP1().asksToSend('a1', 'p2', { kind: 'canvassReply', nonce: 1, ballot: b2, granted: true, disk: 0, promised: 0, founding: undefined, clusterId: 1 })], // prettier-ignore
  ['report', 'an accepted slot is left out', () => chosenByP1('x').asksToSend('a1', 'p2', promised(b2, { through: 1, last: 1 }))], // prettier-ignore
  ['report', 'the last accepted slot is not told', () => chosenByP1('x').asksToSend('a1', 'p2', promised(b2, {}))],
  ['report', 'another value is told', () => chosenByP1('x').asksToSend('a1', 'p2', promised(b2, { batches: [batch(b1, 1, ['y'])] }))], // prettier-ignore
  ['report', 'slots are said to be trimmed that are not', () => chosenByP1('x').asksToSend('a1', 'p2', promised(b2, { trimmedThrough: 1 }))], // prettier-ignore
  ['durable', 'a promise before the sync', () => new Told().prepares('p1', b1).promise('a1', b1).sends('a1', 'p1', promised(b1, {}))], // prettier-ignore
  ['durable', 'a vote before the sync', () => ledByP1().accepts('p1', b1, 1, '-').vote('a1', b1, 1, '-').sends('a1', 'p1', accepted(b1, { first: 1, last: 1 }))], // prettier-ignore
  ['durable', 'a vote for a slot that the message did not carry', () => ledByP1().accepts('p1', b1, 1, '-', '-').vote('a1', b1, 2, '-').syncs('a1').sends('a1', 'p1', accepted(b1, { first: 1, last: 2 }))], // prettier-ignore
  ['durable', 'an answer to a heartbeat before the promise is synced', () => new Told().prepares('p1', b1).sends('a3', 'p1', accepted(b1, {}))], // prettier-ignore
  ['durable', 'a vote as another disk', () => ledByP1().accepts('p1', b1, 1, '-').vote('a1', b1, 1, '-').syncs('a1').sends('a1', 'p1', accepted(b1, { disk: 7, first: 1, last: 1 }))], // prettier-ignore
  ['durable', 'a round before the sync', () => new Told().round('p1', 1).sends('p1', 'a1', { kind: 'prepare', ballot: b1, from: 1, clusterId: 1 })], // prettier-ignore
  ['durable', 'progress that is not on the disk', () => chosenByP1('x').learns('p2', 1, 'x').sends('p2', 'p1', { kind: 'progress', ballot: b1, durableThrough: 1, at: 1, clusterId: 1 })], // prettier-ignore
  ['durable', 'a cluster id said to be recorded', () => new Told().sends('a1', 'a2', { kind: 'formed', clusterId: 7 })],
  [
    'durable',
    'a disk that is not recorded joins',
    () => new Told().sends('a1', 'p1', { kind: 'join', disk: 7, clusterId: 1 }),
  ],
  ['quorum', 'one vote of three', () => ledByP1().accepts('p1', b1, 1, '-').votes(b1, 'p1', 1, ['-'], 'a1').says('p1', chosen)], // prettier-ignore
  ['quorum', 'the second vote is not on the disk', () => ledByP1().accepts('p1', b1, 1, '-').votes(b1, 'p1', 1, ['-'], 'a1').vote('a2', b1, 1, '-').says('p1', chosen)], // prettier-ignore
  ['learned', 'more than is chosen', () => ledByP1().is('p1', { chosenThrough: 1 })],
  ['learned', 'another value', () => chosenByP1('x').learns('p2', 1, 'y')],
  ['learned', 'a value where none is chosen', () => ledByP1().learns('p2', 1, 'x')],
  ['register', 'another value is chosen', () => ledByP1().registers(b1, 'red', 'a1', 'a2').registers(b2, 'blue', 'a2', 'a3')], // prettier-ignore
  ['register', 'another value is told', () => decidedRed().wishes('p2', 'c2', 'blue').decides('p2', 'c2', 'blue')],
  ['register', 'a value that is not chosen', () => ledByP1().wishes('p1', 'c1', 'red').registers(b1, 'red', 'a1').decides('p1', 'c1', 'red')], // prettier-ignore
  ['register', 'a value that nobody wanted', () => ledByP1().wishes('p1', 'c1', 'red').registers(b1, 'blue', 'a1', 'a2').decides('p1', 'c1', 'blue')], // prettier-ignore
  ['register', 'a value is forgotten', () => decidedRed().wishes('p2', 'c2').decides('p2', 'c2')],
  ['register', 'a chosen value stays behind when registers move', () => decidedRed().promise('a1', b1, 0, 2).syncs('a1').sends('a1', 'p1', { kind: 'registersStored', ballot: b1, epoch: 2, clusterId: 1, disk: 0, part: 0 }).says('p1', { kind: 'registersMoved', set: movedTo })], // prettier-ignore
  ['remembered', 'the promise of a register is not told', () => new Told().register('a1', b2, 0).syncs('a1').asksToSend('a1', 'p1', { kind: 'canvassReply', nonce: 1, ballot: b2, granted: true, disk: 0, promised: b1, founding: undefined, clusterId: 1 })], // prettier-ignore
  ['oneLife', 'a register is written by who does not know its ballots', () => new Told().sends('p1', 'a1', { kind: 'registerPrepare', key: 'k', ballot: b1, epoch: 1, clusterId: 1, insists: false })], // prettier-ignore
  ['register', 'a value that nobody asked for', () => new Told().decides('p1', 'c1', 'red')],
  ['promise', 'a vote in a register below the promise', () => new Told().register('a1', b2, 0).syncs('a1').register('a1', b1, b1, 'red')], // prettier-ignore
  ['durable', 'a promise in a register before the sync', () => new Told().register('a1', b1, 0).sends('a1', 'p1', { kind: 'registerPromised', key: 'k', ballot: b1, epoch: 1, clusterId: 1, disk: 0, accepted: 0, value: new Uint8Array(), isFull: false })], // prettier-ignore
  ['durable', 'a vote in a register before the sync', () => new Told().register('a1', b1, 0).syncs('a1').register('a1', b1, b1, 'red').sends('a1', 'p1', { kind: 'registerAccepted', key: 'k', ballot: b1, epoch: 1, clusterId: 1, disk: 0 })], // prettier-ignore
  ['durable', 'registers are told for a new epoch before the sync', () => new Told().promise('a1', 0, 0, 2).sends('a1', 'p1', page(2))], // prettier-ignore
  ['epoch', 'the epoch on the disk goes back', () => new Told().leavesFor('a1', 2).promise('a1', b1)],
  ['epoch', 'a vote in an epoch that was left', () => new Told().leavesFor('a1', 2).registers(b2, 'red', 'a1')],
  ['trimmed', 'one proposer has it', () => chosenByP1('x').learns('p1', 1, 'x').syncs('p1').sends('p1', 'a1', accept({ chosenThrough: 1, trimThrough: 1 }))], // prettier-ignore
  ['trimmed', 'no leader said so', () => chosenByP1('x').is('a1', { trimmedThrough: 1 })],
  ['trimmed', 'the leader has heard that one has lost it', () => ofLostDisk(0)],
  [
    'trimmed',
    'an acceptor that held too much is silent',
    () => holdsTooMuch().waits(601).receives('p1', 'a1', beat).sends('p1', 'a1', trims),
  ],
  [
    'trimmed',
    'a proposer that lives does not have it',
    () => holdsTooMuch().receives('p1', 'p2', tells(0)).receives('p1', 'a1', beat).sends('p1', 'a1', trims),
  ],
  ['seenThrough', 'a second change while the first is not in force', () => ledByP1().accepts('p1', b1, 1, 'set 2 2 2 a1:0 a2:7 a3:0').votes(b1, 'p1', 1, ['set 2 2 2 a1:0 a2:7 a3:0'], 'a1', 'a2').accepts('p1', b1, 2, 'set 3 2 2 a1:0 a2:7 a3:8')], // prettier-ignore
  ['execution', 'another state', () => chosenByP1('x').is('p1', { chosenThrough: 1, lastApplied: 1 }, '1=y')],
  ['execution', 'executed twice', () => chosenByP1('x').is('p1', { chosenThrough: 1, lastApplied: 1 }, '1=x 1=x')],
  ['answered', 'an answer before anything is chosen', () => ledByP1().asks('p1', 'c1', 'x').answers('p1', 'c1', 1, 1, 1)], // prettier-ignore
  ['refused', 'a wish that was proposed is said never to be accepted', () => proposedRed().refusesWish('p1', 'c1', 'tooLarge')], // prettier-ignore
  ['trimmed', 'what only a silent proposer has', () => holdsTooMuch('p2').waits(600).receives('p1', 'a1', beat).sends('p1', 'a1', trims)], // prettier-ignore
  ['refused', 'said to be lost while its slot is open', () => ledByP1().asks('p1', 'c1', 'x').says('p1', proposedX).sends('p1', 'c1', refused('lost'))], // prettier-ignore
  ['order', 'executed beyond chosen', () => chosenByP1('x').is('p1', { lastApplied: 1 }, '1=x')],
  ['order', 'a snapshot beyond executed', () => chosenByP1('x').is('p1', { chosenThrough: 1, snapshotSlot: 1 })],
  ['order', 'cut beyond the snapshot', () => chosenByP1('x').is('p1', { chosenThrough: 1, base: 1 })],
  ['monotonic', 'what is chosen goes back', () => chosenByP1('x').is('p1', { chosenThrough: 1 }).is('p1', { chosenThrough: 0 })], // prettier-ignore
  ['monotonic', 'the promise goes back', () => new Told().is('a1', { promised: b2 }).is('a1', { promised: b1 })],
  ['monotonic', 'the round goes back over a crash', () => ledByP1().crashes('p1').is('p1', { round: 0 })],
  ['age', 'what was known before is not there', () => chosenByP1('x').says('p1', learned(1)).waits(50).answersStale('p2', 0, 49)], // prettier-ignore
  ['age', 'of what was known later it lacks the first', () => chosenByP1('x', 'y').says('p1', learned(1)).waits(30).says('p1', learned(2)).waits(20).answersStale('p2', 1, 19)], // prettier-ignore
  ['age', 'a leader that has not executed what it knows', () => chosenByP1('x').says('p1', learned(1)).waits(1).answersStale('p1', 0, 0)], // prettier-ignore
  ['readRound', 'an answer without a round', () => ledByP1().reads('p1', 'c1', 1).answers('p1', 'c1', 1, 0)],
  ['readRound', 'an answer by the round before', () => ledByP1().says('p1', began(1)).reads('p1', 'c1', 1).sends('a1', 'p1', accepted(b1, { round: 1 })).sends('a2', 'p1', accepted(b1, { round: 1 })).says('p1', confirmed(1)).answers('p1', 'c1', 1, 0)], // prettier-ignore
  ['readRound', 'one echo of three', () => ledByP1().says('p1', began(1)).sends('a1', 'p1', accepted(b1, { round: 1 })).says('p1', confirmed(1))], // prettier-ignore
  ['readRound', 'the echo is of another round', () => ledByP1().says('p1', began(1)).sends('a1', 'p1', accepted(b1, { round: 1 })).sends('a2', 'p1', accepted(b1, { round: 1 })).says('p1', began(2)).says('p1', confirmed(2))], // prettier-ignore
  ['readRound', 'the echo is of another disk', () => ledByP1().says('p1', began(1)).sends('a1', 'p1', accepted(b1, { round: 1 })).sends('a2', 'p1', accepted(b1, { round: 1, disk: 7 })).says('p1', confirmed(1))], // prettier-ignore
  ['readRound', 'a round is used twice', () => ledByP1().says('p1', began(1)).says('p1', began(1))],
  ['readSlot', 'an old state', () => chosenByP1('x').answers('p1', 'c2', 1, 1, 1).reads('p1', 'c1', 1).says('p1', began(1)).sends('a1', 'p1', accepted(b1, { round: 1 })).sends('a2', 'p1', accepted(b1, { round: 1 })).says('p1', confirmed(1)).answers('p1', 'c1', 1, 0)], // prettier-ignore
];

/** Two had x on disk; p2 has lost it, and told the leader, perhaps, that its disk has nothing now. Then acceptors may forget it. */
function ofLostDisk(...told: readonly number[]): Told {
  const story = chosenByP1('x').is('p1', { role: 'leader', ballot: b1, round: 1, chosenThrough: 1 });
  story.learns('p1', 1, 'x').learns('p2', 1, 'x').syncs('p1', 'p2').wipes('p2');
  for (const durableThrough of told) {
    const message = tells(durableThrough);
    story.sends('p2', 'p1', message).receives('p1', 'p2', message);
  }
  return story.sends('p1', 'a1', trims);
}

const tells = (durableThrough: number) => ({ kind: 'progress', ballot: b1, clusterId: 1, durableThrough, at: 7 }) as const; // prettier-ignore
const beat = accepted(b1, {});
const trims = accept({ chosenThrough: 1, trimThrough: 1 });

/** This proposer alone has x on disk, p2 is silent, and a3 says that it holds too much. */
function holdsTooMuch(holder = 'p1'): Told {
  const story = chosenByP1('x').is('p1', { role: 'leader', ballot: b1, round: 1, chosenThrough: 1 });
  return story
    .learns(holder, 1, 'x')
    .syncs(holder)
    .receives('p1', 'a3', accepted(b1, { heldBytes: 1_000_001 }));
}

function decidedRed(): Told {
  return ledByP1().wishes('p1', 'c1', 'red').registers(b1, 'red', 'a1', 'a2').decides('p1', 'c1', 'red');
}

function proposedRed(): Told {
  const value = new TextEncoder().encode('red');
  const proposal = {
    kind: 'registerAccept',
    key: 'k',
    ballot: b1,
    epoch: 1,
    clusterId: 1,
    value,
    adopted: false,
  } as const;
  return ledByP1().wishes('p1', 'c1', 'red').wishes('p1', 'c2', 'red').sends('p1', 'a1', proposal);
}

describe('an invariant of Multi-Paxos is noticed to be violated:', () => {
  test.each(stories)('%s: %s', (claim, _story, tell) => {
    const [name, citation] = claims[claim];
    expect(tell).toThrow(`${name} (${citation}): `);
  });

  test('each has such a story', () => {
    const told = new Set(stories.map(([claim]) => claim));
    expect(Object.keys(claims).filter((claim) => !told.has(claim as Claim))).toEqual([]);
  });

  test('an open outcome is no refusal', () => {
    const story = ledByP1().asks('p1', 'c1', 'x').says('p1', proposedX);
    expect(() => story.sends('p1', 'c1', refused('steppedDown'))).not.toThrow();
  });

  test('that a wish was proposed and may be accepted yet says nothing of another copy', () => {
    const story = proposedRed().refusesWish('p1', 'c1', 'unavailable');
    expect(() => story.refusesWish('p1', 'c2', 'tooLarge')).not.toThrow();
    expect(() => ledByP1().wishes('p1', 'c1', 'red').refusesWish('p1', 'c1', 'tooLarge')).not.toThrow();
  });

  test('a proposer that is silent is not waited for while an acceptor that is heard holds too much', () => {
    const story = holdsTooMuch().waits(600).receives('p1', 'a1', beat);
    expect(() => story.sends('p1', 'a1', trims)).not.toThrow();
  });

  test('an acceptor that told what it has goes on in the epoch for which it did', () => {
    expect(() => new Told().leavesFor('a1', 2).inEpoch(2).registers(b2, 'red', 'a1')).not.toThrow();
  });

  test('a leader that cannot know that a disk was lost may count it', () => {
    expect(() => ofLostDisk()).not.toThrow();
  });

  test('a vote in a register counts in its own epoch, as one of the acceptors of that', () => {
    const change = 'set 2 2 2 a1:0 a2:0 a4:0';
    const story = ledByP1().accepts('p1', b1, 1, change).votes(b1, 'p1', 1, [change], 'a1', 'a2');
    story.wishes('p1', 'c1', 'red').wishes('p2', 'c2', 'blue');
    // a3 was removed, a1 and a3 are no quorum of the second epoch; a1 and a2 are.
    story.inEpoch(2).registers(b1, 'red', 'a1', 'a3').registers(b2, 'blue', 'a1', 'a2').decides('p2', 'c2', 'blue');
    expect(() => story.decides('p1', 'c1', 'red')).toThrow(claims.register[0]);
  });

  test('a change of the acceptors is in force α slots later', () => {
    const change = 'set 2 2 2 a1:0 a2:7 a3:0';
    const story = ledByP1()
      .promises('a3', 'p1', b1)
      .accepts('p1', b1, 1, change)
      .votes(b1, 'p1', 1, [change], 'a1', 'a3');
    story.accepts('p1', b1, 2, '-', '-', '-').votes(b1, 'p1', 2, ['-', '-', '-'], 'a1', 'a3').accepts('p1', b1, 5, '-');
    story.votes(b1, 'p1', 5, ['-'], 'a1', 'a2');
    expect(() => story.says('p1', { ...chosen, first: 5, last: 5 })).toThrow(claims.quorum[0]);
  });

  test('nothing is noticed in an honest story', () => {
    const story = chosenByP1('x', 'y')
      .says('p1', { ...chosen, last: 2 })
      .is('p1', { role: 'leader', ballot: b1, round: 1, chosenThrough: 2, lastApplied: 2 }, '1=x 2=y')
      .answers('p1', 'c1', 1, 2, 1)
      .reads('p1', 'c1', 2)
      .says('p1', began(1))
      .sends('a1', 'p1', accepted(b1, { round: 1 }))
      .sends('a2', 'p1', accepted(b1, { round: 1 }))
      .says('p1', confirmed(1))
      .answers('p1', 'c1', 2, 2)
      .learns('p1', 1, 'x', 'y')
      .learns('p2', 1, 'x', 'y')
      .says('p1', learned(1))
      .answersStale('p2', 0, 0)
      .waits(10)
      .says('p1', learned(2))
      .answersStale('p2', 0, 10)
      .answersStale('p2', 1, 0)
      .waits(50)
      .answersStale('p1', 2, 0)
      .syncs('p1', 'p2')
      .sends('p2', 'p1', { kind: 'progress', ballot: b1, durableThrough: 2, at: 1, clusterId: 1 })
      .sends('p1', 'a1', accept({ chosenThrough: 2, trimThrough: 2 }))
      .is('a1', { promised: b1, trimmedThrough: 2 })
      .crashes('p1')
      .prepares('p2', b2)
      .promises('a2', 'p2', b2, batch(b1, 1, ['x', 'y']))
      .promises('a3', 'p2', b2)
      .accepts('p2', b2, 1, 'x', 'y')
      .votes(b2, 'p2', 1, ['x', 'y'], 'a2', 'a3');
    expect(story).toBeInstanceOf(Told);
  });
});

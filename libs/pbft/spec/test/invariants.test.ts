import { claims } from '../src/index.js';
import type { Claim } from '../src/index.js';
import {
  answersTo,
  Told,
  batchOf,
  digestOf,
  proposal,
  request,
  sign,
  signedIn,
  stateAfter,
  viewChange,
  vote,
  x,
  y,
} from './witnessed.js';

const committed = { kind: 'committed', view: 0, sequence: 1, digest: digestOf(x), completedBy: 'r3' } as const;
const entered = { kind: 'enteredView', view: 1, role: 'backup', primary: 'r2', completedBy: 'r2' } as const;
const stable = (digest: string) => ({ kind: 'checkpointStable', sequence: 1, digest }) as const;
const checkpoint = (by: string, digest: string) => ({ kind: 'checkpoint', signed: sign(by, { type: 'checkpoint', sequence: 1, digest }) }) as const; // prettier-ignore

/** x prepared at r1, r2 and r3, and is committed and executed at r1. */
function executedX(): Told {
  return new Told()
    .prepared(x, ['r2', 'r3'])
    .sayPrepared('r1', x)
    .sayPrepared('r2', x)
    .sayPrepared('r3', x)
    .sends('r1', vote('commit', 'r1', x))
    .sends('r2', vote('commit', 'r2', x))
    .sends('r3', vote('commit', 'r3', x))
    .says('r1', committed)
    .executes('r1', x);
}

const stories: readonly (readonly [claim: Claim, story: string, tell: () => unknown])[] = [
  ['agreement', 'another batch at the same sequence', () => executedX().accepts('r2', y).executes('r2', y)],
  ['signed', 'a request that its user did not sign', () => new Told().accepts('r1', batchOf(request('x', 'c1', 'c2'))).executes('r1', batchOf(request('x', 'c1', 'c2')))], // prettier-ignore
  ['order', 'a gap', () => executedX().accepts('r1', y, 0, 3).executes('r1', y, 3)],
  ['order', 'executed twice', () => executedX().executes('r1', x)],
  ['order', 'beyond what anybody executed', () => new Told().accepts('r1', y, 0, 2).executes('r1', y, 2)],
  ['states', 'another state', () => executedX().is('r1', { executed: 1, position: 1 }, '1=y')],
  ['states', 'another position', () => executedX().is('r1', { executed: 1, position: 2 }, '1=x')],
  [
    'states',
    'a checkpoint of another state is stable',
    () => {
      const other = stateAfter(y);
      const story = executedX();
      for (const by of ['r1', 'r2', 'r3']) story.writes(by, { kind: 'vote', vote: checkpoint(by, other).signed }).syncs(by).sends(by, checkpoint(by, other)); // prettier-ignore
      return story.says('r1', stable(other));
    },
  ],
  ['age', 'what was executed before is not there', () => executedX().waits(50).answersStale('r2', 0, 49)],
  ['age', 'of what was executed later it lacks the first', () => executedX().waits(30).accepts('r1', y, 0, 2).executes('r1', y, 2).waits(20).answersStale('r2', 1, 19)], // prettier-ignore
  ['digest', 'a batch under another one’s digest', () => new Told().writes('r2', { kind: 'accepted', proposal: proposal(x).signed, batch: y })], // prettier-ignore
  ['prepared', 'nobody proposed it', () => new Told().sayPrepared('r2', x)],
  ['prepared', 'one backup of two', () => new Told().prepared(x, ['r2']).sayPrepared('r2', x)],
  ['prepared', 'the primary’s own PREPARE', () => new Told().prepared(x, ['r2']).sends('r1', vote('prepare', 'r1', x)).sayPrepared('r2', x)], // prettier-ignore
  [
    'onePrepared',
    'two batches in one place',
    () => {
      const story = executedX().sends('r4', proposal(y, 0, 1, 'r1'));
      return story
        .sends('r4', vote('prepare', 'r4', y))
        .sends('r4', vote('prepare', 'r3', y))
        .sayPrepared('r3', y);
    },
  ],
  ['committed', 'two COMMITs of three', () => new Told().prepared(x, ['r2', 'r3']).sayPrepared('r1', x).sends('r1', vote('commit', 'r1', x)).sends('r4', vote('commit', 'r4', x)).says('r1', committed)], // prettier-ignore
  ['committed', 'what did not prepare', () => new Told().sends('r4', vote('commit', 'r1', x)).sends('r4', vote('commit', 'r2', x)).sends('r4', vote('commit', 'r4', x)).says('r1', committed)], // prettier-ignore
  ['durable', 'a PREPARE before the sync', () => new Told().writes('r2', { kind: 'accepted', proposal: proposal(x).signed, batch: x }).sends('r2', vote('prepare', 'r2', x))], // prettier-ignore
  ['durable', 'a COMMIT without a certificate', () => new Told().accepts('r2', x).sends('r2', vote('commit', 'r2', x))],
  ['durable', 'a VIEW-CHANGE before the sync', () => new Told().sends('r2', viewChange('r2', 1))],
  ['durable', 'a proposal before the sync', () => new Told().sends('r1', proposal(x))],
  ['durable', 'a CHECKPOINT before the sync', () => new Told().sends('r1', checkpoint('r1', stateAfter(x)))],
  ['durable', 'its own COMMIT counts before the sync', () => new Told().accepts('r2', x).sends('r2', vote('prepare', 'r2', x)).says('r2', { kind: 'voteCounted', phase: 'commit', view: 0, sequence: 1, by: 'r2' })], // prettier-ignore
  ['contradiction', 'two PREPAREs for one place', () => new Told().accepts('r2', x).sends('r2', vote('prepare', 'r2', x)).accepts('r2', y).sends('r2', vote('prepare', 'r2', y))], // prettier-ignore
  ['contradiction', 'another one after a crash', () => new Told().accepts('r2', x).sends('r2', vote('prepare', 'r2', x)).crashes('r2').accepts('r2', y).sends('r2', vote('prepare', 'r2', y))], // prettier-ignore
  [
    'promise',
    'a vote in a view that it left',
    () => {
      const story = new Told().writes('r2', { kind: 'viewChange', signed: signedIn(viewChange('r2', 1)) }).syncs('r2').sends('r2', viewChange('r2', 1)); // prettier-ignore
      return story.accepts('r2', x).sends('r2', vote('prepare', 'r2', x));
    },
  ],
  [
    'concealed',
    'a view change without what it committed',
    () => {
      const message = viewChange('r2', 1);
      return executedX().writes('r2', { kind: 'viewChange', signed: signedIn(message) }).syncs('r2').sends('r2', message); // prettier-ignore
    },
  ],
  ['newView', 'a view without a new view', () => new Told().says('r2', entered)],
  [
    'stable',
    'two votes of three',
    () => {
      const digest = stateAfter(x);
      return executedX().writes('r1', { kind: 'vote', vote: checkpoint('r1', digest).signed }).syncs('r1').sends('r1', checkpoint('r1', digest)).sends('r4', checkpoint('r4', digest)).says('r1', stable(digest)); // prettier-ignore
    },
  ],
  ['stable', 'what nobody executed', () => new Told().says('r1', stable(stateAfter(x)))],
  ['waterMarks', 'a proposal beyond H', () => new Told().accepts('r2', x, 0, 5)],
  ['monotonic', 'the view goes back', () => new Told().is('r2', { view: 1 }).is('r2', { view: 0 })],
  ['monotonic', 'the low water mark goes back', () => new Told().is('r2', { low: 2 }).is('r2', { low: 1 })],
  ['answered', 'what was not the result', () => executedX().answers('r1', 'x', 'done 2')],
  ['answered', 'before it was executed', () => new Told().answers('r1', 'x', 'done 1')],
  [
    'believed',
    'what no correct replica said',
    () => executedX().invariants.believed(answersTo('x', 'done 2', 'r1', 'r4')),
  ],
  ['certified', 'one member said so', () => executedX().invariants.believed(answersTo('x', 'done 1', 'r1'))],
  ['certified', 'one of two is no member', () => executedX().invariants.believed(answersTo('x', 'done 1', 'r1', 'r9'))],
  ['proof', 'two votes are seen and nothing is said', () => new Told().hears('r2', 'r4', vote('prepare', 'r4', y), vote('prepare', 'r4', x))], // prettier-ignore
  ['proof', 'what is shown proves nothing', () => new Told().says('r2', { kind: 'equivocation', by: 'r4', first: signedIn(vote('prepare', 'r4', x)), second: signedIn(vote('prepare', 'r4', x)) })], // prettier-ignore
  ['accused', 'a correct one is accused', () => new Told().says('r2', { kind: 'equivocation', by: 'r3', first: signedIn(vote('prepare', 'r3', x)), second: signedIn(vote('prepare', 'r3', y)) })], // prettier-ignore
];

describe('an invariant of PBFT is noticed to be violated:', () => {
  test.each(stories)('%s: %s', (claim, _story, tell) => {
    const [name, citation] = claims[claim];
    expect(tell).toThrow(`${name} (${citation}): `);
  });

  test('each has such a story', () => {
    const told = new Set(stories.map(([claim]) => claim));
    expect(Object.keys(claims).filter((claim) => !told.has(claim as Claim))).toEqual([]);
  });

  test('who lost its disk may pass on what it asked for before, which others have kept, and nothing else', () => {
    const lost = (): Told => new Told().writes('r2', { kind: 'viewChange', signed: signedIn(viewChange('r2', 1)) }).syncs('r2').sends('r2', viewChange('r2', 1)).losesItsDisk('r2'); // prettier-ignore
    expect(lost().sends('r2', viewChange('r2', 1))).toBeInstanceOf(Told);
    expect(() => lost().sends('r2', viewChange('r2', 2))).toThrow(claims.durable[0]);
  });

  test('nothing is noticed in an honest story', () => {
    const digest = stateAfter(x);
    const story = executedX()
      .is('r1', { executed: 1, position: 1 }, '1=x')
      .answers('r1', 'x', 'done 1')
      .answersStale('r2', 0, 0)
      .waits(10)
      .answersStale('r2', 0, 10)
      .answersStale('r1', 1, 0)
      .executes('r2', x)
      .crashes('r2')
      .executes('r2', x)
      .is('r2', { executed: 1, position: 1 }, '1=x');
    for (const by of ['r1', 'r2', 'r3']) story.writes(by, { kind: 'vote', vote: checkpoint(by, digest).signed }).syncs(by).sends(by, checkpoint(by, digest)); // prettier-ignore
    story.says('r1', stable(digest)).is('r1', { low: 1 });
    story.invariants.believed(answersTo('x', 'done 1', 'r1', 'r2'));
    const first = signedIn(vote('prepare', 'r4', x));
    const second = signedIn(vote('prepare', 'r4', y));
    story.says('r2', { kind: 'equivocation', by: 'r4', first, second });
    expect(story).toBeInstanceOf(Told);
  });
});

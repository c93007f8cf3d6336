import { Group, texts } from './group.js';
import { Lone } from './lone.js';
import {
  backupsOf,
  batchOf,
  commit,
  digestOf,
  newView,
  nullBatch,
  prePrepare,
  prepare,
  prepared,
  proposal,
  checkpoint,
  complaint,
  viewChange,
} from './saying.js';

const [one, other] = [batchOf('one'), batchOf('other')];

const viewsOf = (group: Group): readonly number[] => group.live.map(({ state }) => state.view);
const isActive = (group: Group): boolean => group.live.every(({ state }) => state.active);

test('a view change that would be refused is not worth that its many signatures are verified', () => {
  const { replica } = new Lone('r3').server;
  const shown = [prepared(0, 1, one), prepared(0, 2, other)];
  expect(replica.worth('r4', viewChange('r4', 1, shown))).toBe(true);
  expect(replica.worth('r4', viewChange('r4', 1, [...shown].reverse()))).toBe(false);
  expect(replica.worth('r4', viewChange('r4', 1, [prepared(0, 1, one, ['r2', 'r2'])]))).toBe(false);
  expect(replica.worth('r9', viewChange('r9', 1, shown))).toBe(false);
});

test('a complaint of one view ends no other', () => {
  const lone = new Lone('r3');
  lone.hear(complaint('r4', 0));
  const changes = ['r1', 'r2', 'r4'].map((name) => viewChange(name, 1));
  lone.hear(...changes, newView(1, changes.map(({ signed }) => signed))); // prettier-ignore
  expect(lone.server.state).toMatchObject({ view: 1, active: true });
  lone.hear(complaint('r1', 1));
  expect(lone.server.state).toMatchObject({ view: 1, active: true });
  lone.hear(complaint('r4', 1, 2));
  expect(lone.server.state).toMatchObject({ view: 2, active: false });
});

describe('A primary is replaced', () => {
  test('when it is silent, and the client is answered', () => {
    const group = new Group();
    group.put('before');
    group.crash('r1');
    group.put('after');
    expect(group.history()).toEqual(['before', 'after']);
    expect(viewsOf(group)).toEqual([1, 1, 1]);
    expect(group.server('r2').saw('viewChangeStarted')).toMatchObject([{ view: 1, why: 'complaints' }]);
  });

  test('by the next, when f are silent in a row; of seven, two', () => {
    const group = new Group({ n: 7 });
    group.put('before');
    group.crash('r1', 'r2');
    group.put('after');
    expect(group.history()).toEqual(['before', 'after']);
    expect(viewsOf(group)).toEqual([2, 2, 2, 2, 2]);
    expect(
      group
        .server('r3')
        .saw('viewChangeStarted')
        .map(({ why }) => why),
    ).toEqual(['complaints', 'timeout']);
  });

  test('at once when it gives one place to two batches: the proof goes round', () => {
    const group = new Group();
    group.betray('r1');
    for (const [name, batch] of [
      ['r2', one],
      ['r3', other],
      ['r4', one],
    ] as const)
      group.post('r1', name, prePrepare(0, 1, batch));
    group.post('r1', 'r2', prePrepare(0, 1, other));
    group.run(20);
    expect(viewsOf(group)).toEqual([1, 1, 1]);
    expect(isActive(group)).toBe(true);
    expect(group.server('r3').saw('viewChangeStarted')).toMatchObject([{ view: 1, why: 'equivocation' }]);
    const [found] = group.server('r4').saw('equivocation');
    expect(found).toMatchObject({ by: 'r1', first: { signer: 'r1' }, second: { signer: 'r1' } });
    group.put('goes on');
    expect(group.history()).toEqual(['one', 'goes on']);
  });

  test('and found out later, when what it told others stands in a view change', () => {
    for (const hasLeft of [false, true]) {
      const r3 = new Lone('r3');
      r3.hear(prePrepare(0, 1, one), prepare('r2', 0, 1, digestOf(other)), prepare('r4', 0, 1, digestOf(other)));
      if (hasLeft) r3.hear(viewChange('r1', 1), viewChange('r4', 1));
      expect(r3.server.state.active).toBe(!hasLeft);
      expect(r3.server.saw('equivocation')).toEqual([]);
      r3.hear(viewChange('r2', 1, [prepared(0, 1, other, ['r2', 'r4'])]));
      const said = [proposal(0, 1, one), proposal(0, 1, other)];
      expect(r3.server.saw('equivocation')).toMatchObject([{ by: 'r1', first: said[0], second: said[1] }]);
    }
  });

  test('and a backup whose votes differ, likewise', () => {
    const r3 = new Lone('r3');
    r3.hear(prePrepare(0, 1, one), prepare('r2', 0, 1, digestOf(other)));
    r3.hear(viewChange('r4', 1, [prepared(0, 1, one, ['r2', 'r4'])]));
    expect(r3.server.saw('equivocation')).toMatchObject([{ by: 'r2' }]);
  });

  test('not because of what one member says', () => {
    const group = new Group();
    group.put('a');
    group.betray('r4');
    for (let again = 0; again < 50; again++) {
      for (const name of ['r1', 'r2', 'r3']) {
        group.post('r4', name, complaint('r4', 0, again));
        group.post('r4', name, viewChange('r4', 1 + again));
      }
      group.run(100);
    }
    expect(viewsOf(group)).toEqual([0, 0, 0]);
    group.put('b');
    expect(viewsOf(group)).toEqual([0, 0, 0]);
  });

  test('not because of a complaint that is over, or that somebody else says again', () => {
    const lone = new Lone('r3');
    lone.hear(complaint('r2', 0));
    lone.group.run(5000);
    lone.hear(complaint('r2', 0), complaint('r4', 0));
    expect(lone.server.state).toMatchObject({ view: 0, active: true });
    lone.hear(complaint('r2', 0, 2));
    expect(lone.server.saw('viewChangeStarted')).toMatchObject([{ view: 1, why: 'complaints' }]);
  });

  test('not because of a complaint of another view, or of who is no member', () => {
    const lone = new Lone('r3');
    lone.hear(complaint('r2', 1), complaint('r2', 0), complaint('ann', 0));
    expect(lone.server.state).toMatchObject({ view: 0, active: true });
    expect(lone.server.saw('rejected').map(({ reason }) => reason)).toEqual(['notAMember']);
    lone.group.post('r4', 'r3', complaint('ann', 0, 2));
    lone.group.run(3);
    expect(lone.server.saw('rejected').at(-1)).toMatchObject({ reason: 'signerNotAMember' });
  });

  test('though who found it out had another contradiction of it before', () => {
    const r3 = new Lone('r3');
    r3.hear(checkpoint('r1', 50, 'ab'.repeat(32)), checkpoint('r1', 50, 'cd'.repeat(32)));
    r3.hear(checkpoint('r1', 50, 'ef'.repeat(32)));
    expect(r3.server.saw('equivocation')).toHaveLength(1);
    expect(r3.server.state).toMatchObject({ view: 0, active: true });
    r3.hear(prePrepare(0, 1, one), prePrepare(0, 1, other));
    expect(r3.server.saw('equivocation')).toHaveLength(2);
    expect(r3.said('proof')).toHaveLength(1);
    expect(r3.server.state).toMatchObject({ view: 1, active: false });
  });

  test('not by a backup that alone does not hear it, which stays in the view and catches up', () => {
    const group = new Group();
    group.put('a');
    group.network = (from, to) => from !== 'r1' || to !== 'r4';
    group.put(...texts(5));
    group.run(5000);
    expect(viewsOf(group)).toEqual([0, 0, 0, 0]);
    expect(group.history()).toHaveLength(6);
    expect(group.server('r4').service.applied).toHaveLength(6);
  });

  test('when it stops: it asks for it, and nobody waits for a timer', () => {
    const group = new Group();
    group.put('a');
    group.server('r1').step({ kind: 'stopping' });
    group.run(50);
    expect(viewsOf(group)).toEqual([1, 1, 1, 1]);
    expect(group.server('r1').stopped).toBe(true);
    group.crash('r1');
    group.put('b');
    expect(viewsOf(group)).toEqual([1, 1, 1]);
  });

  test('when a member has left its view alone, and after a while: all meet in the next', () => {
    const group = new Group();
    group.put('a');
    group.network = (_from, to, { kind }) => kind !== 'complaint' || to === 'r3';
    group.server('r1').step({ kind: 'stopping' });
    group.run(20);
    expect(viewsOf(group)).toEqual([0, 0, 1, 0]);
    group.restart('r1');
    group.network = () => true;
    group.run(4900);
    expect(viewsOf(group)).toEqual([0, 0, 1, 0]);
    group.put('goes on');
    group.run(1500);
    expect(viewsOf(group)).toEqual([1, 1, 1, 1]);
    expect(isActive(group)).toBe(true);
    expect(group.server('r1').saw('complained')).toMatchObject([{ view: 0, why: 'leftAlone' }]);
    expect(group.server('r2').saw('viewChangeStarted')).toMatchObject([{ why: 'abdication', grievance: 'leftAlone' }]);
  });

  test('for one that asks for a far view more and more seldom', () => {
    const group = new Group();
    group.betray('r4');
    const wish = viewChange('r4', 1000);
    const lastedMs: number[] = [];
    let [view, since] = [0, group.now()];
    while (view < 24) {
      for (const name of ['r1', 'r2', 'r3']) group.post('r4', name, wish);
      group.run(500);
      // In its own view nothing happens before somebody asks for something.
      if (view % 4 === 3) group.put(`in ${view}`);
      const next = Math.max(...viewsOf(group));
      if (next > view && view % 4 === 0) lastedMs.push(group.now() - since);
      if (next > view) [view, since] = [next, group.now()];
    }
    for (const [time, ms] of [5000, 10_000, 20_000, 40_000, 60_000, 60_000].entries()) {
      expect(lastedMs[time]).toBeGreaterThanOrEqual(ms);
      expect(lastedMs[time]).toBeLessThan(ms + 2000);
    }
  });

  test('not when a backup stops, which simply goes', () => {
    const group = new Group();
    group.server('r2').step({ kind: 'stopping' });
    expect(group.server('r2').stopped).toBe(true);
    group.run(3000);
    expect(viewsOf(group)).toEqual([0, 0, 0, 0]);
  });
});

describe('Through a view change', () => {
  test('what is committed at one correct member stays', () => {
    const group = new Group();
    // Only r2 hears all commits; then the primary falls silent.
    group.network = (_from, to, message) => message.kind !== 'commit' || to === 'r2';
    group.ask('told');
    group.run(20);
    expect(group.server('r2').service.applied).toEqual(['told']);
    expect(group.server('r3').service.applied).toEqual([]);
    group.crash('r1', 'r2');
    group.network = () => true;
    const disk = group.server('r2').disk;
    group.run(3000);
    group.restart('r2', disk);
    group.put('next');
    expect(group.history()).toEqual(['told', 'next']);
  });

  test('what prepared anywhere in a quorum is proposed again, and gaps get null requests', () => {
    const lone = new Lone('r2');
    const certificate = prepared(0, 3, other, ['r3', 'r4']);
    lone.hear(viewChange('r3', 1, [certificate]), viewChange('r4', 1));
    lone.group.run(20);
    const [made] = lone.said('newView');
    const proposed = made!.signed.statement.proposals.map(({ statement }) => statement);
    const gap = digestOf(nullBatch);
    expect(proposed.map(({ view, sequence, digest }) => [view, sequence, digest])).toEqual([
      [1, 1, gap],
      [1, 2, gap],
      [1, 3, digestOf(other)],
    ]);
  });

  test('the certificate of the highest view decides, compared as numbers: 10 is above 9', () => {
    const lone = new Lone('r4');
    const [old, young] = [prepared(9, 1, one, ['r3', 'r4']), prepared(10, 1, other, ['r1', 'r2'])];
    lone.hear(viewChange('r1', 11, [old]), viewChange('r2', 11, [young]), viewChange('r3', 11, [old]));
    lone.group.run(20);
    const [made] = lone.said('newView');
    expect(made!.signed.statement.proposals.map(({ statement }) => statement.digest)).toEqual([digestOf(other)]);
  });

  test('who lacks a batch that is proposed again asks for it, and prepares when it has it', () => {
    const lone = new Lone('r3');
    const certificate = prepared(0, 1, one, ['r3', 'r4'].filter((name) => name !== 'r3').concat('r2'));
    const changes = [viewChange('r1', 1), viewChange('r2', 1, [certificate]), viewChange('r4', 1)];
    lone.hear(
      ...changes,
      newView(
        1,
        changes.map(({ signed }) => signed),
      ),
    );
    expect(lone.server.state).toMatchObject({ view: 1, active: true });
    expect(lone.said('prepare')).toEqual([]);
    lone.group.run(200);
    expect(lone.said('status').at(-1)!.batches).toEqual([digestOf(one)]);
    lone.group.post('r4', 'r3', { kind: 'missing', sequence: 1, batch: other });
    lone.group.run(3);
    expect(lone.said('prepare')).toEqual([]);
    lone.group.post('r4', 'r3', { kind: 'missing', sequence: 1, batch: one });
    lone.group.run(3);
    expect(lone.said('prepare').map(({ signed }) => signed.statement)).toMatchObject([
      { view: 1, digest: digestOf(one) },
    ]);
  });

  test('requests that wait are proposed by the new primary', () => {
    const group = new Group();
    group.crash('r1');
    for (const text of texts(10)) group.ask(text);
    group.run(4000);
    expect(group.history()).toEqual(texts(10));
  });

  test('votes of the new view that overtake it are kept, of each member a few', () => {
    const lone = new Lone('r3');
    const changes = ['r1', 'r2', 'r4'].map((name) =>
      viewChange(name, 1, name === 'r2' ? [prepared(0, 1, one, ['r2', 'r4'])] : []),
    );
    lone.hear(prePrepare(0, 1, one));
    for (let sequence = 1; sequence <= 500; sequence++) lone.hear(prepare('r4', 1, sequence, digestOf(one)));
    expect(lone.server.state.held.earlyVotes).toBe(200);
    lone.hear(
      ...changes,
      newView(
        1,
        changes.map(({ signed }) => signed),
      ),
    );
    expect(lone.server.saw('prepared')).toMatchObject([{ view: 1, sequence: 1 }]);
    expect(lone.server.state.held.earlyVotes).toBe(0);
  });

  test('votes of the old view count no more, nor does its primary', () => {
    const lone = new Lone('r3');
    lone.hear(prePrepare(0, 1, one));
    lone.hear(viewChange('r2', 1), viewChange('r4', 1));
    expect(lone.server.state).toMatchObject({ view: 1, active: false });
    lone.hear(prepare('r2', 0, 1, digestOf(one)), prePrepare(0, 2, other), commit('r1', 0, 1, digestOf(one)));
    expect(lone.server.saw('prepared')).toEqual([]);
    expect(lone.said('prepare')).toHaveLength(1);
  });

  test('what is executed is not executed again', () => {
    const group = new Group();
    group.put('a', 'b', 'c');
    group.crash('r1');
    group.put('d');
    const executed = group
      .server('r3')
      .saw('executed')
      .map(({ sequence }) => sequence);
    expect(executed).toEqual([1, 2, 3, 4]);
    expect(
      group
        .server('r3')
        .saw('committed')
        .filter(({ view }) => view === 1),
    ).toHaveLength(1);
    expect(
      group
        .server('r3')
        .saw('prepared')
        .filter(({ view }) => view === 1),
    ).toHaveLength(4);
  });
});

test('a view change leaves when it is on our disk, with all that it shows, and counts here no sooner', () => {
  const lone = new Lone('r2');
  lone.server.syncMs = 20;
  lone.hear(viewChange('r3', 1), viewChange('r4', 1));
  expect(lone.server.state).toMatchObject({ view: 1, active: false });
  lone.group.run(10);
  expect(lone.said('viewChange')).toEqual([]);
  expect(lone.said('newView')).toEqual([]);
  lone.group.run(50);
  expect(lone.said('viewChange')).toHaveLength(1);
  expect(lone.said('newView')).toHaveLength(1);
});

test('a new primary counts its own view change, though all others are there before: none of its lives proposes twice', () => {
  const lone = new Lone('r4');
  lone.server.syncMs = 20;
  lone.hear(viewChange('r1', 3), viewChange('r2', 3), viewChange('r3', 3));
  lone.group.run(50);
  const named = lone.said('newView').map(({ signed }) => signed.statement.viewChanges.map(({ replica }) => replica));
  expect(named).toEqual([['r1', 'r2', 'r4']]);
});

test('a view change asks for at most one certificate a sequence, and is signed once for a view', () => {
  const lone = new Lone('r3');
  lone.hear(prePrepare(0, 1, one), prepare('r2', 0, 1, digestOf(one)));
  lone.hear(viewChange('r2', 1), viewChange('r4', 1));
  const [mine] = lone.said('viewChange');
  expect(mine!.signed.statement.prepared.map(({ proposal: { statement } }) => statement.sequence)).toEqual([1]);
  expect(mine!.signed.statement.prepared[0]!.prepares.map(({ signer }) => signer).sort()).toEqual(['r2', 'r3']);
  lone.group.run(1000);
  const all = lone.said('viewChange').map(({ signed }) => Buffer.from(signed.bytes).toString('hex'));
  expect(new Set(all).size).toBe(1);
  expect(backupsOf(0)).toContain('r3');
  expect(proposal(0, 1, one).signer).toBe('r1');
});

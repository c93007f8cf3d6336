import { nullBatch } from '@synod/pbft-core';
import { Group, texts } from './group.js';
import { Lone } from './lone.js';
import { batchOf, commit, digestOf, prePrepare, prepare } from './saying.js';

const [one, other] = [batchOf('one'), batchOf('other')];
const [d1, d2] = [digestOf(one), digestOf(other)];

describe('A group', () => {
  test.each([1, 2, 3, 4, 5, 6, 7])('of %i executes what a client asks, everywhere alike', (n) => {
    const group = new Group({ n });
    group.put(...texts(20));
    group.run(50);
    expect(group.history()).toEqual(texts(20));
    for (const server of group.live) {
      expect(server.service.applied).toEqual(texts(20));
      expect(server.rejections()).toEqual([]);
      expect(server.state).toMatchObject({ view: 0, active: true, waitingRequests: 0 });
    }
  });

  test('has many sequences in flight, and executes them in order though they commit in any', () => {
    const group = new Group({ limits: { inFlightSmall: 16 } });
    const delays = [40, 5, 30, 1, 20, 10];
    group.network = (from, to, message) => {
      if (message.kind !== 'commit' || group.now() > 1100) return true;
      group.later(delays[message.signed.statement.sequence % delays.length]!, () =>
        group.server(to).hear(from, message),
      );
      return false;
    };
    for (const text of texts(6)) {
      group.ask(text);
      group.run(2);
    }
    group.run(100);
    const committed = group
      .server('r2')
      .saw('committed')
      .map(({ sequence }) => sequence);
    expect(committed).not.toEqual([...committed].sort((a, b) => a - b));
    const executed = group
      .server('r2')
      .saw('executed')
      .map(({ sequence }) => sequence);
    expect(executed).toEqual([1, 2, 3, 4, 5, 6]);
    expect(group.history()).toEqual(texts(6));
  });

  test('makes larger batches of what comes while enough are on their way', () => {
    const group = new Group();
    for (const text of texts(40)) group.ask(text);
    group.run(30);
    expect(group.history()).toHaveLength(40);
    expect(group.server('r1').saw('proposed').length).toBeLessThan(8);
  });

  test('answers a request that comes again from its memory, and orders it no second time', () => {
    const group = new Group();
    const request = group.ask('once');
    group.run(50);
    const [said, told] = [group.answerTo(request.signed), group.told.length];
    expect(said).toBe('ann: 1');
    for (const name of group.names) group.post('ann', name, request);
    group.run(50);
    expect(group.told.length).toBe(told + 4);
    expect(group.server('r1').saw('proposed')).toHaveLength(1);
    expect(group.history()).toEqual(['once']);
  });

  test('does not take a request from somebody who did not sign it', () => {
    const group = new Group();
    group.post('bob', 'r1', group.request('of ann'));
    group.run(50);
    expect(group.server('r1').rejections()).toEqual(['bob: requestOfAnother']);
    expect(group.history()).toEqual([]);
  });

  test('orders a read that is to be ordered, answers it alike, and it changes nothing', () => {
    const group = new Group();
    group.put('a', 'b');
    const read = group.request('', 'ann', 'queries');
    for (const name of group.names) group.post('ann', name, read);
    group.run(50);
    expect(group.answerTo(read.signed)).toBe('a,b');
    for (const { state } of group.live) expect(state).toMatchObject({ position: 2, lastExecuted: 3 });
  });
});

/** A backup that was given a proposal. */
function backup(): Lone {
  const lone = new Lone('r2');
  lone.hear(prePrepare(0, 1, one));
  return lone;
}

const isPrepared = (lone: Lone): boolean => lone.server.saw('prepared').length > 0;
const isCommitted = (lone: Lone): boolean => lone.server.saw('committed').length > 0;

describe('A backup prepares', () => {
  test('a proposal of the primary between the water marks, once', () => {
    const lone = backup();
    lone.hear(prePrepare(0, 1, one));
    expect(lone.said('prepare').map(({ signed }) => signed.statement)).toEqual([
      { type: 'prepare', view: 0, sequence: 1, digest: d1 },
    ]);
  });

  test.each([
    ['of who is not the primary', () => prePrepare(0, 1, one, 'r3'), 'proposalNotOfPrimary'],
    ['whose digest is of other requests', () => ({ ...prePrepare(0, 1, one), batch: other }), 'wrongDigest'],
    ['larger than any batch may be', () => prePrepare(0, 1, batchOf('x'.repeat(300_000))), 'batchTooLarge'],
    ['with a request that nobody may ask for', () => prePrepare(0, 1, batchOf('x'.repeat(66_000))), 'batchTooLarge'],
  ])('nothing %s', (_what, make, reason) => {
    const lone = new Lone('r2');
    lone.hear(make() as ReturnType<typeof prePrepare>);
    expect(lone.said('prepare')).toEqual([]);
    expect(lone.server.rejections()).toEqual([expect.stringContaining(`: ${reason}`)]);
  });

  test.each([
    ['at or below the low water mark', 0, 0],
    ['above the high water mark', 0, 101],
    ['far above it', 0, 2 ** 52],
    ['of another view', 4, 1],
  ])('nothing %s', (_what, view, sequence) => {
    const lone = new Lone('r2');
    lone.hear(prePrepare(view, sequence, one));
    expect(lone.said('prepare')).toEqual([]);
    expect(lone.server.state.held.slots).toBe(0);
  });

  test('the highest sequence that it may', () => {
    const lone = new Lone('r2');
    lone.hear(prePrepare(0, 100, one));
    expect(lone.said('prepare')).toHaveLength(1);
  });

  test('a null request as any other', () => {
    const lone = new Lone('r2');
    lone.hear(prePrepare(0, 1, nullBatch));
    expect(lone.said('prepare')).toHaveLength(1);
  });

  test('when its disk has the proposal, and not before', () => {
    const lone = new Lone('r2');
    lone.server.syncMs = 20;
    lone.hear(prePrepare(0, 1, one));
    expect(lone.said('prepare')).toEqual([]);
    lone.group.run(30);
    expect(lone.said('prepare')).toHaveLength(1);
  });
});

describe('A batch is prepared', () => {
  test('by the proposal and two prepares, our own among them', () => {
    const lone = backup();
    expect(isPrepared(lone)).toBe(false);
    lone.hear(prepare('r3', 0, 1, d1));
    expect(isPrepared(lone)).toBe(true);
    expect(lone.said('commit')).toHaveLength(1);
  });

  test('also when votes overtake the proposal', () => {
    const lone = new Lone('r2');
    lone.hear(prepare('r3', 0, 1, d1), prepare('r4', 0, 1, d1));
    expect(isPrepared(lone)).toBe(false);
    lone.hear(prePrepare(0, 1, one));
    expect(isPrepared(lone)).toBe(true);
  });

  test.each([
    ['a prepare of the primary, which voted by its proposal', () => prepare('r1', 0, 1, d1), ['r1: prepareOfPrimary']],
    ['a prepare of nobody', () => prepare('r9', 0, 1, d1), ['r9: notAMember']],
    ['our own prepare, coming from elsewhere', () => prepare('r2', 0, 1, d1), ['r2: notAMember']],
    ['a prepare for another batch', () => prepare('r3', 0, 1, d2), []],
    ['a prepare of another view', () => prepare('r3', 1, 1, d1), []],
    ['a prepare for another sequence', () => prepare('r3', 0, 2, d1), []],
    ['a commit', () => commit('r3', 0, 1, d1), []],
  ])('not by %s', (_what, vote, rejected) => {
    const lone = backup();
    lone.hear(vote());
    expect(isPrepared(lone)).toBe(false);
    expect(lone.server.rejections()).toEqual(rejected);
  });

  test('not by a prepare that is passed on in the name of a member that never signed it', () => {
    const lone = backup();
    const stolen = prepare('r3', 0, 1, d1);
    const forged = { ...stolen, signed: { ...stolen.signed, signer: 'r4' } };
    lone.group.post('r3', 'r2', forged);
    lone.group.run(3);
    expect(isPrepared(lone)).toBe(false);
  });

  test('not by a vote of nobody that a member passes on', () => {
    const lone = backup();
    lone.group.post('r3', 'r2', prepare('r9', 0, 1, d1));
    lone.group.run(3);
    expect(isPrepared(lone)).toBe(false);
    expect(lone.server.rejections()).toEqual(['r3: signerNotAMember']);
  });

  test('counted by member, however often it votes: of seven, three others and we are needed', () => {
    const lone = new Lone('r2', { n: 7 });
    lone.hear(prePrepare(0, 1, one));
    for (let again = 0; again < 5; again++) lone.hear(prepare('r3', 0, 1, d1), prepare('r4', 0, 1, d1));
    expect(isPrepared(lone)).toBe(false);
    lone.hear(prepare('r5', 0, 1, d1));
    expect(isPrepared(lone)).toBe(true);
  });

  test('by our own vote only when it is on our disk', () => {
    const lone = new Lone('r2');
    lone.server.syncMs = 20;
    lone.hear(prepare('r3', 0, 1, d1), prePrepare(0, 1, one));
    expect(isPrepared(lone)).toBe(false);
    lone.group.run(30);
    expect(isPrepared(lone)).toBe(true);
  });

  test('and the commit leaves when the certificate is on our disk', () => {
    const lone = backup();
    lone.server.syncMs = 20;
    lone.hear(prepare('r3', 0, 1, d1));
    expect(isPrepared(lone)).toBe(true);
    expect(lone.said('commit')).toEqual([]);
    lone.group.run(30);
    expect(lone.said('commit')).toHaveLength(1);
    const records = lone.server.disk.journal.map(({ record }) => record.kind);
    expect(records).toEqual(['standing', 'accepted', 'certificate']);
  });
});

describe('A batch is committed', () => {
  function preparedBackup(): Lone {
    const lone = backup();
    lone.hear(prepare('r3', 0, 1, d1));
    return lone;
  }

  test('by commits of a quorum, our own among them', () => {
    const lone = preparedBackup();
    lone.hear(commit('r3', 0, 1, d1));
    expect(isCommitted(lone)).toBe(false);
    lone.hear(commit('r1', 0, 1, d1));
    expect(isCommitted(lone)).toBe(true);
    expect(lone.server.service.applied).toEqual(['one']);
  });

  test('not before it is prepared, whoever commits', () => {
    const lone = backup();
    for (const member of ['r1', 'r3', 'r4']) lone.hear(commit(member, 0, 1, d1));
    expect(isCommitted(lone)).toBe(false);
    lone.hear(prepare('r3', 0, 1, d1));
    expect(isCommitted(lone)).toBe(true);
  });

  test.each([
    ['the same commit again', () => commit('r3', 0, 1, d1)],
    ['a commit of nobody', () => commit('r9', 0, 1, d1)],
    ['a commit for another batch', () => commit('r1', 0, 1, d2)],
    ['a commit of another view', () => commit('r1', 4, 1, d1)],
  ])('not by %s', (_what, vote) => {
    const lone = preparedBackup();
    lone.hear(commit('r3', 0, 1, d1), vote());
    expect(isCommitted(lone)).toBe(false);
  });

  test('by our own vote only when it is on our disk: else a client could be told what nobody remembers', () => {
    const lone = backup();
    lone.server.syncMs = 20;
    lone.hear(prepare('r3', 0, 1, d1), commit('r1', 0, 1, d1), commit('r3', 0, 1, d1));
    expect(isCommitted(lone)).toBe(false);
    lone.group.run(50);
    expect(isCommitted(lone)).toBe(true);
  });
});

describe('A proposal', () => {
  test('that reaches nobody is sent again, and nobody is replaced for it', () => {
    const group = new Group();
    group.put('a');
    const lost = group.now() + 50;
    group.network = (_from, _to, message) => message.kind !== 'prePrepare' || group.now() > lost;
    group.ask('b');
    group.run(600);
    expect(group.history()).toEqual(['a', 'b']);
    expect(group.live.map(({ state }) => state.view)).toEqual([0, 0, 0, 0]);
  });

  test('that is on its way is not sent again', () => {
    const group = new Group();
    group.put('a');
    group.network = (_from, _to, message) => (message.kind === 'prePrepare' ? 60 : true);
    group.ask('b');
    group.run(600);
    const proposals = group.server('r1').sent.filter(({ message }) => message.kind === 'prePrepare');
    expect(proposals).toHaveLength(2);
  });

  test('of a view that begins behind it is worth its verification, if it is of that view’s primary', () => {
    const { replica } = new Lone('r3').server;
    expect(replica.worth('r2', prePrepare(1, 1, one))).toBe(true);
    expect(replica.worth('r4', prePrepare(1, 1, one, 'r4'))).toBe(false);
  });
});

describe('What is told to observers', () => {
  test('every phase of a round, and who completed it', () => {
    const group = new Group();
    group.put('a');
    group.run(20);
    const primary = group.server('r1').events.map((event) => event.kind);
    expect(primary.filter((kind) => kind !== 'voteCounted')).toEqual([
      'standing',
      'proposed',
      'prepared',
      'committed',
      'executed',
    ]);
    const [proposed] = group.server('r1').saw('proposed');
    expect(proposed).toMatchObject({ view: 0, sequence: 1, requests: [{ from: 'ann' }] });
    expect(group.names).toContain(group.server('r1').saw('prepared')[0]!.completedBy);
    expect(group.server('r2').saw('prePrepared')).toMatchObject([{ view: 0, sequence: 1, primary: 'r1' }]);
  });
});

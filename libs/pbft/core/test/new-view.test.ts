import { Group as Members, continuationOf, faultOfPrepared, faultOfViewChange } from '@synod/pbft-core';
import type { Message, PreparedCertificate, Signed, ViewChangeClaim } from '@synod/pbft-core';
import { cryptographyOf } from './cryptography.js';
import { Lone } from './lone.js';
import {
  batchOf,
  cryptography,
  digestOf,
  newView,
  nullBatch,
  prePrepare,
  prepare,
  prepared,
  properProposals,
  proposal,
  stableAt,
  status,
  viewChange,
} from './saying.js';

const [one, other] = [batchOf('one'), batchOf('other')];
const members = new Members(['r1', 'r2', 'r3', 'r4']);
const rules = { group: members, cryptography, logSize: 100 };
type NewView = Message & { kind: 'newView' };
type Change = Signed<ViewChangeClaim>;

/** r3 in view 0; r2 is primary of view 1. */
function backup(): Lone {
  const lone = new Lone('r3');
  lone.hear(prePrepare(0, 1, one));
  return lone;
}

const proper = (): Change[] =>
  ['r1', 'r2', 'r4'].map((name) => viewChange(name, 1, name === 'r1' ? [prepared(0, 2, one)] : []).signed);

function accepts(
  changes: readonly Change[],
  made: NewView,
): { readonly entered: boolean; readonly rejected: readonly string[] } {
  const lone = backup();
  lone.hear(...changes.map((signed) => ({ kind: 'viewChange', signed }) as const), made);
  return { entered: lone.server.state.active && lone.server.state.view === 1, rejected: lone.server.rejections() };
}

describe('A backup enters a new view', () => {
  test('that is right in every part', () => {
    const changes = proper();
    expect(accepts(changes, newView(1, changes))).toEqual({ entered: true, rejected: [] });
  });

  test('when it gets the view changes after it, in whatever order', () => {
    const lone = backup();
    const changes = proper();
    lone.hear(newView(1, changes));
    for (const signed of [...changes].reverse()) lone.hear({ kind: 'viewChange', signed });
    expect(lone.server.state).toMatchObject({ view: 1, active: true });
  });

  test('once: the same again takes back nothing that it signed there', () => {
    const lone = backup();
    const changes = ['r1', 'r2', 'r4'].map((name) => viewChange(name, 1).signed);
    const all = [newView(1, changes), ...changes.map((signed) => ({ kind: 'viewChange', signed }) as const)];
    lone.hear(...all, prePrepare(1, 1, one), ...all, prePrepare(1, 1, other));
    const signed = lone.said('prepare').filter(({ signed: { statement } }) => statement.view === 1);
    expect(signed.map(({ signed: { statement } }) => statement.digest)).toEqual([digestOf(one)]);
    expect(lone.server.saw('enteredView')).toHaveLength(1);
  });

  test('and adopts the checkpoint that it begins at, though who proves it has asked for a later view meanwhile', () => {
    const lone = backup();
    const changes = ['r1', 'r2', 'r4'].map(
      (name) => viewChange(name, 1, [], name === 'r4' ? stableAt(50) : undefined).signed,
    );
    lone.hear(viewChange('r4', 2), newView(1, changes));
    for (const signed of changes) lone.hear({ kind: 'viewChange', signed });
    expect(lone.server.state).toMatchObject({ view: 1, active: true, lowWaterMark: 50, lastProposed: 50 });
  });

  test('though one of the members that it names asked for a later view meanwhile', () => {
    const lone = backup();
    const changes = proper();
    lone.hear(...changes.slice(0, 2).map((signed) => ({ kind: 'viewChange', signed }) as const), viewChange('r4', 9));
    lone.hear(newView(1, changes));
    expect(lone.server.state.active).toBe(false);
    expect(lone.said('status').at(-1)!.viewChanges).toHaveLength(1);
    lone.hear({ kind: 'viewChange', signed: changes[2]! });
    expect(lone.server.state).toMatchObject({ view: 1, active: true });
  });

  test('unless it asked for a later one before that was complete', () => {
    const lone = backup();
    const changes = proper();
    const [v1, v2, v4] = changes.map((signed) => ({ kind: 'viewChange', signed }) as const);
    lone.hear(newView(1, changes), v1!, v2!, viewChange('r1', 3), viewChange('r2', 3));
    expect(lone.server.state).toMatchObject({ view: 3, active: false });
    lone.hear(v4!, newView(1, changes), v1!, v2!, v4!);
    expect(lone.server.state).toMatchObject({ view: 3, active: false });
  });

  test('and keeps all that proves it for who missed it, also after a restart', () => {
    const lone = backup();
    const changes = proper();
    lone.hear(...changes.map((signed) => ({ kind: 'viewChange', signed }) as const), newView(1, changes));
    const again = lone.group.restart('r3');
    expect(again.state).toMatchObject({ view: 1, active: true });
    const { viewChanges: named } = newView(1, changes).signed.statement;
    lone.group.post('r4', 'r3', status({ viewChanges: named.map(({ digest }) => digest) }));
    lone.group.run(5);
    const sent = again.sent.filter(({ to }) => to === 'r4').map(({ message }) => message.kind);
    expect(sent).toEqual(['newView', 'viewChange', 'viewChange', 'viewChange']);
  });
});

describe('A backup does not enter a new view', () => {
  const c = proper();
  const [v1, v2, v4] = c as [Change, Change, Change];
  const o = properProposals(1, c);
  const elsewhere = (digest: string, sequence = 1) =>
    cryptographyOf('r2').sign({ type: 'prePrepare', view: 1, sequence, digest } as const);

  test.each<[string, readonly Change[], NewView, string]>([
    ['that another replica signed', c, newView(1, c, o, 'r4'), 'r4: newViewNotOfPrimary'],
    [
      'with less than a quorum behind it',
      c,
      newView(1, [v1, v2], properProposals(1, [v1, v2])),
      'r2: tooFewViewChanges',
    ],
    ['that counts a member twice', c, newView(1, [v1, v1, v2], o), 'r2: doubledViewChange'],
    [
      'that counts somebody who is no member',
      c,
      newView(1, [v1, v2, viewChange('r9', 1).signed], o),
      'r2: signerNotAMember',
    ],
    ['without O', c, newView(1, c, []), 'r2: wrongNumberOfProposals'],
    ['with a proposal too many', c, newView(1, c, [...o, elsewhere(digestOf(one), 3)]), 'r2: wrongNumberOfProposals'],
    [
      'that leaves out what prepared',
      c,
      newView(1, c, [o[0]!, elsewhere(digestOf(nullBatch), 2)]),
      'r2: wrongProposal',
    ],
    [
      'that puts another batch in the place of what prepared',
      c,
      newView(1, c, [o[0]!, elsewhere(digestOf(other), 2)]),
      'r2: wrongProposal',
    ],
    [
      'that puts a batch where a null request belongs',
      c,
      newView(1, c, [elsewhere(digestOf(other)), o[1]!]),
      'r2: wrongProposal',
    ],
    ['with proposals out of place', c, newView(1, c, [o[1]!, o[0]!]), 'r2: proposalOutOfPlace'],
    [
      'with proposals of another view',
      c,
      newView(1, c, [proposal(5, 1, nullBatch), o[1]!]),
      'r2: proposalNotOfPrimary',
    ],
    [
      'with proposals of another member',
      c,
      newView(1, c, [proposal(1, 1, nullBatch, 'r4'), o[1]!]),
      'r2: proposalNotOfPrimary',
    ],
  ])('%s', (_what, changes, made, reason) => {
    const { entered, rejected } = accepts(changes, made);
    expect(entered).toBe(false);
    expect(rejected).toEqual([reason]);
  });

  test('with view changes to another view', () => {
    const later = [v1, v2, viewChange('r4', 2).signed];
    const { entered, rejected } = accepts(later, newView(1, later));
    expect([entered, rejected]).toEqual([false, ['r2: viewChangeToOtherView']]);
  });

  test('with a view change that nobody has', () => {
    const { entered, rejected } = accepts([v1, v2], newView(1, c));
    expect([entered, rejected]).toEqual([false, []]);
  });

  test('with view changes that do not show what they claim', () => {
    const lying = viewChange('r4', 1, [{ ...prepared(0, 1, other), prepares: [] }]).signed;
    const { entered, rejected } = accepts([v1, v2, lying], newView(1, [v1, v2, lying]));
    expect(entered).toBe(false);
    expect(rejected).toContain('r4: tooFewPrepares');
  });

  test('that becomes complete when a later one was asked for', () => {
    const lone = backup();
    lone.hear(...[v1, v2].map((signed) => ({ kind: 'viewChange', signed }) as const), newView(1, c));
    lone.hear(viewChange('r1', 3), viewChange('r2', 3));
    expect(lone.server.state).toMatchObject({ view: 3, active: false });
    lone.hear({ kind: 'viewChange', signed: v4 });
    expect(lone.server.state).toMatchObject({ view: 3, active: false });
  });

  test('of the past, nor the same one a second time', () => {
    const lone = backup();
    lone.hear(...c.map((signed) => ({ kind: 'viewChange', signed }) as const), newView(1, c));
    const prepares = lone.said('prepare').length;
    lone.hear(newView(1, c));
    expect(lone.said('prepare')).toHaveLength(prepares);
    expect(lone.server.saw('enteredView')).toHaveLength(1);
  });

  test('that its primary also made otherwise: it is found out, and left', () => {
    const lone = backup();
    const fewer = [viewChange('r1', 1).signed, v2, v4];
    lone.hear(...c.map((signed) => ({ kind: 'viewChange', signed }) as const), newView(1, c));
    lone.hear(newView(1, fewer));
    expect(lone.server.saw('equivocation')).toMatchObject([{ by: 'r2' }]);
    expect(lone.server.state).toMatchObject({ view: 2, active: false });
  });

  test('that would take back what is committed here', () => {
    const lone = backup();
    lone.hear(prepare('r2', 0, 1, digestOf(one)));
    for (const name of ['r1', 'r2'] as const) {
      lone.hear({
        kind: 'commit',
        signed: cryptographyOf(name).sign({ type: 'commit', view: 0, sequence: 1, digest: digestOf(one) }),
      });
    }
    expect(lone.server.service.applied).toEqual(['one']);
    const traitors = ['r1', 'r2', 'r4'].map((name) => viewChange(name, 1, [prepared(0, 2, other)]).signed);
    lone.hear(...traitors.map((signed) => ({ kind: 'viewChange', signed }) as const), newView(1, traitors));
    expect(lone.server.rejections()).toContain('r2: contradictsCommitted');
    expect(lone.server.state.active).toBe(false);
  });
});

describe('A view change is worth nothing', () => {
  const good = prepared(0, 1, one);
  const withPrepares = (...prepares: PreparedCertificate['prepares'][number][]): PreparedCertificate => ({
    ...good,
    prepares,
  });
  const [a, b] = [prepare('r2', 0, 1, digestOf(one)).signed, prepare('r3', 0, 1, digestOf(one)).signed];

  test.each<[string, Change, string]>([
    ['of who is no member', viewChange('r9', 1).signed, 'signerNotAMember'],
    ['to the first view', viewChange('r1', 0).signed, 'viewChangeToTheFirst'],
    ['with one prepare too few', viewChange('r1', 1, [withPrepares(a)]).signed, 'tooFewPrepares'],
    ['with a prepare twice', viewChange('r1', 1, [withPrepares(a, a)]).signed, 'doubledPrepare'],
    [
      'with the prepare of the primary',
      viewChange('r1', 1, [withPrepares(a, prepare('r1', 0, 1, digestOf(one)).signed)]).signed,
      'prepareOfPrimary',
    ],
    [
      'with a prepare of nobody',
      viewChange('r1', 1, [withPrepares(a, prepare('r9', 0, 1, digestOf(one)).signed)]).signed,
      'signerNotAMember',
    ],
    [
      'with a prepare for another batch',
      viewChange('r1', 1, [withPrepares(a, prepare('r3', 0, 1, digestOf(other)).signed)]).signed,
      'prepareDoesNotMatch',
    ],
    [
      'with a prepare of another view',
      viewChange('r1', 1, [withPrepares(a, prepare('r3', 4, 1, digestOf(one)).signed)]).signed,
      'prepareDoesNotMatch',
    ],
    [
      'with a prepare for another sequence',
      viewChange('r1', 1, [withPrepares(a, prepare('r3', 0, 2, digestOf(one)).signed)]).signed,
      'prepareDoesNotMatch',
    ],
    [
      'with a proposal of who was not primary',
      viewChange('r1', 1, [{ proposal: proposal(0, 1, one, 'r4'), prepares: [a, b] }]).signed,
      'proposalNotOfPrimary',
    ],
    ['with a certificate of its own view', viewChange('r1', 1, [prepared(1, 1, one)]).signed, 'preparedInLaterView'],
    [
      'with two certificates for one sequence',
      viewChange('r1', 5, [good, prepared(4, 1, one)]).signed,
      'preparedOutOfPlace',
    ],
    ['with certificates out of order', viewChange('r1', 1, [prepared(0, 2, one), good]).signed, 'preparedOutOfPlace'],
    [
      'with a certificate below its checkpoint',
      viewChange('r1', 1, [prepared(0, 50, one)], stableAt(50)).signed,
      'preparedOutOfPlace',
    ],
    [
      'with a certificate above the high water mark',
      viewChange('r1', 1, [prepared(0, 101, one)]).signed,
      'preparedOutOfPlace',
    ],
    [
      'with a checkpoint that too few signed',
      viewChange('r1', 1, [], stableAt(50, ['r1', 'r2'])).signed,
      'tooFewVotes',
    ],
    [
      'with a checkpoint that one signed twice',
      viewChange('r1', 1, [], stableAt(50, ['r1', 'r2', 'r2'])).signed,
      'doubledVote',
    ],
    [
      'with a checkpoint that nobody signed',
      viewChange('r1', 1, [], stableAt(50, ['r1', 'r2', 'r9'])).signed,
      'signerNotAMember',
    ],
    [
      'with votes for another checkpoint',
      viewChange('r1', 1, [], { ...stableAt(50), state: { ...stableAt(50).state, position: 51 } }).signed,
      'voteDoesNotMatch',
    ],
    [
      'with a beginning at which something happened',
      viewChange('r1', 1, [], { ...stableAt(0), votes: [] }).signed,
      'notTheBeginning',
    ],
  ])('%s', (_what, signed, fault) => {
    expect(faultOfViewChange(rules, signed)).toBe(fault);
    const lone = new Lone('r3');
    lone.group.post('r4', 'r3', { kind: 'viewChange', signed });
    lone.group.run(3);
    expect(lone.server.state.held.viewChanges).toBe(0);
  });

  test('and one that shows all it claims is taken, the highest of each member only', () => {
    expect(faultOfViewChange(rules, viewChange('r1', 5, [prepared(4, 51, one)], stableAt(50)).signed)).toBeUndefined();
    const lone = new Lone('r3');
    for (let view = 1; view <= 100; view++) lone.hear(viewChange('r4', view));
    expect(lone.server.state.held.viewChanges).toBe(1);
    expect(lone.server.state.view).toBe(0);
  });
});

describe('The rules of quorums', () => {
  test.each([
    [4, 3, 2],
    [5, 4, 3],
    [6, 4, 3],
    [7, 5, 4],
    [10, 7, 6],
  ])('of %i members, %i are a quorum, and %i prepares make a certificate', (n, quorum, prepares) => {
    const group = new Members(Array.from({ length: n }, (_, place) => `r${place + 1}`));
    expect(group.quorum).toBe(quorum);
    const backups = group.members.filter((member) => member !== group.primary(0));
    const certificate = (count: number): PreparedCertificate => prepared(0, 1, one, backups.slice(0, count));
    expect(faultOfPrepared(group, certificate(prepares))).toBeUndefined();
    expect(faultOfPrepared(group, certificate(prepares - 1))).toBe('tooFewPrepares');
    // Any two quorums share more members than can be faulty.
    expect(2 * quorum - n).toBeGreaterThan(group.f);
  });

  test('the primary goes round', () => {
    expect([0, 1, 2, 3, 4, 5, 2 ** 52].map((view) => members.primary(view))).toEqual([
      'r1',
      'r2',
      'r3',
      'r4',
      'r1',
      'r2',
      'r1',
    ]);
  });

  test('a continuation begins at the highest checkpoint, and what prepared below it is settled', () => {
    const changes = [
      viewChange('r1', 1, [prepared(0, 50, one), prepared(0, 52, other)]).signed,
      viewChange('r2', 1, [], stableAt(50)).signed,
      viewChange('r4', 1).signed,
    ];
    const { stable, digests } = continuationOf(cryptography, changes);
    expect(stable.state.sequence).toBe(50);
    expect(digests).toEqual([digestOf(nullBatch), digestOf(other)]);
  });
});

import { viewChangeDigest } from '@synod/pbft-core';
import { cryptographyOf } from './cryptography.js';
import { Group, texts } from './group.js';
import { Lone } from './lone.js';
import * as say from './saying.js';

/** Of ten three lie. */
test('new views of traitors, which name what there is not, do not crowd out what a real one needs', () => {
  const lone = new Lone('r10', { n: 10 });
  const { names } = lone.group;
  const newView = (by: string, view: number, viewChanges: readonly { replica: string; digest: string }[]) =>
    ({
      kind: 'newView',
      signed: cryptographyOf(by).sign({ type: 'newView', view, viewChanges, proposals: [] }),
    }) as const;
  for (const [i, by] of ['r1', 'r2', 'r3'].entries()) {
    const invented = names.slice(0, 7).map((replica, place) => ({ replica, digest: `${i}${place}`.repeat(32) }));
    lone.hear(newView(by, 1000 + i, invented));
  }
  const real = names.slice(3).map((by) => say.viewChange(by, 3).signed);
  const named = real.map((signed) => ({
    replica: signed.signer,
    digest: viewChangeDigest(say.cryptography, signed),
  }));
  lone.hear(newView('r4', 3, named));
  lone.group.run(1000);
  const asked = new Set(lone.said('status').flatMap(({ viewChanges }) => viewChanges));
  expect(named.filter(({ digest }) => !asked.has(digest))).toEqual([]);
});

test('a member that signs one new view after the other does not make another say its status each time', () => {
  const lone = new Lone('r3');
  lone.group.run(1000);
  const before = lone.said('status').length;
  for (let view = 4; view < 400; view += 4) {
    const invented = ['r1', 'r2', 'r4'].map((replica) => ({ replica, digest: `${view % 10}`.repeat(64) }));
    const signed = cryptographyOf('r1').sign({ type: 'newView', view, viewChanges: invented, proposals: [] });
    lone.group.post('r1', 'r3', { kind: 'newView', signed });
  }
  lone.group.run(200);
  expect(lone.server.rejections()).toEqual([]);
  expect(lone.said('status').length - before).toBeLessThanOrEqual(6);
});

function inventedBy(by: string, view: number) {
  const viewChanges = ['r1', 'r2', 'r4'].map((replica) => ({ replica, digest: '7'.repeat(64) }));
  const signed = cryptographyOf(by).sign({ type: 'newView', view, viewChanges, proposals: [] });
  return { kind: 'newView', signed } as const;
}

test('a new view of a traitor, far ahead, which names what there is not, does not keep a group at rest talking', () => {
  const group = new Group();
  group.put(...texts(3));
  group.betray('r4');
  group.run(1000);
  const statuses = () =>
    group.live.flatMap(({ sent }) => sent.filter(({ message }) => message.kind === 'status')).length;
  const inAMinute = () => {
    const before = statuses();
    group.run(60_000);
    return statuses() - before;
  };
  const atRest = inAMinute();
  for (const to of ['r1', 'r2', 'r3']) group.post('r4', to, inventedBy('r4', 4003));
  expect(inAMinute() - atRest).toBeLessThanOrEqual(3);
  expect(group.live.map(({ state }) => state.held.newViews)).toEqual([1, 1, 1]);
});

test('what a new view names is asked for in each turn once f + 1 are in it', () => {
  const lone = new Lone('r3');
  const askedInASecond = () => {
    const before = lone.said('status').length;
    lone.group.run(1000);
    return lone.said('status').slice(before).filter(({ viewChanges }) => viewChanges.length > 0).length; // prettier-ignore
  };
  lone.hear(inventedBy('r2', 1));
  lone.group.post('r2', 'r3', say.status({ view: 1 }));
  expect(askedInASecond()).toBe(2);
  lone.group.post('r4', 'r3', say.status({ view: 1, active: false }));
  expect(askedInASecond()).toBe(10);
});

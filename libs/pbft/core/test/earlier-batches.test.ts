import { Batch } from '@synod/pbft-core';
import type { Prepare } from '@synod/pbft-core';
import { Group } from './group.js';
import { Lone } from './lone.js';
import * as say from './saying.js';

const place = 5;
/** What the traitor proposes in view 0; it is no client's, so nobody would propose it again by himself. */
const whatever = say.batchOf('whatever').requests[0]!;
const lost = new Batch([whatever, whatever]);

/**
 * r1 lies, everybody else is correct, no message is lost and none is late. It proposes in view 0, shows in the same breath that it
 * proposed two things, which ends the view, and has a certificate by then. View 1 proposes something else at that place when its primary
 * is asked to stop. From then on each view change of the traitor shows the certificate.
 */
function attacked(): Group {
  const group = new Group({ limits: { checkpointInterval: 5, logSize: 10 } });
  const prepares: Prepare['signed'][] = [];
  let shown = 1;
  const show = (view: number): void => {
    if (view <= shown || prepares.length < 2) return;
    shown = view;
    const certificate = { proposal: say.proposal(0, place, lost), prepares: prepares.slice(0, 2) };
    for (const to of ['r2', 'r3', 'r4']) group.post('r1', to, say.viewChange('r1', view, [certificate]));
  };
  group.betray('r1', (_from, message) => {
    const isOfLost = message.kind === 'prepare' && message.signed.statement.digest === say.digestOf(lost);
    if (isOfLost && message.signed.statement.view === 0) prepares.push(message.signed);
    if (message.kind === 'newView') show(message.signed.statement.view + 1);
    if (message.kind === 'viewChange') show(message.signed.statement.view);
  });
  const [first, second] = [say.proposal(0, 9, say.batchOf('x')), say.proposal(0, 9, say.batchOf('y'))];
  for (const to of ['r2', 'r3']) {
    group.post('r1', to, say.prePrepare(0, place, lost));
    group.post('r1', to, { kind: 'proof', first, second });
  }
  group.run(100);
  expect(group.live.map(({ state }) => state.view)).toEqual([1, 1, 1]);
  group.put('a', 'b', 'c');
  group.server('r4').syncMs = 5;
  group.ask('e');
  while (group.server('r2').state.lastProposed < place) group.run(1);
  group.server('r2').step({ kind: 'stopping' });
  group.run(500);
  show(2);
  group.restart('r2');
  group.run(1000);
  expect(prepares.length).toBeGreaterThanOrEqual(2);
  return group;
}

test('a batch for which PREPAREs were signed is at hand in all later views: else a certificate of it stops the group for ever', () => {
  const group = attacked();
  const { signed } = group.ask('f');
  for (let minutes = 0; minutes < 5 && group.answerTo(signed) === undefined; minutes++) group.run(60_000);
  expect(group.answerTo(signed)).toBeDefined();
  expect(group.history()).toContain('whatever');
  expect(group.audit.contradictions).toEqual([]);
});

test.each([
  ['', () => undefined],
  [', also after a restart', (lone: Lone) => void lone.group.restart('r3')],
])('a batch that a later view left out is given to who asks for it%s', (_when, restart) => {
  const lone = new Lone('r3');
  const one = say.batchOf('one');
  const digest = say.digestOf(one);
  lone.hear(say.prePrepare(0, 1, one));
  const changes = ['r1', 'r2', 'r4'].map((by) => say.viewChange(by, 1));
  lone.hear(...changes, say.newView(1, changes.map(({ signed }) => signed))); // prettier-ignore
  expect(lone.server.state).toMatchObject({ view: 1, active: true });
  restart(lone);
  lone.group.run(1000);
  const asked = say.status({ view: 1, active: true, batches: [digest] });
  lone.group.post('r4', 'r3', asked);
  lone.group.run(3);
  expect(lone.said('missing').map(({ batch }) => say.digestOf(batch))).toEqual([digest]);
});

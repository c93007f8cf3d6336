import type { Message } from '@synod/pbft-core';
import { Group, texts } from './group.js';
import { Lone } from './lone.js';
import { batchOf, commit, digestOf, newView, prePrepare, prepare, prepared, stableAt, viewChange } from './saying.js';
import { Disk } from './server.js';

const small = { checkpointInterval: 5, logSize: 10, inFlightSmall: 1, inFlight: 1 };

function checkpointIn(message: Message): number {
  if (message.kind === 'checkpoint') return message.signed.statement.sequence;
  return message.kind === 'checkpointProof' ? message.stable.state.sequence : 0;
}

/** Its view change would show nothing of what its former life prepared between that checkpoint and the floor. */
test('what is committed beyond the floor brings nobody back whose stable checkpoint is not there yet', () => {
  const group = new Group({ limits: small });
  group.put(...texts(7));
  group.crash('r4');
  const again = group.start('r4', new Disk());
  group.run(500);
  expect(again.state).toMatchObject({ standing: 'recovering', floor: 25 });
  group.network = (_from, to, message) => to !== 'r4' || checkpointIn(message) < 25;
  group.put(...texts(20, 'u'));
  group.run(500);
  expect(again.saw('committed').at(-1)!.sequence).toBeGreaterThan(25);
  expect(again.state).toMatchObject({ standing: 'recovering', lowWaterMark: 20 });
  group.network = () => true;
  group.run(500);
  expect(again.state).toMatchObject({ standing: 'active', floor: 0 });
});

/** In another view than it came back in, and not executed: it stays in the log though the checkpoint is beyond it. */
test('who is back votes for nothing that is not beyond its floor', () => {
  const lone = new Lone('r4', { limits: { checkpointInterval: 1, logSize: 2 } });
  Object.assign(lone.server.replica['pbft'], { standing: 'recovering', floor: 1 });
  const [one, two] = [batchOf('one'), batchOf('two')];
  lone.hear(prePrepare(0, 2, two), prepare('r2', 0, 2, digestOf(two)), prepare('r3', 0, 2, digestOf(two)));
  lone.hear(...['r1', 'r2', 'r3'].map((by) => commit(by, 0, 2, digestOf(two))));
  const changes = ['r1', 'r2', 'r3'].map((by) => viewChange(by, 1, [prepared(0, 1, one), prepared(0, 2, two)]));
  lone.hear(...changes, newView(1, changes.map(({ signed }) => signed))); // prettier-ignore
  lone.hear({ kind: 'missing', sequence: 1, batch: one });
  lone.hear(prepare('r1', 1, 1, digestOf(one)), prepare('r3', 1, 1, digestOf(one)));
  expect(lone.said('prepare')).toEqual([]);
  lone.hear({ kind: 'checkpointProof', stable: stableAt(1) });
  expect(lone.server.state.standing).toBe('active');
  expect(lone.said('prepare').map(({ signed }) => signed.statement)).toMatchObject([{ view: 1, sequence: 2 }]);
  expect(lone.said('commit')).toEqual([]);
});

import { Batch } from '@synod/pbft-core';
import { Group } from './group.js';
import * as say from './saying.js';

/** A primary that keeps old requests on their way, as many as it can, and proposes no client's. */
function censor(group: Group, logSize: number): void {
  const old = Array.from({ length: 60 }, (_, i) => say.batchOf(`old ${i}`).requests[0]!);
  let next = 1;
  const turn = (): void => {
    const states = ['r2', 'r3', 'r4'].map((name) => group.server(name).state);
    const low = Math.min(...states.map(({ lowWaterMark }) => lowWaterMark));
    const done = Math.min(...states.map(({ lastExecuted }) => lastExecuted));
    if (next <= Math.min(low + logSize, done + 8) && states.every(({ view }) => view === 0)) {
      const first = 10 * ((next - 1) % 6);
      const message = say.prePrepare(0, next++, new Batch(old.slice(first, first + 10)));
      for (const to of ['r2', 'r3', 'r4']) group.post('r1', to, message);
    }
    group.later(10, turn);
  };
  group.betray('r1');
  turn();
}

test('a primary that fills the lists of backups with what was executed long ago is left, and clients are answered', () => {
  const logSize = 20;
  const group = new Group({ limits: { checkpointInterval: 5, logSize, waitingRequests: 20 } });
  group.network = () => 9;
  censor(group, logSize);
  group.run(50);
  const request = group.request('an honest client’s');
  for (let turn = 0; turn < 50 && group.answerTo(request.signed) === undefined; turn++) {
    for (const to of group.names) group.post('ann', to, request);
    group.run(200);
  }
  expect(group.answerTo(request.signed)).toBeDefined();
  for (const { state } of group.live) expect(state.view).toBeGreaterThan(0);
});

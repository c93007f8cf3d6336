import { Group, texts } from './group.js';
import type { Server } from './server.js';
import { status } from './saying.js';

/** What a member said of its state before a restart it says again to whom lacks it: nothing else may make it say so once more. */

const limits = { checkpointInterval: 5, logSize: 20, snapshotAfterBatches: 20, chunkBytes: 256 };

/** `count` batches are executed, and r3 has heard of no checkpoint from anybody; it starts again, and nobody else is there. */
function restarted(count: number): Server {
  const group = new Group({ limits });
  group.network = (_from, to, { kind }) => to !== 'r3' || (kind !== 'checkpoint' && kind !== 'checkpointProof');
  group.put(...texts(count));
  group.run(300);
  group.crash('r1', 'r2', 'r4');
  const again = group.restart('r3');
  group.run(20);
  return again;
}

const saidOf = (server: Server, kind: 'checkpoint' | 'snapshot') =>
  server.sent.flatMap(({ to, message }) =>
    to === 'r1' && message.kind === kind ? [message.signed.statement.sequence] : [],
  );

test('its votes for checkpoints that are not stable, out of the journal', () => {
  const again = restarted(12);
  expect(again.state).toMatchObject({ lowWaterMark: 0, lastExecuted: 0 });
  again.hear('r1', status({ executed: 12 }));
  expect(saidOf(again, 'checkpoint')).toEqual([5, 10]);
});

test('and out of the mark of a snapshot', () => {
  const again = restarted(22);
  expect(again.state).toMatchObject({ lowWaterMark: 0, stableSnapshot: 20 });
  expect(again.disk.journal.some(({ record }) => record.kind === 'snapshotMark')).toBe(true);
  again.hear('r1', status({ executed: 22 }));
  expect(saidOf(again, 'checkpoint')).toContain(15);
});

test('and its vote for the snapshot', () => {
  const again = restarted(22);
  again.hear('r1', status({ executed: 22 }));
  expect(saidOf(again, 'snapshot')).toEqual([20]);
});

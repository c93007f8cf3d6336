import type { Message } from '@synod/raft-core';
import { Server, active, append, batch, matched } from './server.js';

const request = { kind: 'request', client: 'c', session: 5, sequence: 1, bytes: new Uint8Array(1) } as Message;

test('a request that its turn has gathered is refused when leadership is lost in that very turn', () => {
  const r1 = new Server('r1', [active(1)]);
  r1.lead('r2');
  r1.hear('ann', request);
  expect(r1.take('reply')).toEqual([]);
  r1.hear('r2', append(3, 1, 3, [batch(3, 2, 'b')], 0, { to: 'r1' }));
  const refused = { kind: 'refused', reason: 'notLeader', leader: 'r2', term: 3 };
  expect(r1.take('reply')).toMatchObject([{ client: 'c', session: 5, sequence: 1, answer: refused }]);
  r1.step({ kind: 'timeout', timer: 'batch' });
  expect(r1.take('appendEntries')).toEqual([]);
});

test('reads that are confirmed, and wait for the state machine, are told when leadership is lost', () => {
  const r1 = new Server('r1', [active(1), { kind: 'entries', batch: batch(1, 1, 'a') }], { inFlightBytes: 1 });
  r1.lead('r2');
  r1.hear('r2', matched(2, 2)); // committed, and entry 1 is yet to come from the journal
  r1.hear('ann', { kind: 'read', client: 'c', sequence: 4, level: 'linearizable', maxAgeMs: 0, queries: new Uint8Array() }); // prettier-ignore
  r1.step({ kind: 'timeout', timer: 'batch' });
  r1.hear('r2', matched(2, 2, { round: 1 }));
  const confirmed = r1.did('observe').filter(({ event }) => event.kind === 'readRoundConfirmed');
  expect([confirmed.length, r1.take('reply')]).toEqual([1, []]);
  r1.hear('r2', append(3, 2, 2, [], 2, { to: 'r1' }));
  const refused = { kind: 'refused', reason: 'notLeader', leader: 'r2', term: 3 };
  expect(r1.take('reply')).toMatchObject([{ client: 'c', session: 0, sequence: 4, answer: refused }]);
});

test('what clients ask in one turn is one record, one message to all, and one batch in it', () => {
  const r1 = new Server('r1', [active(1)]);
  r1.lead('r2');
  // What begins the term is acknowledged.
  for (const follower of ['r2', 'r3']) r1.hear(follower, matched(2, 1));
  r1.take('appendEntries');
  const before = r1.did('persist').length;
  for (let i = 0; i < 50; i++) r1.hear(`user-${i}`, { ...request, client: `c${i}` } as Message);
  r1.step({ kind: 'timeout', timer: 'batch' });
  const written = r1.did('persist').slice(before);
  expect(written.map(({ record }) => record.kind)).toEqual(['entries']);
  const sent = r1.sent.filter(({ message }) => message.kind === 'appendEntries');
  expect(sent.map(({ to }) => to)).toEqual(['everyone']);
  const [message] = r1.take('appendEntries');
  expect(message!.batches.map(({ entries }) => entries.length)).toEqual([50]);
});

describe('leadership is handed over', () => {
  const heir = (server: Server): unknown =>
    server.did('observe').flatMap(({ event }) => (event.kind === 'handingOver' ? [event.to] : []))[0];

  /** The leader of term 2 and 3, whose log begins behind a snapshot; r2 has nothing and is being sent it. */
  function sending(): Server {
    const snapshot = { index: 10, era: 1 };
    const hardState = active(1) as Extract<ReturnType<typeof active>, { kind: 'hardState' }>;
    const r1 = new Server('r1', [{ kind: 'snapshotMark', snapshot, sizeBytes: 1000, hardState }]);
    r1.step({ kind: 'snapshotInstalled', id: r1.did('installSnapshot')[0]!.id, ok: true });
    r1.lead('r3');
    const outcome = { kind: 'conflict', prevIndex: 10, hintIndex: 0, hintTerm: 0, lastIndex: 0 } as const;
    r1.hear('r2', { kind: 'appendEntriesReply', term: 2, round: 0, voting: true, outcome });
    expect(r1.replica.inspect().followers).toMatchObject({ r2: { state: 'snapshot' }, r3: { state: 'probe' } });
    return r1;
  }

  test('not to who has to be sent the snapshot first, though nobody else has acknowledged more', () => {
    const r1 = sending();
    r1.step({ kind: 'stopping' });
    expect(heir(r1)).toBe('r3');
  });

  test('to nobody, and at once, when only such a one is heard', () => {
    const r1 = sending();
    r1.now += 200;
    r1.hear('r2', { kind: 'installSnapshotReply', term: 2, snapshot: { index: 10, era: 1 }, heldBytes: 0, state: 'receiving' }); // prettier-ignore
    r1.step({ kind: 'stopping' });
    expect(heir(r1)).toBeUndefined();
    expect(r1.did('stop')).toHaveLength(1);
  });

  test('to who has it all', () => {
    const r1 = sending();
    r1.hear('r3', matched(2, 11));
    r1.step({ kind: 'stopping' });
    expect(heir(r1)).toBe('r3');
    expect(r1.take('timeoutNow')).toHaveLength(1);
  });
});

import type { Message } from '@synod/raft-core';
import { Server, active, append, batch, matched } from './server.js';

/** Each was found by looking for it: a run of messages, crashes and losses that once led to a wrong end. */

const read = { kind: 'read', client: 'c', sequence: 1, level: 'linearizable', maxAgeMs: 0, queries: new Uint8Array() } as const; // prettier-ignore

test('an answer to an append of an older term confirms no read round of the present one', () => {
  const r1 = new Server('r1', [active(2)]);
  r1.lead('r2');
  r1.hear('r2', matched(3, 1));
  // r1 led term 1 before, with more read rounds. That append is late, and so is the answer; r2 votes for another then.
  const r2 = new Server('r2', [active(2)]);
  r2.hear('r1', append(3, 0, 0, [], 0, { to: 'r2' }));
  r2.sent = [];
  r2.hear('r1', append(1, 0, 0, [], 0, { to: 'r2', round: 9 }));
  const [late] = r2.take('appendEntriesReply');
  expect(late).toMatchObject({ term: 3, outcome: { kind: 'heard' } });
  r1.hear('c', read);
  r1.step({ kind: 'timeout', timer: 'batch' });
  r1.hear('r2', late!);
  expect(r1.take('reply')).toEqual([]);
  r1.hear('r2', { ...late!, round: 1 });
  expect(r1.take('reply')).toHaveLength(1);
});

test('votes that nobody asked for yet make nobody leader before the own vote is on disk', () => {
  const r1 = new Server('r1', [active(1)], {}, 1, false);
  r1.now += 400;
  r1.step({ kind: 'timeout', timer: 'election' });
  r1.hear('r2', { kind: 'requestVoteReply', phase: 'preVote', term: 2, granted: true });
  for (const voter of ['r2', 'r3']) r1.hear(voter, { kind: 'requestVoteReply', phase: 'vote', term: 2, granted: true });
  expect(r1.replica.inspect()).toMatchObject({ role: 'candidate', term: 2 });
  r1.sync();
  expect(r1.replica.inspect()).toMatchObject({ role: 'leader', term: 2 });
});

describe('a snapshot that replaces a longer log', () => {
  /** r3 led term 2 and wrote 4 to 9 alone; the snapshot of the leader of term 3 goes through 6. */
  function replaced(syncsAtOnce = true): Server {
    const records = [
      active(2),
      ...[1, 2, 3].map((index) => ({ kind: 'entries' as const, batch: batch(1, index, 'a') })),
    ];
    const alone = [4, 5, 6, 7, 8, 9].map((index) => ({ kind: 'entries' as const, batch: batch(2, index, 'b') }));
    const r3 = new Server('r3', [...records, ...alone], { trailingEntries: 1 }, 1, syncsAtOnce);
    r3.hear('r1', chunkOf(6, 3));
    r3.sync();
    r3.step({ kind: 'chunkWritten', id: r3.did('writeChunk').at(-1)!.id, heldBytes: 1 });
    r3.step({ kind: 'snapshotInstalled', id: r3.did('installSnapshot').at(-1)!.id, ok: true });
    return r3;
  }

  /** As whole segments go: what holds only positions up to the cut, from the oldest on. */
  function restarted(r3: Server, records = r3.journal): Server {
    const { through } = r3.did('cut').at(-1)!;
    const from = records.findIndex((record) => record.kind === 'entries' && record.batch.last > through);
    return new Server('r3', records.slice(from), { trailingEntries: 1 }, 2);
  }

  test('has replaced it after a restart too, whatever the cut left', () => {
    const before = replaced();
    const after = restarted(before);
    expect(before.replica.inspect()).toMatchObject({ firstIndex: 7, lastIndex: 6, lastTerm: 3 });
    expect(after.replica.inspect()).toMatchObject({ firstIndex: 7, lastIndex: 6, lastTerm: 3 });
  });

  test('and what follows it fits on', () => {
    const before = replaced();
    before.hear('r1', append(3, 6, 3, [batch(3, 7, 'c')], 6));
    const after = restarted(before);
    after.hear('r2', append(4, 6, 3, [batch(4, 7, 'd')], 6));
    expect(after.take('appendEntriesReply').at(-1)?.outcome).toEqual({ kind: 'matched', index: 7 });
  });

  test('is not on disk as far as the log reached that it replaced, when the syncs of that end', () => {
    const r3 = new Server('r3', [active(2), { kind: 'entries', batch: batch(1, 1, 'a', 'a', 'a') }], {}, 1, false);
    r3.hear('r1', append(2, 3, 1, [batch(2, 4, 'b', 'b', 'b', 'b', 'b', 'b')], 3));
    r3.hear('r2', chunkOf(6, 3));
    const ofOld = r3.did('persist').at(-1)!.token; // the newer term, after the old entries
    // A file of its own: it is installed while the journal's sync takes its time.
    r3.step({ kind: 'chunkWritten', id: r3.did('writeChunk').at(-1)!.id, heldBytes: 1 });
    r3.step({ kind: 'snapshotInstalled', id: r3.did('installSnapshot').at(-1)!.id, ok: true });
    r3.step({ kind: 'persisted', token: ofOld });
    expect(r3.replica.inspect()).toMatchObject({ lastIndex: 6, durableIndex: 0 });
    r3.sent = [];
    r3.hear('r2', append(3, 6, 3, [batch(3, 7, 'c')], 6));
    expect(r3.take('appendEntriesReply')).toEqual([]);
    r3.sync();
    expect(r3.take('appendEntriesReply').at(-1)?.outcome).toEqual({ kind: 'matched', index: 7 });
    expect(r3.replica.inspect()).toMatchObject({ lastIndex: 7, durableIndex: 7 });
  });

  test('cuts nothing before its truncation is durable', () => {
    const r3 = replaced(false);
    const [truncation] = r3.did('persist').filter(({ record }) => record.kind === 'truncate');
    r3.step({ kind: 'persisted', token: truncation!.token - 1 });
    expect(r3.did('cut')).toEqual([]);
    r3.step({ kind: 'persisted', token: truncation!.token });
    expect(r3.did('cut')).toHaveLength(1);
  });
});

test('a snapshot that entries overtook while its last chunk was being written is not installed', () => {
  const r3 = new Server('r3', [active(1)]);
  r3.hear('r1', chunkOf(2, 1));
  r3.hear('r1', append(1, 0, 0, [batch(1, 1, 'a', 'b', 'c')], 3));
  expect(r3.replica.inspect()).toMatchObject({ lastApplied: 3 });
  r3.step({ kind: 'chunkWritten', id: r3.did('writeChunk').at(-1)!.id, heldBytes: 1 });
  expect(r3.did('installSnapshot')).toEqual([]);
});

test('what is committed while a snapshot is being installed stays committed', () => {
  const r3 = new Server('r3', [active(1)]);
  r3.hear('r1', chunkOf(2, 1));
  r3.step({ kind: 'chunkWritten', id: r3.did('writeChunk').at(-1)!.id, heldBytes: 1 });
  r3.hear('r1', append(1, 0, 0, [batch(1, 1, 'a', 'b', 'c')], 3));
  expect(r3.replica.inspect()).toMatchObject({ commitIndex: 3, lastApplied: 0 });
  r3.step({ kind: 'snapshotInstalled', id: r3.did('installSnapshot').at(-1)!.id, ok: true });
  expect(r3.replica.inspect()).toMatchObject({ commitIndex: 3, lastApplied: 3, lastIndex: 3 });
  expect(r3.service.applied).toEqual(['c']);
});

test('the file of a snapshot that is being installed is not removed by the cut for our own', () => {
  const r3 = new Server('r3', [active(1)], { snapshotAfterBytes: 100, trailingEntries: 1 });
  r3.hear('r1', append(1, 0, 0, [batch(1, 1, 'a', 'b', 'c')], 3));
  const [own] = r3.did('takeSnapshot');
  r3.hear('r1', chunkOf(50, 1));
  r3.step({ kind: 'chunkWritten', id: r3.did('writeChunk').at(-1)!.id, heldBytes: 1 });
  r3.step({ kind: 'snapshotTaken', id: own!.id, snapshot: own!.snapshot, sizeBytes: 1 });
  expect(r3.did('cut')).toEqual([]);
  r3.step({ kind: 'snapshotInstalled', id: r3.did('installSnapshot').at(-1)!.id, ok: true });
  expect(r3.did('cut').map(({ snapshot }) => snapshot.index)).toEqual([50]);
});

test('when the installation fails, the cut for our own is made up for', () => {
  const r3 = new Server('r3', [active(1)], { snapshotAfterBytes: 100, trailingEntries: 1 });
  r3.hear('r1', append(1, 0, 0, [batch(1, 1, 'a', 'b', 'c')], 3));
  const [own] = r3.did('takeSnapshot');
  r3.hear('r1', chunkOf(50, 1));
  r3.step({ kind: 'chunkWritten', id: r3.did('writeChunk').at(-1)!.id, heldBytes: 1 });
  r3.step({ kind: 'snapshotTaken', id: own!.id, snapshot: own!.snapshot, sizeBytes: 1 });
  r3.step({ kind: 'snapshotInstalled', id: r3.did('installSnapshot').at(-1)!.id, ok: false });
  expect(r3.did('cut').map(({ snapshot }) => snapshot.index)).toEqual([3]);
});

test('our own snapshot that is finished after the leader’s was installed takes nothing back', () => {
  const r3 = new Server('r3', [active(1)], { snapshotAfterBytes: 100, trailingEntries: 1 });
  r3.hear('r1', append(1, 0, 0, [batch(1, 1, 'a', 'b', 'c')], 3));
  const [own] = r3.did('takeSnapshot');
  r3.hear('r1', chunkOf(50, 1));
  r3.step({ kind: 'chunkWritten', id: r3.did('writeChunk').at(-1)!.id, heldBytes: 1 });
  r3.step({ kind: 'snapshotInstalled', id: r3.did('installSnapshot').at(-1)!.id, ok: true });
  r3.sent = [];
  r3.hear('r1', append(1, 50, 1, [batch(1, 51, 'd')], 51));
  expect(r3.take('appendEntriesReply')[0]?.outcome).toEqual({ kind: 'matched', index: 51 });
  r3.step({ kind: 'snapshotTaken', id: own!.id, snapshot: own!.snapshot, sizeBytes: 1 });
  expect(r3.did('cut').map(({ snapshot }) => snapshot.index)).toEqual([50]);
  const again = new Server('r3', r3.journal, { trailingEntries: 1 }, 2);
  expect(again.replica.inspect()).toMatchObject({ lastIndex: 51, snapshotIndex: 50 });
});

describe('an append whose terms no log has', () => {
  test.each([
    ['go down', append(3, 1, 2, [batch(2, 2, 'a'), batch(1, 3, 'b')], 0)],
    ['begin below the one before', append(3, 1, 2, [batch(1, 2, 'a')], 0)],
    ['are newer than its leader’s', append(3, 1, 2, [batch(4, 2, 'a')], 0)],
  ])('as they %s, is rejected and stops nobody', (_how, message) => {
    const r3 = new Server('r3', [active(3), { kind: 'entries', batch: batch(2, 1, 'z') }]);
    r3.hear('r1', message);
    expect(r3.did('observe').map(({ event }) => event)).toContainEqual({
      kind: 'rejected',
      from: 'r1',
      reason: 'entriesNotContiguous',
    });
    expect(r3.replica.inspect()).toMatchObject({ lastIndex: 1 });
  });
});

describe('a first member without a disk', () => {
  const answer = (standing: 'empty' | 'formed'): Message => ({
    kind: 'helloReply',
    nonce: 5,
    incarnation: 6,
    standing,
    clusterId: standing === 'empty' ? 0 : 9,
    era: 0,
  });

  test('forms a group of members that are all empty', () => {
    const r1 = new Server('r1', [], {}, 5);
    for (const other of ['r2', 'r3']) r1.hear(other, answer('empty'));
    expect(r1.replica.inspect().standing).toBe('formed');
    expect(r1.take('form')).toHaveLength(2);
  });

  test('does not form one that another life of it formed, and may have activated', () => {
    const r1 = new Server('r1', [], {}, 5);
    r1.hear('r2', answer('formed'));
    r1.hear('r3', answer('empty'));
    expect(r1.replica.inspect().standing).toBe('empty');
    expect(r1.take('form')).toEqual([]);
    expect(r1.did('observe').at(-1)!.event).toMatchObject({ kind: 'rejected', reason: 'diskLostWhileForming' });
  });
});

test('votes that a former life asked for make no leader of a term that is not on its disk', () => {
  const r1 = new Server('r1', [active(6)], {}, 1, false);
  r1.now += 400;
  r1.step({ kind: 'timeout', timer: 'election' });
  r1.hear('r2', { kind: 'requestVoteReply', phase: 'preVote', term: 7, granted: true });
  for (const voter of ['r2', 'r3']) r1.hear(voter, { kind: 'requestVoteReply', phase: 'vote', term: 7, granted: true });
  expect(r1.replica.inspect()).toMatchObject({ role: 'candidate', term: 7 });
  expect(r1.take('appendEntries')).toEqual([]);
  r1.sync();
  expect(r1.replica.inspect()).toMatchObject({ role: 'leader', term: 7 });
});

test('what was replaced while it was read from the journal is not applied', () => {
  const old = batch(1, 1, 'a', 'b', 'old');
  const records = [
    active(1),
    ...[old, batch(1, 4, 'older')].map((each) => ({ kind: 'entries' as const, batch: each })),
  ];
  const r3 = new Server('r3', records, { inFlightBytes: 1 }); // the last batch only stays in memory
  r3.hear('r2', append(2, 2, 1, [], 2));
  const [asked] = r3.did('readLog');
  expect(asked).toMatchObject({ from: 1, through: 2 });
  r3.hear('r2', append(2, 2, 1, [batch(2, 3, 'new')], 3));
  r3.step({ kind: 'logRead', id: asked!.id, batches: [old] });
  expect(r3.service.applied).toEqual(['a', 'b']);
  r3.step({ kind: 'timeout', timer: 'apply' });
  expect(r3.service.applied).toEqual(['a', 'b', 'new']);
});

test('a recovering follower is believed when it has less than the life before had told', () => {
  const r1 = new Server('r1', [active(1), { kind: 'entries', batch: batch(1, 1, 'a', 'b') }]);
  r1.lead('r2');
  r1.hear('r3', { kind: 'hello', nonce: 1, standing: 'empty' });
  r1.hear('r3', matched(2, 3, { round: 0, voting: false })); // of the life before, which was recovering too
  r1.hear('r3', matched(2, 3, { round: 1, voting: false })); // and were it to pass for the present one's
  r1.sent = [];
  r1.step({ kind: 'timeout', timer: 'heartbeat' });
  const refusal = { kind: 'conflict', prevIndex: 3, hintIndex: 0, hintTerm: 0, lastIndex: 0 } as const;
  r1.hear('r3', { kind: 'appendEntriesReply', term: 2, round: 1, voting: false, outcome: refusal });
  expect(r1.take('appendEntries').at(-1)).toMatchObject({ prevIndex: 0, followers: ['r3'] });
});

test("a log that is cut while a follower's entries are read sends the snapshot", () => {
  const batches = [1, 2, 3].map((index) => batch(1, index, 'a'));
  const records = [active(1), ...batches.map((each) => ({ kind: 'entries' as const, batch: each }))];
  const r1 = new Server('r1', records, { inFlightBytes: 1, snapshotAfterBytes: 1, trailingEntries: 1 });
  r1.lead('r2');
  r1.hear('r3', matched(2, 1));
  const forFollower = r1.did('readLog').at(-1)!;
  r1.hear('r2', matched(2, 4));
  r1.step({ kind: 'logRead', id: r1.did('readLog').at(-1)!.id, batches });
  const [taking] = r1.did('takeSnapshot');
  r1.step({ kind: 'snapshotTaken', id: taking!.id, snapshot: taking!.snapshot, sizeBytes: 1 });
  expect(r1.did('cut').map(({ through }) => through)).toEqual([2]);
  r1.sent = [];
  r1.step({ kind: 'logRead', id: forFollower.id, batches: batches.slice(1) });
  expect(r1.take('appendEntries')).toEqual([]);
  expect(r1.did('readChunk').map(({ snapshot }) => snapshot.index)).toEqual([3]);
});

test('reads that wait for the state machine keep the next round waiting', () => {
  const r1 = new Server('r1', [active(1), { kind: 'entries', batch: batch(1, 1, 'a') }], { inFlightBytes: 1 });
  r1.lead('r2');
  const ask = (round: number): void => {
    r1.hear('c', read);
    r1.step({ kind: 'timeout', timer: 'batch' });
    r1.hear('r2', matched(2, 2, { round }));
  };
  r1.hear('r2', matched(2, 2)); // committed, and entry 1 is yet to come from the journal
  const [asked] = r1.did('readLog');
  ask(1);
  ask(2);
  const rounds = (): number => r1.did('observe').filter(({ event }) => event.kind === 'readRoundBegan').length;
  expect(rounds()).toBe(1);
  r1.step({ kind: 'logRead', id: asked!.id, batches: [batch(1, 1, 'a')] });
  r1.step({ kind: 'timeout', timer: 'apply' });
  expect(r1.take('reply')).toHaveLength(1);
  expect(rounds()).toBe(2);
});

function chunkOf(index: number, era: number): Message {
  const chunk = { snapshot: { index, era }, offset: 0, totalBytes: 1, bytes: new Uint8Array(1), checksum: 0 };
  return { kind: 'installSnapshot', term: Math.max(era, 1), chunk };
}

test('a leader that was paused does not take its state for fresh', () => {
  const r1 = new Server('r1', [active(2)]);
  r1.lead('r2');
  r1.hear('r2', matched(3, 1));
  r1.take('reply');
  r1.now += 10_000;
  r1.hear('c', { ...read, level: 'stale', maxAgeMs: 100 });
  r1.hear('c', { ...read, level: 'stale', maxAgeMs: 0 });
  const [bounded, unbounded] = r1.take('reply').map(({ answer }) => answer);
  expect(bounded).toMatchObject({ kind: 'refused', reason: 'noQuorum' });
  expect(unbounded).toMatchObject({ kind: 'results', ageMs: 10_000 });
});

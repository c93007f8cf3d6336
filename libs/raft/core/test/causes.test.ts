import type { Event, Message, Record } from '@synod/raft-core';
import { Server, active, append, batch } from './server.js';

// Why a server stands for election, and what it is given by others: its events say so.

const vote = (term: number, phase: 'preVote' | 'vote', granted: boolean): Message => ({
  ...{ kind: 'requestVoteReply', phase, term, granted },
});

function stand(server: Server): void {
  server.now += 400;
  server.step({ kind: 'timeout', timer: 'election' });
}

const saw = <K extends Event['kind']>(server: Server, kind: K): readonly Extract<Event, { kind: K }>[] =>
  server.did('observe').flatMap(({ event }) => (event.kind === kind ? [event as Extract<Event, { kind: K }>] : []));
const asked = (server: Server): readonly string[] => saw(server, 'becamePreCandidate').map(({ why }) => why);
const stood = (server: Server): readonly string[] => saw(server, 'becameCandidate').map(({ why }) => why);

describe('A server stands for election', () => {
  test('because no leader was heard since it started; because the one that it followed is silent', () => {
    const r3 = new Server('r3', [active(1)]);
    stand(r3);
    r3.hear('r1', append(2, 0, 0, [], 0));
    stand(r3);
    r3.hear('r1', vote(3, 'preVote', true));
    expect(asked(r3)).toEqual(['started', 'leaderSilent']);
    expect(stood(r3)).toEqual(['leaderSilent']);
  });

  test('because a majority refused its vote; because its election brought neither a majority nor a leader', () => {
    const r3 = new Server('r3', [active(1)]);
    stand(r3);
    for (const voter of ['r1', 'r2']) r3.hear(voter, vote(1, 'preVote', false));
    stand(r3);
    stand(r3);
    r3.hear('r1', vote(2, 'preVote', true));
    stand(r3);
    expect(asked(r3)).toEqual(['started', 'lostElection', 'undecided', 'undecided']);
    expect(stood(r3)).toEqual(['undecided']);
  });

  test('because another one stood in a newer term, and nobody leads in it', () => {
    const r3 = new Server('r3', [active(1)]);
    r3.hear('r1', { kind: 'requestVote', phase: 'vote', term: 2, lastIndex: 0, lastTerm: 0, handover: false });
    stand(r3);
    expect(asked(r3)).toEqual(['newerTerm']);
  });

  test('because it led, and no majority answered', () => {
    const r3 = new Server('r3', [active(1)]);
    r3.lead('r1');
    r3.now += 400;
    r3.step({ kind: 'timeout', timer: 'heartbeat' });
    stand(r3);
    expect(asked(r3)).toEqual(['started', 'lostQuorum']);
  });

  test('because the leader hands over to it', () => {
    const r3 = new Server('r3', [active(1)]);
    r3.hear('r1', append(2, 0, 0, [], 0));
    r3.hear('r1', { kind: 'timeoutNow', term: 2 });
    expect(stood(r3)).toEqual(['handover']);
    expect(r3.take('requestVote')).toMatchObject([{ handover: true }]);
  });

  test('because a follower that lost its disk needs a newer term', () => {
    const r3 = new Server('r3', [active(1)]);
    r3.lead('r1');
    r3.hear('r2', { kind: 'rejoin', floor: 7 });
    expect(saw(r3, 'becameCandidate')).toMatchObject([
      { term: 2, why: 'started' },
      { term: 8, why: 'rejoin' },
    ]);
    expect(r3.take('requestVote')).toMatchObject([{ term: 8, handover: true }]);
  });
});

describe('A follower is given what it lacks', () => {
  const recovering: Record = { ...(active(1) as Extract<Record, { kind: 'hardState' }>), standing: 'recovering', floor: 1 }; // prettier-ignore
  const snapshot = { index: 50, era: 1 };
  const chunk = { snapshot, offset: 0, bytes: new Uint8Array(10), totalBytes: 10, checksum: 0 };

  test('entries: said once, however many messages are refused, and again by another leader', () => {
    const r3 = new Server('r3', [active(1)]);
    for (const commit of [40, 41, 42]) r3.hear('r1', append(2, 42, 2, [], commit));
    r3.hear('r2', append(3, 42, 2, [], 42));
    expect(saw(r3, 'catchingUp')).toEqual([
      { kind: 'catchingUp', from: 'r1', first: 1, last: 40, why: 'logBehind' },
      { kind: 'catchingUp', from: 'r2', first: 1, last: 42, why: 'logBehind' },
    ]);
    const texts = Array.from({ length: 42 }, (_, place) => `${place}`);
    r3.hear('r2', append(3, 0, 0, [batch(2, 1, ...texts.slice(0, 41))], 42));
    expect(saw(r3, 'caughtUp')).toEqual([]);
    r3.hear('r2', append(3, 41, 2, [batch(2, 42, texts[41]!)], 42));
    r3.hear('r2', append(3, 42, 2, [], 42));
    expect(saw(r3, 'caughtUp')).toEqual([{ kind: 'caughtUp', index: 42 }]);
  });

  test('nothing, when what it has not is not committed: another leader may know nothing of it', () => {
    const r3 = new Server('r3', [active(1)]);
    r3.hear('r1', append(2, 42, 2, [], 0));
    expect(saw(r3, 'catchingUp')).toEqual([]);
  });

  test('that too, when its disk was lost', () => {
    const r3 = new Server('r3', [recovering]);
    r3.hear('r1', append(2, 42, 2, [], 0));
    expect(saw(r3, 'catchingUp')).toEqual([{ kind: 'catchingUp', from: 'r1', first: 1, last: 42, why: 'diskLost' }]);
  });

  test.each([
    ['logBehindSnapshot', active(1)],
    ['diskLost', recovering],
  ])('a snapshot (%s)', (why, record) => {
    const r3 = new Server('r3', [record]);
    const write = (): void => {
      r3.hear('r1', { kind: 'installSnapshot', term: 2, chunk });
      r3.step({ kind: 'chunkWritten', id: r3.did('writeChunk').at(-1)!.id, heldBytes: 10 });
    };
    const install = (ok: boolean): void =>
      r3.step({ kind: 'snapshotInstalled', id: r3.did('installSnapshot').at(-1)!.id, ok });
    write();
    install(false);
    write();
    expect(saw(r3, 'snapshotReceiving')).toEqual([
      { kind: 'snapshotReceiving', snapshot, from: 'r1', first: 1, sizeBytes: 10, why },
    ]);
    expect(saw(r3, 'snapshotNotInstalled')).toEqual([{ kind: 'snapshotNotInstalled', snapshot, from: 'r1' }]);
    expect(saw(r3, 'caughtUp')).toEqual([]);
    install(true);
    expect(saw(r3, 'snapshotInstalled')).toEqual([{ kind: 'snapshotInstalled', snapshot, sizeBytes: 10 }]);
    expect(saw(r3, 'caughtUp')).toEqual([{ kind: 'caughtUp', index: 50 }]);
  });
});

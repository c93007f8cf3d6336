import type { EntryBatch } from '@synod/log';
import { swapped } from './durability.js';
import { isMessage, leaderState, mutant, received, without } from './tampering.js';
import type { E, Mutants, Raft, Tampered } from './tampering.js';

/** What takes the place of the log. */
export const snapshots: Mutants = {
  'forgets-boundary-term': mutant(
    'a snapshot does not tell the term of its last entry',
    'snapshots/a-follower-behind-the-log-gets-the-snapshot',
    () => ({
      after: (effects, _input, raft) => {
        if (raft.log.base.index > 0) raft.log.base = { ...raft.log.base, era: 0 };
        return effects;
      },
    }),
  ),
  'probes-below-the-log': mutant(
    'a follower whose entries are cut away is probed for ever, instead of getting the snapshot',
    'snapshots/a-follower-behind-the-log-gets-the-snapshot',
    () => ({
      after: (effects, _input, raft) => {
        if (raft.role.kind !== 'leader') return effects;
        for (const progress of raft.role.followers.values())
          if (progress.state === 'snapshot') progress.becomeProbe(raft.log.base.index + 1);
        return effects.filter(({ kind }) => kind !== 'readChunk');
      },
    }),
  ),
  'keeps-log-behind-snapshot': mutant(
    'entries after a snapshot that contradicts the log are kept',
    'snapshots/a-snapshot-voids-a-longer-log-that-contradicts-it',
    (replica) => ({
      before: (input, raft) => {
        if (
          input.kind === 'snapshotInstalled' &&
          raft.installing &&
          raft.installing.snapshot.index < raft.log.lastIndex
        )
          behind.set(replica, raft.log.recentFrom(raft.installing.snapshot.index + 1, Number.MAX_SAFE_INTEGER) ?? []);
        return input;
      },
      after: (effects, { at }, raft) => {
        const batches = behind.get(replica) ?? [];
        behind.delete(replica);
        const isVoided = effects.some((effect) => effect.kind === 'persist' && effect.record.kind === 'truncate');
        return isVoided ? [...effects, ...writtenAgain(raft, batches, at)] : effects;
      },
    }),
  ),
  'takes-no-unasked-snapshot': mutant(
    'a snapshot counts only when it reaches beyond the own log, whatever that holds',
    'snapshots/a-snapshot-voids-a-longer-log-that-contradicts-it',
    () =>
      received((message, _from, raft) =>
        message.kind === 'installSnapshot' && message.chunk.snapshot.index <= raft.log.lastIndex ? undefined : {},
      ),
  ),
  'cuts-under-the-traveller': mutant(
    'a new snapshot takes the place of one that is travelling to a follower',
    'snapshots/a-snapshot-that-travels-stays',
    () =>
      leaderState(({ followers }, raft) => {
        const { snapshotAfterBytes } = raft.configuration.limits;
        const isTravelling = [...followers.values()].some((progress) => progress.state === 'snapshot');
        if (isTravelling && raft.log.bytesSinceSnapshot >= snapshotAfterBytes)
          raft.log.bytesSinceSnapshot = Math.max(raft.log.bytesSinceSnapshot, 4 * snapshotAfterBytes);
      }),
  ),
  'installs-older-snapshots': mutant(
    'a snapshot that holds less than what is applied takes the place of the state',
    'snapshots/an-older-snapshot-is-not-installed',
    () => ({
      before: (input, raft) => {
        const { commitIndex, lastApplied } = raft;
        if (isMessage(input, 'installSnapshot')) raft.commitIndex = 0;
        else if (input.kind === 'chunkWritten') raft.lastApplied = 0;
        else return input;
        reached.set(raft, { commitIndex, lastApplied });
        return input;
      },
      after: (effects, _input, raft) => {
        const before = reached.get(raft);
        reached.delete(raft);
        Object.assign(raft, before);
        return effects;
      },
    }),
  ),
  'truncates-before-mark': mutant(
    'a snapshot of the leader voids the log before its mark is written',
    'snapshots/the-mark-is-written-before-the-log-is-voided',
    () => ({
      after: (effects) =>
        swapped(
          effects,
          ({ kind }) => kind === 'snapshotMark',
          ({ kind }) => kind === 'truncate',
        ),
    }),
  ),
  'marks-unwritten-snapshot': mutant(
    'a snapshot is marked before its file is durable',
    'snapshots/the-log-is-cut-behind-a-snapshot',
    (replica) => {
      let isWriting = false;
      return {
        before: (input) => {
          if (input.kind !== 'snapshotTaken') return input;
          isWriting = false;
          return { at: input.at, kind: 'timeout', timer: 'batch' };
        },
        after: (effects, { at }) =>
          effects.flatMap((effect) => {
            if (effect.kind !== 'takeSnapshot') return [effect];
            // A host writes one at a time; the one that is marked meanwhile is never written.
            const written = isWriting ? [] : [effect];
            isWriting = true;
            return [...written, ...replica.honestly({ ...effect, kind: 'snapshotTaken', sizeBytes: 0, at })];
          }),
      };
    },
  ),
  'cuts-before-the-mark': mutant(
    'the log is cut before the mark of its snapshot is on disk',
    'snapshots/the-log-is-cut-behind-a-snapshot',
    (replica) => ({
      after: (effects, { at }, raft) => {
        if (!raft.marked || raft.durableToken >= raft.marked.settled) return effects;
        raft.marked = { ...raft.marked, settled: 0 };
        return [...effects, ...replica.honestly({ kind: 'persisted', token: raft.durableToken, at })];
      },
    }),
  ),
  'cuts-while-installing': mutant(
    'the log is cut behind the own snapshot while the leader’s is being installed, whose file goes with it',
    'snapshots/a-cut-waits-for-the-snapshot-that-is-being-installed',
    (replica) => ({
      after: (effects, { at }, raft) => {
        const { installing } = raft;
        if (!installing || !raft.marked || raft.durableToken < raft.marked.settled) return effects;
        raft.installing = undefined;
        const cut = replica.honestly({ kind: 'persisted', token: raft.durableToken, at });
        raft.installing = installing;
        return [...effects, ...cut];
      },
    }),
  ),
  'marks-overtaken-snapshots': {
    ...mutant(
      'an own snapshot that is finished after a newer one of the leader was installed is marked all the same',
      undefined,
      () => ({
        before: (input, raft) => {
          const isOvertaken = input.kind === 'snapshotTaken' && input.snapshot.index <= (raft.snapshot?.index ?? 0);
          if (isOvertaken) raft.snapshot = undefined;
          return input;
        },
      }),
    ),
    // Both are under way at once where snapshots are many, and small enough to travel in one message.
    swarm: { calm: false, limits: { snapshotAfterBytes: 400, trailingEntries: 0 } },
  },
  'believes-what-was-installed': mutant(
    'what a follower is held to have never gets less, not even by its own word while it recovers from a lost disk',
    'snapshots/a-former-life-installed-nothing-for-the-present-one',
    () =>
      received((message, from, raft) => {
        if (message.kind !== 'appendEntriesReply' || message.outcome.kind !== 'conflict') return {};
        const match = raft.role.kind === 'leader' ? (raft.role.followers.get(from)?.match ?? 0) : 0;
        return message.outcome.prevIndex <= match ? undefined : {};
      }),
  ),
  'lost-chunks-stay-lost': mutant(
    'chunks that were lost are not sent again',
    'snapshots/a-follower-behind-the-log-gets-the-snapshot',
    () => without((effect, _raft, input) => effect.kind === 'readChunk' && input.kind === 'timeout'),
  ),
  'acknowledges-while-installing': mutant(
    'a snapshot is acknowledged when it has arrived, not when it is installed',
    'snapshots/a-follower-behind-the-log-gets-the-snapshot',
    () => ({
      after: (effects, _input, raft) =>
        effects.map((effect) =>
          effect.kind === 'send' && effect.message.kind === 'installSnapshotReply' && raft.installing
            ? { ...effect, message: { ...effect.message, state: 'installed' } }
            : effect,
        ),
    }),
  ),
  'applies-while-installing': mutant(
    'entries are applied while the state machine is being replaced',
    'snapshots/the-log-is-cut-behind-a-snapshot',
    (replica) => ({
      after: (effects, { kind, at }, raft) => {
        const { installing } = raft;
        // What a read brought is dropped while a snapshot is being installed: to read again upon it would never end.
        if (!installing || kind === 'logRead' || raft.lastApplied >= raft.commitIndex) return effects;
        raft.installing = undefined;
        const applied = replica.honestly({ kind: 'timeout', timer: 'apply', at });
        raft.installing = installing;
        return [...effects, ...applied];
      },
    }),
  ),
};

/** How far replicas really are, while a step takes them for empty. */
const reached = new WeakMap<Raft, Pick<Raft, 'commitIndex' | 'lastApplied'>>();

const behind = new WeakMap<Tampered, readonly EntryBatch[]>();

function writtenAgain(raft: Raft, batches: readonly EntryBatch[], at: number): readonly E[] {
  for (const batch of batches) {
    if (batch.first !== raft.log.lastIndex + 1) continue;
    raft.log.append(batch);
    raft.unsynced.push({ token: raft.out.persist({ kind: 'entries', batch }), last: batch.last, at });
  }
  return raft.out.drain();
}

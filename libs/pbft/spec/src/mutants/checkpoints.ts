import { extendHistory } from '@synod/pbft-core';
import type { Batch, History, SnapshotChunk } from '@synod/pbft-core';
import { eachMessage, isMessage, quorumWhile, received, replica, weakWhile, without } from './tampering.js';
import type { Mutants, Pbft, Slot, Tampering } from './tampering.js';

/** §4.3, §4.6: checkpoints, and what is fetched by them. */
export const checkpoints: Mutants = {
  'stable-by-f-plus-1': replica(
    'a checkpoint is stable when f + 1 signed it',
    'checkpoints/stable-when-a-quorum-says-so',
    () => quorumWhile('checkpoint', ({ group }) => group.weak),
  ),
  'counts-votes-for-any-state': replica(
    'a vote for a checkpoint counts whatever state it names',
    'checkpoints/a-vote-for-another-state-does-not-count',
    () =>
      received((message, _from, { ownCheckpoints }) => {
        if (message.kind !== 'checkpoint') return message;
        const own = ownCheckpoints.get(message.signed.statement.sequence);
        if (own === undefined) return message;
        const statement = { ...message.signed.statement, digest: own.digest };
        return { ...message, signed: { ...message.signed, statement } };
      }),
  ),
  'believes-histories': replica(
    'digests that are fetched are believed, whatever they lead to',
    'transfer/what-is-fetched-is-checked',
    () => ({
      before: (input, of) => {
        if (isMessage(input, 'history')) believeHistory(of, input.message);
        return input;
      },
    }),
  ),
  'believes-chunks': replica(
    'a snapshot’s chunk is written whatever its digest',
    'transfer/a-snapshot-chunk-is-checked',
    () => ({
      before: (input, of) => {
        if (isMessage(input, 'snapshotChunk')) believeChunk(of, input.message);
        return input;
      },
    }),
  ),
  'fetches-what-prepared': replica(
    'what prepared here, and leads to the stable checkpoint, is fetched: perhaps nobody has it any more',
    'transfer/what-prepared-leads-to-the-checkpoint',
    () => {
      const hidden = new Map<Slot, Slot['prepared']>();
      return {
        before: (input, { log }) => {
          if (isMessage(input, 'checkpoint') || isMessage(input, 'checkpointProof')) hide(log.all, hidden);
          return input;
        },
        after: (effects) => {
          for (const [slot, prepared] of hidden) slot.prepared ??= prepared;
          hidden.clear();
          return effects;
        },
      };
    },
  ),
  'one-source-for-ever': replica(
    'a source that lies or is silent is asked again and again',
    'transfer/what-is-fetched-is-checked',
    () => {
      let source: string | undefined;
      return {
        before: (input, { transfer }) => {
          source = transfer?.source;
          return input;
        },
        after: (effects, _input, { transfer }) => {
          if (transfer === undefined || source === undefined || transfer.source === source) return effects;
          const other = transfer.source;
          transfer.source = source;
          return effects.map((effect) => (effect.kind === 'send' && effect.to === other ? { ...effect, to: source! } : effect)); // prettier-ignore
        },
      };
    },
  ),
  'offers-stable-snapshots-only': replica(
    'a snapshot is not offered before a quorum vouches for it, also where what follows the last one is gone',
    'transfer/f-plus-1-vouch-for-a-snapshot',
    () => without((effect, { group }) => effect.kind === 'send' && effect.message.kind === 'snapshotOffer' && effect.message.stable.votes.length < group.quorum), // prettier-ignore
  ),
  'believes-one-snapshot': replica(
    'a snapshot is taken from whoever vouches for it, f members or less',
    'transfer/f-plus-1-vouch-for-a-snapshot',
    () => weakWhile('snapshotOffer', () => 1),
  ),
  'fetched-snapshot-is-no-checkpoint': replica(
    'who fetched a snapshot above its low water mark does not vote for the checkpoint there',
    'transfer/a-fetched-snapshot-is-voted-for',
    () => withoutCheckpointOf('fetched'),
  ),
  'restored-snapshot-is-no-checkpoint': replica(
    'who starts again from its snapshot has no checkpoint there to count votes for',
    'checkpoints/a-restored-snapshot-is-a-checkpoint',
    () => withoutCheckpointOf('own'),
  ),
  'tells-of-what-fits': replica(
    'history tells of as many batches as fit its bytes: more null requests than a message may have',
    'transfer/null-requests-are-told-of-in-parts',
    () =>
      eachMessage((message, { tail, configuration, low }) => {
        if (message.kind !== 'history' || message.batches.length === 0) return message;
        const batches: Batch[] = [];
        let bytes = 0;
        for (let at = message.first; at <= low && bytes <= configuration.limits.batchBytes; at++) {
          const batch = tail.at(at)?.batch;
          if (batch === undefined) break;
          batches.push(batch);
          bytes += batch.sizeBytes;
        }
        return { ...message, batches };
      }),
  ),
  'shows-no-proof': replica(
    'who is behind a stable checkpoint is not shown its proof',
    'transfer/what-is-fetched-is-checked',
    () => without((effect) => effect.kind === 'send' && effect.message.kind === 'checkpointProof'),
  ),
};

/** A snapshot is installed, and that is all. */
function withoutCheckpointOf(whose: 'own' | 'fetched'): Tampering {
  let installed: number | undefined;
  return {
    before: (input, { installing }) => {
      const isMeant = input.kind === 'snapshotInstalled' && installing?.own === (whose === 'own');
      installed = isMeant ? installing?.manifest.sequence : undefined;
      return input;
    },
    after: (effects, _input, { ownCheckpoints, checkpointVotes, self }) => {
      if (installed === undefined) return effects;
      const isOther = (vote: { readonly statement: { readonly sequence: number } }) => vote.statement.sequence !== installed; // prettier-ignore
      ownCheckpoints.delete(installed);
      if (whose === 'fetched') checkpointVotes.set(self, (checkpointVotes.get(self) ?? []).filter(isOther));
      return effects.filter((effect) => {
        if (effect.kind === 'persist' && effect.record.kind === 'vote') return isOther(effect.record.vote);
        return effect.kind !== 'send' || effect.message.kind !== 'checkpoint' || isOther(effect.message.signed);
      });
    },
  };
}

function hide(slots: Iterable<Slot>, hidden: Map<Slot, Slot['prepared']>): void {
  for (const slot of slots) {
    if (slot.committed !== undefined || slot.prepared === undefined) continue;
    hidden.set(slot, slot.prepared);
    slot.prepared = undefined;
  }
}

function believeHistory({ transfer, executed, cryptography }: Pbft, { digests }: History): void {
  if (transfer === undefined || digests.length === 0) return;
  let { history, sequence } = executed;
  for (const digest of [...transfer.digests, ...digests]) history = extendHistory(cryptography, history, ++sequence, digest); // prettier-ignore
  transfer.history = history;
}

function believeChunk({ transfer, cryptography }: Pbft, { chunk }: SnapshotChunk): void {
  const snapshot = transfer?.snapshot;
  if (snapshot === undefined || chunk.snapshot.index !== snapshot.stable.manifest.sequence) return;
  // What a message says is frozen: the mutant believes in a manifest of its own.
  const { stable } = snapshot;
  const { manifest } = stable;
  const chunks = manifest.chunks.with(chunk.offset / manifest.chunkBytes, cryptography.digest(chunk.bytes));
  (snapshot as { stable: typeof stable }).stable = { ...stable, manifest: { ...manifest, chunks } };
}

import { invariant, none } from '@synod/actor';
import type { EntryBatch, LogIndex } from '@synod/log';
import { answered } from './copies.js';
import { answerReads } from './reads.js';
import type { Raft } from './state.js';

/**
 * "If commitIndex > lastApplied: increment lastApplied, apply log[lastApplied] to state machine", a bounded stretch in a
 * turn: a long catch-up must not keep heartbeats waiting.
 *
 * @paper Raft §5.3; Figure 2, Rules for Servers, All Servers
 */
export function applyCommitted(raft: Raft): void {
  if (raft.installing || raft.applyRead !== undefined || raft.lastApplied >= raft.commitIndex) return;
  const { applyBytes } = raft.configuration.limits;
  if (raft.appliedBytes >= applyBytes) return; // the end of the turn is awaited
  const batches = raft.log.recentFrom(raft.lastApplied + 1, applyBytes);
  if (batches !== undefined) return apply(raft, batches, raft.commitIndex);
  const from = raft.lastApplied + 1;
  const through = raft.commitIndex;
  raft.applyRead = { id: raft.out.readLog(from, through, applyBytes), from, through };
}

/** The turn is over: another stretch may be applied. */
export function onApplyTimeout(raft: Raft): void {
  raft.appliedBytes = 0;
  applyCommitted(raft);
}

/** Entries to apply came back from the journal. Says whether the read was ours. */
export function onCommittedRead(raft: Raft, id: number, batches: readonly EntryBatch[]): boolean {
  if (raft.applyRead?.id !== id) return false;
  const { from, through } = raft.applyRead;
  raft.applyRead = undefined;
  if (raft.installing) return true;
  invariant(batches.length > 0 || from <= raft.lastApplied, `committed entry ${from} is not in the journal`);
  apply(raft, batches, through); // what follows may have been replaced since it was read
  return true;
}

function apply(raft: Raft, batches: readonly EntryBatch[], through: LogIndex): void {
  const first = raft.lastApplied + 1;
  let sizeBytes = 0;
  for (const batch of batches) {
    if (batch.first > raft.lastApplied + 1 || batch.last <= raft.lastApplied) continue;
    const end = Math.min(batch.last, through);
    while (raft.lastApplied < end) applyEntry(raft, batch, raft.lastApplied + 1);
    sizeBytes += batch.sizeBytes;
  }
  if (raft.lastApplied >= first) raft.out.observe({ kind: 'applied', first, last: raft.lastApplied, sizeBytes });
  raft.appliedBytes += sizeBytes;
  if (raft.role.kind === 'leader') answerReads(raft, raft.role);
  raft.out.startTimer('apply', { minMs: 0, maxMs: 0 });
}

function applyEntry(raft: Raft, batch: EntryBatch, index: LogIndex): void {
  const entry = batch.entries[index - batch.first]!;
  raft.lastApplied = index;
  if (entry.kind !== 'request') return;
  const results = raft.service.apply(index, entry.from, entry.bytes);
  const waiting = raft.role.kind === 'leader' ? raft.role.waiting.get(index) : undefined;
  if (waiting === undefined || raft.role.kind !== 'leader') return;
  raft.role.waiting.delete(index);
  answered(raft.role, waiting);
  const { client, session, sequence } = waiting.request;
  raft.out.send(
    waiting.from,
    {
      kind: 'reply',
      client,
      session,
      sequence,
      answer: { kind: 'results', results, index, term: batch.era, ageMs: 0 },
    },
    none,
  );
}

import { invariant } from '@synod/actor';
import type { EntryBatch } from '@synod/log';
import type { Slot } from '../messages.js';
import { concludeWaiting } from './clients.js';
import { answerReads } from './reads.js';
import { concludeChange } from './reconfiguration.js';
import type { Proposer } from './state.js';

/**
 * Executes what is chosen, strictly in the order of the slots, a bounded stretch in a turn: a long catch-up must not keep
 * heartbeats waiting.
 *
 * @paper Paxos Made Simple §3 ("executes the commands in order"); Paxos Made Moderately Complex, `perform`
 */
export function applyChosen(proposer: Proposer): void {
  const { chosen, lastApplied, installing, applyRead, configuration } = proposer;
  if (installing || applyRead !== undefined || lastApplied >= chosen.through) return;
  const { applyBytes } = configuration.limits;
  if (proposer.appliedBytes >= applyBytes) return; // the end of the turn is awaited
  const batches = chosen.recentFrom(lastApplied + 1, applyBytes);
  if (batches !== undefined) return apply(proposer, batches, chosen.through);
  const from = lastApplied + 1;
  const { through } = chosen;
  proposer.applyRead = { id: proposer.out.readLog(from, through, applyBytes), from, through };
}

/** The turn is over: another stretch may be executed. */
export function onApplyTimeout(proposer: Proposer): void {
  proposer.appliedBytes = 0;
  applyChosen(proposer);
}

/** Values to execute came from the journal. Says whether the read was for that. */
export function onChosenRead(proposer: Proposer, id: number, batches: readonly EntryBatch[]): boolean {
  if (proposer.applyRead?.id !== id) return false;
  const { from, through } = proposer.applyRead;
  proposer.applyRead = undefined;
  if (proposer.installing) return true;
  invariant(batches.length > 0 || from <= proposer.lastApplied, `chosen slot ${from} is not in the journal`);
  apply(proposer, batches, through);
  return true;
}

function apply(proposer: Proposer, batches: readonly EntryBatch[], through: Slot): void {
  const first = proposer.lastApplied + 1;
  let sizeBytes = 0;
  for (const batch of batches) {
    if (batch.first > proposer.lastApplied + 1 || batch.last <= proposer.lastApplied) continue;
    const end = Math.min(batch.last, through);
    while (proposer.lastApplied < end) execute(proposer, batch, proposer.lastApplied + 1);
    sizeBytes += batch.sizeBytes;
  }
  const { lastApplied: last } = proposer;
  if (last >= first) proposer.out.observe({ kind: 'applied', first, last, sizeBytes });
  proposer.appliedBytes += sizeBytes;
  if (proposer.role.kind === 'leader') answerReads(proposer, proposer.role);
  proposer.out.startTimer('apply', { minMs: 0, maxMs: 0 });
}

function execute(proposer: Proposer, batch: EntryBatch, slot: Slot): void {
  const entry = batch.entries[slot - batch.first]!;
  proposer.lastApplied = slot;
  const results = entry.kind === 'request' ? proposer.service.apply(slot, entry.from, entry.bytes) : undefined;
  concludeWaiting(proposer, slot, entry, batch.era, results);
  if (proposer.role.kind === 'leader') concludeChange(proposer, proposer.role, slot, entry);
}

import type { Address } from '@synod/actor';
import type { EntryBatch } from '@synod/log';
import type { Ballot } from '../ballot.js';
import type { Slot } from '../messages.js';
import type { Acceptor } from './state.js';
import type { Held } from './vote-log.js';

/**
 * Phase 1b's report: the accepted value of every slot from the asked one on, chosen and executed ones included, a page at a
 * time; what was trimmed is named as such, never passed over in silence.
 */
export function report(acceptor: Acceptor, to: Address, ballot: Ballot, from: Slot): void {
  const held = acceptor.votes.from(from, acceptor.configuration.limits.pageBytes);
  const atHand = batchesAtHand(acceptor, from, held);
  if (held.length === 0 || atHand.length > 0)
    return answer(acceptor, { to, ballot, from, held: held.slice(0, atHand.length) }, atHand);
  const run = runOf(acceptor, held);
  const id = acceptor.out.readLog(run[0]!.number, run[run.length - 1]!.number, acceptor.configuration.limits.pageBytes);
  acceptor.reports.set(id, { to, ballot, from, held: run });
}

/** As far as the first ones are at hand; the rest is the next page. */
function batchesAtHand({ votes }: Acceptor, from: Slot, held: readonly Held[]): readonly EntryBatch[] {
  const batches: EntryBatch[] = [];
  for (const vote of held) {
    const batch = votes.batch(vote.number);
    if (batch === undefined) break;
    batches.push(partOf(batch, from, vote));
  }
  return batches;
}

/** Votes that stand in the journal one after the other, as they do in slots: one read fetches them. */
function runOf({ votes }: Acceptor, held: readonly Held[]): readonly Held[] {
  const follows = (at: number): boolean => held[at]!.number === held[at - 1]!.number + 1;
  let end = 1;
  while (end < held.length && follows(end) && votes.batch(held[end]!.number) === undefined) end++;
  return held.slice(0, end);
}

/** The values came from the journal; fewer than were asked for end the page earlier. */
export function onVotesRead(acceptor: Acceptor, id: number, batches: readonly EntryBatch[]): void {
  const asked = acceptor.reports.get(id);
  if (asked === undefined) return;
  acceptor.reports.delete(id);
  const { to, ballot, from, held } = asked;
  if (ballot !== acceptor.promised) return; // a higher one came meanwhile: nobody counts this any more
  if (batches.length === 0) {
    // Trimmed and cut while the journal was read. If that is not so, there is nothing we could say: then silence is right.
    if (acceptor.trimmedThrough >= held[0]!.first) report(acceptor, to, ballot, from);
    return;
  }
  const read = held.slice(0, batches.length);
  answer(
    acceptor,
    { to, ballot, from, held: read },
    read.map((vote, i) => partOf(batches[i]!, from, vote)),
  );
}

/** What was asked for of it, and of that what no later vote has taken the place of. */
function partOf(batch: EntryBatch, from: Slot, { first, last }: Held): EntryBatch {
  return batch.from(Math.max(first, from)).before(last + 1);
}

function answer(
  acceptor: Acceptor,
  { to, ballot, from, held }: { to: Address; ballot: Ballot; from: Slot; held: readonly Held[] },
  batches: readonly EntryBatch[],
): void {
  const { disk, trimmedThrough, votes, clusterId } = acceptor;
  const last = votes.lastSlot;
  // Without a vote from the asked slot on, this is all there is.
  const through = held.length === 0 ? Math.max(last, from - 1) : held[held.length - 1]!.last;
  const stretch = { from, through, last, trimmedThrough };
  acceptor.out.send(to, { kind: 'promised', ballot, disk, ...stretch, clusterId, batches });
}

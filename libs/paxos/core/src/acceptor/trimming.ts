import type { SnapshotId } from '@synod/actor';
import type { Slot } from '../messages.js';
import { stateOf } from './state.js';
import type { Acceptor } from './state.js';

/** Enough proposers have what was chosen through this slot on disk: it need not be reported any more. */
export function trim(acceptor: Acceptor, through: Slot): void {
  if (through <= acceptor.trimmedThrough) return;
  acceptor.trimmedThrough = through;
  acceptor.votes.trim(through);
  acceptor.out.observe({ kind: 'trimmed', through });
}

/**
 * When a step is over: is there enough in the journal that nobody needs? Registers are needed for ever; they go into a snapshot
 * first, frozen exactly at the last vote; and as that has all of them, as much is written in between as it has.
 */
export function considerCut(acceptor: Acceptor): void {
  const { bytesSinceMark, configuration, votes, registers, marked, takingSnapshot, restoring } = acceptor;
  if (marked !== undefined || takingSnapshot !== undefined || restoring !== undefined) return;
  if (bytesSinceMark < Math.max(configuration.limits.cutAfterBytes, registers.sizeBytes)) return;
  acceptor.bytesSinceMark = 0;
  if (registers.size === 0) return mark(acceptor, undefined);
  acceptor.takingSnapshot = acceptor.out.takeSnapshot({ index: votes.lastNumber, era: 0 });
}

export function onSnapshotTaken(acceptor: Acceptor, snapshot: SnapshotId): void {
  acceptor.takingSnapshot = undefined;
  mark(acceptor, snapshot);
}

/** Repeats what must be known without what is older. */
function mark(acceptor: Acceptor, snapshot: SnapshotId | undefined): void {
  const { votes, out } = acceptor;
  const unneeded = Math.min(votes.unneededThrough, snapshot?.index ?? votes.lastNumber);
  const token = out.persist({ kind: 'acceptorMark', number: votes.lastNumber, snapshot, state: stateOf(acceptor) });
  acceptor.promiseToken = token;
  acceptor.marked = { token, unneeded, snapshot };
}

/** The mark is durable: what it stands for may go. */
export function cutAfterMark(acceptor: Acceptor): void {
  const { marked } = acceptor;
  if (marked === undefined || acceptor.durableToken < marked.token) return;
  acceptor.marked = undefined;
  acceptor.out.cut(marked.unneeded, marked.token, marked.snapshot ?? { index: 0, era: 0 });
}

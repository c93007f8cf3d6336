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

/** When a step is over: is there enough in the journal that nobody needs? A mark repeats what must be known without it. */
export function considerCut(acceptor: Acceptor): void {
  const { bytesSinceMark, configuration, votes, marked } = acceptor;
  if (marked !== undefined || bytesSinceMark < configuration.limits.cutAfterBytes) return;
  const unneeded = votes.unneededThrough;
  acceptor.bytesSinceMark = 0;
  const snapshot = { index: votes.lastNumber, era: 0 };
  const token = acceptor.out.persist({ kind: 'acceptorMark', snapshot, state: stateOf(acceptor) });
  acceptor.promiseToken = token;
  acceptor.marked = { token, unneeded };
}

/** The mark is durable: what it stands for may go. */
export function cutAfterMark(acceptor: Acceptor): void {
  const { marked } = acceptor;
  if (marked === undefined || acceptor.durableToken < marked.token) return;
  acceptor.marked = undefined;
  acceptor.out.cut(marked.unneeded, marked.token, { index: 0, era: 0 });
}

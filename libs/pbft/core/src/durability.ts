import type { Token } from '@synod/actor';
import { countOwnVote } from './normal-case.js';
import type { Record } from './records.js';
import type { Slot } from './log.js';
import type { Pbft } from './state.js';
import type { AnyVote, Sequence } from './statements.js';

/*
 * What this replica signs it must never contradict, not even after a crash: the record of it is durable before it leaves, and
 * our own vote counts here only then, too. Else a certificate could rest on a vote that nobody remembers.
 */

export function persist(pbft: Pbft, record: Record): Token {
  pbft.lastToken = pbft.out.persist(record);
  return pbft.lastToken;
}

/** The slot of a sequence between the water marks; what is persisted about it comes after now. */
export function openSlot(pbft: Pbft, sequence: Sequence): Slot {
  return pbft.log.open(sequence, pbft.lastToken + 1);
}

/** Our own vote, which rests on what was persisted so far. */
export function countWhenDurable(pbft: Pbft, vote: AnyVote): void {
  if (pbft.lastToken <= pbft.durableToken) countOwnVote(pbft, vote);
  else pbft.ownVotes.push({ token: pbft.lastToken, vote });
}

/** Everything up to `token` is on disk. */
export function synced(pbft: Pbft, token: Token): void {
  pbft.durableToken = token;
  while (pbft.ownVotes.length > 0 && pbft.ownVotes[0]!.token <= token) countOwnVote(pbft, pbft.ownVotes.shift()!.vote);
}

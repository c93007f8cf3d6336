import type { Address, Beat } from '@synod/actor';
import type { Status } from './messages.js';
import type { Pbft } from './state.js';
import type { Sequence } from './statements.js';

/*
 * How old a state is, by our own clock, though f members lie and messages wait, in brokers that were stopped or sockets of processes
 * that slept. Each member's status tells how far anything ever prepared there, and repeats to each other one that one's clock as it
 * heard it last: the status is as old as that. A word counts once everything through what it tells is executed here, and the state is as
 * old as the oldest of the words of a quorum, ours among them. Why it held all that was done when our clock showed that:
 *
 *   What a client was told to be done a correct member had executed, so a quorum had sent COMMIT for it, at least quorum - f of them
 *   correct, and a correct member has its certificate on disk before it sends COMMIT. Any quorum has a correct one of those, whose
 *   word, said later, tells of no less. f liars among the quorum say what they like; one is left who does not lie.
 *
 * Who lost its disk has forgotten what prepared there, and counts among the f until it signs again; what it had signed is below its
 * stable checkpoint then (standing.ts). A status is not signed: who speaks in a member's name on the bus counts among the f as well.
 */

/** In every status. */
export function beatOf(pbft: Pbft): Beat {
  return { at: pbft.clock.stamp(pbft.now), echoes: pbft.others.map((member) => pbft.peers.get(member)!.stamp) };
}

/** All below the low water mark prepared somewhere, if not here. */
export function preparedThrough({ preparedThrough: here, low, executed }: Pbft): Sequence {
  return Math.max(here, low, executed.sequence);
}

/** Our own word; now and then is enough, since others' words come no more often. */
export function noteOwnWord(pbft: Pbft): void {
  pbft.ownWord.hear(pbft.now, preparedThrough(pbft));
}

/** Another member's. */
export function hearWord(pbft: Pbft, from: Address, { beat, prepared }: Status): void {
  if (!beat) return;
  const peer = pbft.peers.get(from)!;
  const place = pbft.configuration.members.filter((member) => member !== from).indexOf(pbft.self);
  peer.stamp = beat.at;
  const at = pbft.clock.timeOf(beat.echoes[place] ?? 0, pbft.now);
  if (at !== undefined) peer.word.hear(at, prepared);
}

/** From when on what is executed here is all that was done. */
export function currentAt(pbft: Pbft): number {
  const { sequence } = pbft.executed;
  const isExecuted = (through: Sequence): boolean => through <= sequence;
  if (isExecuted(preparedThrough(pbft))) noteOwnWord(pbft);
  const words = [pbft.ownWord, ...[...pbft.peers.values()].map(({ word }) => word)];
  const times = words.map((word) => word.settle(isExecuted)).sort((a, b) => b - a);
  return times[pbft.group.quorum - 1]!;
}

import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import type { EntryBatch } from '@synod/log';
import type { Chosen, Learn, Slot } from '../messages.js';
import { learn, startLearnTimer, writeChosen } from './learning.js';
import { offerSnapshot, resumeFetching } from './snapshots.js';
import { releaseLongWaiting } from './clients.js';
import type { Proposer } from './state.js';

/*
 * A proposer that misses what was chosen asks another one, and is given values, or a snapshot to fetch. It asks; whoever is
 * asked keeps nothing. What is lost is asked for again.
 */

/** Asks the leader, or when there is none, or it gave no answer, the others in turn. */
export function catchUp(proposer: Proposer): void {
  const { chosen, knownThrough, fetching, installing, role } = proposer;
  if (chosen.through >= knownThrough || fetching || installing || role.kind === 'leader') {
    proposer.learning = undefined;
    return;
  }
  const from = whomToAsk(proposer);
  if (from === undefined) return;
  noteMissing(proposer, knownThrough);
  const why = chosen.through === 0 ? 'emptyDisk' : 'missedValues';
  proposer.out.observe({ kind: 'catchingUp', from, slot: chosen.through + 1, through: knownThrough, why });
  askOn(proposer, from);
  startLearnTimer(proposer);
}

/** What was chosen meanwhile comes by itself: who waited for that, too, would under load never have caught up. */
export function noteMissing(proposer: Proposer, through: Slot): void {
  const { chosen, missingThrough } = proposer;
  if (missingThrough === undefined || chosen.through >= missingThrough) proposer.missingThrough = through;
}

export function noteReached(proposer: Proposer): void {
  const { chosen, missingThrough } = proposer;
  if (missingThrough === undefined || chosen.through < missingThrough) return;
  proposer.missingThrough = undefined;
  proposer.out.observe({ kind: 'caughtUp', slot: chosen.through });
}

/** The leader first; then, one that was asked in vain gives way to the next. */
function whomToAsk({ leader, learning, others, self }: Proposer): Address | undefined {
  const candidate = learning === undefined ? leader : others[(others.indexOf(learning.from) + 1) % others.length];
  return candidate === self ? undefined : (candidate ?? others[0]);
}

/** Writes what was learned; asks again when nothing has come. */
export function onLearnTimeout(proposer: Proposer): void {
  proposer.learnTimerRuns = false;
  writeChosen(proposer);
  releaseLongWaiting(proposer);
  const { learning, fetching, configuration } = proposer;
  if (fetching) resumeFetching(proposer, fetching);
  if (learning && proposer.now - learning.at >= configuration.heartbeatMs) catchUp(proposer);
  if (proposer.learning || proposer.fetching || proposer.waiting.size > 0) startLearnTimer(proposer);
}

/**
 * Another proposer asks what was chosen from a slot on.
 *
 * @paper Paxos Made Simple §2.3 (a learner may ask); Paxos Made Live §5.1 (catch-up)
 */
export function onLearn(proposer: Proposer, from: Address, { from: slot }: Learn): void {
  if (!proposer.isProposer(from)) return proposer.reject(from, 'notAProposer');
  const { chosen, configuration } = proposer;
  if (slot <= chosen.base) return offerSnapshot(proposer, from);
  const batches = chosen.recentFrom(slot, configuration.limits.learnBytes);
  if (batches !== undefined) return tell(proposer, from, slot, batches);
  const id = proposer.out.readLog(slot, chosen.through, configuration.limits.learnBytes);
  proposer.lending.set(id, { to: from, slot });
}

/** Values for another proposer came from the journal. Says whether the read was for that. */
export function onLentRead(proposer: Proposer, id: number, batches: readonly EntryBatch[]): boolean {
  const lending = proposer.lending.get(id);
  if (lending === undefined) return false;
  proposer.lending.delete(id);
  if (batches.length === 0)
    offerSnapshot(proposer, lending.to); // cut meanwhile
  else {
    const { to, slot } = lending;
    const { learnBytes } = proposer.configuration.limits;
    const wanted = batches.map((batch) => batch.from(slot));
    tell(proposer, to, slot, fitting(wanted, learnBytes));
  }
  return true;
}

/** A journal holds a no-op in a few bytes: what was read may be more entries than a message may have. At least one batch. */
function fitting(batches: readonly EntryBatch[], maxBytes: number): readonly EntryBatch[] {
  let bytes = 0;
  const end = batches.findIndex(({ sizeBytes }, at) => (bytes += sizeBytes) > maxBytes && at > 0);
  return end < 0 ? batches : batches.slice(0, end);
}

function tell(proposer: Proposer, to: Address, from: number, batches: readonly EntryBatch[]): void {
  const { chosen, clusterId } = proposer;
  proposer.out.send(to, { kind: 'chosen', from, batches, chosenThrough: chosen.through, clusterId }, none);
}

/**
 * What was chosen, as another proposer knows it. As long as there is more, the next stretch is asked for at once.
 *
 * @paper Paxos Made Simple §2.3
 */
export function onChosen(proposer: Proposer, from: Address, message: Chosen): void {
  if (!proposer.isProposer(from)) return proposer.reject(from, 'notAProposer');
  const { chosenThrough, batches } = message;
  proposer.knownThrough = Math.max(proposer.knownThrough, chosenThrough);
  if (proposer.role.kind === 'leader' || proposer.installing) return;
  const before = proposer.chosen.through;
  for (const batch of batches) {
    if (batch.last <= proposer.chosen.through) continue;
    if (batch.first > proposer.chosen.through + 1) break;
    learn(proposer, batch.from(proposer.chosen.through + 1), from);
  }
  if (proposer.chosen.through === before) return;
  proposer.heard.forgetThrough(proposer.chosen.through);
  if (proposer.learning === undefined) return;
  proposer.learning = undefined;
  if (proposer.chosen.through < proposer.knownThrough) askOn(proposer, from);
}

function askOn(proposer: Proposer, from: Address): void {
  const { clusterId } = proposer;
  const slot = proposer.chosen.through + 1;
  proposer.learning = { from, at: proposer.now, slot };
  proposer.out.send(from, { kind: 'learn', from: slot, clusterId }, none);
}

import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import { nullBatch } from './batch.js';
import { relayRequests } from './clients.js';
import { complainAgain, considerOwnPrimacy } from './complaints.js';
import { spread } from './delays.js';
import { beatOf, hearWord, noteOwnWord, preparedThrough } from './freshness.js';
import { considerWhoLeft } from './handover.js';
import { help, lackingBatches, showWhatCommitted } from './retransmission.js';
import { messageLimits } from './message-limits.js';
import { missingViewChanges } from './new-view.js';
import { propose } from './normal-case.js';
import type { OpenSlot, Status } from './messages.js';
import { judgePrimary } from './patience.js';
import type { Pbft } from './state.js';
import type { Sequence } from './statements.js';

/*
 * Nothing else drives a lost message again: each replica tells what it has, and the others send what it lacks. So every step of
 * the protocol gets through a network that loses messages, and a group at rest is nearly silent.
 */

/** LIMIT: null requests for each member that says it lost its disk, in lengths of the log; three of them help it back once. */
const fillUpLogs = 8;
/** Turns of the timer in which nothing is said while nothing is outstanding. */
const quietTurns = 5;

export function onStatusTimeout(pbft: Pbft): void {
  pbft.out.startTimer('status', spread(pbft.configuration.timings.statusMs));
  if (!pbft.follows) return;
  complainAgain(pbft);
  considerOwnPrimacy(pbft);
  considerWhoLeft(pbft);
  judgePrimary(pbft);
  relayRequests(pbft);
  fillUpFor(pbft);
  if (isOutstanding(pbft) || ++pbft.quietTicks >= quietTurns) sendStatus(pbft);
}

/** Something is known of that is not done here. */
function isOutstanding(pbft: Pbft): boolean {
  const { active, executed, low, waiting, transfer, standing, ownCheckpoints } = pbft;
  if (!active || standing === 'recovering' || transfer !== undefined || hasBegunElsewhere(pbft)) return true;
  return (
    waiting.size > 0 || ownCheckpoints.size > 0 || executed.sequence < low || highestKnown(pbft) > executed.sequence
  );
}

/**
 * A new view waits here for what it names, and f + 1 members say that they are as far, one of them correct. One that names what nobody
 * has can be signed for any view, once and for ever; what it names is asked for as often as a group at rest says anything.
 */
function hasBegunElsewhere(pbft: Pbft): boolean {
  const through = vouchedFor(pbft, ({ view }) => view);
  return pbft.pending.all.some(({ statement }) => statement.view <= through);
}

/** Something is here of it; or f + 1 members have executed it, one of them correct. */
function highestKnown(pbft: Pbft): Sequence {
  const executed = vouchedFor(pbft, (status) => status.executed);
  return Math.min(pbft.high, Math.max(pbft.log.highest, executed));
}

/** What f + 1 members say that they have reached. */
function vouchedFor({ peers, group }: Pbft, reached: (status: Status) => number): number {
  const said = [...peers.values()].map(({ status }) => (status === undefined ? 0 : reached(status)));
  return said.sort((a, b) => b - a)[group.weak - 1] ?? 0;
}

/**
 * Before the timer does, where it makes a difference; but a traitor that gives cause for it all the time does not make us say more than
 * others take from one member.
 */
export function sendStatusSoon(pbft: Pbft): void {
  if (pbft.now - pbft.statusSaidAt >= pbft.configuration.timings.statusMs / 2) sendStatus(pbft);
}

export function sendStatus(pbft: Pbft): void {
  pbft.quietTicks = 0;
  pbft.statusSaidAt = pbft.now;
  noteOwnWord(pbft);
  if (pbft.follows) pbft.out.send(pbft.configuration.everyone, statusOf(pbft), none);
}

function statusOf(pbft: Pbft): Status {
  const { view, active, low: stable, executed, floor } = pbft;
  return {
    kind: 'status',
    view,
    active,
    stable,
    executed: executed.sequence,
    snapshot: pbft.stableSnapshot?.manifest.sequence ?? 0,
    floor,
    open: active ? openSlots(pbft) : [],
    batches: missingBatches(pbft),
    viewChanges: missingViewChanges(pbft).slice(0, messageLimits.names),
    heard: active ? [] : placesOf(pbft, heardFrom(pbft)),
    prepared: preparedThrough(pbft),
    beat: beatOf(pbft),
  };
}

/** Whose view changes to this very view are here: those that went with the one before asked for another. */
function heardFrom({ viewChanges, view }: Pbft): readonly Address[] {
  return [...viewChanges].filter(([, { signed }]) => signed.statement.view === view).map(([member]) => member);
}

/**
 * What we have to execute comes first. What we executed and did not prepare in this view we ask for as well: who is behind may need
 * our COMMIT for it, and nothing else makes us sign one.
 */
function openSlots(pbft: Pbft): readonly OpenSlot[] {
  const { executed, low } = pbft;
  const { statusSlots } = pbft.configuration.limits;
  const first = Math.max(executed.sequence, low) + 1;
  const ahead = openBetween(pbft, first, Math.min(highestKnown(pbft), first + statusSlots - 1), statusSlots);
  return [...openBetween(pbft, low + 1, executed.sequence, statusSlots - ahead.length), ...ahead];
}

function openBetween(pbft: Pbft, first: Sequence, last: Sequence, most: number): readonly OpenSlot[] {
  const open: OpenSlot[] = [];
  for (let sequence = first; sequence <= last && open.length < most; sequence++) {
    const slot = pbft.log.at(sequence);
    if (slot?.committed !== undefined && slot.isPrepared) continue;
    const prepares = slot?.isPrepared ? pbft.group.members.keys() : placesOf(pbft, slot?.prepares.keys() ?? []);
    const commits = placesOf(pbft, slot?.commits.keys() ?? []);
    open.push({ sequence, hasProposal: slot?.proposal !== undefined, prepares: [...prepares], commits });
  }
  return open;
}

function missingBatches(pbft: Pbft): readonly string[] {
  const missing = lackingBatches(pbft).slice(0, messageLimits.names);
  return missing.map(({ proposal }) => proposal!.statement.digest);
}

function placesOf(pbft: Pbft, members: Iterable<Address>): readonly number[] {
  return [...members].map((member) => pbft.group.placeOf(member));
}

/**
 * Answered at most once in half a period: a member that floods costs no more than one that is honest.
 *
 * @paper departure from PBFT, which leaves retransmission open (§4.2); TOCS §5.2 has status messages
 */
export function onStatus(pbft: Pbft, from: Address, status: Status): void {
  const peer = pbft.peers.get(from)!;
  const before = peer.status;
  peer.status = status;
  hearWord(pbft, from, status);
  if (pbft.now - peer.answeredAt < pbft.configuration.timings.statusMs / 2) return;
  peer.answeredAt = pbft.now;
  help(pbft, from, status, before);
  showWhatCommitted(pbft, from, status, before);
}

/**
 * A member that lost its disk signs nothing until the log has gone on beyond twice its length. In a group at rest the primary helps
 * it there with null requests, one at a time. A floor is its own word, and nobody's signature: so that a liar does not make the log
 * grow for ever, each member is given as many as it takes to come back a few times, and then one for each request of a client.
 */
function fillUpFor(pbft: Pbft): void {
  const { active, isPrimary, votes, lastProposed, executed, low, high } = pbft;
  if (!active || !isPrimary || !votes || lastProposed > executed.sequence || lastProposed >= high) return;
  const { logSize } = pbft.configuration.limits;
  for (const peer of pbft.peers.values()) {
    const floor = peer.status?.floor ?? 0;
    if (floor === 0 || floor > low + 2 * logSize || peer.filledUp >= fillUpLogs * logSize) continue;
    peer.filledUp++;
    return propose(pbft, nullBatch);
  }
}

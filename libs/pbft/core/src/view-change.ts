import type { Address } from '@synod/actor';
import { compareWithShown } from './accusation.js';
import { adoptStable } from './checkpoints.js';
import { afterFailures, spread } from './delays.js';
import { persist } from './durability.js';
import type { Grievance, ViewChangeReason } from './events.js';
import type { Request, ViewChange } from './messages.js';
import { beginNewView, considerPending } from './new-view.js';
import { ascending, faultOfViewChange, viewChangeDigest } from './new-view-rules.js';
import { reject } from './rejection.js';
import type { HeardViewChange, Pbft } from './state.js';
import type { PreparedCertificate, View } from './statements.js';

/**
 * "If the timer of backup i expires in view v, the backup starts a view change to move the system to view v+1. It stops
 * accepting messages (other than checkpoint, view-change, and new-view messages) and multicasts a VIEW-CHANGE message to all
 * replicas." What it shows of its log rests on its disk, and so does the promise to accept nothing older.
 *
 * @paper PBFT §4.4
 */
export function startViewChange(pbft: Pbft, view: View, why: ViewChangeReason, grievance?: Grievance): void {
  if (!pbft.votes || view <= pbft.view) return;
  const request = grievance !== undefined || why === 'timeout' ? awaitedInVain(pbft) : undefined;
  leaveView(pbft, view);
  pbft.failedViews++;
  pbft.statistics.viewChanges++;
  pbft.out.observe({ kind: 'viewChangeStarted', view, why, grievance, request });
  const signed = pbft.cryptography.sign({
    type: 'viewChange',
    view,
    stable: pbft.stable,
    prepared: certificatesOf(pbft),
  });
  pbft.ownViewChange = { kind: 'viewChange', signed };
  pbft.ownViewChangeToken = persist(pbft, pbft.ownViewChange);
  pbft.out.send(pbft.configuration.everyone, { kind: 'viewChange', signed });
  considerViewChanges(pbft, pbft.self);
  if (pbft.stopping) pbft.out.stop();
}

/** Who asked for a later view accepts nothing of this one, whatever becomes of its wish. */
export function hasLeft(pbft: Pbft, { signed }: HeardViewChange): boolean {
  return signed.statement.view > pbft.view;
}

/** The oldest request, if this replica complained in the last view that began because it waits. */
function awaitedInVain({ patience: { timed, grievances }, waiting }: Pbft): Request | undefined {
  const complained = grievances.has('silent') || grievances.has('slow');
  return complained && timed !== undefined ? waiting.get(timed)?.message : undefined;
}

/** Nothing of an older view is accepted any more. The log stays (§4.4): its certificates are what protects requests. */
export function leaveView(pbft: Pbft, view: View): void {
  pbft.view = view;
  pbft.active = false;
  pbft.viewChangeTimed = false;
  pbft.log.leaveView();
  pbft.pending.removeBelow(view);
  pbft.complaints.clear();
  pbft.accused.clear();
  pbft.out.stopTimer('request');
  pbft.out.stopTimer('viewChange');
}

/** P: "for each request that prepared at i with a sequence number higher than n". */
function certificatesOf(pbft: Pbft): readonly PreparedCertificate[] {
  const certificates = [];
  for (const { sequence, prepared } of pbft.log.all) {
    if (prepared !== undefined && sequence > pbft.low) certificates.push(prepared.certificate);
  }
  return ascending(certificates);
}

/**
 * Taken in every view and standing, and counted once a member, for the highest view that it asks for: a correct replica never
 * goes back.
 *
 * @paper PBFT §4.4
 */
export function onViewChange(pbft: Pbft, from: Address, { signed }: ViewChange): void {
  const { signer, statement } = signed;
  const { view } = statement;
  const before = pbft.viewChanges.get(signer)?.signed.statement.view ?? 0;
  const isOwn = signer === pbft.self;
  const news = !isOwn && view > before && (view > pbft.view || (view === pbft.view && !pbft.active));
  const digest = viewChangeDigest(pbft.cryptography, signed);
  // A new view may name what a former life of ours signed, whose disk was lost.
  const named = pbft.pending.names(digest);
  if (!news && !named) return;
  const fault = faultOfViewChange(pbft.rules, signed);
  if (fault !== undefined) return reject(pbft, from, fault);
  if (named) pbft.pending.keep(digest, signed);
  if (news) {
    pbft.viewChanges.set(signer, { signed, digest, at: pbft.now });
    if (!pbft.active && view === pbft.view) pbft.out.observe({ kind: 'viewChangeCounted', view, by: signer });
    adoptStable(pbft, statement.stable);
    joinLaterView(pbft);
    considerViewChanges(pbft, signer);
  }
  considerPending(pbft, signer);
  compareWithShown(pbft, statement.prepared);
}

/**
 * "If a replica receives a set of f + 1 valid view-change messages from other replicas for views greater than its current view,
 * it sends a view-change message for the smallest view in the set, even if its timer has not expired." The set is that of the
 * f + 1 highest: replicas that drifted apart meet at once.
 *
 * @paper PBFT §4.5.2
 */
function joinLaterView(pbft: Pbft): void {
  const later = [...pbft.viewChanges.values()]
    .map(({ signed }) => signed.statement.view)
    .filter((view) => view > pbft.view)
    .sort((a, b) => b - a);
  const smallest = later[pbft.group.weak - 1];
  if (smallest !== undefined) startViewChange(pbft, smallest, 'joined', pbft.patience.grievance);
}

/** Our own view change is on our disk: it counts. */
export function countOwnViewChange(pbft: Pbft): void {
  const { ownViewChange, ownViewChangeToken, durableToken } = pbft;
  if (ownViewChange === undefined || ownViewChangeToken > durableToken || pbft.active) return;
  const { signed } = ownViewChange;
  if (pbft.viewChanges.get(pbft.self)?.signed === signed) return;
  pbft.viewChanges.set(pbft.self, { signed, digest: viewChangeDigest(pbft.cryptography, signed), at: pbft.now });
  pbft.out.observe({ kind: 'viewChangeCounted', view: pbft.view, by: pbft.self });
  considerViewChanges(pbft, pbft.self);
}

/**
 * "A replica that multicasts a view-change message for view v+1 waits for 2f + 1 view-change messages for view v+1 and then
 * starts its timer." Those that have gone on to a later view count for the timer: they will not come back, and waiting for
 * them would be for ever.
 *
 * @paper PBFT §4.5.2
 */
function considerViewChanges(pbft: Pbft, completedBy: Address): void {
  if (pbft.active) return;
  const views = [...pbft.viewChanges.values()].map(({ signed }) => signed.statement.view);
  const { timings } = pbft.configuration;
  if (!pbft.viewChangeTimed && views.filter((view) => view >= pbft.view).length >= pbft.group.quorum) {
    pbft.viewChangeTimed = true;
    pbft.out.startTimer('viewChange', spread(afterFailures(timings.viewChangeMs, pbft.failedViews - 1, timings)));
  }
  const here = views.filter((view) => view === pbft.view).length;
  if (pbft.isPrimary && here >= pbft.group.quorum) beginNewView(pbft, completedBy);
}

/**
 * "If the timer expires before it receives a valid new-view message for v+1, it starts the view change for view v+2 but this
 * time it will wait for 2T."
 *
 * @paper PBFT §4.5.2
 */
export function onViewChangeTimeout(pbft: Pbft): void {
  if (!pbft.active && pbft.viewChangeTimed) startViewChange(pbft, pbft.view + 1, 'timeout');
}

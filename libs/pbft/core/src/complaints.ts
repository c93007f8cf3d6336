import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import type { Grievance } from './events.js';
import type { Complaint } from './messages.js';
import { reject } from './rejection.js';
import type { Pbft } from './state.js';
import type { ComplaintClaim, Signed } from './statements.js';
import { hasLeft, startViewChange } from './view-change.js';

/*
 * A backup complains before it leaves a view, and leaves when f + 1 members do, one of them correct at least; the word of the
 * primary about itself is enough (README, departure 5). Since that ends a view it is signed: who speaks for a member at the broker
 * and does not have its key moves nobody. A complaint that is not said again is over after a while, which takes it back.
 *
 * Who restarts has forgotten which ones it heard, and anybody can say again what was on the bus: in the view that it wakes up in,
 * complaints of others count beside its own only. f traitors can complain whenever they like, so what is said again adds
 * nothing to that. A view that others leave for a reason it leaves with them, by their view changes.
 *
 * Who has left the view complains of it no more, and is no less against it: beside a complaint of our own it counts like one. Else those that a
 * traitor made leave and those that are left to wait would never be enough together, and nobody would do what they wait for.
 */

/** Turns of the status timer for which a complaint counts; it is said again in each. */
const turns = 4;
/** LIMIT: lives of one member whose complaints of the present view are told apart. */
const livesMost = 8;

/** What others said of the primary of the present view. */
export class Complaints {
  private readonly members = new Map<Address, { heardAt: number; readonly numbers: Map<number, number> }>();

  /** Not one that was heard before: what is on the bus can be said again by anybody. */
  isNews(signer: Address, { incarnation, number }: ComplaintClaim): boolean {
    const numbers = this.members.get(signer)?.numbers;
    if (numbers === undefined) return true;
    const latest = numbers.get(incarnation);
    return latest === undefined ? numbers.size < livesMost : number > latest;
  }

  put(signer: Address, { incarnation, number }: ComplaintClaim, now: number): void {
    const known = this.members.get(signer) ?? { heardAt: now, numbers: new Map<number, number>() };
    known.heardAt = now;
    known.numbers.set(incarnation, number);
    this.members.set(signer, known);
  }

  /** Who was heard to complain since then. */
  since(then: number): readonly Address[] {
    return [...this.members].filter(([, { heardAt }]) => heardAt >= then).map(([member]) => member);
  }

  clear(): void {
    this.members.clear();
  }
}

export function complain(pbft: Pbft, why: Grievance): void {
  const { grievances } = pbft.patience;
  if (!grievances.has(why)) pbft.out.observe({ kind: 'complained', view: pbft.view, why });
  grievances.add(why);
  sayComplaint(pbft);
  considerComplaints(pbft);
}

export function takeBack(pbft: Pbft, why: Grievance): void {
  pbft.patience.grievances.delete(why);
}

/** The turn of a timer: it may have been lost, and would be over soon. */
export function complainAgain(pbft: Pbft): void {
  if (!pbft.active || pbft.patience.grievances.size === 0) return;
  sayComplaint(pbft);
  considerComplaints(pbft);
}

/** Who lost its disk proposes nothing: as primary it says so, or a group at rest, of which nobody waits, would never help it back. */
export function considerOwnPrimacy(pbft: Pbft): void {
  const isLost = pbft.active && pbft.isPrimary && pbft.standing === 'recovering';
  if (!isLost) takeBack(pbft, 'recovering');
  else if (!pbft.patience.grievances.has('recovering')) complain(pbft, 'recovering');
}

function sayComplaint(pbft: Pbft): void {
  const { view, incarnation } = pbft;
  const claim = { type: 'complaint', view, incarnation, number: ++pbft.complaintNumber } as const;
  pbft.out.send(pbft.configuration.everyone, { kind: 'complaint', signed: pbft.cryptography.sign(claim) }, none);
}

/**
 * @paper departure from PBFT, whose backup leaves alone when its timer fires (§4.4)
 */
export function onComplaint(pbft: Pbft, from: Address, { signed }: Complaint): void {
  const { signer, statement } = signed;
  if (!pbft.group.has(signer)) return reject(pbft, from, 'signerNotAMember');
  if (!complaintMatters(pbft, signed)) return;
  pbft.complaints.put(signer, statement, pbft.now);
  if (signer !== pbft.primary) return considerComplaints(pbft);
  startViewChange(pbft, pbft.view + 1, 'abdication', whyAbdicated(pbft, signer));
}

/** As far as it shows: a complaint tells no reason. */
function whyAbdicated(pbft: Pbft, primary: Address): Grievance | undefined {
  if ((pbft.peers.get(primary)?.status?.floor ?? 0) > 0) return 'recovering';
  return whoLeft(pbft).length > 0 ? 'leftAlone' : undefined;
}

/** Somebody else's, of the present view, and not heard before: asked before its signature is verified, and after. */
export function complaintMatters(pbft: Pbft, { signer, statement }: Signed<ComplaintClaim>): boolean {
  if (statement.view !== pbft.view || !pbft.active || signer === pbft.self) return false;
  return pbft.complaints.isNews(signer, statement);
}

function considerComplaints(pbft: Pbft): void {
  const complaining = pbft.complaints.since(pbft.now - turns * pbft.configuration.timings.statusMs);
  const isOwn = pbft.patience.grievances.size > 0;
  if (!isOwn && pbft.view === pbft.wokeIn) return;
  const against = new Set(isOwn ? [pbft.self, ...complaining, ...whoLeft(pbft)] : complaining);
  if (against.size < pbft.group.weak) return;
  startViewChange(pbft, pbft.view + 1, 'complaints', pbft.patience.grievance);
}

function whoLeft(pbft: Pbft): readonly Address[] {
  return [...pbft.viewChanges].filter(([, heard]) => hasLeft(pbft, heard)).map(([member]) => member);
}

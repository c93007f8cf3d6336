import type { Address } from '@synod/actor';
import { proofMatters } from './accusation.js';
import { complaintMatters } from './complaints.js';
import type { Commit, Message, PrePrepare, Prepare } from './messages.js';
import { faultOfViewChange, viewChangeDigest } from './new-view-rules.js';
import { isTooLarge } from './normal-case.js';
import { nothingTaken } from './state.js';
import type { Pbft, Peer, Taken } from './state.js';
import type { AnyVote, NewViewClaim, Proposal, Signed, ViewChangeClaim, Vote } from './statements.js';

/**
 * LIMIT: by weight, what is taken of one member in `statusMs`: of what costs it nothing, because it bears no signature of its own, or always
 * the same one, all kinds together; and of what is signed, and of no use in the present view at once, of each kind. Said again and again,
 * or of one view after the other, it would cost more than all that the group does. One that is heavier is taken, and nothing more until as
 * much time has passed. What an honest member says is less, also when it fetches a snapshot as fast as it may; and what is left out of
 * what it signs is sent again.
 */
const takenMost = 128;

/** What each counts for. A status is large, and a hello is verified; an honest member says one or two. A relay is, too: of these it says `relays`. */
const cheapWeights: Readonly<Partial<Record<Message['kind'], number>>> = {
  status: 8,
  hello: 8,
  helloReply: 8,
  relay: 2,
  missing: 1,
  fetch: 1,
  history: 1,
  fetchChunk: 1,
  snapshotOffer: 1,
  snapshotChunk: 1,
};

const pressingWeights: Readonly<Partial<Record<Message['kind'], number>>> = {
  prePrepare: 4,
  prepare: 1,
  commit: 1,
  checkpoint: 1,
  checkpointProof: 4,
  snapshot: 4,
  viewChange: 4,
  newView: 8,
  complaint: 4,
  proof: 8,
};

/**
 * Whether a message can still matter: asked once, before its signature is verified, which costs more than everything else about it.
 * Votes beyond a quorum are not worth it; one that contradicts another always is, because it proves something.
 */
export function isWorth(pbft: Pbft, from: Address, message: Message): boolean {
  const peer = pbft.peers.get(from);
  const weight = cheapWeights[message.kind];
  // Whoever says no more than an honest member does is no nuisance, though nothing comes of it here yet.
  if (weight !== undefined) return isInTime(pbft, message) && mayTake(pbft, peer?.cheap, weight);
  // A client is told that nobody takes part here yet.
  if (message.kind === 'read') return true;
  if (!pbft.follows || !matters(pbft, from, message)) return false;
  return isUsual(pbft, message) || (mayPress(pbft, peer, message) && isSound(pbft, message));
}

/**
 * Of its kind so much was left out lately as nobody says who keeps to the protocol: he sends again what is missing once for each status,
 * however heavy it is. Of proposals and votes he does say many, when they overtake their new view.
 */
export function isExcessive(pbft: Pbft, from: Address, message: Message): boolean {
  const taken = pbft.peers.get(from)?.pressing.get(message.kind);
  return taken !== undefined && !isOrder(message) && taken.leftOut - forgiven(pbft, taken) > takenMost;
}

/** Some is for who takes no part yet only, and some for who does. */
function isInTime({ follows }: Pbft, { kind }: Message): boolean {
  return kind === 'helloReply' ? !follows : kind !== 'snapshotOffer' || follows;
}

function matters(pbft: Pbft, from: Address, message: Message): boolean {
  switch (message.kind) {
    case 'prePrepare':
      return proposalMatters(pbft, message);
    case 'prepare':
    case 'commit':
      return voteMatters(pbft, message.signed);
    case 'checkpoint':
      return message.signed.statement.sequence > pbft.low;
    case 'checkpointProof':
      return message.stable.state.sequence > pbft.low;
    case 'snapshot':
      return message.signed.statement.sequence > (pbft.stableSnapshot?.manifest.sequence ?? 0);
    case 'viewChange':
      return viewChangeMatters(pbft, message.signed);
    case 'newView':
      return newViewMatters(pbft, message.signed.statement);
    case 'complaint':
      return complaintMatters(pbft, message.signed);
    case 'proof':
      return proofMatters(pbft, message.first.signer);
    default:
      return true;
  }
}

/** A proposal or vote of the present view, and the first of its kind: what there is without number while the group works. */
function isUsual(pbft: Pbft, message: Message): boolean {
  if (!isOrder(message)) return false;
  const { statement, signer } = message.signed;
  if (!isPresent(pbft, statement)) return false;
  const slot = pbft.log.at(statement.sequence);
  if (statement.type === 'prePrepare') return slot?.batch === undefined;
  return (statement.type === 'prepare' ? slot?.prepares : slot?.commits)?.get(signer) === undefined;
}

function isOrder(message: Message): message is PrePrepare | Prepare | Commit {
  return message.kind === 'prePrepare' || message.kind === 'prepare' || message.kind === 'commit';
}

function mayPress(pbft: Pbft, peer: Peer | undefined, message: Message): boolean {
  if (peer === undefined) return true;
  const weight = pressingWeights[message.kind] ?? 0;
  const taken = peer.pressing.get(message.kind) ?? nothingTaken();
  peer.pressing.set(message.kind, taken);
  if (mayTake(pbft, taken, weight + signaturesIn(message))) return true;
  taken.leftOut += weight;
  return false;
}

/** Beyond that of the sender. */
function signaturesIn(message: Message): number {
  if (message.kind === 'newView') return message.signed.statement.proposals.length;
  if (message.kind !== 'viewChange') return 0;
  return message.signed.statement.prepared.reduce((sum, { prepares }) => sum + 1 + prepares.length, 0);
}

function mayTake(pbft: Pbft, taken: Taken | undefined, weight: number): boolean {
  if (taken === undefined) return true;
  const past = forgiven(pbft, taken);
  taken.since = pbft.now;
  taken.weight = Math.max(0, taken.weight - past);
  taken.leftOut = Math.max(0, taken.leftOut - past);
  if (taken.weight >= takenMost) return false;
  taken.weight += weight;
  return true;
}

function forgiven({ now, configuration }: Pbft, { since }: Taken): number {
  return (takenMost * (now - since)) / configuration.timings.statusMs;
}

function isPresent(pbft: Pbft, { view, sequence }: Proposal | Vote<'prepare'> | Vote<'commit'>): boolean {
  return view === pbft.view && pbft.active && sequence > pbft.low && sequence <= pbft.high;
}

function proposalMatters(pbft: Pbft, { signed: { signer, statement }, batch }: PrePrepare): boolean {
  const { view } = statement;
  // The new view may still be on its way through the verification: its primary's first proposals come right behind it.
  if (view > pbft.view || (view === pbft.view && !pbft.active))
    return signer === pbft.group.primary(view) && !isTooLarge(pbft, batch);
  if (!isPresent(pbft, statement) || signer !== pbft.primary || pbft.isPrimary) return false;
  const slot = pbft.log.at(statement.sequence);
  return slot?.batch === undefined || slot.proposal!.statement.digest !== statement.digest;
}

function voteMatters(pbft: Pbft, { signer, statement }: AnyVote): boolean {
  const { type, view, sequence, digest } = statement;
  if (type === 'prepare' && signer === pbft.group.primary(view)) return false;
  if (view > pbft.view || (view === pbft.view && !pbft.active)) return true;
  if (!isPresent(pbft, statement) || signer === pbft.self) return false;
  const slot = pbft.log.at(sequence);
  const first = type === 'prepare' ? slot?.prepares.get(signer) : slot?.commits.get(signer);
  if (slot === undefined || (first !== undefined && first.statement.digest !== digest)) return true;
  const isOver = type === 'prepare' ? slot.isPrepared : slot.isPrepared && slot.committed !== undefined;
  return first === undefined && (!isOver || slot.proposal?.statement.digest !== digest);
}

/** It proposes for no more places than there are between the water marks. */
function newViewMatters({ view, configuration }: Pbft, claim: NewViewClaim): boolean {
  return claim.view >= view && claim.proposals.length <= configuration.limits.logSize;
}

function viewChangeMatters(pbft: Pbft, signed: Signed<ViewChangeClaim>): boolean {
  const { view } = signed.statement;
  const before = pbft.viewChanges.get(signed.signer)?.signed.statement.view ?? 0;
  const news = view > before && (view > pbft.view || (view === pbft.view && !pbft.active));
  return news || (pbft.pending.size > 0 && pbft.pending.names(viewChangeDigest(pbft.cryptography, signed)));
}

/** A view change may show thousands of signatures, and be none that counts. */
function isSound(pbft: Pbft, message: Message): boolean {
  return message.kind !== 'viewChange' || faultOfViewChange(pbft.rules, message.signed) === undefined;
}

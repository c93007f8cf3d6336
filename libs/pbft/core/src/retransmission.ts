import type { Address } from '@synod/actor';
import type { Slot } from './log.js';
import type { Message, Missing, OpenSlot, Status } from './messages.js';
import { takeMissingBatch } from './normal-case.js';
import type { Pbft } from './state.js';
import type { Digest, Sequence } from './statements.js';

/** Sends what a peer lacks by its own word and is here, as far as its allowance goes: what it needs first comes first. */
export function help(pbft: Pbft, to: Address, status: Status, before: Status | undefined): void {
  helpWithView(pbft, to, status);
  for (const digest of status.viewChanges) helpWithViewChange(pbft, to, digest);
  helpWithCheckpoint(pbft, to, status);
  helpWithSnapshot(pbft, to, status);
  for (const digest of status.batches) helpWithBatch(pbft, to, digest);
  if (status.view !== pbft.view || !status.active || !pbft.active) return;
  const lackedBefore = new Set(
    before?.view === status.view ? before.open.filter(isWithoutProposal).map(sequenceOf) : [],
  );
  for (const open of status.open) helpWithSlot(pbft, to, open, lackedBefore.has(open.sequence));
  if (before?.view === status.view && before.active) helpWithUnheard(pbft, to, status, before);
}

/**
 * A proposal that reached nobody is in no status at all: what two in a row do not speak of, the primary sends again. Nor is one that is
 * committed there, and not executed while it fetches what comes before: but who voted for it has it.
 */
function helpWithUnheard(pbft: Pbft, to: Address, status: Status, before: Status): void {
  if (!pbft.isPrimary) return;
  // What it says is its own word, and the log holds nothing that is older.
  const heard = Math.max(heardThrough(status), heardThrough(before), pbft.low);
  for (let sequence = heard + 1; sequence <= pbft.lastProposed; sequence++) {
    const slot = pbft.log.at(sequence);
    if (slot?.prepares.has(to) || slot?.commits.has(to)) continue;
    helpWithSlot(pbft, to, { sequence, hasProposal: false, prepares: [], commits: [] }, true);
  }
}

/** Who lost its disk votes for nothing: there its word counts for what prepared, of which no former life tells it. */
function heardThrough({ executed, stable, open, floor, prepared }: Status): Sequence {
  return Math.max(executed, stable, floor > 0 ? prepared : 0, ...open.map(sequenceOf));
}

const isWithoutProposal = ({ hasProposal }: OpenSlot): boolean => !hasProposal;
const sequenceOf = ({ sequence }: OpenSlot): number => sequence;

function helpWithView(pbft: Pbft, to: Address, status: Status): void {
  const { proof, newView, view, active, ownViewChange } = pbft;
  if (status.view > view || (status.view === view && status.active)) return;
  if (proof?.view === status.view && status.active) send(pbft, to, proof.message, 2048);
  if (active && newView !== undefined) {
    const { signed } = newView;
    send(pbft, to, { kind: 'newView', signed }, signed.bytes.length);
  } else if (!active && ownViewChange !== undefined) {
    const { signed } = ownViewChange;
    const has = status.view === view && status.heard.includes(pbft.group.placeOf(pbft.self));
    if (!has && signed.statement.view === view) send(pbft, to, { kind: 'viewChange', signed }, signed.bytes.length);
  }
}

function helpWithViewChange(pbft: Pbft, to: Address, digest: Digest): void {
  const named = pbft.newView?.signed.statement.viewChanges.findIndex((each) => each.digest === digest) ?? -1;
  const kept = [...pbft.viewChanges.values()].find((each) => each.digest === digest)?.signed;
  const signed = kept ?? pbft.newView?.viewChanges[named] ?? pbft.pending.viewChange(digest);
  if (signed !== undefined) send(pbft, to, { kind: 'viewChange', signed }, signed.bytes.length);
}

function helpWithCheckpoint(pbft: Pbft, to: Address, { stable }: Status): void {
  if (stable < pbft.low) send(pbft, to, { kind: 'checkpointProof', stable: pbft.stable }, 1024);
  for (const signed of pbft.checkpointVotes.get(pbft.self) ?? []) {
    if (signed.statement.sequence > stable) send(pbft, to, { kind: 'checkpoint', signed }, 256);
  }
}

function helpWithSnapshot(pbft: Pbft, to: Address, { snapshot }: Status): void {
  const signed = pbft.snapshotVotes.get(pbft.self)?.at(-1);
  if (signed !== undefined && signed.statement.sequence > snapshot) send(pbft, to, { kind: 'snapshot', signed }, 256);
}

function helpWithBatch(pbft: Pbft, to: Address, digest: Digest): void {
  for (const slot of pbft.log.all) {
    const batch = slot.batchOf(digest, pbft.cryptography);
    if (batch === undefined) continue;
    return send(pbft, to, { kind: 'missing', sequence: slot.sequence, batch }, batch.sizeBytes);
  }
}

/**
 * Our own votes; and the proposal, which the primary sends at once and a backup when it was still lacking the next time: a
 * faulty primary gives it to some only.
 */
function helpWithSlot(pbft: Pbft, to: Address, open: OpenSlot, lackedBefore: boolean): void {
  const slot = pbft.log.at(open.sequence);
  if (slot === undefined) return;
  const place = pbft.group.placeOf(pbft.self);
  const { proposal, batch } = slot;
  if (!open.hasProposal && proposal !== undefined && batch !== undefined && (pbft.isPrimary || lackedBefore)) {
    send(pbft, to, { kind: 'prePrepare', signed: proposal, batch }, batch.sizeBytes);
  }
  const prepare = slot.prepares.get(pbft.self);
  if (prepare !== undefined && !open.prepares.includes(place))
    send(pbft, to, { kind: 'prepare', signed: prepare }, 256);
  const commit = slot.commits.get(pbft.self);
  if (commit !== undefined && !open.commits.includes(place)) send(pbft, to, { kind: 'commit', signed: commit }, 256);
}

/** Within what this peer may be sent in a period. */
function send(pbft: Pbft, to: Address, message: Message, bytes: number): void {
  if (spend(pbft, to, bytes, 'help')) pbft.out.send(to, message);
}

/** Whether so many bytes more may go to this peer: who asks without end gets no more than who needs it. */
export function spend(pbft: Pbft, to: Address, bytes: number, purpose: 'help' | 'transfer'): boolean {
  const peer = pbft.peers.get(to)!;
  const { timings, limits } = pbft.configuration;
  if (pbft.now - peer.allowanceSince >= timings.statusMs) {
    peer.allowanceSince = pbft.now;
    peer.allowance.help = limits.helpBytes;
    peer.allowance.transfer = limits.transferBytes;
  }
  if (peer.allowance[purpose] <= 0) return false;
  peer.allowance[purpose] -= bytes;
  return true;
}

/** Proposals that are known by their digest only, in order. */
export function lackingBatches(pbft: Pbft): readonly Slot[] {
  const lacking = [...pbft.log.all].filter(({ proposal, batch }) => proposal !== undefined && batch === undefined);
  return lacking.sort((a, b) => a.sequence - b.sequence);
}

/**
 * A batch that we know by its digest only, since a new view named it (§4.4: "it can obtain the missing information from another
 * replica"). A digest is of the requests alone, so a faulty primary may have proposed them at several places, and nobody is asked for
 * the batch of each.
 *
 * @paper PBFT §4.4
 */
export function onMissing(pbft: Pbft, _from: Address, { batch }: Missing): void {
  if (!pbft.active) return;
  const lacking = lackingBatches(pbft);
  if (lacking.length === 0) return; // who says it unasked has nothing hashed for it
  const { digest } = batch.identity(pbft.cryptography);
  for (const slot of lacking) if (slot.proposal!.statement.digest === digest) takeMissingBatch(pbft, slot, batch);
}

/**
 * A faulty primary gives one proposal to some and another to the rest. Who twice has a proposal that it cannot prepare, where we have
 * committed one, is shown ours: if it is the same, it was only slow; if not, the primary is found out.
 */
export function showWhatCommitted(pbft: Pbft, to: Address, status: Status, before: Status | undefined): void {
  if (before?.view !== status.view || status.view !== pbft.view || !status.active || !pbft.active) return;
  const proposedBefore = new Set(before.open.filter(({ hasProposal }) => hasProposal).map(sequenceOf));
  for (const { sequence, hasProposal, prepares } of status.open) {
    const isStuck = hasProposal && prepares.length < pbft.group.n && proposedBefore.has(sequence);
    const slot = isStuck ? pbft.log.at(sequence) : undefined;
    if (slot?.committed === undefined || slot.proposal === undefined || slot.batch === undefined) continue;
    send(pbft, to, { kind: 'prePrepare', signed: slot.proposal, batch: slot.batch }, slot.batch.sizeBytes);
  }
}

import type { Address } from '@synod/actor';
import { accuse } from './accusation.js';
import { nullBatch } from './batch.js';
import { adoptStable } from './checkpoints.js';
import { considerBatch, noteOfProposal } from './clients.js';
import { openSlot, persist } from './durability.js';
import type { NewView } from './messages.js';
import { checkPrepared, onCommit, onPrepare, prepare } from './normal-case.js';
import { continuationOf, faultOfNames, faultOfNewView } from './new-view-rules.js';
import { considerRequestTimer } from './patience.js';
import type { NewViewRecord } from './records.js';
import { reject } from './rejection.js';
import type { Pbft } from './state.js';
import type { Digest, NewViewClaim, Proposal, Signed, View, ViewChangeClaim } from './statements.js';
import { sendStatusSoon } from './status.js';
import { leaveView } from './view-change.js';

/**
 * "When the primary p of view v+1 receives 2f valid view-change messages for view v+1 from other replicas, it multicasts a
 * new-view message to all other replicas." Its own is among them: so what it lost with a disk is below its own checkpoint.
 *
 * @paper PBFT §4.4
 */
export function beginNewView(pbft: Pbft, completedBy: Address): void {
  const { view, group, cryptography } = pbft;
  const own = pbft.viewChanges.get(pbft.self);
  if (own?.signed.statement.view !== view || pbft.newView?.signed.statement.view === view) return;
  const here = group.members
    .flatMap((member) => pbft.viewChanges.get(member) ?? [])
    .filter(({ signed }) => signed.statement.view === view);
  const others = here.filter((each) => each !== own).slice(0, group.quorum - 1);
  const chosen = here.filter((each) => each === own || others.includes(each));
  const viewChanges = chosen.map(({ signed }) => signed);
  const { stable, digests } = continuationOf(cryptography, viewChanges);
  const proposals = digests.map((digest, place) =>
    cryptography.sign({ type: 'prePrepare', view, sequence: stable.state.sequence + 1 + place, digest }),
  );
  const named = chosen.map(({ signed, digest }) => ({ replica: signed.signer, digest }));
  const signed = cryptography.sign({ type: 'newView', view, viewChanges: named, proposals });
  const record = { kind: 'newView', signed, viewChanges } as const;
  persist(pbft, record);
  pbft.out.send(pbft.configuration.everyone, { kind: 'newView', signed });
  enterView(pbft, record, completedBy);
}

/**
 * Kept until all view changes that it names are here, one of each member; then checked in full.
 *
 * @paper PBFT §4.4
 */
export function onNewView(pbft: Pbft, from: Address, { signed }: NewView): void {
  const { view } = signed.statement;
  const entered = pbft.newView?.signed;
  if (entered?.statement.view === view && entered.signer === signed.signer) accuse(pbft, entered, signed);
  if (!isAhead(pbft, view)) return;
  const fault = faultOfNames(pbft.group, signed);
  if (fault !== undefined) return reject(pbft, from, fault);
  pbft.pending.put(signed);
  if (!tryToEnter(pbft, signed, from)) sendStatusSoon(pbft);
}

/** Who asked for a view accepts nothing of an older one, however late it becomes complete. */
function isAhead(pbft: Pbft, view: View): boolean {
  return view > pbft.view || (view === pbft.view && !pbft.active);
}

/** A view change came: it may be the one that a new view waits for. */
export function considerPending(pbft: Pbft, from: Address): void {
  for (const signed of pbft.pending.all) tryToEnter(pbft, signed, from);
}

/**
 * Of the view changes that pending new views name, those that are not here: of each new view one after the other in turn, since traitors
 * may name what there is not, and only so much is asked for at a time.
 */
export function missingViewChanges(pbft: Pbft): readonly Digest[] {
  const missing = pbft.pending.all.map(({ statement }) =>
    statement.viewChanges.filter(({ replica, digest }) => !find(pbft, replica, digest)).map(({ digest }) => digest),
  );
  const most = Math.max(0, ...missing.map(({ length }) => length));
  const inTurn = Array.from({ length: most }, (_, place) => missing.flatMap((digests) => digests[place] ?? []));
  return [...new Set(inTurn.flat())];
}

function find(pbft: Pbft, replica: Address, digest: Digest): Signed<ViewChangeClaim> | undefined {
  const latest = pbft.viewChanges.get(replica);
  return latest?.digest === digest ? latest.signed : pbft.pending.viewChange(digest);
}

/** False while something is missing. */
function tryToEnter(pbft: Pbft, signed: Signed<NewViewClaim>, from: Address): boolean {
  const viewChanges = [];
  for (const { replica, digest } of signed.statement.viewChanges) {
    const viewChange = find(pbft, replica, digest);
    if (viewChange === undefined) return false;
    viewChanges.push(viewChange);
  }
  pbft.pending.remove(signed);
  const fault = faultOfNewView(pbft.rules, signed, viewChanges) ?? contradictsCommitted(pbft, signed);
  if (fault !== undefined) reject(pbft, from, fault);
  else if (isAhead(pbft, signed.statement.view)) {
    const record = { kind: 'newView', signed, viewChanges } as const;
    persist(pbft, record);
    enterView(pbft, record, from);
  }
  return true;
}

/** With more than f faulty members a new view can be valid and still take back what was committed: not with us. */
function contradictsCommitted(pbft: Pbft, { statement }: Signed<NewViewClaim>): string | undefined {
  for (const { statement: proposed } of statement.proposals) {
    const committed = pbft.log.at(proposed.sequence)?.committed;
    if (committed !== undefined && committed.digest !== proposed.digest) return 'contradictsCommitted';
  }
  return undefined;
}

/**
 * "Then it enters view v+1: at this point it is able to accept messages for view v+1." What the new view proposes again goes
 * through all phases, also where it was executed before; "replicas redo the protocol for messages between min-s and max-s but
 * they avoid re-executing client requests".
 *
 * @paper PBFT §4.4
 */
function enterView(pbft: Pbft, record: NewViewRecord, completedBy: Address): void {
  const { view, proposals } = record.signed.statement;
  leaveView(pbft, view);
  pbft.active = true;
  pbft.newView = record;
  forgetViewChanges(pbft);
  const { stable } = continuationOf(pbft.cryptography, record.viewChanges);
  adoptStable(pbft, stable);
  pbft.lastProposed = Math.max(pbft.low, stable.state.sequence + proposals.length);
  pbft.waiting.beginView(pbft.now);
  pbft.patience.beginView(pbft.now);
  const role = pbft.isPrimary ? 'primary' : 'backup';
  pbft.out.observe({ kind: 'enteredView', view, role, primary: pbft.primary, completedBy });
  for (const proposal of proposals) if (proposal.statement.sequence > pbft.low) takeProposal(pbft, proposal);
  for (const signed of pbft.early.take(view)) takeEarly(pbft, signed);
  considerRequestTimer(pbft);
  considerBatch(pbft);
}

/** O, one by one. Its batch is at hand where it was proposed in an earlier view; else status asks for it. */
function takeProposal(pbft: Pbft, proposal: Signed<Proposal>): void {
  const { sequence, digest } = proposal.statement;
  const slot = openSlot(pbft, sequence);
  const isNull = digest === nullBatch.identity(pbft.cryptography).digest;
  const batch = isNull ? nullBatch : slot.batchOf(digest, pbft.cryptography);
  slot.proposal = proposal;
  slot.batch = batch;
  if (batch === undefined) return;
  noteOfProposal(pbft, sequence, batch);
  if (pbft.isPrimary) checkPrepared(pbft, slot, pbft.self);
  else prepare(pbft, slot, proposal);
}

function takeEarly(pbft: Pbft, signed: Parameters<typeof pbft.early.put>[0]): void {
  const { statement } = signed;
  if (statement.type === 'prepare') onPrepare(pbft, signed.signer, { kind: 'prepare', signed: signed as never });
  else onCommit(pbft, signed.signer, { kind: 'commit', signed: signed as never });
}

function forgetViewChanges(pbft: Pbft): void {
  for (const [signer, { signed }] of pbft.viewChanges) {
    if (signed.statement.view <= pbft.view) pbft.viewChanges.delete(signer);
  }
  pbft.pending.removeBelow(pbft.view + 1);
}

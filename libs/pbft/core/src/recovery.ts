import { DamagedState } from '@synod/actor';
import type { SnapshotInstalled } from '@synod/actor';
import type { Batch } from './batch.js';
import { nullBatch } from './batch.js';
import { takeCheckpoint } from './checkpoints.js';
import { executeAgain } from './execution.js';
import type { Next } from './execution.js';
import { continuationOf } from './new-view-rules.js';
import { extendHistory, firstState } from './history.js';
import type { Manifest } from './history.js';
import { castVotes } from './normal-case.js';
import type { NewViewRecord, Record, SnapshotMark, StableRecord, StandingRecord, ViewChangeRecord } from './records.js';
import { goOn } from './state-transfer.js';
import type { Pbft } from './state.js';
import { countOwnViewChange } from './view-change.js';
import type { Digest, PreparedCertificate, Proposal, Sequence, Signed, StateVote } from './statements.js';

/** What the journal tells of one sequence. */
interface Remembered {
  /** Of the latest view. */
  proposal: Signed<Proposal> | undefined;
  certificate: PreparedCertificate | undefined;
  /** All that were ever proposed there: a few. */
  readonly batches: Batch[];
  /** Fetched, and executed at once. */
  executed: Batch | undefined;
}

/** Collects the journal's records, oldest first; a snapshot's mark takes the place of what was before it. */
export class Recovery {
  private readonly sequences = new Map<Sequence, Remembered>();
  private standing: StandingRecord | undefined;
  private stable: StableRecord['stable'] | undefined;
  /** The histories that stable checkpoints vouch for, by sequence. */
  private readonly histories = new Map<Sequence, Digest>();
  private snapshot: SnapshotMark['snapshot'] | undefined;
  private viewChange: ViewChangeRecord | undefined;
  private newView: NewViewRecord | undefined;
  private votes: Signed<StateVote<'checkpoint'> | StateVote<'snapshot'>>[] = [];

  record(record: Record): void {
    switch (record.kind) {
      case 'standing':
        this.standing = record;
        return;
      case 'accepted':
        this.at(record.proposal.statement.sequence).proposal = record.proposal;
        this.at(record.proposal.statement.sequence).batches.push(record.batch);
        return;
      case 'certificate':
        this.at(record.certificate.proposal.statement.sequence).certificate = record.certificate;
        return;
      case 'batch':
        this.at(record.sequence).batches.push(record.batch);
        if (record.executed) this.at(record.sequence).executed = record.batch;
        return;
      case 'vote':
        this.votes.push(record.vote);
        return;
      case 'stable':
        return this.takeStable(record.stable);
      case 'viewChange':
        this.viewChange = record;
        return;
      case 'newView':
        return this.takeNewView(record);
      case 'snapshotMark':
        return this.takeMark(record);
    }
  }

  /** A proposal in a new view may be the last one for its sequence. */
  private takeNewView(record: NewViewRecord): void {
    this.newView = record;
    for (const proposal of record.signed.statement.proposals) this.at(proposal.statement.sequence).proposal = proposal;
  }

  private takeStable(stable: StableRecord['stable']): void {
    this.histories.set(stable.state.sequence, stable.state.history);
    if (stable.state.sequence >= (this.stable?.state.sequence ?? 0)) this.stable = stable;
  }

  private takeMark({ snapshot, standing, stable, viewChange, newView, votes }: SnapshotMark): void {
    this.snapshot = snapshot;
    this.standing = standing;
    this.viewChange = viewChange;
    if (newView !== undefined) this.takeNewView(newView);
    this.takeStable(stable);
    this.votes = votes.map(({ vote }) => vote);
    // What is above the checkpoint may have been signed for, though it is in the snapshot.
    const over = Math.min(snapshot.manifest.sequence, this.stable?.state.sequence ?? 0);
    for (const sequence of this.sequences.keys()) if (sequence <= over) this.sequences.delete(sequence);
  }

  private at(sequence: Sequence): Remembered {
    let known = this.sequences.get(sequence);
    if (known === undefined) {
      known = { proposal: undefined, certificate: undefined, batches: [], executed: undefined };
      this.sequences.set(sequence, known);
    }
    return known;
  }

  /** Puts together what this replica was. Says whether it was anything. */
  restore(pbft: Pbft): boolean {
    if (this.standing === undefined) return false;
    pbft.standing = this.standing.standing;
    pbft.floor = this.standing.floor;
    pbft.firstView = this.standing.firstView;
    pbft.founders = this.standing.founders;
    if (this.newView !== undefined) this.takeStable(continuationOf(pbft.cryptography, this.newView.viewChanges).stable);
    if (this.stable !== undefined) pbft.stable = this.stable;
    this.restoreView(pbft);
    const executed = this.restoreSnapshot(pbft);
    this.restoreExecuted(pbft, executed);
    for (const [sequence, known] of this.sequences) if (sequence > pbft.low) restoreSlot(pbft, sequence, known);
    this.restoreVotes(pbft);
    return true;
  }

  private restoreView(pbft: Pbft): void {
    const asked = this.viewChange?.signed.statement.view ?? 0;
    const entered = this.newView?.signed.statement.view ?? 0;
    pbft.newView = this.newView;
    pbft.ownViewChange = this.viewChange;
    pbft.view = Math.max(asked, entered);
    pbft.active = entered >= asked;
    // Who asked for a view that it did not enter has heard no complaint of it.
    if (entered + pbft.low + this.sequences.size > 0) pbft.wokeIn = pbft.view;
  }

  /** How far the snapshot reaches. */
  private restoreSnapshot(pbft: Pbft): Pick<Manifest, 'sequence' | 'history'> {
    const { snapshot } = this;
    if (snapshot === undefined) return firstState;
    const { manifest } = snapshot;
    pbft.stableSnapshot = snapshot;
    pbft.installing = { id: pbft.out.installSnapshot({ index: manifest.sequence, era: 0 }), manifest, own: true };
    return manifest;
  }

  /**
   * What was prepared or fetched is executed again through the last stable checkpoint to which it leads. Beyond that it may never have
   * been executed: a checkpoint becomes stable here also when others show that it is, and what prepared here may not be what they did.
   */
  private restoreExecuted(
    pbft: Pbft,
    { sequence: from, history: before }: Pick<Manifest, 'sequence' | 'history'>,
  ): void {
    const { cryptography } = pbft;
    let [history, unproven] = [before, [] as Next[]];
    for (let sequence = from + 1; sequence <= pbft.low; sequence++) {
      const known = this.sequences.get(sequence);
      const digest = known?.executed?.identity(cryptography).digest ?? known?.certificate?.proposal.statement.digest;
      const batch = digest === undefined ? undefined : batchOf(pbft, known!, digest);
      if (batch === undefined) return; // it was skipped by a state transfer that did not end: fetched anew
      history = extendHistory(cryptography, history, sequence, digest!);
      unproven.push({ sequence, digest: digest!, batch, token: 0 });
      if (this.histories.get(sequence) !== history) continue;
      for (const next of unproven) pbft.replay.put(next);
      unproven = [];
    }
  }

  private restoreVotes(pbft: Pbft): void {
    const ofCheckpoints = this.votes.filter(
      (vote): vote is Signed<StateVote<'checkpoint'>> => vote.statement.type === 'checkpoint',
    );
    const ofSnapshots = this.votes.filter(
      (vote): vote is Signed<StateVote<'snapshot'>> => vote.statement.type === 'snapshot',
    );
    pbft.checkpointVotes.set(
      pbft.self,
      ofCheckpoints.filter(({ statement }) => statement.sequence > pbft.low).slice(-4),
    );
    pbft.snapshotVotes.set(pbft.self, ofSnapshots.slice(-2));
  }
}

function batchOf(pbft: Pbft, { batches }: Remembered, digest: string): Batch | undefined {
  if (digest === nullBatch.identity(pbft.cryptography).digest) return nullBatch;
  return batches.find((batch) => batch.identity(pbft.cryptography).digest === digest);
}

/** Certificates hold whatever the view; a proposal, and what we signed for it, only in the view that it is of. */
function restoreSlot(pbft: Pbft, sequence: Sequence, known: Remembered): void {
  const { proposal, certificate } = known;
  const slot = pbft.log.open(sequence, 0);
  const prepared = certificate && batchOf(pbft, known, certificate.proposal.statement.digest);
  if (certificate !== undefined) {
    if (prepared === undefined) throw new DamagedState(`the batch that prepared at ${sequence} is not in the journal`);
    slot.prepared = { certificate, batch: prepared };
    pbft.preparedThrough = Math.max(pbft.preparedThrough, sequence);
  }
  if (proposal === undefined) return;
  const batch = batchOf(pbft, known, proposal.statement.digest);
  if (proposal.statement.view === pbft.view && pbft.active) {
    const isPrepared = certificate?.proposal.statement.view === pbft.view;
    slot.proposal = isPrepared ? certificate.proposal : proposal;
    slot.batch = batch;
    pbft.lastProposed = Math.max(pbft.lastProposed, sequence);
  }
  slot.remember(known.batches.toReversed());
}

/** The journal has been told. */
export function resumeLife(pbft: Pbft): void {
  pbft.lastProposed = Math.max(pbft.lastProposed, pbft.low);
  for (const slot of pbft.log.all) castVotes(pbft, slot);
  countOwnViewChange(pbft);
  if (pbft.installing === undefined) executeOn(pbft);
}

/** Our own snapshot is in place, or cannot be restored. */
export function onOwnSnapshotInstalled(
  pbft: Pbft,
  { sequence, position, history }: Manifest,
  { ok, why }: SnapshotInstalled,
): void {
  if (!ok) throw new DamagedState(why ?? `snapshot ${sequence} cannot be restored`);
  pbft.executed = { sequence, position, history };
  takeCheckpoint(pbft);
  executeOn(pbft);
}

function executeOn(pbft: Pbft): void {
  executeAgain(pbft);
  goOn(pbft);
}

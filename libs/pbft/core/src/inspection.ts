import type { Pbft } from './state.js';

/** What status, invariants and people look at; no user's values. */
export function inspect(pbft: Pbft) {
  const { waiting, transfer, executed, statistics } = pbft;
  return {
    role:
      pbft.standing !== 'active' ? pbft.standing : !pbft.active ? 'changing' : pbft.isPrimary ? 'primary' : 'backup',
    standing: pbft.standing,
    floor: pbft.floor,
    firstView: pbft.firstView,
    view: pbft.view,
    active: pbft.active,
    primary: pbft.primary,
    lowWaterMark: pbft.low,
    highWaterMark: pbft.high,
    stableCheckpoint: pbft.low,
    stableSnapshot: pbft.stableSnapshot?.manifest.sequence ?? 0,
    lastProposed: pbft.lastProposed,
    lastExecuted: executed.sequence,
    position: executed.position,
    history: executed.history,
    stateHash: pbft.service.hash(),
    log: slotsOf(pbft),
    waitingRequests: waiting.size,
    waitingReads: pbft.reads.length,
    underWay: waiting.sizeBytes,
    complaints: [...pbft.patience.grievances],
    toleranceMs: Math.round(pbft.patience.toleranceMs),
    failedViews: pbft.failedViews,
    transfer: transfer && {
      source: transfer.source,
      through: transfer.through,
      proven: transfer.proven,
      snapshot: transfer.snapshot?.stable.manifest.sequence,
    },
    faults: { members: pbft.group.n, tolerated: pbft.group.f, quorum: pbft.group.quorum },
    held: {
      slots: pbft.log.size,
      earlyVotes: pbft.early.size,
      viewChanges: pbft.viewChanges.size + pbft.pending.named,
      newViews: pbft.pending.size,
      executedBatches: pbft.tail.size,
      executedBytes: pbft.tail.sizeBytes,
    },
    statistics: { ...statistics },
  };
}

/** The latest few sequences, the newest first. */
function slotsOf(pbft: Pbft) {
  const slots = [...pbft.log.all].sort((a, b) => b.sequence - a.sequence).slice(0, 10);
  return slots.map(({ sequence, proposal, prepares, commits, isPrepared, committed, prepared }) => ({
    sequence,
    digest: proposal?.statement.digest,
    prepares: [...prepares.keys()],
    commits: [...commits.keys()],
    isPrepared,
    isCommitted: committed !== undefined,
    preparedIn: prepared?.certificate.proposal.statement.view,
  }));
}

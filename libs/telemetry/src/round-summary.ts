import type { Stage } from './replica-metrics.js';
import type { RoundRing, RoundState } from './round-ring.js';
import { roundStates } from './round-ring.js';

/** One round as its leader saw it: for status pages and the command line. Durations in milliseconds. */
export interface RoundSummary {
  /** The term, ballot round or view. */
  readonly era: number;
  readonly first: number;
  readonly last: number;
  /** Client batches in the round; 0 for a leader's no-op. */
  readonly requests: number;
  readonly state: RoundState;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** From closing the batch to the last answer; so far, while it is open. */
  readonly durationMs: number;
  readonly stages: StageTimes;
  readonly slowestStage: Stage | undefined;
  readonly completedBy: string | undefined;
  /** Closing the batch → that member's acknowledgement counts; own disk included. Who has not answered is missing. */
  readonly acknowledgedMs: Readonly<Record<string, number>>;
  readonly traceId: string | undefined;
}

/**
 * The way of a round, each part from where the one before ends: `publish` to its leaving, `quorum` until a majority has it,
 * `apply` until the first answer leaves, `reply` until the last. `sync`, our own disk, runs beside the quorum.
 */
export type StageTimes = Readonly<Partial<Record<Exclude<Stage, 'total'>, number>>>;

export function stageTimes(ring: RoundRing, slot: number): StageTimes {
  const times: Partial<Record<Exclude<Stage, 'total'>, number>> = {};
  for (const stage of ['publish', 'sync', 'quorum', 'apply', 'reply'] as const) {
    const time = stageTime(ring, slot, stage);
    if (time >= 0) times[stage] = time;
  }
  return times;
}

/** Milliseconds, or -1 when the round has not come so far or has no such part. */
export function stageTime(ring: RoundRing, slot: number, stage: Exclude<Stage, 'total'>): number {
  const openedAt = ring.openedAt[slot]!;
  const decidedAt = ring.decidedAt[slot]!;
  const firstReplyAt = ring.firstReplyAt[slot]!;
  switch (stage) {
    case 'publish':
      return between(openedAt, ring.publishedAt[slot]!);
    case 'sync':
      return between(openedAt, ring.syncEndedAt[slot]!);
    case 'quorum':
      return between(ring.publishedAt[slot]! || openedAt, decidedAt);
    case 'apply':
      return between(decidedAt, firstReplyAt || ring.appliedAt[slot]!);
    case 'reply':
      return between(firstReplyAt, ring.lastReplyAt[slot]!);
  }
}

/** 0 stands for a time that has not been. */
function between(start: number, end: number): number {
  return start === 0 || end === 0 ? -1 : Math.max(0, end - start);
}

/** The longest part of the way to the answer; waiting for the quorum is `sync` when our own disk was its last member. */
export function slowestStage(times: StageTimes, completedBySelf: boolean): Stage | undefined {
  let slowest: Stage | undefined;
  let longest = -1;
  for (const stage of ['publish', 'quorum', 'apply', 'reply'] as const) {
    const time = times[stage];
    if (time === undefined || time <= longest) continue;
    longest = time;
    slowest = stage === 'quorum' && completedBySelf ? 'sync' : stage;
  }
  return slowest;
}

export function summarize(
  ring: RoundRing,
  round: number,
  members: readonly string[],
  self: number,
  now: number,
  epoch: number,
): RoundSummary {
  const slot = ring.slotOf(round);
  const openedAt = ring.openedAt[slot]!;
  const stages = stageTimes(ring, slot);
  const completedBy = ring.completedBy[slot]!;
  const acknowledgedMs: Record<string, number> = {};
  members.forEach((member, position) => {
    const at = ring.acknowledgementOf(slot, position);
    if (at > 0) acknowledgedMs[member] = at - openedAt;
  });
  return {
    era: ring.era[slot]!,
    first: ring.first[slot]!,
    last: ring.last[slot]!,
    requests: ring.requests[slot]!,
    state: roundStates[ring.state[slot]!]!,
    startedAt: openedAt + epoch,
    durationMs: (ring.endedAt[slot]! || now) - openedAt,
    stages,
    slowestStage: slowestStage(stages, completedBy === self),
    completedBy: members[completedBy],
    acknowledgedMs,
    traceId: ring.traceId[slot],
  };
}

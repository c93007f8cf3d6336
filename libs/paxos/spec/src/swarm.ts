import type { Address } from '@synod/actor';
import type { AcceptorLimits, ProposerLimits } from '@synod/paxos-core';
import { drawSwarm } from '@synod/simulator';
import type { Random, Swarm } from '@synod/simulator';
import { sessionLimits } from '@synod/state-machine';
import type { SessionLimits } from '@synod/state-machine';

/** How many there are of each kind, and their quorums; majorities where none are given. */
export interface Shape {
  readonly acceptors: number;
  readonly proposers: number;
  /** Acceptors that did not found the group and may be added to it. */
  readonly spares: number;
  readonly phase1?: number;
  readonly phase2?: number;
}

export interface PaxosSwarm extends Swarm {
  readonly shape: Shape;
  readonly proposerLimits: Partial<ProposerLimits> & Pick<ProposerLimits, 'alpha'>;
  readonly acceptorLimits: Partial<AcceptorLimits>;
  readonly sessions: SessionLimits;
}

const shapes: readonly Shape[] = [
  { acceptors: 3, proposers: 3, spares: 1 },
  { acceptors: 3, proposers: 3, spares: 0 },
  { acceptors: 3, proposers: 2, spares: 1 },
  { acceptors: 5, proposers: 2, spares: 0 },
  { acceptors: 5, proposers: 3, spares: 1 },
  { acceptors: 4, proposers: 3, spares: 1, phase1: 3, phase2: 2 },
  { acceptors: 4, proposers: 3, spares: 1, phase1: 2, phase2: 3 },
];

export function drawPaxosSwarm(random: Random): PaxosSwarm {
  const swarm = drawSwarm(random);
  return {
    ...swarm,
    shape: random.fork('shape').chance(0.5) ? shapes[0]! : random.fork('shapes').pick(shapes),
    proposerLimits: drawProposerLimits(random),
    acceptorLimits: drawAcceptorLimits(random),
    sessions: drawSessionLimits(random),
  };
}

/** Small limits make rare things common: windows of a few slots, snapshots every few slots, one chunk at a time. */
function drawProposerLimits(random: Random): PaxosSwarm['proposerLimits'] {
  const of = (name: string, choices: readonly number[]): number => random.fork(name).pick(choices);
  return {
    alpha: of('alpha', [2, 5, 50, 1024]),
    batchBytes: of('batchBytes', [200, 128 * 1024]),
    windowBytes: of('windowBytes', [300, 1024 * 1024]),
    clientBytes: of('clientBytes', [300, 256 * 1024]),
    gatheredBytes: of('gatheredBytes', [400, 16 * 1024 * 1024, 16 * 1024 * 1024]),
    waitingReads: of('waitingReads', [1, 4096, 4096]),
    applyBytes: of('applyBytes', [100, 64 * 1024]),
    unwrittenBytes: of('unwrittenBytes', [1, 500, 256 * 1024]),
    snapshotAfterBytes: of('snapshotAfterBytes', [400, 2000, 64 * 1024 * 1024]),
    trailingSlots: of('trailingSlots', [0, 3, 20]),
    heldBytes: of('heldBytes', [5000, 1024 * 1024 * 1024, 1024 * 1024 * 1024]),
    learnBytes: of('learnBytes', [300, 256 * 1024]),
    chunkBytes: of('chunkBytes', [500, 64 * 1024]),
    chunksInFlight: of('chunksInFlight', [1, 8]),
  };
}

function drawAcceptorLimits(random: Random): Partial<AcceptorLimits> {
  const of = (name: string, choices: readonly number[]): number => random.fork(name).pick(choices);
  return {
    pageBytes: of('pageBytes', [100, 128 * 1024]),
    recentBytes: of('recentBytes', [0, 1000, 4 * 1024 * 1024]),
    cutAfterBytes: of('cutAfterBytes', [500, 3000, 16 * 1024 * 1024]),
    registers: of('registers', [4, 10_000, 10_000]),
    registerPromises: of('registerPromises', [1, 1000]),
  };
}

/** Room for few sessions makes evictions common. */
function drawSessionLimits(random: Random): SessionLimits {
  return {
    ...sessionLimits,
    sessions: random.fork('sessions').pick([6, 100]),
    resultBytes: random.fork('resultBytes').pick([200, sessionLimits.resultBytes]),
  };
}

export function addressesOf({ acceptors, proposers, spares }: Shape) {
  const named = (letter: string, from: number, count: number): readonly Address[] =>
    Array.from({ length: count }, (_, i) => `${letter}${from + i}`);
  return {
    founders: named('a', 1, acceptors),
    spares: named('a', acceptors + 1, spares),
    proposers: named('p', 1, proposers),
  };
}

import type { Address } from '@synod/actor';
import { Group } from '@synod/pbft-core';
import type { PbftLimits } from '@synod/pbft-core';
import { firstTreasons, laterTreasons, latestTreasons } from '@synod/pbft-traitors';
import type { StagedTreason, TreasonName } from '@synod/pbft-traitors';
import { drawSwarm } from '@synod/simulator';
import type { Random, Swarm } from '@synod/simulator';
import { sessionLimits } from '@synod/state-machine';
import type { SessionLimits } from '@synod/state-machine';
import type { Signatures } from './keys.js';

export interface PbftSwarm extends Swarm {
  readonly limits: Partial<PbftLimits> & Pick<PbftLimits, 'checkpointInterval' | 'logSize'>;
  readonly sessions: SessionLimits;
  readonly signatures: Signatures;
  /** Members that do not keep to the protocol, each in its own way. */
  readonly traitors: { readonly [member: Address]: StagedTreason };
}

/** Mostly four; six and five are no 3f + 1, which is where quorums are miscounted (B5). */
const sizes = [4, 4, 4, 4, 5, 6, 7, 7];
/** One seed in so many signs as production does. */
const realSignaturesEvery = 8;

export function drawPbftSwarm(random: Random): PbftSwarm {
  const swarm = drawSwarm(random);
  const replicas = random.fork('members').pick(sizes);
  return {
    ...swarm,
    replicas,
    thinkMs: random.fork('think').pick([500, 1000]),
    limits: drawLimits(random),
    sessions: drawSessionLimits(random),
    signatures: random.fork('signatures').below(realSignaturesEvery) === 0 ? 'ed25519' : 'quick',
    traitors: swarm.calm ? {} : drawTraitors(random.fork('traitors'), membersOf(replicas)),
  };
}

/** Small limits make rare things common: checkpoints after each batch, windows of a few, one chunk at a time. */
function drawLimits(random: Random): PbftSwarm['limits'] {
  const of = (name: string, choices: readonly number[]): number => random.fork(name).pick(choices);
  const checkpointInterval = of('checkpointInterval', [1, 2, 5, 20]);
  return {
    checkpointInterval,
    logSize: checkpointInterval * of('logSize', [2, 4]),
    inFlight: of('inFlight', [1, 3, 16]),
    batchBytes: of('batchBytes', [400, 128 * 1024]),
    clientBytes: of('clientBytes', [2000, 512 * 1024]),
    waitingRequests: of('waitingRequests', [4, 4096, 4096]),
    userRequests: of('userRequests', [1, 128, 128]),
    queriesAtOnce: of('queriesAtOnce', [1, 16]),
    waitingReads: of('waitingReads', [1, 4096, 4096]),
    executeBytes: of('executeBytes', [100, 128 * 1024]),
    snapshotAfterBytes: of('snapshotAfterBytes', [3000, 32 * 1024 * 1024]),
    snapshotAfterBatches: of('snapshotAfterBatches', [5, 30, 16_384]),
    chunkBytes: of('chunkBytes', [500, 64 * 1024]),
    chunksInFlight: of('chunksInFlight', [1, 8]),
    helpBytes: of('helpBytes', [20_000, 512 * 1024]),
    transferBytes: of('transferBytes', [20_000, 4 * 1024 * 1024]),
    relays: of('relays', [1, 16]),
    statusSlots: of('statusSlots', [3, 32]),
    earlyVotes: of('earlyVotes', [4, 200]),
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

/** As many as the group bears, mostly; never more. */
function drawTraitors(random: Random, members: readonly Address[]): PbftSwarm['traitors'] {
  const { f } = new Group(members);
  const count = random.chance(0.6) ? f : random.below(f + 1);
  const chosen = random.shuffle(members).slice(0, count);
  const [first, later, latest] = [firstTreasons, laterTreasons, latestTreasons].map(
    (treasons) => Object.keys(treasons) as TreasonName[],
  );
  const [apart, again] = [random.fork('later'), random.fork('latest')];
  return Object.fromEntries(
    chosen.map((member) => {
      const name = random.pick(first!);
      const drawn = apart.chance(0.2) ? apart.pick(later!) : name;
      return [member, again.chance(0.1) ? again.pick(latest!) : drawn];
    }),
  );
}

export function membersOf(replicas: number): readonly Address[] {
  return Array.from({ length: replicas }, (_, i) => `r${i + 1}`);
}

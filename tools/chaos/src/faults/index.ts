import type { Fault } from '../fault.js';
import { freezeBroker, killBroker } from './brokers.js';
import { bitFlip, failingSync, fullDisk, powerCut, slowSync, slowSyncs } from './disks.js';
import { isolated, nonTransitive, oneWay } from './partitions.js';
import { doubleStart, doubleStartOfCopy, killAtRandom, killAtSync, pauseReplica } from './processes.js';

export const faults: readonly Fault[] = [
  killAtRandom,
  killAtSync,
  pauseReplica,
  killBroker,
  freezeBroker,
  nonTransitive,
  oneWay,
  isolated,
  powerCut,
  fullDisk,
  failingSync,
  slowSync,
  slowSyncs,
  bitFlip,
  doubleStart,
];

/** What the group is not proof against yet; struck only when asked for by name. */
export const beyond: readonly Fault[] = [doubleStartOfCopy];

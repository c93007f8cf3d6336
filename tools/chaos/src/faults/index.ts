import type { Fault } from '../fault.js';
import { freezeBroker, killBroker } from './brokers.js';
import { bitFlip, fullDisk, powerCut, slowSync, slowSyncs } from './disks.js';
import { failingSync } from './failing-syncs.js';
import { isolated, nonTransitive, oneWay } from './partitions.js';
import { flood } from './floods.js';
import { doubleStart, doubleStartOfCopy, killAtRandom, killAtSync, pauseReplica } from './processes.js';
import { traitor } from './traitors.js';

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
  traitor,
  flood,
];

/** What the group is not proof against yet; struck only when asked for by name. */
export const beyond: readonly Fault[] = [doubleStartOfCopy];

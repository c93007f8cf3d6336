import type { TargetSettings } from '../load/target.js';

/** What has been counted since the system started, all its processes together. Undefined: this system does not tell. */
export interface Counts {
  /** Messages that brokers or servers took in. */
  readonly messages?: number;
  /** Bytes that brokers or servers sent, payload and headers. */
  readonly bytes?: number;
  readonly syncs?: number;
  /** Bytes written to logs, as the system itself counts them. */
  readonly written?: number;
  /** Batches that were agreed on. */
  readonly rounds?: number;
}

export const countNames = ['messages', 'bytes', 'syncs', 'written', 'rounds'] as const;

/** A store of several processes that load is put on. */
export interface System {
  /** Its servers' pids, by what they do: `leader`, `follower 1`, `acceptor 1`, `broker`. */
  processes(): Promise<ReadonlyMap<string, number>>;
  counts(): Promise<Counts>;
  /** How a client of this kind reaches it. */
  target(kind: string): TargetSettings;
  /** For the report: version and settings that matter. */
  readonly about: string;
  stop(): Promise<void>;
}

export interface Quota {
  readonly count: number;
  readonly bytes: number;
}

/** What the host keeps in memory on behalf of others. A message beyond a quota is refused and counted, never queued. */
export interface HostLimits {
  /** Messages of one peer that were received and not yet stepped. Nobody may hold more than what is still free, either. */
  readonly peer: Quota;
  /** The same, of all peers together. */
  readonly peers: Quota;
  /** Messages of one client's user that were received and not yet stepped. */
  readonly client: Quota;
  /** The same, of all clients together. */
  readonly clients: Quota;
  /** Sends that wait for our own disk. Beyond it nothing more is taken from others until the disk has caught up. */
  readonly waitingSends: number;
  /** How often one turn goes on after its zero-delay timers have made new work, before the sockets get their turn. */
  readonly roundsPerTurn: number;
  /**
   * Nor when the turn has taken so many milliseconds: a long catch-up must not keep heartbeats in the sockets. Letters of peers,
   * and then those of clients, are taken for so long at most; what is left waits for the next turn.
   */
  readonly turnMs: number;
  /** Signatures being verified at once; a little above the threads that can do it. */
  readonly verifications: number;
}

const MiB = 1024 * 1024;

export const defaultHostLimits: HostLimits = {
  peer: { count: 4096, bytes: 16 * MiB },
  peers: { count: 16_384, bytes: 48 * MiB },
  client: { count: 2048, bytes: 16 * MiB },
  clients: { count: 32_768, bytes: 48 * MiB },
  waitingSends: 65_536,
  roundsPerTurn: 8,
  turnMs: 5,
  verifications: 8,
};

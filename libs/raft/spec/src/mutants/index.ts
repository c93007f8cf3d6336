import { clients } from './clients.js';
import { durability } from './durability.js';
import { elections } from './elections.js';
import { formation } from './formation.js';
import { host } from './host.js';
import { limits } from './limits.js';
import { reads } from './reads.js';
import { replication } from './replication.js';
import { sessions } from './sessions.js';
import { snapshots } from './snapshots.js';
import { storage } from './storage.js';
import type { Mutants } from './tampering.js';

export type { Mutant, Mutants } from './tampering.js';

/** Mistakes that real implementations made, by topic; `libs/raft/README.md` tells which trap each one stands for. */
export const mutants: Mutants = {
  ...durability,
  ...elections,
  ...replication,
  ...snapshots,
  ...reads,
  ...formation,
  ...clients,
  ...sessions,
  ...limits,
  ...host,
  ...storage,
};

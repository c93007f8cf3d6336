import { clients } from './clients.js';
import { disks } from './disks.js';
import { durability } from './durability.js';
import { learning } from './learning.js';
import { phase1 } from './phase-1.js';
import { phase2 } from './phase-2.js';
import { reads } from './reads.js';
import { registerMoves } from './register-moves.js';
import { registerRoom } from './register-room.js';
import { registers } from './registers.js';
import { sessions } from './sessions.js';
import { storage } from './storage.js';
import type { Mutants } from './tampering.js';

export type { Mutant, Mutants } from './tampering.js';

/** Mistakes that real implementations made, by topic; `libs/paxos/README.md` tells which trap each one stands for. */
export const mutants: Mutants = {
  ...durability,
  ...phase1,
  ...phase2,
  ...learning,
  ...clients,
  ...reads,
  ...disks,
  ...registers,
  ...registerMoves,
  ...registerRoom,
  ...sessions,
  ...storage,
};

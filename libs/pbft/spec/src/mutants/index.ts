import { checkpoints } from './checkpoints.js';
import { clients } from './clients.js';
import { durability } from './durability.js';
import { ordering } from './ordering.js';
import type { Mutants } from './tampering.js';
import { views } from './views.js';

export type { Mutant, Mutants } from './tampering.js';

/** Mistakes that real implementations made, by topic; `libs/pbft/README.md` tells which trap each one stands for. */
export const mutants: Mutants = { ...ordering, ...durability, ...views, ...checkpoints, ...clients };

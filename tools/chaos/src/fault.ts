import type { Protocol } from '@synod/topology';
import type { Need } from './needs.js';
import type { TestBed } from './test-bed.js';

/** Something that goes wrong in real life. */
export interface Fault {
  readonly name: string;
  /** For people, in a few words. */
  readonly what: string;
  readonly needs: readonly Need[];
  /** Those that are proof against it; default: all. */
  readonly only?: readonly Protocol[];
  /** It may hit a majority: nobody is served until it is healed. */
  readonly stopsTheGroup?: true;
  /**
   * Strikes and heals, while the clients work. Resolves to what was hit. Throws when the group does not behave as this
   * fault demands. What every fault demands is checked by the caller: it serves again, is whole, and lost nothing.
   */
  readonly strike: (bed: TestBed) => Promise<string>;
}

import type { Vocabulary } from '@synod/actor';
import type { Machine } from './machine.js';

/**
 * Whose disks are damaged now. What destroys durable data may strike a replica only while no more copies are gone than the
 * protocol tolerates; a replica counts again when it has found out, in a later life, and is well.
 */
export class FaultAtlas<V extends Vocabulary> {
  /** With the life in which it was struck. */
  private readonly damaged = new Map<Machine<V>, number>();

  constructor(
    /** How many disks may be damaged at once. */
    private readonly tolerated: number,
    /** From then on what a disk loses can be had from the others. */
    private readonly formed: () => boolean,
    /** A full member that has everything. */
    private readonly isWell: (machine: Machine<V>) => boolean,
  ) {}

  /** Whether this replica's disk may be damaged now; if so, it is taken to be from here on. */
  claim(machine: Machine<V>): boolean {
    if (!this.formed()) return false;
    for (const [victim, life] of this.damaged) {
      if (victim.lives > life && !victim.disk.harmed && this.isWell(victim)) this.damaged.delete(victim);
    }
    if (!this.damaged.has(machine) && this.damaged.size >= this.tolerated) return false;
    this.damaged.set(machine, machine.lives);
    return true;
  }
}

import type { Vocabulary } from '@synod/actor';
import type { Machine } from './machine.js';
import type { Role } from './role.js';

/**
 * Whose disks are damaged now. What destroys durable data may strike a replica only while no more copies are gone than the
 * protocol tolerates in its role; a replica counts again when it has found out, in a later life, and is well.
 */
export class FaultAtlas<V extends Vocabulary> {
  /** With the life in which it was struck. */
  private readonly damaged = new Map<Machine<V>, number>();

  constructor(
    private readonly roles: readonly Role[],
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
    if (!this.damaged.has(machine) && !this.hasRoomFor(machine)) return false;
    this.damaged.set(machine, machine.lives);
    return true;
  }

  private hasRoomFor({ address }: Machine<V>): boolean {
    const role = this.roles.find(({ members }) => members.includes(address));
    if (role === undefined) return false;
    return [...this.damaged.keys()].filter((victim) => role.members.includes(victim.address)).length < role.disksLost;
  }
}

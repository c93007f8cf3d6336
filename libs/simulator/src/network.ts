import type { Address, Vocabulary } from '@synod/actor';
import type { Transport } from '@synod/actor-host';
import { parseSubject } from '@synod/nats-transport';
import type { Bus, Process } from './bus/bus.js';
import { joinGroup } from './bus/group-transport.js';
import type { Membership } from './bus/group-transport.js';
import type { Loss } from './witness.js';
import type { World } from './world.js';

/** What one life of a replica speaks and hears with. */
export interface LifeTransport extends Transport {
  /** The life ends without a word: nothing is said or heard any more. */
  sever(): void;
}

/** Gives each life its transport. */
export interface Network {
  attach(process: Process): LifeTransport;
}

/** The members of a group on a bus. */
export class GroupNetwork implements Network {
  constructor(
    private readonly bus: Bus,
    private readonly group: Omit<Membership, 'self'>,
  ) {}

  attach(process: Process): LifeTransport {
    return joinGroup(this.bus, process, { ...this.group, self: process.address });
  }
}

/** Tells the world's witnesses what a bus lost. */
export function reportLosses<V extends Vocabulary>(world: World<V>) {
  return (subject: string, payload: Uint8Array, to: Address, why: Loss): void => {
    const parsed = parseSubject(subject);
    if (parsed === undefined) return;
    const { from, kind, client } = parsed;
    const message = world.messages.decode(client === undefined ? kind : `${kind}.${client}`, payload);
    world.witness.lost(from, to, message, why);
  };
}

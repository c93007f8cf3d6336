import type { Address, Vocabulary } from '@synod/actor';
import type { Transport } from '@synod/actor-host';
import { parseSubject } from '@synod/nats-transport';
import type { ProcessMark } from '@synod/nats-transport';
import type { Bus, Process } from './bus/bus.js';
import { askForElder, joinGroup } from './bus/group-transport.js';
import type { Membership } from './bus/group-transport.js';
import type { Role } from './role.js';
import type { Loss } from './witness.js';
import type { World } from './world.js';

/** What one life of a replica speaks and hears with. */
export interface LifeTransport extends Transport {
  /** Asks whether there is another process in our name. */
  ask(): void;
  /** The life ends without a word: nothing is said or heard any more. */
  sever(): void;
}

/** Gives each life its transport. */
export interface Network {
  /** `onElder`: an older process in the same name has answered. */
  attach(process: Process, mark: ProcessMark, onElder: () => void): LifeTransport;
  /** For a process that does not take part yet: asks for an elder. Returns the way to leave. */
  askForElder(process: Process, mark: ProcessMark, onElder: () => void): () => void;
}

/** What all members of a group share. */
export interface Group extends Pick<Membership, 'cluster' | 'group' | 'peerKinds' | 'bulkKinds'> {
  readonly roles: readonly Role[];
}

/** The members of a group on a bus. Each listens to its own name and to that of its role. */
export class GroupNetwork implements Network {
  private readonly members: ReadonlySet<Address>;

  constructor(
    private readonly bus: Bus,
    private readonly group: Group,
  ) {
    this.members = new Set(group.roles.flatMap(({ members }) => members));
  }

  attach(process: Process, mark: ProcessMark, onElder: () => void): LifeTransport {
    const { bus, group, members } = this;
    const self = process.address;
    const role = group.roles.find((it) => it.members.includes(self));
    if (role === undefined) throw new Error(`${self} has no role in the group ${group.group}`);
    return joinGroup(bus, process, {
      ...group,
      self,
      everyone: role.everyone,
      silent: role.silent === true,
      members,
      mark,
      onElder,
    });
  }

  askForElder(process: Process, mark: ProcessMark, onElder: () => void): () => void {
    return askForElder(this.bus, process, { cluster: this.group.cluster, self: process.address, mark, onElder });
  }
}

/** Tells the world's witnesses what a bus lost. */
export function reportLosses<V extends Vocabulary>(world: World<V>) {
  return (subject: string, payload: Uint8Array, to: Address, why: Loss): void => {
    const parsed = parseSubject(subject);
    // What processes of one name say to each other is no message of the protocol.
    if (parsed === undefined || parsed.from === to) return;
    const { from, kind, client } = parsed;
    const message = world.messages.decode(client === undefined ? kind : `${kind}.${client}`, payload);
    world.witness.lost(from, to, message, why);
  };
}

import { protocols } from './protocols.js';
import type { Protocol, Role, RoleName } from './protocols.js';

/** The multicast name of all members of a group. */
export const everyone = 'replicas';

/** One process of a group. */
export interface PlannedService {
  /** Also its user at the broker. */
  readonly name: string;
  readonly role: RoleName;
  readonly app: string;
  readonly answersClients: boolean;
}

/** Who is in a group. */
export interface GroupPlan {
  readonly name: string;
  readonly protocol: Protocol;
  readonly services: readonly PlannedService[];
}

export interface PlanOptions {
  readonly name: string;
  readonly protocol: Protocol;
  /** Of the services' names; default: the protocol. */
  readonly prefix?: string;
  /** How many of a role, where it is not the protocol's default. */
  readonly counts?: Readonly<Partial<Record<RoleName, number>>>;
}

export function planGroup({ name, protocol, prefix = protocol, counts = {} }: PlanOptions): GroupPlan {
  const roles: readonly Role[] = protocols[protocol];
  const services = roles.flatMap(({ role, app, letter, count, answersClients }) =>
    Array.from({ length: counts[role] ?? count }, (_, i) => {
      return { name: `${prefix}-${letter}${i + 1}`, role, app, answersClients };
    }),
  );
  return { name, protocol, services };
}

/** Throws when there is none of that name. */
export function serviceNamed({ name, services }: GroupPlan, wanted: string): PlannedService {
  const found = services.find((service) => service.name === wanted);
  if (found !== undefined) return found;
  throw new Error(`group ${name} has no ${wanted}, but ${services.map((service) => service.name).join(', ')}`);
}

/** What the environment of one of its services says of the group: the same lists for all, and which of them it is. */
export function settingsOf({ name, protocol, services }: GroupPlan, self: string): Readonly<Record<string, string>> {
  const roles: readonly Role[] = protocols[protocol];
  const lists = roles.map(({ role, variable }) => {
    const names = services.filter((service) => service.role === role).map((service) => service.name);
    return [variable, names.join(',')] as const;
  });
  return { SYNOD_GROUP: name, SYNOD_REPLICA: self, ...Object.fromEntries(lists) };
}

import { byzantineFaults } from '@synod/quorum';
import { isSigned, protocols } from './protocols.js';
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
  /** It does not found the group, and is no member until somebody has it added. */
  readonly isSpare: boolean;
  /** How it does not keep to the protocol; undefined: it does. */
  readonly treason?: string;
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
  /** More of them, of the role whose members can be changed. */
  readonly spares?: number;
  /** By member, how it does not keep to the protocol: for experiments. */
  readonly traitors?: ReadonlyMap<string, string>;
}

export function planGroup({ name, protocol, traitors = new Map(), ...options }: PlanOptions): GroupPlan {
  return withTraitors({ name, protocol, services: servicesOf({ name, protocol, ...options }) }, traitors);
}

/** The same group, in which these members do not keep to the protocol. Throws when there is none of that name, or no such thing. */
export function withTraitors(plan: GroupPlan, traitors: ReadonlyMap<string, string>): GroupPlan {
  for (const traitor of traitors.keys()) serviceNamed(plan, traitor);
  return { ...plan, services: plan.services.map((service) => betraying(plan, service, traitors.get(service.name))) };
}

function betraying({ name, protocol }: GroupPlan, service: PlannedService, treason: string | undefined) {
  if (treason === undefined) return service;
  const { traitorApp: app } = roleOf(protocol, service.role);
  if (app === undefined) {
    throw new Error(`members of ${protocol} may crash, and that is all: there are no traitors in group ${name}`);
  }
  return { ...service, app, treason };
}

/** f: so many members may do anything at all; 0 where they are believed without signatures. */
export function traitorsMost({ protocol, services }: GroupPlan): number {
  return isSigned(protocol) ? byzantineFaults(services.length) : 0;
}

function roleOf(protocol: Protocol, wanted: RoleName): Role {
  return (protocols[protocol] as readonly Role[]).find(({ role }) => role === wanted)!;
}

function servicesOf({ protocol, prefix = protocol, counts = {}, spares = 0 }: PlanOptions): readonly PlannedService[] {
  const roles: readonly Role[] = protocols[protocol];
  if (spares > 0 && !roles.some(hasSpares)) throw new Error(`the members of a group of ${protocol} are fixed`);
  return roles.flatMap((one) => {
    const { role, app, letter, answersClients } = one;
    const founders = counts[role] ?? one.count;
    return Array.from({ length: founders + (hasSpares(one) ? spares : 0) }, (_, i) => {
      return { name: `${prefix}-${letter}${i + 1}`, role, app, answersClients, isSpare: i >= founders };
    });
  });
}

function hasSpares({ sparesVariable }: Role): boolean {
  return sparesVariable !== undefined;
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
  const lists = roles.flatMap(({ role, variable, sparesVariable }) => {
    const named = (spare: boolean) =>
      services.filter(({ role: its, isSpare }) => its === role && isSpare === spare).map((service) => service.name);
    const spares = named(true);
    const later = sparesVariable === undefined || spares.length === 0 ? [] : [[sparesVariable, spares.join(',')]];
    return [[variable, named(false).join(',')], ...later];
  });
  const treason = services.find((service) => service.name === self)?.treason;
  return {
    ...{ SYNOD_GROUP: name, SYNOD_REPLICA: self, ...Object.fromEntries(lists) },
    ...(treason !== undefined && { SYNOD_TREASON: treason }),
  };
}

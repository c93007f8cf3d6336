import { everyone } from './group-plan.js';
import type { PlannedService } from './group-plan.js';

/** What matters of a group here. */
export interface GroupMembers {
  readonly name: string;
  readonly services: readonly Pick<PlannedService, 'name' | 'answersClients'>[];
}

/** Who a process of a group is at the broker, in the words of its permissions. */
export type GroupIdentity =
  | {
      readonly role: 'replica' | 'acceptor';
      readonly name: string;
      readonly groups: readonly string[];
      readonly multicasts: readonly string[];
    }
  | { readonly role: 'service'; readonly of: string };

/** One for each process of these groups, and one with which it registers at the NATS service protocol. */
export function identitiesOf(groups: readonly GroupMembers[]): readonly GroupIdentity[] {
  const members = groups.flatMap(({ name: group, services }) => services.map((service) => ({ group, ...service })));
  return [
    ...members.map(({ name, group, answersClients }) => {
      const role = answersClients ? 'replica' : 'acceptor';
      return { role, name, groups: [group], multicasts: [everyone] } as const;
    }),
    ...members.map(({ name }) => ({ role: 'service', of: name }) as const),
  ];
}

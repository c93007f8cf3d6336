import { inboxPrefixOf, userOf } from './identities.js';
import type { Identity } from './identities.js';
import { BULK_ROOT, ROOT, requireToken } from './subjects.js';

/**
 * An account is a space of subjects of its own: what is said in one is heard in another only where both have agreed. Members
 * share one; everybody else has one for himself, since it is accounts whose connections a server can limit.
 */
export interface Account {
  readonly name: string;
  readonly users: readonly Identity[];
  /** Subjects, and the accounts that may hear them. */
  readonly exports: ReadonlyMap<string, readonly string[]>;
  readonly imports: readonly { readonly from: string; readonly subject: string }[];
  /** The members' has none: for them the server keeps room. */
  readonly limits: AccountLimits | undefined;
}

export interface AccountLimits {
  readonly connections: number;
  /** Of each connection. */
  readonly subscriptions: number;
  readonly payloadBytes: number;
}

/** Where replicas and what else is a member of groups live. */
export const MEMBERS_ACCOUNT = 'SYNOD';

/**
 * For everybody who is no member. Programs of one team may share a user; a program has one connection, and a subscription for each
 * group. The payload is that of the largest request with its trace headers.
 */
const LIMITS: AccountLimits = { connections: 64, subscriptions: 64, payloadBytes: 135_168 };

/** What one account says that another hears. */
interface Flow {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
}

/**
 * A user's account lets out only what is said in his name, and lets in only what is said to him; the permissions of the user
 * allow less. The observer's lets in everything, the others' questions from where they are asked.
 */
export function accountsOf(identities: readonly Identity[], cluster: string): readonly Account[] {
  const flows = flowsBetween(identities, `${ROOT}.${requireToken(cluster, 'cluster')}`);
  const members = identities.filter(isMember);
  return [
    account(MEMBERS_ACCOUNT, members, flows, undefined),
    ...identities
      .filter((identity) => !isMember(identity))
      .map((identity) => account(userOf(identity), [identity], flows, LIMITS)),
  ];
}

/** Connections that the server must have room for, so that nobody's limit takes a member's place. */
export function connectionsOf(accounts: readonly Account[]): number {
  return accounts.reduce(
    (sum, { users, limits }) => sum + (limits?.connections ?? users.length * CONNECTIONS_OF_A_MEMBER),
    0,
  );
}

/** Three, and eight for replies; twice, as those of a life before may not have ended. */
const CONNECTIONS_OF_A_MEMBER = 22;

function account(
  name: string,
  users: readonly Identity[],
  flows: readonly Flow[],
  limits: AccountLimits | undefined,
): Account {
  const out = new Map<string, string[]>();
  for (const { from, to, subject } of flows) {
    if (from === name) out.set(subject, [...(out.get(subject) ?? []), to]);
  }
  const imports = flows.filter(({ to }) => to === name).map(({ from, subject }) => ({ from, subject }));
  return { name, users, exports: out, imports, limits };
}

function flowsBetween(identities: readonly Identity[], root: string): readonly Flow[] {
  const of = (...roles: Identity['role'][]): string[] =>
    identities.filter(({ role }) => roles.includes(role)).map(userOf);
  const [observers, admins, services] = [of('observer'), of('admin'), of('service')];
  const flows: Flow[] = [];
  for (const from of of('client', 'gateway', 'admin')) {
    // Questions have six tokens, and answers more: the server would take them for a circle otherwise.
    const questions = `${root}.*.${from}.*.*`;
    flows.push({ from, to: MEMBERS_ACCOUNT, subject: questions });
    flows.push({ from: MEMBERS_ACCOUNT, to: from, subject: `${root}.*.*.${from}.*.>` });
    for (const to of observers) flows.push({ from, to, subject: questions });
  }
  for (const to of observers) {
    for (const subject of [`${ROOT}.>`, `${BULK_ROOT}.>`]) flows.push({ from: MEMBERS_ACCOUNT, to, subject });
  }
  for (const admin of admins) {
    for (const service of services) {
      flows.push({ from: admin, to: service, subject: '$SRV.>' });
      flows.push({ from: service, to: admin, subject: `${inboxPrefixOf(admin)}.>` });
    }
  }
  return flows;
}

function isMember({ role }: Identity): boolean {
  return role === 'replica' || role === 'acceptor';
}

import { BULK_ROOT, PROBE_GROUP, ROOT, requireGroup, requireToken } from './subjects.js';

/**
 * Who may connect. `name` is the user at the server and the `from` of everything it sends: the server lets nobody send
 * under another's name, which is what replicas' trust in `from` rests on.
 */
export type Identity =
  /** A member of groups that answers clients: a Raft or PBFT replica, a Paxos proposer. */
  | ({ readonly role: 'replica' } & Member)
  /** A member of groups that speaks to its peers only: a Paxos acceptor. */
  | ({ readonly role: 'acceptor' } & Member)
  /** Asks and hears the answers. */
  | { readonly role: 'client'; readonly name: string }
  /** A client that also shows how its groups are. */
  | { readonly role: 'gateway'; readonly name: string }
  /** Hears everything, says nothing: `synod tap`. */
  | { readonly role: 'observer'; readonly name: string }
  /** Asks for status, injects faults, changes who is a member, saves and restores states, lists services. */
  | { readonly role: 'admin'; readonly name: string }
  /** Answers `$SRV.…` for the member or gateway `of`, on a connection that can do nothing else. */
  | { readonly role: 'service'; readonly of: string };

/** Speaks as itself in its groups; hears what is addressed to it, or in its groups to one of the multicast names. */
export interface Member {
  readonly name: string;
  readonly groups: readonly string[];
  readonly multicasts: readonly string[];
}

/** Kinds that clients may send to whom answers them; all others are for peers or the admin. */
export const CLIENT_KINDS = ['request', 'read'] as const;
/** A client's wish for a write-once register: for those of its members whose protocol has them. */
export const REGISTER_KIND = 'decide';
/** Kinds of the admin that every member answers. */
export const ADMIN_KINDS = ['status', 'fault', 'evidence', 'log-level', 'registers'] as const;
/** The admin's change of a group's members, for those that answer clients: it is decided as clients' requests are. */
export const MEMBER_KIND = 'member';
/** Clients ask everybody who leads; nothing else of theirs is multicast. */
const DISCOVERY_KIND = 'read';

const ALL_CLIENT_KINDS = [...CLIENT_KINDS, REGISTER_KIND];
const ASKING_KINDS = [...ALL_CLIENT_KINDS, ...ADMIN_KINDS, MEMBER_KIND];

/** What clients are answered: only members that answer clients may say it. */
const REPLY = 'reply';
/** What the admin and the gateway are answered to what is no client's question: every member may say it. */
export const REPORT = 'report';

/** Allowed subjects, none at all when empty; those of them that are forbidden all the same. */
export interface Rule {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

export interface Permissions {
  readonly publish: Rule;
  readonly subscribe: Rule;
}

/** The server user under which `identity` logs in. */
export function userOf(identity: Identity): string {
  if (identity.role !== 'service') return requireToken(identity.name, `${identity.role} name`);
  return requireToken(`srv-${requireToken(identity.of, 'service name')}`, 'service user');
}

/** Replies never go to an inbox in consensus; this is for foreign tools such as `nats micro`. */
export function inboxPrefixOf(user: string): string {
  return `_INBOX.${user}`;
}

/**
 * What the server lets `identity` do in `cluster`, where there are `all` these: a client reaches those that answer clients,
 * and nobody else. There is no `allow_responses`: it would let `reply-to` name a peer.
 */
export function permissionsOf(identity: Identity, cluster: string, all: readonly Identity[]): Permissions {
  const root = `${ROOT}.${requireToken(cluster, 'cluster')}`;
  const user = userOf(identity);
  const asked = { root, user, answering: all.filter(isAnswering) };
  const replies = `${root}.*.*.${user}.${REPLY}.>`;
  const reports = `${root}.*.*.${user}.${REPORT}.>`;
  const inbox = `${inboxPrefixOf(user)}.>`;
  switch (identity.role) {
    case 'replica':
    case 'acceptor':
      return permissionsOfMember(identity, root, `${BULK_ROOT}.${cluster}`);
    case 'client':
      return only(clientAsks(asked), [replies, inbox]);
    case 'gateway':
      return only([...clientAsks(asked), `${root}.*.${user}.*.status`], [replies, reports, inbox]);
    case 'observer':
      return only([], [`${ROOT}.>`, `${BULK_ROOT}.>`]);
    case 'admin':
      return only([...adminAsks(asked), '$SRV.>'], [replies, reports, inbox]);
    case 'service':
      return only(['_INBOX.>'], ['$SRV.>']);
  }
}

/** Refuses names that the server could not tell apart: two users of one name, or a user named like a multicast. */
export function requireDistinct(identities: readonly Identity[]): void {
  const multicasts = new Set(identities.flatMap((identity) => (isMember(identity) ? identity.multicasts : [])));
  const seen = new Set<string>();
  for (const identity of identities) {
    const user = userOf(identity);
    if (seen.has(user)) throw new Error(`two identities are named "${user}"; each needs a name of its own`);
    if (multicasts.has(user))
      throw new Error(`"${user}" names a user and a multicast; rename one, or they overhear each other`);
    seen.add(user);
  }
}

type MemberIdentity = Extract<Identity, { readonly role: 'replica' | 'acceptor' }>;

function isMember(identity: Identity): identity is MemberIdentity {
  return identity.role === 'replica' || identity.role === 'acceptor';
}

function isAnswering(identity: Identity): identity is MemberIdentity {
  return identity.role === 'replica';
}

/** Members answer and speak to peers; nobody of them asks as clients and the admin do, and acceptors answer no client. */
function permissionsOfMember({ role, name, groups, multicasts }: MemberIdentity, root: string, bulk: string) {
  const own = groups.map((group) => `${requireGroup(group)}.${name}`);
  const heard = groups.flatMap((group) => multicasts.map((to) => `${group}.*.${requireToken(to, 'multicast name')}`));
  // Its echo: that what it says to itself arrives.
  const echo = `${PROBE_GROUP}.${name}.${name}`;
  const silent = role === 'acceptor';
  const deaf = silent ? [...ALL_CLIENT_KINDS, MEMBER_KIND] : [];
  return {
    publish: {
      allow: [...own, echo].flatMap((place) => [`${root}.${place}.>`, `${bulk}.${place}.>`]),
      deny: [root, bulk].flatMap((from) =>
        own.flatMap((place) => [
          ...ASKING_KINDS.map((kind) => `${from}.${place}.*.${kind}`),
          ...(silent ? [`${from}.${place}.*.${REPLY}.>`] : []),
        ]),
      ),
    },
    subscribe: {
      allow: [`${root}.*.*.${name}.>`, `${bulk}.*.*.${name}.>`, ...heard.map((place) => `${root}.${place}.>`)],
      deny: [`*.*.${name}`, ...heard].flatMap((place) => deaf.map((kind) => `${root}.${place}.${kind}`)),
    },
  };
}

interface Asked {
  readonly root: string;
  readonly user: string;
  readonly answering: readonly MemberIdentity[];
}

function clientAsks({ root, user, answering }: Asked): string[] {
  const direct = answering.flatMap(({ name, groups }) =>
    groups.flatMap((group) => ALL_CLIENT_KINDS.map((kind) => `${root}.${group}.${user}.${name}.${kind}`)),
  );
  const discovery = answering.flatMap(({ groups, multicasts }) =>
    groups.flatMap((group) => multicasts.map((to) => `${root}.${group}.${user}.${to}.${DISCOVERY_KIND}`)),
  );
  return [...direct, ...new Set(discovery)];
}

/**
 * What it saves and restores goes through the log, as clients' requests do. What else it asks there the state machine refuses, which
 * alone can see what a request asks for.
 */
function adminAsks(asked: Asked): string[] {
  const { root, user, answering } = asked;
  const changes = answering.flatMap(({ name, groups }) =>
    groups.map((group) => `${root}.${group}.${user}.${name}.${MEMBER_KIND}`),
  );
  return [...ADMIN_KINDS.map((kind) => `${root}.*.${user}.*.${kind}`), ...changes, ...clientAsks(asked)];
}

function only(publish: readonly string[], subscribe: readonly string[]): Permissions {
  return { publish: { allow: publish, deny: [] }, subscribe: { allow: subscribe, deny: [] } };
}

/** The users who ask in a group and are no members of it; where requests are signed, each has a key. */
export function whoAsks(identities: readonly Identity[]): readonly string[] {
  return identities.flatMap((one) =>
    one.role === 'client' || one.role === 'gateway' || one.role === 'admin' ? [one.name] : [],
  );
}

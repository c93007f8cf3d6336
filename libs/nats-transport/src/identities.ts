import { BULK_ROOT, ROOT, requireToken } from './subjects.js';

/**
 * Who may connect. `name` is the user at the server and the `from` of everything it sends: the server lets nobody send
 * under another's name, which is what replicas' trust in `from` rests on.
 */
export type Identity =
  /** Sends anything as itself; hears what is addressed to it or to one of its roles' multicast names. */
  | { readonly role: 'replica'; readonly name: string; readonly multicasts: readonly string[] }
  /** Asks and hears the answers. */
  | { readonly role: 'client'; readonly name: string }
  /** A client that also shows how its groups are. */
  | { readonly role: 'gateway'; readonly name: string }
  /** Hears everything, says nothing: `synod tap`. */
  | { readonly role: 'observer'; readonly name: string }
  /** Asks for status, injects faults, lists services. */
  | { readonly role: 'admin'; readonly name: string }
  /** Answers `$SRV.…` for the replica or gateway `of`, on a connection that can do nothing else. */
  | { readonly role: 'service'; readonly of: string };

/** Kinds that clients may send; all others are for peers or the admin. */
export const CLIENT_KINDS = ['request', 'read'] as const;
export const ADMIN_KINDS = ['status', 'fault'] as const;

export interface Permissions {
  /** Allowed subjects; none at all when empty. */
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
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

/** What the server lets `identity` do in `cluster`. There is no `allow_responses`: it would let `reply-to` name a peer. */
export function permissionsOf(identity: Identity, cluster: string): Permissions {
  requireToken(cluster, 'cluster');
  const user = userOf(identity);
  const repliesTo = `${ROOT}.${cluster}.*.*.${user}.reply.>`;
  const inbox = `${inboxPrefixOf(user)}.>`;
  switch (identity.role) {
    case 'replica':
      return {
        publish: [`${ROOT}.${cluster}.*.${user}.>`, `${BULK_ROOT}.${cluster}.*.${user}.>`],
        subscribe: [
          `${ROOT}.${cluster}.*.*.${user}.>`,
          `${BULK_ROOT}.${cluster}.*.*.${user}.>`,
          ...identity.multicasts.map((name) => `${ROOT}.${cluster}.*.*.${requireToken(name, 'multicast name')}.>`),
        ],
      };
    case 'client':
      return { publish: asks(cluster, user, CLIENT_KINDS), subscribe: [repliesTo, inbox] };
    case 'gateway':
      return { publish: asks(cluster, user, [...CLIENT_KINDS, 'status']), subscribe: [repliesTo, inbox] };
    case 'observer':
      return { publish: [], subscribe: [`${ROOT}.>`, `${BULK_ROOT}.>`] };
    case 'admin':
      return { publish: [...asks(cluster, user, ADMIN_KINDS), '$SRV.>'], subscribe: [repliesTo, inbox] };
    case 'service':
      return { publish: ['_INBOX.>'], subscribe: ['$SRV.>'] };
  }
}

/** Refuses names that the server could not tell apart: two users of one name, or a user named like a multicast. */
export function requireDistinct(identities: readonly Identity[]): void {
  const multicasts = new Set(
    identities.flatMap((identity) => (identity.role === 'replica' ? identity.multicasts : [])),
  );
  const seen = new Set<string>();
  for (const identity of identities) {
    const user = userOf(identity);
    if (seen.has(user)) throw new Error(`two identities are named "${user}"; each needs a name of its own`);
    if (multicasts.has(user))
      throw new Error(`"${user}" names a user and a multicast; rename one, or they overhear each other`);
    seen.add(user);
  }
}

function asks(cluster: string, user: string, kinds: readonly string[]): string[] {
  return kinds.map((kind) => `${ROOT}.${cluster}.*.${user}.*.${kind}`);
}

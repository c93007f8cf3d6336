import type { Address } from '@synod/actor';

/**
 * Who speaks to whom, about what: `synod.<cluster>.<group>.<from>.<to>.<kind>[.<client>]`. The server enforces `from`,
 * so a receiver may believe it. `client` tells apart the connections of one user, in replies only.
 */
export interface Subject {
  readonly cluster: string;
  readonly group: string;
  readonly from: Address;
  readonly to: Address;
  readonly kind: string;
  readonly client: string | undefined;
}

/** First token of what is small and urgent, and of what is large and may wait (snapshots: they have their own connection). */
export const ROOT = 'synod';
export const BULK_ROOT = 'synod-bulk';
/** In the place of a group when a process speaks to itself about none. */
export const PROBE_GROUP = 'probe';

const LONGEST_TOKEN = 32;

/** One subject token: 1 to 32 of `a-z`, `0-9` and `-`. */
export function isToken(text: string): boolean {
  if (text.length === 0 || text.length > LONGEST_TOKEN) return false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (!((c >= 97 && c <= 122) || (c >= 48 && c <= 57) || c === 45)) return false;
  }
  return true;
}

/** For names that people choose. `what` says which one is meant: "cluster", "replica name". */
export function requireToken(text: string, what: string): string {
  if (isToken(text)) return text;
  throw new Error(
    `${what} ${JSON.stringify(text)} cannot be a part of a NATS subject: ` +
      `use 1 to ${LONGEST_TOKEN} characters out of a-z, 0-9 and "-", for example "raft-r1"`,
  );
}

/** For names of groups. */
export function requireGroup(group: string): string {
  if (group !== PROBE_GROUP) return requireToken(group, 'group');
  throw new Error(
    `a group cannot be named "${PROBE_GROUP}": replicas speak to themselves under it; choose another name`,
  );
}

/** Whether `kind` may end a subject: one token, or two, as in `reply.<client>`. */
export function isKind(kind: string): boolean {
  const dot = kind.indexOf('.');
  return dot < 0 ? isToken(kind) : isToken(kind.slice(0, dot)) && isToken(kind.slice(dot + 1));
}

/** Undefined for anything that is not exactly of our form. */
export function parseSubject(text: string): Subject | undefined {
  const parts = text.split('.', 8);
  if (parts.length < 6 || parts.length > 7 || (parts[0] !== ROOT && parts[0] !== BULK_ROOT)) return undefined;
  for (let i = 1; i < parts.length; i++) if (!isToken(parts[i]!)) return undefined;
  const [, cluster, group, from, to, kind, client] = parts as [string, string, string, string, string, string, string?];
  return { cluster, group, from, to, kind, client };
}

/** For people and tools; the hot path uses `SubjectWriter`. Throws on a part that is no token. */
export function formatSubject(subject: Omit<Subject, 'client'> & { readonly client?: string }): string {
  const { cluster, group, from, to, kind, client } = subject;
  requireToken(cluster, 'cluster');
  requireToken(group, 'group');
  requireToken(from, 'sender');
  requireToken(to, 'receiver');
  requireToken(kind, 'message kind');
  const tail = client === undefined ? kind : `${kind}.${requireToken(client, 'client')}`;
  return `${ROOT}.${cluster}.${group}.${from}.${to}.${tail}`;
}

/** A service hears few different subjects, again and again; what strangers invent must not make the memory grow. */
const REMEMBERED = 4096;

/** Parses each subject once. */
export class SubjectReader {
  private readonly known = new Map<string, Subject>();

  read(text: string): Subject | undefined {
    const hit = this.known.get(text);
    if (hit) return hit;
    const subject = parseSubject(text);
    if (!subject) return undefined;
    if (this.known.size >= REMEMBERED) this.known.clear();
    this.known.set(text, subject);
    return subject;
  }
}

/** Writes the subjects of one sender in one group. */
export class SubjectWriter {
  private readonly prefixes = new Map<Address, string>();
  private readonly kinds = new Set<string>();

  constructor(
    private readonly root: string,
    private readonly cluster: string,
    private readonly group: string,
    private readonly from: Address,
  ) {}

  /**
   * Undefined when `to` or `kind` cannot be in a subject. A client chooses its reply token, so an unchecked one could
   * smuggle a second protocol line into our own connection.
   */
  write(to: Address, kind: string): string | undefined {
    const prefix = this.prefixes.get(to) ?? this.addPrefix(to);
    if (prefix === undefined || !(this.kinds.has(kind) || this.addKind(kind))) return undefined;
    return prefix + kind;
  }

  private addPrefix(to: Address): string | undefined {
    if (!isToken(to)) return undefined;
    const prefix = `${this.root}.${this.cluster}.${this.group}.${this.from}.${to}.`;
    if (this.prefixes.size >= REMEMBERED) this.prefixes.clear();
    this.prefixes.set(to, prefix);
    return prefix;
  }

  private addKind(kind: string): boolean {
    if (!isKind(kind)) return false;
    if (this.kinds.size >= REMEMBERED) this.kinds.clear();
    this.kinds.add(kind);
    return true;
  }
}

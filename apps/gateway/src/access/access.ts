import { statSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { principalOf, readPrincipals } from '@synod/keys';
import type { Principal } from '@synod/keys';
import { Problem } from '../http/problem.js';
import { shown } from '../http/target.js';
import { everyRight, rightsOf } from './rights.js';
import type { Rights } from './rights.js';

/** Who asks. Throws 401 for whom nobody knows. */
export type Access = (headers: IncomingHttpHeaders) => Rights;

/**
 * For a gateway that only this machine reaches, or what is in front of it. `hosts` are its names in Host headers, `*` any. A page from
 * anywhere can have its own name lead to this machine (DNS rebinding), and the browser then takes the gateway for a part of that page's
 * site; but it says the name.
 */
export function openTo(hosts: readonly string[]): Access {
  return ({ host }) => {
    // Only HTTP/1.0 may leave it out, and no browser does.
    if (host === undefined || hosts.includes('*') || hosts.includes(nameIn(host))) return everyRight;
    const names = `it is ${hosts.join(', ')}; SYNOD_HTTP_HOSTS has its names`;
    throw new Problem('misdirected', `Host is ${shown(host)}, which is not how this gateway is called: ${names}`);
  };
}

/** Without its port. */
function nameIn(host: string): string {
  return host
    .toLowerCase()
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1');
}

const lookEveryMs = 1000;
/** LIMIT: a token is 49 characters; what is longer than this is not even hashed. */
const longestToken = 256;

/**
 * The bearer tokens of a file (RFC 6750), which is read again when it has changed: who is taken out of it is out within a second. A file
 * that cannot be read any more changes nothing, and is complained of.
 */
export class TokenAccess {
  private principals: readonly Principal[];
  private stamp: string;
  private lookedAt: number;

  /** Throws what is wrong with the file. */
  constructor(
    private readonly path: string,
    private readonly complain: (error: Error) => void,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.stamp = this.stampOf();
    this.principals = readPrincipals(path);
    this.lookedAt = now();
  }

  readonly of: Access = ({ authorization }) => {
    this.look();
    const token = bearerIn(authorization);
    const principal = token === undefined ? undefined : principalOf(this.principals, token);
    if (principal !== undefined) return rightsOf(principal);
    throw new Problem('unauthenticated', said(authorization), { headers: { 'www-authenticate': challenge(token) } });
  };

  private look(): void {
    if (this.now() - this.lookedAt < lookEveryMs) return;
    this.lookedAt = this.now();
    const stamp = this.stampOf();
    if (stamp === this.stamp) return;
    this.stamp = stamp;
    try {
      this.principals = readPrincipals(this.path);
    } catch (error) {
      this.complain(error as Error);
    }
  }

  private stampOf(): string {
    try {
      const { mtimeMs, ctimeMs, ino, size } = statSync(this.path);
      return [mtimeMs, ctimeMs, ino, size].join('/');
    } catch (error) {
      return String((error as NodeJS.ErrnoException).code);
    }
  }
}

function bearerIn(authorization: string | undefined): string | undefined {
  const [, token] = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization ?? '') ?? [];
  return token !== undefined && token.length <= longestToken ? token : undefined;
}

function challenge(token: string | undefined): string {
  return token === undefined ? 'Bearer realm="synod"' : 'Bearer realm="synod", error="invalid_token"';
}

/** Never what was sent. */
function said(authorization: string | undefined): string {
  if (authorization === undefined) return 'this gateway wants to know who asks: Authorization: Bearer TOKEN';
  return 'Authorization is not "Bearer" with a token that this gateway knows';
}

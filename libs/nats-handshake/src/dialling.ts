import { requirePrivate } from '@synod/private-file';
import { withIdentity } from './server-identity.js';

/** Where PEM files are: whom to believe that he is the server, and what shows the server who we are. Read again at each connection, by nats.js. */
export interface TlsFiles {
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
}

/**
 * What nats.js is told of where to connect and how to know who is there, for services and for clients alike. Throws when others may read
 * the key of our certificate: whoever else can shows it as his.
 */
export function dialling(servers: string | readonly string[], tls: TlsFiles | undefined) {
  const told = typeof servers === 'string' ? [servers] : [...servers];
  const { keyFile } = tls ?? {};
  if (keyFile !== undefined) requirePrivate(keyFile, 'the TLS key file', 'see `synod certs` and SYNOD_NATS_KEY_FILE');
  return { servers: told, ...(tls && { tls: withIdentity(tls, told) }) };
}

/**
 * Why a server took the connection and said nothing: nats.js does not pass on what it said before it hung up, and in TLS 1.3 it says what it thinks of
 * a certificate only then. `setting`: where ours is named.
 */
export function whyNotLetIn(tls: TlsFiles | undefined, setting: string): string {
  const busy = 'it stands still, or has no room for another connection of this user';
  if (tls === undefined) return busy;
  const shown = tls.certFile === undefined ? 'demands a certificate that we do not show' : 'refuses our certificate';
  return `${busy}, or ${shown} (${setting})`;
}

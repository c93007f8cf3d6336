import { checkServerIdentity } from 'node:tls';
import type { PeerCertificate } from 'node:tls';

/** What Node takes for the name of a server that it was told none of. */
const nameless = 'localhost';

/**
 * Options of TLS, with the question whether a certificate is that of a server in `servers`. nats.js names no server that is called by
 * its address, and Node then looks for "localhost" in every certificate: one for the address was refused, and one for localhost believed
 * wherever it was met. Of such a server the certificate must be for one of those we were told of, whichever it is.
 */
export function withIdentity<T extends object>(tls: T, servers: readonly string[]): T {
  const told = servers.map(hostIn);
  const check = (name: string, certificate: PeerCertificate): Error | undefined => {
    const errors = (name === nameless ? told : [name]).map((host) => checkServerIdentity(host, certificate));
    return errors.includes(undefined) ? undefined : errors[0];
  };
  // nats.js hands on what it does not know.
  return { ...tls, checkServerIdentity: check };
}

/** Of `nats://host:port`, `host:port` or `host`; the brackets of IPv6 come off. */
function hostIn(server: string): string {
  const rest = server.trim().replace(/^[a-z]+:\/\//, '');
  const [, bracketed] = /^\[(.*)\]/.exec(rest) ?? [];
  return bracketed ?? rest.replace(/:\d*$/, '');
}

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

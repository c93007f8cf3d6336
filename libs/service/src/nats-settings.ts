import type { TlsFiles } from '@synod/nats-transport';
import { EnvironmentError, text } from './environment.js';
import type { Values } from './environment.js';

/** Where every service finds the NATS servers, and how it knows them. */
export const natsSettings = {
  servers: {
    variable: 'SYNOD_NATS_URL',
    meaning: 'NATS servers, separated by commas',
    parse: text,
    fallback: 'nats://127.0.0.1:4222',
  },
  natsAuthority: {
    variable: 'SYNOD_NATS_CA_FILE',
    meaning:
      "certificate (PEM) of the authority that signed the NATS servers'; empty: no TLS, unless the server demands it",
    parse: (path: string) => path,
    fallback: '',
  },
  natsCertificate: {
    variable: 'SYNOD_NATS_CERT_FILE',
    meaning: 'certificate (PEM) to show to NATS servers that demand one; empty: none',
    parse: (path: string) => path,
    fallback: '',
  },
  natsKey: {
    variable: 'SYNOD_NATS_KEY_FILE',
    meaning: 'its key (PEM, mode 0600)',
    parse: (path: string) => path,
    fallback: '',
  },
} as const;

/** Undefined: no TLS. */
export function tlsFiles(settings: Values<typeof natsSettings>): TlsFiles | undefined {
  const { natsAuthority: caFile, natsCertificate: certFile, natsKey: keyFile } = settings;
  if ((certFile === '') !== (keyFile === '')) {
    throw new EnvironmentError('SYNOD_NATS_CERT_FILE and SYNOD_NATS_KEY_FILE belong together: set both, or none');
  }
  if (caFile === '' && certFile === '') return undefined;
  return { ...(caFile !== '' && { caFile }), ...(certFile !== '' && { certFile, keyFile }) };
}

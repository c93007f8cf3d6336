import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { readPrivately } from '@synod/private-file';

/** Certificate and key in PEM. Throws what is wrong with either, and whether they belong together. */
export function readTls({ certificate, key }: { readonly certificate: string; readonly key: string }) {
  const pair = {
    cert: readFileSync(certificate, 'utf8'),
    key: readPrivately(key, 'the TLS key file', 'see `synod certs`'),
  };
  try {
    createSecureContext(pair);
  } catch (error) {
    throw new Error(`${certificate} and ${key} are no certificate and its key: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return pair;
}

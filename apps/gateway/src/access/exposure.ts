import { EnvironmentError } from '@synod/service';
import type { GatewaySettings } from '@synod/service';

type Exposed = Pick<GatewaySettings, 'httpHost' | 'tokens' | 'certificate' | 'key' | 'insecure'>;

/**
 * Throws where others than this machine would reach a gateway that asks nobody who he is, or whose tokens they could read on the way:
 * unless it was said that something in front of it sees to both.
 */
export function requireSafe({ httpHost, tokens, certificate, key, insecure }: Exposed): void {
  if ((certificate === '') !== (key === '')) {
    throw new EnvironmentError('SYNOD_HTTP_CERT_FILE and SYNOD_HTTP_KEY_FILE belong together: set both, or none');
  }
  if (isLoopback(httpHost) || insecure) return;
  const missing = [
    ...(tokens === '' ? ['SYNOD_GATEWAY_TOKENS_FILE (`synod tokens create` makes one)'] : []),
    ...(certificate === '' ? ['SYNOD_HTTP_CERT_FILE and SYNOD_HTTP_KEY_FILE (`synod certs init`)'] : []),
  ];
  if (missing.length === 0) return;
  throw new EnvironmentError(
    `SYNOD_HTTP_HOST=${httpHost} is more than this machine, and whoever reaches it could read and write everything: set ` +
      `${missing.join(', and ')}; or SYNOD_GATEWAY_INSECURE=1, if only a proxy that does it, or only this machine, reaches it`,
  );
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** What OpenSSL and Node say when a certificate is not believed; nats.js passes on their words only. */
const distrust: readonly (readonly [RegExp, string])[] = [
  [
    /unable to verify|self-signed certificate|unable to get (?:local )?issuer|certificate signature failure/i,
    'its certificate is of an authority that is not ours; see SYNOD_NATS_CA_FILE',
  ],
  [/does not match certificate/i, 'its certificate is for other names than the one in SYNOD_NATS_URL'],
  [/certificate has expired/i, 'its certificate has expired; `synod certs renew` makes another'],
  [/certificate is not yet valid/i, 'its certificate is not valid yet; is the clock right?'],
  [/server does not support 'tls'/, 'it speaks no TLS, and we were told to speak nothing else'],
  [
    /alert (?:bad|unsupported|unknown|number 4[2-8])|ALERT_(?:BAD|CERTIFICATE|UNKNOWN_CA)/i,
    'it refuses our certificate; see SYNOD_NATS_CERT_FILE',
  ],
  [
    /doesn't exist|PEM|key values mismatch|EACCES|EISDIR/,
    'a file of TLS cannot be read; see SYNOD_NATS_CA_FILE, SYNOD_NATS_CERT_FILE, SYNOD_NATS_KEY_FILE',
  ],
];

/** In words, when it is TLS that went wrong in a way that waiting does not mend. */
export function tlsProblem(error: unknown): string | undefined {
  for (let at = error; typeof at === 'object' && at !== null; at = (at as { readonly cause?: unknown }).cause) {
    const { message } = at as { readonly message?: unknown };
    if (typeof message !== 'string') continue;
    const [, problem] = distrust.find(([pattern]) => pattern.test(message)) ?? [];
    if (problem !== undefined) return `${problem} (${message})`;
  }
  return undefined;
}

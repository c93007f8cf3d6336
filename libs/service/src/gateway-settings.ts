import { flag, text, tokens, wholeNumber } from './environment.js';
import type { Values } from './environment.js';
import { natsSettings } from './nats-settings.js';
import { replicaSettings } from './replica-settings.js';

/** What the gateway is told beside `processSettings`. It is here, and not in the app, so that tools can compare it with what people read. */
export const gatewaySettings = {
  cluster: replicaSettings.cluster,
  groups: {
    variable: 'SYNOD_GROUPS',
    meaning: 'names of the groups to open to HTTP, separated by commas',
    parse: tokens,
  },
  ...natsSettings,
  credentials: {
    variable: 'SYNOD_CREDENTIALS_FILE',
    meaning: 'file (mode 0600) with {"user", "seed"} of this gateway',
    parse: text,
  },
  keys: {
    variable: 'SYNOD_KEYS',
    meaning:
      'directory with the public keys of groups whose members sign and its own, as `synod keys init` writes it; empty: none',
    parse: (path: string) => path,
    fallback: '',
  },
  registration: replicaSettings.registration,
  httpHost: {
    variable: 'SYNOD_HTTP_HOST',
    meaning: 'where HTTP listens; beyond loopback only with tokens and TLS',
    parse: text,
    fallback: '127.0.0.1',
  },
  httpPort: {
    variable: 'SYNOD_HTTP_PORT',
    meaning: 'its port; 0: any free one',
    parse: wholeNumber(0, 65_535),
    fallback: '7400',
  },
  hosts: {
    variable: 'SYNOD_HTTP_HOSTS',
    meaning:
      'without tokens: its names in Host headers, separated by commas, or *; another is a page’s whose name leads to this machine',
    parse: hostNames,
    fallback: 'localhost,127.0.0.1,::1',
  },
  tokens: {
    variable: 'SYNOD_GATEWAY_TOKENS_FILE',
    meaning:
      'file (mode 0600) that says who may do what, as `synod tokens create` writes it; empty: everybody everything',
    parse: (path: string) => path,
    fallback: '',
  },
  certificate: {
    variable: 'SYNOD_HTTP_CERT_FILE',
    meaning: 'certificate (PEM) of HTTPS, those that signed it after it; empty: plain HTTP',
    parse: (path: string) => path,
    fallback: '',
  },
  key: {
    variable: 'SYNOD_HTTP_KEY_FILE',
    meaning: 'its key (PEM, mode 0600)',
    parse: (path: string) => path,
    fallback: '',
  },
  insecure: {
    variable: 'SYNOD_GATEWAY_INSECURE',
    meaning: '1: listen beyond loopback without tokens or TLS, since a proxy or the network in front sees to it',
    parse: flag,
    fallback: '0',
  },
  traces: {
    variable: 'SYNOD_TRACES_URL',
    meaning: "where traces are looked up (Jaeger's query service or the launcher's store); empty: nowhere",
    parse: httpUrl,
    fallback: '',
  },
} as const;

export type GatewaySettings = Values<typeof gatewaySettings>;

function hostNames(value: string): readonly string[] {
  const names = value.split(',').map((name) => name.trim().toLowerCase());
  if (names.every((name) => /^(\*|[a-z0-9._-]+|[0-9a-f:.]+)$/.test(name))) return names;
  throw new Error('must be names without ports, such as localhost,gateway.example.com, or *');
}

function httpUrl(value: string): string {
  if (value === '') return '';
  if (!URL.canParse(value) || !/^https?:/.test(value)) throw new Error('must be a URL such as http://127.0.0.1:16686');
  return value.replace(/\/+$/, '');
}

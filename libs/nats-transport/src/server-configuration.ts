import { accountsOf, connectionsOf } from './accounts.js';
import type { Account, AccountLimits } from './accounts.js';
import { permissionsOf, requireDistinct, userOf } from './identities.js';
import type { Identity, Rule } from './identities.js';
import { requireToken } from './subjects.js';

export interface ServerConfiguration {
  readonly cluster: string;
  readonly identities: readonly Identity[];
  /** User to public key; see `publicKeysOf`. */
  readonly keys: ReadonlyMap<string, string>;
  /** Where clients connect. Without `tls` anything but loopback should be a private network. */
  readonly host: string;
  readonly port: number;
  /** HTTP monitoring, always on loopback. */
  readonly monitorPort?: number;
  readonly tls?: ServerTls | undefined;
  /** This server as one of several. */
  readonly mesh?: Mesh;
}

/** Paths of PEM files, as the server sees them. */
export interface ServerTls {
  readonly certificate: string;
  readonly key: string;
  /** Whose certificates the other servers must have, and clients, if they must have any. */
  readonly authority: string;
  readonly isMutual: boolean;
}

/**
 * Several servers of one cluster, which pass on to each other what their clients subscribed to. One hop only: a broken
 * route is not routed around. Clients stay at the servers that they were given; they are told of no others.
 */
export interface Mesh {
  /** Different for each server. */
  readonly name: string;
  /** Where the other servers connect; without `tls` a private network. */
  readonly host: string;
  readonly port: number;
  /** `host:port` of the others. */
  readonly others: readonly string[];
  /** The same for all servers; letters, digits, `-` and `_`. */
  readonly password: string;
}

/**
 * The largest message. An append carries at most 128 KiB of batches, unless one client batch alone is larger; twice that
 * leaves room for such a batch, its envelope and trace headers, and still keeps any message short against a heartbeat.
 */
export const MAX_PAYLOAD_BYTES = 262_144;

/** For those who have not said yet who they are: the server gives them two seconds. */
const NAMELESS_CONNECTIONS = 256;
const LEAST_CONNECTIONS = 1024;

/**
 * What the server queues for a reader before it cuts him off; when it has half of that, it holds up whoever publishes to him. And
 * how long a reader may take nothing. Together: one that stands still is cut off before he holds up anybody, as long as he is
 * sent less than eight megabytes a second.
 */
const MAX_PENDING_BYTES = 16_777_216;
const WRITE_DEADLINE = '1s';

/**
 * The text of a nats-server configuration (2.9.10 and newer; at least 2.11.16 is advised). The same input gives the same
 * text. It holds nobody's secret but that of a mesh: write it with `writePrivately`.
 */
export function serverConfiguration(configuration: ServerConfiguration): string {
  const { cluster, identities, host, port, monitorPort, tls, mesh } = configuration;
  requireDistinct(identities);
  const accounts = accountsOf(identities, cluster);
  const monitoring = monitorPort === undefined ? '' : `http: "127.0.0.1:${requirePort(monitorPort, 'monitorPort')}"\n`;
  return `# Generated: changes are overwritten. Who says that he is somebody proves it by the secret of the public key here.
server_name: ${quote(mesh?.name ?? `synod-${requireToken(cluster, 'cluster')}`)}
listen: ${quote(`${host}:${requirePort(port, 'port')}`)}
${monitoring}# The journal of each replica is what makes a write durable, never the broker.
jetstream: false

max_payload: ${MAX_PAYLOAD_BYTES}
max_pending: ${MAX_PENDING_BYTES}
max_connections: ${Math.max(LEAST_CONNECTIONS, connectionsOf(accounts) + NAMELESS_CONNECTIONS)}
max_subscriptions: 256
max_control_line: 2048
write_deadline: "${WRITE_DEADLINE}"
ping_interval: "10s"
ping_max: 2

# Every user is in an explicit account and there is no authorization block: a mix of both lets anonymous clients in
# before 2.9.23 (CVE-2023-47090). No no_auth_user, no allow_responses. Who is no member has an account of his own, and its limits.
accounts {
${accounts.map((account) => accountBlock(account, configuration)).join('\n')}
}
${tls ? tlsBlock(tls, tls.isMutual) : ''}${mesh ? meshBlock(mesh, cluster, tls) : ''}`;
}

function tlsBlock({ certificate, key, authority }: ServerTls, isMutual: boolean): string {
  const mutual = isMutual ? `  ca_file: ${quote(authority)}\n  verify: true\n` : '';
  return `
tls {
  cert_file: ${quote(certificate)}
  key_file: ${quote(key)}
${mutual}  timeout: 2
}
`;
}

/** Between servers it is mutual in any case: each is the other's client. */
function meshBlock({ host, port, others, password }: Mesh, cluster: string, tls: ServerTls | undefined): string {
  if (!/^[\w-]+$/.test(password))
    throw new Error("the servers' password is written into a URL: use letters, digits, - and _");
  return `
cluster {
  name: ${quote(`synod-${requireToken(cluster, 'cluster')}`)}
  listen: ${quote(`${host}:${requirePort(port, 'mesh port')}`)}
  no_advertise: true
  authorization { user: "route", password: ${quote(password)}, timeout: 2 }
  routes: [${others.map((other) => quote(`nats-route://route:${password}@${other}`)).join(', ')}]
${tls ? tlsBlock(tls, true) : ''}}
`;
}

function accountBlock({ name, users, exports, imports, limits }: Account, configuration: ServerConfiguration): string {
  const out = [...exports].map(
    ([subject, to]) => `{ stream: ${quote(subject)}, accounts: [${to.map(quote).join(', ')}] }`,
  );
  const into = imports.map(
    ({ from, subject }) => `{ stream: { account: ${quote(from)}, subject: ${quote(subject)} } }`,
  );
  return `  ${quote(name)} {
    users: ${list(users.map((identity) => userEntry(identity, configuration)))}
${limits ? limitsLine(limits) : ''}    exports: ${list(out)}
    imports: ${list(into)}
  }`;
}

function limitsLine({ connections, subscriptions, payloadBytes }: AccountLimits): string {
  return `    limits: { max_connections: ${connections}, max_subscriptions: ${subscriptions}, max_payload: ${payloadBytes} }\n`;
}

function list(entries: readonly string[]): string {
  return entries.length === 0 ? '[]' : `[\n${entries.map((entry) => `      ${entry}`).join('\n')}\n    ]`;
}

function userEntry(identity: Identity, { identities, cluster, keys }: ServerConfiguration): string {
  const user = userOf(identity);
  const key = keys.get(user);
  if (!key) throw new Error(`no key for user "${user}"; every identity needs one`);
  if (!/^U[A-Z2-7]{55}$/.test(key)) throw new Error(`the key of "${user}" is no public key of a NATS user`);
  const { publish, subscribe } = permissionsOf(identity, cluster, identities);
  return `{
        nkey: ${quote(key)} # ${user}
        permissions: {
          publish: ${written(publish)}
          subscribe: ${written(subscribe)}
        }
      }`;
}

/** An empty list of allowed subjects would mean "all". */
function written({ allow, deny }: Rule): string {
  if (allow.length === 0) return '{ deny: [">"] }';
  const list = (subjects: readonly string[]): string => `[${subjects.map(quote).join(', ')}]`;
  return deny.length === 0 ? `{ allow: ${list(allow)} }` : `{ allow: ${list(allow)}, deny: ${list(deny)} }`;
}

function quote(text: string): string {
  if (!/^[\x20-\x7e]*$/.test(text))
    throw new Error('only printable ASCII can be written into the server configuration');
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

function requirePort(port: number, what: string): number {
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`${what} ${port} is no TCP port; use a whole number from 1 to 65535`);
}

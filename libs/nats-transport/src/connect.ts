import { connect, errors } from '@nats-io/transport-node';
import type { NodeConnectionOptions } from '@nats-io/transport-node';
import { dialling, loginWith, whyNotLetIn } from '@synod/nats-handshake';
import type { TlsFiles } from '@synod/nats-handshake';
import { isReported } from './connection-status.js';
import type { ConnectionStatus } from './connection-status.js';
import { Connection } from './connection.js';
import type { Credentials } from './credentials.js';
import { inboxPrefixOf } from './identities.js';
import { Redial } from './redial.js';
import { tlsProblem } from './tls-problem.js';

export interface ConnectOptions {
  /** `nats://host:port`, one or several of one cluster. */
  readonly servers: string | readonly string[];
  readonly credentials: Credentials;
  /** Where it is set, a server without TLS is refused. */
  readonly tls?: TlsFiles | undefined;
  /** What the server's monitoring shows. */
  readonly name: string;
  /** How long to wait for a server at the start, in milliseconds; for ever by default. Later it is always for ever. */
  readonly timeoutMs?: number;
  /** Ends the wait for a server at the start. */
  readonly signal?: AbortSignal;
  /** Bytes that the server may owe us a sign of having taken; more is dropped. 8 MiB by default. */
  readonly maxPendingBytes?: number;
  readonly onStatus?: (status: ConnectionStatus) => void;
}

/** A server that accepts but says nothing is stopped or not NATS; nats.js would wait 20 s. */
const DIAL_TIMEOUT_MS = 2000;
/** Half-open connections are noticed after three of these; nats.js would take minutes. */
const PING_INTERVAL_MS = 500;
const MAX_PINGS_OUT = 2;

/**
 * The one way in for replicas, clients, gateway and tools. Waits for a server, then stays: it reconnects until `close`.
 * Throws when the server refuses the credentials, when the wait is over, when `servers` is no address, and when others may read the
 * key of our certificate.
 */
export async function connectAs(options: ConnectOptions): Promise<Connection> {
  const redial = new Redial();
  const told = natsOptions(options, redial);
  const deadline = options.timeoutMs === undefined ? Infinity : performance.now() + options.timeoutMs;
  for (let attempts = 1; ; attempts++) {
    options.signal?.throwIfAborted();
    try {
      return new Connection(await connect(told), options, redial);
    } catch (error) {
      if (isFinal(error) || performance.now() >= deadline) throw explain(error, options);
      if (isReported(attempts))
        options.onStatus?.({ kind: 'waiting', attempts, problem: explain(error, options).message });
    }
    await new Promise((resolve) => setTimeout(resolve, redial.delayMs));
  }
}

/** `waitOnFirstConnect` is our own loop: nats.js's could neither be ended nor tell a wrong key from a missing server. */
function natsOptions({ servers, credentials, tls, name }: ConnectOptions, redial: Redial): NodeConnectionOptions {
  return {
    ...dialling(servers, tls),
    authenticator: loginWith(credentials.seed),
    name,
    inboxPrefix: inboxPrefixOf(credentials.user),
    maxReconnectAttempts: -1,
    reconnectDelayHandler: () => redial.delayMs,
    timeout: DIAL_TIMEOUT_MS,
    pingInterval: PING_INTERVAL_MS,
    maxPingOut: MAX_PINGS_OUT,
    // A server that is restarted with an older configuration refuses us until it is corrected; giving up would be final.
    ignoreAuthErrorAbort: true,
    noAsyncTraces: true,
  };
}

function isFinal(error: unknown): boolean {
  if (tlsProblem(error) !== undefined) return true;
  if (error instanceof errors.AuthorizationError || error instanceof errors.InvalidArgumentError) return true;
  // What the URL parser and the socket throw for an address that cannot be one.
  return ['ERR_INVALID_URL', 'ERR_SOCKET_BAD_PORT'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function explain(error: unknown, { servers, credentials, tls }: ConnectOptions): Error {
  const where = typeof servers === 'string' ? servers : servers.join(', ');
  const cause = error instanceof Error ? error : new Error(String(error));
  if (error instanceof errors.AuthorizationError) {
    const advice = 'check that its credentials file belongs to this server';
    return new Error(`NATS at ${where} refuses user "${credentials.user}"; ${advice}`, { cause });
  }
  const untrusted = tlsProblem(error);
  if (untrusted !== undefined) return new Error(`NATS at ${where}: ${untrusted}`, { cause });
  if (error instanceof errors.TimeoutError) {
    const why = whyNotLetIn(tls, 'SYNOD_NATS_CERT_FILE');
    return new Error(`NATS at ${where} does not let "${credentials.user}" in: ${why}`, { cause });
  }
  return new Error(`no NATS server at ${where}: ${cause.message || 'no answer'}; is nats-server running there?`, {
    cause,
  });
}

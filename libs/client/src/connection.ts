import type { Socket } from 'node:net';
import { connect, errors, type NatsConnection } from '@nats-io/transport-node';
import { dialling, loginWith, whyNotLetIn } from '@synod/nats-handshake';
import type { TlsFiles } from '@synod/nats-handshake';
import { SynodError } from './errors.js';

export interface ServerOptions {
  /** `host:port`, or several; default `127.0.0.1:4222`. */
  readonly servers?: string | readonly string[];
  /** The NATS user: the broker allows it to publish and subscribe only as itself. */
  readonly user: string;
  /** Its secret key, as in the file that `synod identities init` makes. */
  readonly seed?: string;
  /** PEM files: whom to believe that he is the server, and what it wants to see of us. A server without TLS is refused then. */
  readonly tls?: TlsFiles | undefined;
}

/** A connection that reconnects for ever, at once, and notices a dead broker within two seconds. */
export async function openConnection(options: ServerOptions, name: string): Promise<NatsConnection> {
  const { servers = '127.0.0.1:4222', user, seed, tls } = options;
  const where = whereTo(servers, tls);
  const authenticator = seed === undefined ? undefined : authenticatorOf(user, seed);
  try {
    return await connect({
      ...where,
      name,
      ...(authenticator && { authenticator }),
      maxReconnectAttempts: -1,
      reconnectTimeWait: 50,
      reconnectJitter: 50,
      pingInterval: 500,
      maxPingOut: 3,
      timeout: 3000,
      ignoreAuthErrorAbort: true,
      noAsyncTraces: true,
    });
  } catch (error) {
    throw connectFailure(error as Error, String(servers), user, tls);
  }
}

function whereTo(servers: string | readonly string[], tls: TlsFiles | undefined): ReturnType<typeof dialling> {
  try {
    return dialling(servers, tls);
  } catch (error) {
    throw new SynodError('invalid', (error as Error).message);
  }
}

/**
 * Not nats.js's own, which holds up the process for some 20 ms at each connection. Where many come back at once, or the machine
 * is busy, the server gives up on who waits for its turn, and so they never came back.
 */
function authenticatorOf(user: string, seed: string): ReturnType<typeof loginWith> {
  try {
    return loginWith(seed);
  } catch {
    throw new SynodError(
      'invalid',
      `the seed of user ${user} is not "SU" and 56 characters of A-Z and 2-7 with their checksum`,
    );
  }
}

/** What a server says to a busy client or when it is busy itself: nobody looked at the key. nats.js takes it for a refusal. */
const tooLate = /authentication timeout/i;

export function connectFailure(error: Error, servers: string, user: string, tls?: TlsFiles): SynodError {
  if (/authorization|authentication/i.test(error.message) && !tooLate.test(error.message)) {
    return new SynodError('unauthorized', `the NATS server at ${servers} refuses user ${user} with this key`);
  }
  if (error instanceof errors.TimeoutError || tooLate.test(error.message)) {
    const why = whyNotLetIn(tls, 'tls.certFile');
    return new SynodError('unavailable', `the NATS server at ${servers} does not let ${user} in: ${why}`);
  }
  return new SynodError('unavailable', `no NATS server answers at ${servers}: ${error.message}`);
}

/** nats.js waits until a stale socket has taken its last bytes, which a stopped server never lets happen. */
export function destroySocket(connection: object): void {
  const inner = connection as { readonly protocol?: { readonly transport?: { readonly socket?: Socket } } };
  inner.protocol?.transport?.socket?.destroy();
}

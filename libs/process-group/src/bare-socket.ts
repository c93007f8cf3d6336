import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** Whom the socket speaks for. */
interface Login {
  readonly user: string;
  readonly password: string;
}

/** A connection to a nats-server without any client: what is said on it is bytes, as many as the socket takes. For floods. */
export function dialBare(port: number, host: string, { user, password: pass }: Login): Socket {
  const socket = connect(port, host);
  socket.on('error', () => undefined);
  socket.write(`CONNECT ${JSON.stringify({ user, pass, verbose: false, headers: true })}\r\nPING\r\n`);
  return socket;
}

/** Answers the server's PINGs, so that the connection stays. */
export function stayAlive(socket: Socket): void {
  socket.on('data', (bytes) => {
    if (bytes.includes('PING\r\n')) socket.write('PONG\r\n');
  });
}

export function publication(subject: string, payload: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`PUB ${subject} ${payload.length}\r\n`), payload, Buffer.from('\r\n')]);
}

/** As fast as the socket takes it, one prepared piece after another: the kernel takes the next when it has sent the last. */
export function pour(
  socket: Socket,
  pieces: readonly Buffer[],
  poured: (bytes: number) => void = () => undefined,
): void {
  let turn = 0;
  const go = (): void => {
    const piece = pieces[turn++ % pieces.length]!;
    socket.write(piece, () => {
      poured(piece.length);
      setImmediate(go);
    });
  };
  go();
}

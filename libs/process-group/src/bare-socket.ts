import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { loginWith } from '@synod/nats-handshake';
import type { Credentials } from '@synod/nats-transport';

/** A connection to a nats-server without any client: what is said on it is bytes, as many as the socket takes. For floods. */
export async function dialBare(port: number, host: string, { seed }: Credentials): Promise<Socket> {
  const socket = connect(port, host);
  socket.on('error', () => undefined);
  const [greeting] = (await once(socket, 'data')) as [Buffer];
  const login = loginWith(seed)(nonceIn(greeting.toString('latin1')));
  socket.write(`CONNECT ${JSON.stringify({ ...login, verbose: false, headers: true })}\r\nPING\r\n`);
  return socket;
}

/** What the server's first line asks to be signed. */
export function nonceIn(greeting: string): string {
  return /"nonce":"([^"]*)"/.exec(greeting)?.[1] ?? '';
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

/** As fast as the socket takes it, until it is closed, one prepared piece after another: the kernel takes the next when it has sent the last. */
export function pour(
  socket: Socket,
  pieces: readonly Buffer[],
  poured: (bytes: number) => void = () => undefined,
): void {
  let turn = 0;
  const go = (): void => {
    const piece = pieces[turn++ % pieces.length]!;
    socket.write(piece, (error) => {
      if (error) return;
      poured(piece.length);
      setImmediate(go);
    });
  };
  go();
}

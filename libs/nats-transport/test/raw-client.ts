import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { TestBroker } from '../src/testing.js';

/** Speaks the NATS protocol by hand, so that it can say what no library would. */
export class RawClient {
  private readonly socket: Socket;
  private said = '';

  constructor(broker: TestBroker, user: string, login: object = passwordOf(broker, user)) {
    this.socket = connect(broker.port, '127.0.0.1');
    this.socket.on('data', (bytes) => (this.said += bytes.toString()));
    this.socket.on('error', () => undefined);
    this.write(`CONNECT ${JSON.stringify({ ...login, verbose: false, headers: true })}\r\n`);
  }

  /** All that the server has said so far. */
  get heard(): string {
    return this.said;
  }

  publish(subject: string, payload: string, replyTo = ''): void {
    this.write(`PUB ${subject} ${replyTo} ${payload.length}\r\n${payload}\r\n`);
  }

  publishWithHeaders(subject: string, headers: string, payload: string): void {
    this.write(`HPUB ${subject} ${headers.length} ${headers.length + payload.length}\r\n${headers}${payload}\r\n`);
  }

  subscribe(subject: string, id = 1): void {
    this.write(`SUB ${subject} ${id}\r\n`);
  }

  /** The server answers when it has read all before. */
  ping(): void {
    this.write('PING\r\n');
  }

  /** From now on it reads nothing. */
  standStill(): void {
    this.socket.pause();
  }

  close(): void {
    this.socket.destroy();
  }

  private write(text: string): void {
    this.socket.write(Buffer.from(text, 'latin1'));
  }
}

function passwordOf(broker: TestBroker, user: string): object {
  return { user, pass: broker.credentials(user).password };
}

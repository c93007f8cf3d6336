import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { TestBroker } from '../src/testing.js';

/** What is said in CONNECT to a server that has drawn this number. */
export type LogIn = (nonce: string) => object;

/** Speaks the NATS protocol by hand, so that it can say what no library would. */
export class RawClient {
  private readonly socket: Socket;
  private said = '';
  private ended = false;
  /** Until the server's greeting, since what logs in depends on it. */
  private held: string[] | undefined = [];

  constructor(broker: TestBroker, user: string, logIn: LogIn = broker.authenticator(user)) {
    this.socket = connect(broker.port, '127.0.0.1');
    this.socket.on('data', (bytes) => {
      this.said += bytes.toString();
      if (this.held !== undefined && this.said.includes('\r\n')) this.begin(logIn);
    });
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => (this.ended = true));
  }

  /** All that the server has said so far. */
  get heard(): string {
    return this.said;
  }

  /** Whether the server has hung up. */
  get isCutOff(): boolean {
    return this.ended;
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

  private begin(logIn: LogIn): void {
    const nonce = /"nonce":"([^"]*)"/.exec(this.said)?.[1] ?? '';
    const held = this.held!;
    this.held = undefined;
    this.write(`CONNECT ${JSON.stringify({ ...logIn(nonce), verbose: false, headers: true })}\r\n${held.join('')}`);
  }

  private write(text: string): void {
    if (this.held === undefined) this.socket.write(Buffer.from(text, 'latin1'));
    else this.held.push(text);
  }
}

import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { loginWith } from '@synod/nats-handshake';
import { nonceIn } from '@synod/process-group';
import type { Broker } from '@synod/process-group';

export interface Heard {
  readonly subject: string;
  readonly payload: Buffer;
}

const settleMs = 10_000;

/** A user of the broker without a library between: says any bytes, and hears what comes back. */
export class RawUser {
  readonly heard: Heard[] = [];
  /** What the server objected to. */
  readonly errors: string[] = [];
  private socket: Socket | undefined;
  private rest: Buffer = Buffer.alloc(0);
  private pongs = 0;
  /** Until the server's greeting, since what logs in depends on it. */
  private held: Buffer[] | undefined;

  constructor(
    private readonly broker: Broker,
    readonly name: string,
  ) {}

  /** Begins anew when the server has cut us off. */
  say(bytes: Buffer): void {
    this.socket ??= this.dial();
    this.write(bytes);
  }

  /** Resolves when the server has read all that was said, or has cut us off over it. */
  async settle(): Promise<void> {
    const { socket } = this;
    if (socket === undefined) return;
    const before = this.pongs;
    this.write(Buffer.from('PING\r\n'));
    const deadline = performance.now() + settleMs;
    while (this.socket === socket && this.pongs === before) {
      if (performance.now() > deadline) throw new Error(`the server does not answer ${this.name}`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  close(): void {
    this.socket?.destroy();
    this.socket = undefined;
  }

  private dial(): Socket {
    const socket = connect(this.broker.servers[0]!.port, '127.0.0.1');
    this.rest = Buffer.alloc(0);
    socket.on('data', (bytes) => this.hear(bytes));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.socket === socket) this.socket = undefined;
    });
    this.held = [];
    return socket;
  }

  private hear(bytes: Buffer): void {
    this.rest = Buffer.concat([this.rest, bytes]);
    for (let end = this.rest.indexOf('\r\n'); end >= 0; end = this.rest.indexOf('\r\n')) {
      const line = this.rest.subarray(0, end).toString('latin1');
      const size = /^H?MSG /.test(line) ? Number(line.split(' ').at(-1)) + 2 : 0;
      if (this.rest.length < end + 2 + size) return;
      this.take(line, this.rest.subarray(end + 2, end + size));
      this.rest = this.rest.subarray(end + 2 + size);
    }
  }

  private write(bytes: Buffer): void {
    if (this.held === undefined) this.socket?.write(bytes);
    else this.held.push(bytes);
  }

  private logIn(greeting: string): void {
    const login = loginWith(this.broker.credentials(this.name).seed)(nonceIn(greeting));
    const held = this.held ?? [];
    this.held = undefined;
    this.socket?.write(`CONNECT ${JSON.stringify({ ...login, verbose: false, headers: true })}\r\n`);
    for (const bytes of held) this.socket?.write(bytes);
  }

  private take(line: string, payload: Buffer): void {
    if (line.startsWith('INFO ') && this.held !== undefined) return this.logIn(line);
    if (line === 'PING') this.socket?.write('PONG\r\n');
    else if (line === 'PONG') this.pongs++;
    else if (line.startsWith('-ERR')) this.errors.push(line);
    else if (/^H?MSG /.test(line)) this.heard.push({ subject: line.split(' ')[1]!, payload: Buffer.from(payload) });
  }
}

import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

interface Connection {
  readonly socket: Socket;
  readonly address: string;
  /** Answers that are owed. */
  readonly owed: Set<ServerResponse>;
}

/**
 * Who is connected, up to a bound. A connection costs its holder nothing, so nobody keeps others out by holding many: when there is no
 * room, one on which nothing is under way goes, the oldest of the address that has most.
 */
export class Connections {
  /** By caller, the oldest first. (What TLS gives for a socket is another object; its caller is the same.) */
  private readonly all = new Map<string, Connection>();

  constructor(private readonly most: number) {}

  get size(): number {
    return this.all.size;
  }

  /** Closes it when there is no room, and nobody who could make some. */
  admit(socket: Socket): void {
    if (this.all.size >= this.most && !this.makeRoom()) return void socket.destroy();
    const caller = callerOf(socket);
    this.all.set(caller, { socket, address: socket.remoteAddress ?? '', owed: new Set() });
    socket.once('close', () => this.all.delete(caller));
  }

  owe(socket: Socket, response: ServerResponse): void {
    const owed = this.all.get(callerOf(socket))?.owed.add(response);
    response.once('close', () => owed?.delete(response));
  }

  owedTo(socket: Socket): readonly ServerResponse[] {
    return [...(this.all.get(callerOf(socket))?.owed ?? [])];
  }

  /** Connections on which nothing ever came, such as browsers open in advance. */
  closeSilent(): void {
    for (const { socket } of this.all.values()) if (socket.bytesRead === 0) socket.destroy();
  }

  private makeRoom(): boolean {
    const counts = new Map<string, number>();
    for (const { address } of this.all.values()) counts.set(address, (counts.get(address) ?? 0) + 1);
    const crowded = Math.max(...counts.values());
    const idle = [...this.all].filter(([, { owed }]) => owed.size === 0);
    const [caller, going] = idle.find(([, { address }]) => counts.get(address) === crowded) ?? idle[0] ?? [];
    if (caller === undefined || going === undefined) return false;
    this.all.delete(caller);
    going.socket.destroy();
    return true;
  }
}

function callerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

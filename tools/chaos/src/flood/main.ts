import { connect as connectSocket } from 'node:net';
import type { Socket } from 'node:net';
import { SynodError, connect } from '@synod/client';
import { trustIn } from '@synod/keys';
import type { FloodOrder, FloodTally } from './order.js';
import { sayingsOf } from './sayings.js';

// A process of its own: a client that floods, as fast as its sockets take it.

/** Prepared pieces are about so long; the kernel takes the next when it has sent the last. */
const pieceBytes = 262_144;
const MIB = 1_048_576;
/** Writes of the client that are under way at any time. */
const underWay = 200;
const tellEveryMs = 100;

let pouredMiB = 0;
let written = 0;

/** Past the client: a bare socket, prepared bytes, all sayings to all members in turn. */
function pour(order: FloodOrder, server: string): void {
  const { hostname, port } = new URL(server);
  const { user, password: pass } = order;
  const socket = connectSocket(Number(port), hostname);
  socket.on('close', () => process.exit(1));
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => {
    if (bytes.includes('PING\r\n')) socket.write('PONG\r\n');
  });
  socket.write(`CONNECT ${JSON.stringify({ user, pass, verbose: false, headers: true })}\r\nPING\r\n`);
  go(
    socket,
    sayingsOf(order).map((saying) => pieceOf(order, saying)),
  );
}

function go(socket: Socket, pieces: readonly Buffer[], turn = 0): void {
  const piece = pieces[turn % pieces.length]!;
  socket.write(piece, () => {
    pouredMiB += piece.length / MIB;
    setImmediate(go, socket, pieces, turn + 1);
  });
}

/** One saying to all members, again and again. */
function pieceOf({ cluster, group, user, members }: FloodOrder, bytes: Uint8Array): Buffer {
  const messages = members.map((member) => {
    const head = `PUB synod.${cluster}.${group}.${user}.${member}.request ${bytes.length}\r\n`;
    return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n')]);
  });
  const all = Buffer.concat(messages);
  return Buffer.concat(Array.from({ length: Math.ceil(pieceBytes / all.length) }, () => all));
}

/** With the client, so that it is believed and executed: keys of its own, small values and large ones. */
async function write({ servers, user, password, cluster, group, keys }: FloodOrder): Promise<void> {
  const trust = (name: string) => trustIn(keys, name, user);
  const client = await connect({ servers, user, password, cluster, trust, timeoutMs: 3000 });
  const kv = client.group(group);
  const values = [Buffer.alloc(16), Buffer.alloc(4096)];
  const lane = async (place: number): Promise<never> => {
    for (let i = 0; ; i++) await kv.put(`flood/${place}`, values[i % values.length]!).then(() => written++, passOver);
  };
  await Promise.all(Array.from({ length: underWay }, (_, place) => lane(place)));
}

/** It is told that there is too much, and goes on. */
function passOver(error: unknown): void {
  if (!(error instanceof SynodError)) throw error;
}

process.on('disconnect', () => process.exit(0));
process.once('message', (order: FloodOrder) => {
  pour(order, order.servers[0]!);
  void write(order);
  setInterval(() => process.send?.({ pouredMiB, written } satisfies FloodTally), tellEveryMs);
});

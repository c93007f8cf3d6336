import { SynodError, connect } from '@synod/client';
import { trustIn } from '@synod/keys';
import { dialBare, pour, publication, stayAlive } from '@synod/process-group';
import type { FloodOrder, FloodTally } from './order.js';
import { sayingsOf } from './sayings.js';

// A process of its own: a client that floods, as fast as its sockets take it.

/** Prepared pieces are about so long. */
const pieceBytes = 262_144;
const MIB = 1_048_576;
/** Writes of the client that are under way at any time. */
const underWay = 200;
const tellEveryMs = 100;

let pouredMiB = 0;
let written = 0;

/** Past the client: a bare socket, prepared bytes, all sayings to all members in turn. */
async function pourSayings(order: FloodOrder, server: string): Promise<void> {
  const { hostname, port } = new URL(server);
  const socket = await dialBare(Number(port), hostname, order);
  socket.on('close', () => process.exit(1));
  stayAlive(socket);
  const pieces = sayingsOf(order).map((saying) => pieceOf(order, saying));
  pour(socket, pieces, (bytes) => (pouredMiB += bytes / MIB));
}

/** One saying to all members, again and again. */
function pieceOf({ cluster, group, user, members }: FloodOrder, bytes: Uint8Array): Buffer {
  const subjectOf = (member: string) => `synod.${cluster}.${group}.${user}.${member}.request`;
  const all = Buffer.concat(members.map((member) => publication(subjectOf(member), bytes)));
  return Buffer.concat(Array.from({ length: Math.ceil(pieceBytes / all.length) }, () => all));
}

/** With the client, so that it is believed and executed: keys of its own, small values and large ones. */
async function write({ servers, user, seed, cluster, group, keys }: FloodOrder): Promise<void> {
  const trust = (name: string) => trustIn(keys, name, user);
  const client = await connect({ servers, user, seed, cluster, trust, timeoutMs: 3000 });
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
  void pourSayings(order, order.servers[0]!);
  void write(order);
  setInterval(() => process.send?.({ pouredMiB, written } satisfies FloodTally), tellEveryMs);
});

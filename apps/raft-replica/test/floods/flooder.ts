import type { Socket } from 'node:net';
import { encodeOperation, encodeQuery, encodeReadBatch, encodeRequestBatch } from '@synod/api';
import { dialBare, pour, publication, stayAlive } from '@synod/process-group';
import { raftMessages } from '@synod/raft-wire';

// A process of its own, so that a flood has a whole core to itself: a bare socket, prepared bytes, again and again.
// Arguments: port, user, seed, kind of flood, leader.

const [, , port, user, seed, kind, leader] = process.argv as string[] as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];

/** Prepared pieces are about so long. */
const pieceBytes = 1_048_576;

function publish(to: string, what: string, payload: Uint8Array): Buffer {
  return publication(`synod.test.kv.${user}.${to}.${what}`, payload);
}

function dial(): Promise<Socket> {
  return dialBare(Number(port), '127.0.0.1', { user, seed });
}

function repeat(one: () => Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let bytes = 0; bytes < pieceBytes; bytes += parts.at(-1)!.length) parts.push(one());
  return Buffer.concat(parts);
}

/** As fast as the socket takes it. */
async function pourAgain(piece: Buffer): Promise<void> {
  const socket = await dial();
  stayAlive(socket);
  pour(socket, [piece]);
}

/** So many a second, in steps of five milliseconds. */
async function rate(perSecond: number, one: (i: number) => Buffer): Promise<void> {
  const socket = await dial();
  stayAlive(socket);
  const prepared = Array.from({ length: 1000 }, (_, i) => one(i));
  let sent = 0;
  const start = performance.now();
  setInterval(() => {
    const due = Math.floor(((performance.now() - start) / 1000) * perSecond) - sent;
    if (due <= 0 || socket.writableLength > 8 * pieceBytes) return;
    const parts: Buffer[] = [];
    for (let i = 0; i < due; i++) parts.push(prepared[sent++ % prepared.length]!);
    socket.write(Buffer.concat(parts));
  }, 5);
}

/** The server has no room for another one. */
const refused = (): void => undefined;

/** Opens connections until the server takes no more, keeps them for a moment, begins anew. */
function storm(): void {
  let open: Socket[] = [];
  setInterval(() => {
    for (let i = 0; i < 100; i++) void dial().then((socket) => open.push(socket), refused);
    if (open.length < 2000) return;
    for (const socket of open) socket.destroy();
    open = [];
  }, 50);
}

/**
 * Asks for large answers and reads none of them, over several connections: the broker queues them, and holds up whoever
 * publishes to a reader that is behind. When it is cut off, it begins anew.
 */
function deaf(connections: number, perSecond: number): void {
  const query = encodeQuery({ kind: 'get', key: Buffer.from('large') });
  const fields = { client: 'flood', level: 'stale', maxAgeMs: 0, queries: [query, query] } as const;
  const piece = publish(leader, 'read', encodeReadBatch({ ...fields, sequence: 1 }));
  const open = async (): Promise<void> => {
    const socket = await dial();
    socket.write(`SUB synod.test.*.*.${user}.reply.> 1\r\n`);
    // One answer must be read, or the server would not take this for a client.
    socket.once('data', () => socket.pause());
    const asking = setInterval(() => socket.write(piece), 1000 / (perSecond / connections));
    socket.once('close', () => {
      clearInterval(asking);
      setTimeout(again, 50);
    });
  };
  const again = (): void => void open().catch(() => setTimeout(again, 50));
  for (let i = 0; i < connections; i++) setTimeout(again, i * 150);
}

/** Listens to everything and reads nothing, as a tap whose terminal stands still. */
async function frozenTap(): Promise<void> {
  const socket = await dial();
  socket.write('SUB synod.> 1\r\n');
  socket.once('data', () => socket.pause());
  socket.once('close', () => setTimeout(() => void frozenTap(), 50));
}

function request(sequence: number, valueBytes: number): Uint8Array {
  const value = Buffer.alloc(valueBytes);
  const operation = encodeOperation({ kind: 'put', key: Buffer.from('flood'), value });
  const operations = valueBytes > 1000 ? [operation, operation] : [operation];
  return encodeRequestBatch({ client: 'flood', session: 999_999, sequence, acknowledgedThrough: 0, operations });
}

function read(sequence: number): Uint8Array {
  return encodeReadBatch({ client: 'flood', sequence, level: 'linearizable', maxAgeMs: 0, queries: [] });
}

const stale = raftMessages.encode({
  kind: 'appendEntries',
  term: 0,
  prevIndex: 0,
  prevTerm: 0,
  commit: 0,
  round: 0,
  followers: ['raft-r1', 'raft-r2', 'raft-r3'],
  batches: [],
});
const staleVote = raftMessages.encode({
  kind: 'requestVote',
  phase: 'vote',
  term: 0,
  lastIndex: 0,
  lastTerm: 0,
  handover: false,
});

const floods: Readonly<Record<string, () => unknown>> = {
  large: () => pourAgain(repeat(() => publish(leader, 'request', request(1, 65_000)))),
  tiny: () => rate(100_000, (i) => publish(leader, 'request', request(i + 1, 16))),
  reads: () => rate(100_000, (i) => publish(leader, 'read', read(i + 1))),
  garbage: () => rate(100_000, () => publish(leader, 'request', Buffer.alloc(64, 0xff))),
  'tiny-everywhere': () => rate(150_000, (i) => publish(`raft-r${(i % 3) + 1}`, 'request', request(i + 1, 16))),
  deaf: () => deaf(8, 800),
  'frozen-tap': () => {
    void frozenTap();
    // A socket that is not read keeps no process alive.
    setInterval(() => undefined, 1000);
  },
  peer: () => rate(50_000, (i) => publish('replicas', i % 2 ? 'heartbeat' : 'request-vote', i % 2 ? stale : staleVote)),
  storm,
  // What a flood costs just because it is carried: the same bytes, for nobody.
  'nobody-large': () => pourAgain(repeat(() => publish('nobody', 'request', request(1, 65_000)))),
  'nobody-tiny': () => rate(100_000, (i) => publish('nobody', 'request', request(i + 1, 16))),
};

floods[kind]!();
process.send?.('floods');

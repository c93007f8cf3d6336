import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { newSeed } from '@synod/nats-handshake';
import { connectAs, type ConnectionStatus } from '../src/index.js';

/** Hangs up at once, as a server does that wants to see a certificate. */
async function hangingUp(): Promise<Server> {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

test('who waits to be let in says so, and why: at first, and then ever more seldom', async () => {
  const server = await hangingUp();
  const statuses: ConnectionStatus[] = [];
  const ending = new AbortController();
  const connecting = connectAs({
    servers: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { user: 'r1', seed: newSeed() },
    name: 'r1',
    signal: ending.signal,
    onStatus: (status) => {
      statuses.push(status);
      if (statuses.length === 4) ending.abort(new Error('enough'));
    },
  });
  await expect(connecting).rejects.toThrow('enough');
  server.close();
  expect(statuses.map((status) => status.kind === 'waiting' && status.attempts)).toEqual([1, 2, 4, 8]);
  expect(statuses[0]).toMatchObject({ kind: 'waiting', problem: expect.stringContaining('NATS') });
}, 60_000);

import { EventEmitter, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { eventually } from '@synod/nats-transport/testing';
import { Connections } from '../src/http/connections.js';
import { httpLimits } from '../src/http/limits.js';
import { TestGateway } from './test-gateway.js';

let port = 1000;

class Caller extends EventEmitter {
  readonly remotePort = ++port;
  bytesRead = 0;
  closed = false;

  constructor(readonly remoteAddress: string) {
    super();
  }

  destroy(): void {
    this.closed = true;
    this.emit('close');
  }
}

const socketOf = (caller: Caller): Socket => caller as unknown as Socket;

function admitted(to: Connections, ...addresses: readonly string[]): readonly Caller[] {
  const callers = addresses.map((address) => new Caller(address));
  for (const caller of callers) to.admit(socketOf(caller));
  return callers;
}

const closed = (callers: readonly Caller[]): readonly boolean[] => callers.map((caller) => caller.closed);

test('when there is no room, the oldest idle connection of the address that has most makes some', () => {
  const connections = new Connections(4);
  const callers = admitted(connections, 'honest', 'hoarder', 'hoarder', 'hoarder', 'late');
  expect(closed(callers)).toEqual([false, true, false, false, false]);
  expect(connections.size).toBe(4);
  const more = admitted(connections, 'hoarder', 'hoarder');
  expect(closed([...callers, ...more])).toEqual([false, true, true, true, false, false, false]);
});

test('nobody to whom an answer is owed is closed for it; when there is nobody else, whoever comes is', () => {
  const connections = new Connections(2);
  const callers = admitted(connections, 'a', 'b');
  const answers = callers.map(() => new EventEmitter());
  callers.forEach((caller, i) => connections.owe(socketOf(caller), answers[i] as unknown as ServerResponse));
  const [third] = admitted(connections, 'c');
  expect(closed([...callers, third!])).toEqual([false, false, true]);
  answers[1]!.emit('close');
  const [fourth] = admitted(connections, 'c');
  expect(closed([...callers, fourth!])).toEqual([false, true, false]);
});

test('who closes makes room, and counts no more', () => {
  const connections = new Connections(3);
  const [one, two] = admitted(connections, 'a', 'a') as [Caller, Caller];
  one.destroy();
  const others = admitted(connections, 'b', 'b', 'c');
  expect(closed([two, ...others])).toEqual([false, true, false, false]);
});

test('more idle connections than there is room for keep nobody out', async () => {
  const gateway = await TestGateway.start();
  const address = Number(new URL(gateway.url).port);
  const idle: Socket[] = [];
  let gone = 0;
  try {
    // One after another: whom the kernel's queue has no room for is not heard of for seconds.
    while (idle.length < httpLimits.connections + 76) {
      const socket = connect(address, '127.0.0.1');
      idle.push(socket.on('error', () => undefined).on('close', () => gone++));
      await once(socket, 'connect');
    }
    await eventually('the first ones were closed', () => gone >= 76);
    expect(await gateway.raw('GET /livez HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toMatch(/^HTTP\/1.1 200 /);
  } finally {
    for (const socket of idle) socket.destroy();
    await gateway.close();
  }
}, 30_000);

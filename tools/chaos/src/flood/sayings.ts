import { randomBytes } from 'node:crypto';
import { encodeOperation, encodeRequestBatch } from '@synod/api';
import { trustIn } from '@synod/keys';
import { pbftCryptography, pbftMessages } from '@synod/pbft-wire';
import type { FloodOrder } from './order.js';

/** In a session that is not there: no request of the client's own is meant. */
const nowhere = { client: 'flood', session: 999_999, sequence: 1 } as const;

/** What is said to each member past the client: what it could have said, the same forged, and what nobody could mean. */
export function sayingsOf(order: FloodOrder): readonly Uint8Array[] {
  const genuine = [request(order, 16), request(order, 60_000)];
  return [...genuine, ...genuine.map(forged), randomBytes(300), new Uint8Array(0)];
}

function request(order: FloodOrder, valueBytes: number): Uint8Array {
  const operation = encodeOperation({ kind: 'put', key: Buffer.from('flood'), value: Buffer.alloc(valueBytes) });
  const batch = encodeRequestBatch({ ...nowhere, acknowledgedThrough: 0, operations: [operation] });
  return order.protocol === 'pbft' ? signed(order, batch) : batch;
}

function signed({ keys: directory, cluster, group, user }: FloodOrder, batch: Uint8Array): Uint8Array {
  const trust = trustIn(directory, group, user);
  if (trust === undefined) throw new Error(`${user} has no key in ${directory}`);
  const domain = { cluster, group, epoch: trust.keys.epoch };
  const { sign } = pbftCryptography(domain, user, trust.sha256, trust.sign);
  const request = sign({ type: 'request', ...nowhere, holds: 'operations', batch } as const);
  return pbftMessages(domain).encode({ kind: 'request', signed: request });
}

/** One bit is another one, near the end: where there is a signature, it has to be checked to be found wrong. */
function forged(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[copy.length - 8]! ^= 1;
  return copy;
}

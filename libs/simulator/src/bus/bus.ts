import type { Address } from '@synod/actor';
import { MAX_PAYLOAD_BYTES } from '@synod/nats-transport';

/** Whoever has connections: a replica's or a client's operating-system process. */
export interface Process {
  readonly address: Address;
  /** A socket of the process has something: `take` runs when that is read, which is now unless the process is stopped. */
  read(take: () => void): void;
  /** A timer of the process: runs after so many milliseconds, or when the process goes on. */
  later(delayMs: number, run: () => void): void;
}

/** `payload` is valid only during the call: it is overwritten afterwards, as a receive buffer would be. */
export type Receive = (subject: string, payload: Uint8Array) => void;

export type ConnectionStatus = 'disconnect' | 'reconnect';

/** One connection, as a NATS library gives it: it reconnects for ever, and what was sent may be lost at any time. */
export interface Connection {
  readonly connected: boolean;
  /** Never tells whether anything left. Throws `RangeError` above `maxPayloadBytes`, as the library does. */
  publish(subject: string, payload: Uint8Array): void;
  /** `pattern` may have the wildcards `*` and `>`. Returns the way to end it. */
  subscribe(pattern: string, receive: Receive): () => void;
  onStatus: (status: ConnectionStatus) => void;
  /** The process closes it, or ends. */
  close(): void;
}

/** What carries bytes between processes. Subjects alone decide who gets them. */
export interface Bus {
  connect(process: Process): Connection;
}

export const maxPayloadBytes = MAX_PAYLOAD_BYTES;

export function requirePayload(subject: string, payload: Uint8Array): void {
  if (payload.length <= maxPayloadBytes) return;
  throw new RangeError(`${payload.length} bytes to ${subject}: the server's max_payload is ${maxPayloadBytes}`);
}

const receiveBuffer = new Uint8Array(64 * 1024);
/** Its first bytes, by their number. */
const beginnings: Uint8Array[] = [];
let isLent = false;

/** Gives the receiver bytes for the time of the call, and takes them back: whoever keeps a view of them is found out. */
export function handOver(receive: Receive, subject: string, payload: Uint8Array): void {
  if (isLent || payload.length > receiveBuffer.length)
    return lend(receive, subject, payload, new Uint8Array(payload.length));
  isLent = true;
  lend(receive, subject, payload, (beginnings[payload.length] ??= receiveBuffer.subarray(0, payload.length)));
  isLent = false;
}

function lend(receive: Receive, subject: string, payload: Uint8Array, bytes: Uint8Array): void {
  bytes.set(payload);
  receive(subject, bytes);
  bytes.fill(0xee);
}

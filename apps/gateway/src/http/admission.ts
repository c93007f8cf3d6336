import type { Socket } from 'node:net';
import { Problem } from './problem.js';

const retryAfterMs = 1000;

/** See `httpLimits`. */
export interface AdmissionLimits {
  readonly requests: number;
  readonly requestsPerConnection: number;
  readonly bodyBytes: number;
}

/** Counts what is under way, so that callers meet a bound and not the end of memory. */
export class Admission {
  requests = 0;
  bodyBytes = 0;
  refused = 0;
  private readonly bySocket = new WeakMap<Socket, number>();

  constructor(private readonly limits: AdmissionLimits) {}

  /** Throws 429; otherwise `leave` must follow. */
  enter(socket: Socket): void {
    const here = this.bySocket.get(socket) ?? 0;
    if (this.requests >= this.limits.requests) {
      throw this.refuse(`${this.requests} requests are under way already`);
    }
    if (here >= this.limits.requestsPerConnection) {
      throw this.refuse(`${here} requests are under way on this connection already; await answers or open another`);
    }
    // Node never closes the responses that are queued on a connection behind the one that is being sent when it goes.
    if (!this.bySocket.has(socket)) socket.once('close', () => this.leaveAll(socket));
    this.requests++;
    this.bySocket.set(socket, here + 1);
  }

  leave(socket: Socket): void {
    const here = this.bySocket.get(socket);
    if (here === undefined || here === 0) return;
    this.requests--;
    this.bySocket.set(socket, here - 1);
  }

  /** Throws 429; otherwise `giveBytes` must follow. */
  takeBytes(bytes: number): void {
    if (this.bodyBytes + bytes > this.limits.bodyBytes) throw this.refuse('too many bodies are being received');
    this.bodyBytes += bytes;
  }

  giveBytes(bytes: number): void {
    this.bodyBytes -= bytes;
  }

  private leaveAll(socket: Socket): void {
    this.requests -= this.bySocket.get(socket)!;
    this.bySocket.set(socket, 0);
  }

  private refuse(detail: string): Problem {
    this.refused++;
    return Problem.retryable('overloaded', detail, retryAfterMs);
  }
}

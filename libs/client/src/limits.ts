import type { Dice } from '@synod/actor-host';
import { limits } from '@synod/api';

/** What bounds a client's memory and messages. One set per group; what is above a bound is refused, never queued. */
export interface ClientLimits {
  /** Operations in one batch, which is one log entry and one step of the state machine. */
  readonly batchOperations: number;
  /** Encoded bytes of a batch. A single operation must fit, too. */
  readonly batchBytes: number;
  /** Batches sent and not answered, for writes and for each read level; meanwhile operations gather in the next. */
  readonly batchesInFlight: number;
  /** Operations that wait or are in flight; above it, `overloaded`. */
  readonly pendingOperations: number;
  /** Their bytes; above it, `overloaded`. */
  readonly pendingBytes: number;
}

export const defaultLimits: ClientLimits = {
  batchOperations: limits.operations,
  batchBytes: limits.requestBytes,
  batchesInFlight: 8,
  pendingOperations: 65_536,
  pendingBytes: 32 * 1024 * 1024,
};

/** A group keeps results of this many sequences per session; one beyond would be refused. */
export const sessionWindow = 32;

/** A register's value; a group refuses a larger one. */
export const registerValueBytes = 4096;

/** What an operation is told that is refused because of our own bounds. */
export const retryAfterMs = 100;

/** Milliseconds. Each delay is drawn between half and one and a half of what stands here, so that clients spread. */
export const timing = {
  /** How coarsely deadlines and resends are looked after: one timer per group. */
  sweepMs: 10,
  /** A healthy leader answers well within this; without an answer the group is asked who leads. */
  silenceMs: 100,
  /** Asking again who leads: from, to. An election takes 150 to 300. */
  discoverMs: 40,
  discoverMaxMs: 1000,
  /** A message without an answer is sent again: from, to. Rarely needed, as a new leader gets it at once. */
  resendMs: 400,
  resendMaxMs: 3000,
  /** A refused message is sent again: from, to. */
  refusedMs: 25,
  refusedMaxMs: 1000,
  /** A member whom this user may not ask is tried again. */
  deniedMs: 1000,
};

export function jittered(ms: number, dice: Dice): number {
  return dice.between(ms * 0.5, ms * 1.5);
}

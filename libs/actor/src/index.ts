/**
 * The actor contract: a protocol is a synchronous, deterministic reaction, `step(input) → effects`.
 * An actor knows neither clock nor randomness nor I/O; everything that can happen to it is an `Input`,
 * everything it can ask of the world is an `Effect`. Host, simulator, scenario printer and Byzantine
 * wrapper all consume the same list of effects.
 *
 * @packageDocumentation
 */
export type { Address, Delay, Tagged, Vocabulary } from './vocabulary.js';
export type { Input, JournalTail, SnapshotInstalled } from './input.js';
export { none } from './effect.js';
export type { Chunk, Effect, SnapshotId, Token } from './effect.js';
export { Outbox } from './outbox.js';
export { Queue } from './queue.js';
export { Awaited } from './awaited.js';
export { LifeClock } from './life-clock.js';
export type { Beat } from './life-clock.js';
export type { Actor } from './actor.js';
export { wrapped } from './wrapped.js';
export { DamagedState, InvariantViolation, invariant } from './invariant.js';
export { printEffect, printInput, printSend } from './notation.js';
export type { Printer } from './notation.js';
export type { Description, RoundFact, RoundVocabulary } from './round.js';
export { isState } from './round.js';

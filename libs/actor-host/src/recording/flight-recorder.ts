import { wrapped } from '@synod/actor';
import type { Actor, Effect, Input, Token, Vocabulary } from '@synod/actor';
import type { Recordable } from './recordable.js';
import type { Outside } from './image.js';
import { SegmentWriter } from './segment.js';
import { outsidersOf } from './recordable.js';
import { taped } from './tape.js';

/**
 * Of what may be held, how much the steps of one segment may take, and how much its image. So one whole segment fits beside
 * the present one, and the recording always reaches back by an eighth of its size at least.
 */
const stepsShare = 1 / 8;
const imageShare = 3 / 8;

export interface Recorded {
  /** The oldest first; each as pieces of bytes. */
  readonly segments: readonly (readonly Uint8Array[])[];
  /** Of this life, before the first segment. */
  readonly stepsDropped: number;
}

/**
 * Writes down everything that a core is told in one life: its inputs, with their stamps, and what its state machine answers.
 * Kept in memory, in segments that each begin with an image of the core, so that the oldest can be dropped and what is left
 * can still be replayed. One that cannot go on stops recording, and says why; never the replica.
 */
export class FlightRecorder<V extends Vocabulary> {
  private readonly finished: SegmentWriter<V>[] = [];
  private present: SegmentWriter<V> | undefined;
  private outside: Outside = {};
  /** What is asked between two steps, as by people, is no part of any. */
  private isStepping = false;
  private stepsTaken = 0;
  private durable: Token = 0;
  private stopped = false;

  constructor(
    private readonly recordable: Recordable<V>,
    private readonly maxBytes: number,
    private readonly onStopped: (why: Error) => void,
  ) {}

  /** What the core is to be given in place of the service. */
  service<T extends object>(service: T): T {
    return this.outsider('service', service);
  }

  /** The same for anything else that it is given, by the name that its protocol has for it. */
  outsider<T extends object>(name: string, given: T): T {
    const outsider = outsidersOf(this.recordable)[name];
    if (outsider === undefined) throw new Error(`nothing of the name ${name} can be recorded`);
    const between = taped(given, outsider, (answer) => {
      if (this.isStepping) this.write((segment) => segment.answer(answer));
    });
    this.outside = { ...this.outside, [name]: between };
    return between;
  }

  /** What the host is to be given in place of the actor. */
  actor(actor: Actor<V>): Actor<V> {
    return wrapped(actor, (input: Input<V>) => this.step(actor, input));
  }

  /** Steps of this life, recorded or dropped. */
  get steps(): number {
    return this.stepsTaken;
  }

  /** What is held now; undefined when there is nothing. */
  get recorded(): Recorded | undefined {
    const all = this.present === undefined ? [] : [...this.finished, this.present];
    if (all.length === 0) return undefined;
    return { segments: all.map((segment) => segment.parts()), stepsDropped: all[0]!.beginning.stepsBefore };
  }

  private step(actor: Actor<V>, input: Input<V>): readonly Effect<V>[] {
    this.write(() => this.begin(actor, input));
    this.isStepping = true;
    try {
      const effects = actor.step(input);
      this.write((segment) => segment.done(effects));
      return effects;
    } catch (error) {
      this.write((segment) => segment.threw(error as Error));
      throw error;
    } finally {
      this.isStepping = false;
    }
  }

  private begin(actor: Actor<V>, input: Input<V>): void {
    const { present } = this;
    const isFull = present !== undefined && present.bytes - present.imageBytes >= this.maxBytes * stepsShare;
    if (present === undefined || isFull || this.wasRestored(input)) this.turnOver(actor);
    if (input.kind === 'persisted') this.durable = input.token;
    this.stepsTaken++;
    this.present!.input(input);
  }

  /** What a snapshot holds is part of a core that has no service: the host has put it there, and no input tells what it is. */
  private wasRestored({ kind }: Input<V>): boolean {
    return kind === 'snapshotInstalled' && this.outside['service'] === undefined;
  }

  /** Another segment begins. What is finished and the whole of the present one fit into what may be held. */
  private turnOver(actor: Actor<V>): void {
    const { recordable, outside, stepsTaken: stepsBefore, durable, finished, maxBytes } = this;
    if (this.present !== undefined) finished.push(this.present);
    this.present = new SegmentWriter(recordable, { stepsBefore, durable }, actor, outside);
    const { imageBytes } = this.present;
    if (imageBytes > maxBytes * imageShare)
      throw new Error(`the core's own state takes ${mebibytes(imageBytes)} MiB, more than three eighths of what may be recorded`); // prettier-ignore
    const room = maxBytes * (1 - stepsShare) - imageBytes;
    while (sizeOf(finished) > room) finished.shift();
  }

  private write(write: (segment: SegmentWriter<V>) => void): void {
    if (this.stopped) return;
    try {
      write(this.present!);
    } catch (error) {
      this.stopped = true;
      this.finished.length = 0;
      this.present = undefined;
      this.onStopped(error as Error);
    }
  }
}

function sizeOf(segments: readonly { readonly bytes: number }[]): number {
  return segments.reduce((sum, { bytes }) => sum + bytes, 0);
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}

import type { Actor, Effect, Input, Token, Vocabulary } from '@synod/actor';
import { ByteReader, ByteWriter, UnreadableRecording } from './bytes.js';
import { fingerprintOf } from './fingerprint.js';
import { ImageReader, ImageWriter } from './image.js';
import type { Outside } from './image.js';
import { readInput, writeInput } from './inputs.js';
import type { Recordable } from './recordable.js';
import type { Answer } from './tape.js';

/* After an input come what the state machine answered during it, and then one of these. */
const answerTag = 32;
const failedAnswerTag = 33;
const doneTag = 34;
const threwTag = 35;

/** Where a segment begins. */
export interface Beginning {
  /** Steps of this life before it. */
  readonly stepsBefore: number;
  /** What was on disk. */
  readonly durable: Token;
}

/** One input, and what is known of how the core took it. */
export interface RecordedStep<V extends Vocabulary> {
  readonly input: Input<V>;
  readonly answers: readonly Answer[];
  /** Of its effects; undefined for the last step of a life that ended with it, or of which the end is not there. */
  readonly fingerprint: number | undefined;
  /** What it threw. */
  readonly threw: string | undefined;
}

/** A stretch of a core's life: its image, and the steps from there on. */
export class SegmentWriter<V extends Vocabulary> {
  readonly imageBytes: number;
  steps = 0;
  private readonly out = new ByteWriter();

  constructor(
    private readonly recordable: Recordable<V>,
    readonly beginning: Beginning,
    actor: Actor<V>,
    outside: Outside,
  ) {
    this.out.whole(beginning.stepsBefore);
    this.out.whole(beginning.durable);
    new ImageWriter(this.out, recordable, outside).write(actor);
    this.imageBytes = this.out.length;
  }

  get bytes(): number {
    return this.out.length;
  }

  parts(): readonly Uint8Array[] {
    return this.out.parts();
  }

  input(input: Input<V>): void {
    this.steps++;
    writeInput(this.out, this.recordable, input);
  }

  answer(answer: Answer): void {
    this.out.byte(typeof answer === 'string' ? failedAnswerTag : answerTag);
    if (typeof answer === 'string') this.out.text(answer);
    else this.out.blob(answer);
  }

  done(effects: readonly Effect<V>[]): void {
    this.out.byte(doneTag);
    this.out.whole(fingerprintOf(effects, this.recordable));
  }

  threw(error: Error): void {
    this.out.byte(threwTag);
    this.out.text(error.message);
  }
}

export class SegmentReader<V extends Vocabulary> {
  readonly beginning: Beginning;
  readonly actor: Actor<V>;
  private readonly bytes: ByteReader;

  constructor(
    segment: Uint8Array,
    private readonly recordable: Recordable<V>,
    outside: Outside,
  ) {
    this.bytes = new ByteReader(segment);
    this.beginning = { stepsBefore: this.bytes.whole(), durable: this.bytes.whole() };
    const actor = new ImageReader(this.bytes, recordable, outside).read() as Partial<Actor<V>> | undefined;
    if (typeof actor?.step !== 'function') throw new UnreadableRecording('a state that is not one of a core');
    this.actor = actor as Actor<V>;
  }

  *steps(): Iterable<RecordedStep<V>> {
    const { bytes, recordable } = this;
    let tag = bytes.more ? bytes.byte() : undefined;
    while (tag !== undefined) {
      const input = readInput(bytes, recordable, tag);
      const answers: Answer[] = [];
      for (tag = this.next(); tag === answerTag || tag === failedAnswerTag; tag = this.next())
        answers.push(tag === answerTag ? bytes.blob() : bytes.text());
      const fingerprint = tag === doneTag ? bytes.whole() : undefined;
      const threw = tag === threwTag ? bytes.text() : undefined;
      yield { input, answers, fingerprint, threw };
      if (fingerprint === undefined && threw === undefined) return this.expectEnd(tag);
      tag = this.next();
    }
  }

  private next(): number | undefined {
    return this.bytes.more ? this.bytes.byte() : undefined;
  }

  /** Only the step under way may have no end. */
  private expectEnd(tag: number | undefined): void {
    if (tag !== undefined) throw new UnreadableRecording('a step that does not end');
  }
}

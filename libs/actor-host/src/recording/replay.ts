import type { Actor, Effect, Input, Vocabulary } from '@synod/actor';
import { fingerprintOf } from './fingerprint.js';
import type { Outside } from './image.js';
import { outsidersOf } from './recordable.js';
import type { Recordable } from './recordable.js';
import { SegmentReader } from './segment.js';
import type { Beginning, RecordedStep } from './segment.js';
import { ReplayDiffers, Tape } from './tape.js';

/** One step, taken once more. */
export interface ReplayedStep<V extends Vocabulary> {
  /** From 1, of the life that was recorded. */
  readonly number: number;
  readonly input: Input<V>;
  readonly effects: readonly Effect<V>[];
  /** What ended the life, then as now. */
  readonly threw: string | undefined;
}

/**
 * Steps a core through what was recorded. Throws `UnreadableRecording` for what cannot have been recorded and `ReplayDiffers`
 * at the first step whose effects are not those of the recorded one: then the code is another.
 */
export class Replay<V extends Vocabulary> {
  readonly beginning: Beginning;
  private readonly tape = new Tape();
  private readonly outside: Outside;
  private readonly first: SegmentReader<V>;
  private actor: Actor<V>;
  private number: number;

  constructor(
    private readonly recordable: Recordable<V>,
    private readonly segments: readonly Uint8Array[],
  ) {
    const outsiders = Object.entries(outsidersOf(recordable));
    this.outside = Object.fromEntries(outsiders.map(([name, outsider]) => [name, this.tape.outsider(outsider)]));
    this.first = this.open(segments[0] ?? new Uint8Array(0));
    this.actor = this.first.actor;
    this.beginning = this.first.beginning;
    this.number = this.beginning.stepsBefore;
  }

  *steps(): Iterable<ReplayedStep<V>> {
    for (const [place, bytes] of this.segments.entries()) {
      const segment = place === 0 ? this.first : this.open(bytes);
      let isFirst = true;
      for (const step of segment.steps()) {
        if (isFirst && step.input.kind === 'snapshotInstalled') this.actor = segment.actor;
        isFirst = false;
        yield this.step(step);
      }
    }
  }

  /**
   * The images of later segments are passed over, since the core that came so far is there; but for those that begin because
   * the host has restored a part of the core.
   */
  private open(segment: Uint8Array): SegmentReader<V> {
    return new SegmentReader(segment, this.recordable, this.outside);
  }

  private step({ input, answers, fingerprint, threw }: RecordedStep<V>): ReplayedStep<V> {
    const number = ++this.number;
    const differs = (how: string): never => {
      throw new ReplayDiffers(`step ${number} (${input.kind}) is not what was recorded: it ${how}`);
    };
    this.tape.load(answers);
    let effects: readonly Effect<V>[] = [];
    let failure: string | undefined;
    try {
      effects = this.actor.step(input);
    } catch (error) {
      failure = (error as Error).message;
    }
    const complete = fingerprint !== undefined || threw !== undefined;
    if (complete && failure !== threw) differs(failure === undefined ? `does not fail with "${threw}"` : `fails with "${failure}"`); // prettier-ignore
    if (complete && !this.tape.isUsedUp) differs('asks what it was given for less than it did');
    if (fingerprint !== undefined && this.fingerprintOf(effects) !== fingerprint) differs('has other effects');
    return { number, input, effects, threw: complete ? failure : undefined };
  }

  /** Undefined when there is something among the effects that cannot be said or written: that was not recorded. */
  private fingerprintOf(effects: readonly Effect<V>[]): number | undefined {
    try {
      return fingerprintOf(effects, this.recordable);
    } catch {
      return undefined;
    }
  }
}

import type { Actor } from '@synod/actor';
import { FlightRecorder, Replay, ReplayDiffers, UnreadableRecording } from '@synod/actor-host/recording';
import type { Recordable } from '@synod/actor-host/recording';
import { Life, Page, Scribe, receive, scribe } from './scribe.js';
import type { ScribeEffect, ScribeInput, ScribeVocabulary } from './scribe.js';

const snapshot = { index: 3, era: 2 };
const chunk = { snapshot, offset: 10, totalBytes: 20, bytes: new Uint8Array([7]), checksum: 4_000_000_000 };

/** Each kind of input. */
const inputs: readonly ScribeInput[] = [
  { at: 1.25, kind: 'recover', record: { kind: 'noted', text: 'before' } },
  { at: 2, kind: 'recovered', tail: 'torn', empty: false, incarnation: 2 ** 48 - 1 },
  receive('hello', 3),
  { at: 4, kind: 'timeout', timer: 'heartbeat' },
  { at: 5, kind: 'persisted', token: 1 },
  { at: 6, kind: 'logRead', id: 1, batches: [new Page('one'), new Page('two')] },
  { at: 7, kind: 'snapshotTaken', id: 2, snapshot, sizeBytes: 9 },
  { at: 8, kind: 'chunkRead', id: 3, chunk },
  { at: 9, kind: 'chunkRead', id: 4, chunk: undefined },
  { at: 10, kind: 'chunkWritten', id: 5, heldBytes: 20 },
  { at: 11, kind: 'snapshotInstalled', id: 6, ok: true },
  receive('hello again', 12, 'other'),
  { at: 12, kind: 'snapshotInstalled', id: 7, ok: false, why: 'it is damaged' },
  { at: 13, kind: 'stopping' },
];

const replay = (segments: readonly Uint8Array[], recordable: Recordable<ScribeVocabulary> = scribe) => [
  ...new Replay(recordable, segments).steps(),
];

describe('a replay', () => {
  test('takes every kind of input once more, with the same effects', () => {
    const life = new Life().step(...inputs);
    const steps = replay(life.segments);
    expect(steps.map(({ input }) => input)).toEqual(inputs);
    expect(steps.map(({ effects }) => effects)).toEqual(life.effects);
    expect(steps.map(({ number }) => number)).toEqual(inputs.map((_, i) => i + 1));
    expect(life.effects[11]).toContainEqual(expect.objectContaining({ kind: 'persist', record: { kind: 'noted', text: 'other of 2 hello again 2' } })); // prettier-ignore
  });

  test('begins wherever a segment does: with the whole state, circles and oddities included', () => {
    const life = new Life(16 * 1024);
    for (let i = 0; i < 400; i++) life.step({ at: i, kind: 'logRead', id: i, batches: [new Page('p')] }, receive(`${i}`, i)); // prettier-ignore
    const { segments } = life;
    expect(segments.length).toBeGreaterThan(1);
    for (const segment of segments) {
      const [first, ...steps] = replay([segment]);
      const from = first!.number - 1;
      expect(from).toBeGreaterThan(0);
      expect([first!, ...steps].map(({ effects }) => effects)).toEqual(
        life.effects.slice(from, from + 1 + steps.length),
      );
    }
  });

  test('of what ended a life ends with the same sentence', () => {
    const life = new Life().step(receive('fine'));
    expect(() => life.step(receive('break'))).toThrow('it is broken');
    expect(replay(life.segments).map(({ threw }) => threw)).toEqual([undefined, 'it is broken']);
  });

  test('of what was taken in the middle of a step goes as far as the answers do', () => {
    const life = new Life().step(receive('whole'));
    let middle: Uint8Array[] = [];
    life.asked = () => (middle = life.segments);
    life.step(receive('half'));
    expect(replay(middle).map(({ threw }) => threw)).toEqual([undefined, undefined]);
  });

  test('of a step in which the state machine failed fails alike', () => {
    const life = new Life();
    life.asked = () => {
      throw new Error('not total');
    };
    expect(() => life.step(receive('a'))).toThrow('not total');
    expect(replay(life.segments).map(({ threw }) => threw)).toEqual(['not total']);
  });
});

/** A core whose snapshots hold a part of its own state, as an acceptor's hold its registers. */
class Keeper implements Actor<ScribeVocabulary> {
  readonly kept = { words: 'nothing' };
  private steps = 0;

  step(): readonly ScribeEffect[] {
    return [{ kind: 'observe', event: { kind: 'saw', what: `${++this.steps} ${this.kept.words}` } }];
  }

  inspect() {
    return {};
  }
}

test('a replay goes on with what a host restored into the core between two steps', () => {
  const recordable = { ...scribe, classes: { ...scribe.classes, Keeper } };
  const recorder = new FlightRecorder<ScribeVocabulary>(recordable, 1024 * 1024, (why) => {
    throw why;
  });
  const keeper = new Keeper();
  const actor = recorder.actor(keeper);
  const lived = [actor.step(inputs[0]!)];
  keeper.kept.words = 'what a snapshot held';
  for (const input of inputs.slice(10)) lived.push(actor.step(input));
  const segments = recorder.recorded!.segments.map((pieces) => Buffer.concat(pieces));
  expect(lived.at(-1)).toEqual([{ kind: 'observe', event: { kind: 'saw', what: '5 what a snapshot held' } }]);
  expect(replay(segments, recordable).map(({ effects }) => effects)).toEqual(lived);
});

/** Another core under the same name. */
function instead(step: (scribe: Scribe, input: ScribeInput) => readonly ScribeEffect[]): Recordable<ScribeVocabulary> {
  class Other extends Scribe {
    override step(input: ScribeInput): readonly ScribeEffect[] {
      return step(this, input);
    }
    honestly(input: ScribeInput): readonly ScribeEffect[] {
      return super.step(input);
    }
  }
  return { ...scribe, classes: { ...scribe.classes, Scribe: Other } };
}
const honestly = (scribe: Scribe, input: ScribeInput): readonly ScribeEffect[] => Scribe.prototype.step.call(scribe, input); // prettier-ignore

describe('a replay finds out', () => {
  const { segments } = new Life().step(receive('a'), receive('b'), receive('c'));

  test('that the core is another: by its first step that has other effects', () => {
    const silent = instead((core, input) =>
      honestly(core, input).filter(({ kind }) => core.seen.get('receive') !== 2 || kind !== 'send'),
    );
    expect(() => replay(segments, silent)).toThrow(new ReplayDiffers('step 2 (receive) is not what was recorded: it has other effects')); // prettier-ignore
  });

  test('that it fails where it did not, or does not where it did', () => {
    const failing = instead(() => {
      throw new Error('ouch');
    });
    expect(() => replay(segments, failing)).toThrow('step 1 (receive) is not what was recorded: it fails with "ouch"');
    const broken = new Life();
    expect(() => broken.step(receive('break'))).toThrow();
    expect(() =>
      replay(
        broken.segments,
        instead(() => []),
      ),
    ).toThrow('does not fail with "it is broken"');
  });

  test('that it asks the state machine for more or for less', () => {
    const asking = instead((core, input) => (core.service.apply(1, '', new Uint8Array()), honestly(core, input)));
    expect(() => replay(segments, asking)).toThrow('asks what it was given for more than it did');
    expect(() =>
      replay(
        segments,
        instead(() => []),
      ),
    ).toThrow('asks what it was given for less than it did');
  });

  test('that what is made again is not known', () => {
    const { derived: _, ...without } = scribe;
    expect(() => replay(segments, without)).toThrow('a state that holds a Greeter, which is not known here');
  });

  test('that a class is not known', () => {
    const { Place: _, ...classes } = scribe.classes;
    expect(() => replay(segments, { ...scribe, classes })).toThrow(UnreadableRecording);
    expect(() => replay(segments, { ...scribe, classes })).toThrow(
      'a state that holds a Place, which is not known here',
    );
  });
});

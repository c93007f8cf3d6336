import type { Actor, Effect, Input } from '@synod/actor';
import { FlightRecorder, Replay } from '@synod/actor-host/recording';
import type { Recordable } from '@synod/actor-host/recording';
import { PbftReplica } from '@synod/pbft-core';
import type { PbftVocabulary } from '@synod/pbft-core';
import { pbftMessages, pbftRecording, pbftRecords } from '@synod/pbft-wire';
import { toJson } from '@synod/simulator';
import { honest, simulate } from '../src/index.js';
import type { MakeMembers } from '../src/index.js';
import { domain, sha256 } from '../src/keys.js';

type V = PbftVocabulary;

/** One life, and what it did. */
interface Life {
  readonly self: string;
  readonly recorder: FlightRecorder<V>;
  readonly effects: string[][];
  stopped: Error | undefined;
}

const messages = pbftMessages(domain);
const records = pbftRecords(domain);

/** All that an effect says, to the byte. Batches that were executed are recorded without what was asked in them. */
function told(effect: Effect<V>): string {
  if (effect.kind === 'persist') return `${effect.token} ${Buffer.concat(records.encode(effect.record).payload).toString('hex')}`; // prettier-ignore
  if (effect.kind !== 'send') return Buffer.from(toJson(effect)).toString();
  const { to, message, after } = effect;
  const said = message.kind === 'history' ? { ...message, batches: [] } : message;
  return `${to} ${after} ${messages.kindOf(message)} ${Buffer.from(messages.encode(said)).toString('hex')}`;
}

type Recording = (self: string) => Recordable<V>;
const recordingOf: Recording = (self) => pbftRecording(domain, self, sha256);

/** Honest replicas, each life of which is recorded. */
function recorded(lives: Life[], maxBytes: number, recording: Recording = recordingOf): MakeMembers {
  return {
    ...honest,
    replica: (configuration, service, cryptography) => {
      const { self } = configuration;
      const recorder = new FlightRecorder(recording(self), maxBytes, (why) => (life.stopped = why));
      const life: Life = { self, recorder, effects: [], stopped: undefined };
      lives.push(life);
      const outside = [recorder.service(service), recorder.outsider('cryptography', cryptography)] as const;
      const replica = new PbftReplica(configuration, ...outside);
      const actor = recorder.actor(replica);
      const step = (input: Input<V>): readonly Effect<V>[] => {
        const place = life.effects.push([]) - 1; // also of a step that throws
        const effects = actor.step(input);
        life.effects[place] = effects.map(told);
        return effects;
      };
      // The invariants look into the replica itself.
      return { ...actor, step, pbft: replica['pbft'] } as Actor<V>;
    },
  };
}

async function livesOf(seed: number, maxBytes: number): Promise<Life[]> {
  const lives: Life[] = [];
  const { failure } = await simulate(seed, { make: recorded(lives, maxBytes), swarm: { virtualMs: 12_000 } });
  expect(failure).toBeUndefined();
  return lives;
}

/** What a replay does, step by step, from the first segment or from a later one alone. */
function replayed(segments: readonly (readonly Uint8Array[])[], recordable: Recordable<V>) {
  const replay = new Replay(
    recordable,
    segments.map((pieces) => Buffer.concat(pieces)),
  );
  return { from: replay.beginning.stepsBefore, effects: [...replay.steps()].map((step) => step.effects.map(told)) };
}

describe('a recorded life', () => {
  test('is lived once more: every effect, to the byte and signatures included, from whichever segment on, and without the key', async () => {
    let [steps, dropped, segments] = [0, 0, 0];
    for (const seed of [1, 2]) {
      // Three eighths of it are for a core. Most of one is its new view: a quorum's view changes, each with what prepared in up to L places.
      for (const { self, recorder, effects, stopped } of await livesOf(seed, 768 * 1024)) {
        expect(stopped).toBeUndefined();
        if (recorder.recorded === undefined) continue;
        const whole = replayed(recorder.recorded.segments, recordingOf(self));
        expect(whole.from).toBe(recorder.recorded.stepsDropped);
        expect(whole.effects).toEqual(effects.slice(whole.from));
        for (const segment of recorder.recorded.segments) {
          const alone = replayed([segment], recordingOf(self));
          expect(alone.effects).toEqual(effects.slice(alone.from, alone.from + alone.effects.length));
          segments++;
        }
        steps += whole.effects.length;
        dropped += whole.from;
      }
    }
    expect(steps).toBeGreaterThan(5000);
    expect(dropped).toBeGreaterThan(300);
    expect(segments).toBeGreaterThan(15);
  }, 120_000);

  test('stops being recorded, and goes on, when the core holds what nobody registered', async () => {
    const lives: Life[] = [];
    const without: Recording = (self) => {
      const { Slot: _, ...classes } = recordingOf(self).classes;
      return { ...recordingOf(self), classes };
    };
    const make = recorded(lives, 64 * 1024, without);
    expect((await simulate(1, { make, swarm: { virtualMs: 3000 } })).failure).toBeUndefined();
    const stopped = lives.flatMap((life) => (life.stopped === undefined ? [] : [life.stopped.message]));
    expect(new Set(stopped)).toEqual(new Set(["a core's state holds a Slot, which is not among the classes of its protocol"])); // prettier-ignore
  }, 60_000);
});

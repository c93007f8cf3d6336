import type { Actor, Effect, Input } from '@synod/actor';
import { FlightRecorder, Replay, ReplayDiffers } from '@synod/actor-host/recording';
import type { Recordable } from '@synod/actor-host/recording';
import { RaftReplica } from '@synod/raft-core';
import type { Message, RaftVocabulary } from '@synod/raft-core';
import { raftMessages, raftRecording, raftRecords } from '@synod/raft-wire';
import { toJson } from '@synod/simulator';
import { simulate } from '../src/index.js';
import type { MakeReplica } from '../src/index.js';

type V = RaftVocabulary;

/** One life, and what it did. */
interface Life {
  readonly recorder: FlightRecorder<V>;
  readonly effects: string[][];
  stopped: Error | undefined;
}

/** All that an effect says, to the byte. */
function told(effect: Effect<V>): string {
  if (effect.kind === 'persist') return `${effect.token} ${Buffer.concat(raftRecords.encode(effect.record).payload).toString('hex')}`; // prettier-ignore
  if (effect.kind !== 'send') return Buffer.from(toJson(effect)).toString();
  const { to, message, after } = effect;
  return `${to} ${after} ${raftMessages.kindOf(message)} ${Buffer.from(raftMessages.encode(message)).toString('hex')}`;
}

/** The same effect, with other words of this kind. */
function saying<K extends Message['kind']>(
  effect: Effect<V>,
  kind: K,
  change: (message: Extract<Message, { kind: K }>) => Message,
): Effect<V> {
  if (effect.kind !== 'send' || effect.message.kind !== kind) return effect;
  return { ...effect, message: change(effect.message as Extract<Message, { kind: K }>) };
}

/** Honest replicas, each life of which is recorded. */
function recorded(lives: Life[], maxBytes: number, recordable: Recordable<V> = raftRecording): MakeReplica {
  return (configuration, service) => {
    const life: Life = {
      recorder: new FlightRecorder(recordable, maxBytes, (why) => (life.stopped = why)),
      effects: [],
      stopped: undefined,
    };
    lives.push(life);
    const replica = new RaftReplica(configuration, life.recorder.service(service));
    const actor = life.recorder.actor(replica);
    const step = (input: Input<V>): readonly Effect<V>[] => {
      const place = life.effects.push([]) - 1; // also of a step that throws
      const effects = actor.step(input);
      life.effects[place] = effects.map(told);
      return effects;
    };
    // The invariants look into the replica itself.
    return { ...actor, step, raft: replica['raft'] } as Actor<V>;
  };
}

async function livesOf(seed: number, maxBytes: number): Promise<Life[]> {
  const lives: Life[] = [];
  const { failure } = await simulate(seed, { make: recorded(lives, maxBytes) });
  expect(failure).toBeUndefined();
  return lives;
}

/** What a replay does, step by step, from the first segment or from a later one alone. */
function replayed(segments: readonly (readonly Uint8Array[])[], recordable: Recordable<V> = raftRecording) {
  const replay = new Replay(
    recordable,
    segments.map((pieces) => Buffer.concat(pieces)),
  );
  return { from: replay.beginning.stepsBefore, effects: [...replay.steps()].map((step) => step.effects.map(told)) };
}

describe('a recorded life', () => {
  test('is lived once more: every effect of every replica, to the byte, from whichever segment on', async () => {
    let [steps, dropped, segments] = [0, 0, 0];
    for (const seed of [1, 2]) {
      for (const { recorder, effects, stopped } of await livesOf(seed, 128 * 1024)) {
        expect(stopped).toBeUndefined();
        if (recorder.recorded === undefined) continue;
        const whole = replayed(recorder.recorded.segments);
        expect(whole.from).toBe(recorder.recorded.stepsDropped);
        expect(whole.effects).toEqual(effects.slice(whole.from));
        for (const segment of recorder.recorded.segments) {
          const alone = replayed([segment]);
          expect(alone.effects).toEqual(effects.slice(alone.from, alone.from + alone.effects.length));
          segments++;
        }
        steps += whole.effects.length;
        dropped += whole.from;
      }
    }
    expect(steps).toBeGreaterThan(5000);
    expect(dropped).toBeGreaterThan(1000);
    expect(segments).toBeGreaterThan(25);
  }, 120_000);

  test('is not lived once more by a core with another rule, which is told where they part', async () => {
    const [life] = await livesOf(1, 1024 * 1024);
    class Forgetful extends RaftReplica {
      override step(input: Input<V>): readonly Effect<V>[] {
        const effects = super.step(input);
        return effects.filter(({ kind }) => kind !== 'persist' || input.kind !== 'receive');
      }
    }
    const wrong = { ...raftRecording, classes: { ...raftRecording.classes, RaftReplica: Forgetful } };
    const { segments } = life!.recorder.recorded!;
    expect(() => replayed(segments, wrong)).toThrow(
      /^step \d+ \(receive\) is not what was recorded: it has other effects$/,
    );
    expect(replayed(segments).effects.length).toBeGreaterThan(1000);
  }, 60_000);

  test.each<[string, (effect: Effect<V>) => Effect<V>]>([
    [
      'grants the votes that it refused, and refuses those that it granted',
      (effect) => saying(effect, 'requestVoteReply', (reply) => ({ ...reply, granted: !reply.granted })),
    ],
    [
      'acknowledges what it does not have',
      (effect) =>
        saying(effect, 'appendEntriesReply', (reply) =>
          reply.outcome.kind === 'matched' ? { ...reply, outcome: { kind: 'matched', index: 999_999 } } : reply,
        ),
    ],
    [
      'writes another term',
      (effect) =>
        effect.kind === 'persist' && effect.record.kind === 'hardState'
          ? { ...effect, record: { ...effect.record, term: effect.record.term + 7 } }
          : effect,
    ],
  ])(
    'is not lived once more by a core that %s: not only the kinds of what it does are compared',
    async (_what, change) => {
      class Liar extends RaftReplica {
        override step(input: Input<V>): readonly Effect<V>[] {
          return super.step(input).map(change);
        }
      }
      const wrong = { ...raftRecording, classes: { ...raftRecording.classes, RaftReplica: Liar } };
      let found = 0;
      for (const { recorder, effects } of await livesOf(1, 1024 * 1024)) {
        const { segments, stepsDropped } = recorder.recorded!;
        const replay = () => replayed(segments, wrong).effects;
        // Who has not said it has not lied.
        try {
          expect(replay()).toEqual(effects.slice(stepsDropped));
        } catch (error) {
          expect(error).toBeInstanceOf(ReplayDiffers);
          found++;
        }
      }
      expect(found).toBeGreaterThan(0);
    },
    60_000,
  );

  test('stops being recorded, and goes on, when the core holds what nobody registered', async () => {
    const lives: Life[] = [];
    const { Progress: _, ...classes } = raftRecording.classes;
    const make = recorded(lives, 64 * 1024, { ...raftRecording, classes });
    expect((await simulate(1, { make })).failure).toBeUndefined();
    const stopped = lives.flatMap((life) => (life.stopped === undefined ? [] : [life.stopped.message]));
    expect(new Set(stopped)).toEqual(new Set(["a core's state holds a Progress, which is not among the classes of its protocol"])); // prettier-ignore
  }, 60_000);
});

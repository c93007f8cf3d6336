import type { Actor, Effect, Input } from '@synod/actor';
import { FlightRecorder, Replay } from '@synod/actor-host/recording';
import type { Recordable } from '@synod/actor-host/recording';
import { PaxosAcceptor, PaxosProposer } from '@synod/paxos-core';
import type { PaxosVocabulary } from '@synod/paxos-core';
import { paxosMessages, paxosRecording, paxosRecords } from '@synod/paxos-wire';
import { toJson } from '@synod/simulator';
import { simulate } from '../src/index.js';
import type { MakeMembers } from '../src/group.js';

type V = PaxosVocabulary;

/** One life, and what it did. */
interface Life {
  readonly role: 'proposer' | 'acceptor';
  readonly recorder: FlightRecorder<V>;
  readonly effects: string[][];
  stopped: Error | undefined;
  /** Registers that the host had put into the core, out of a snapshot. */
  restored: number;
}

/** All that an effect says, to the byte. */
function told(effect: Effect<V>): string {
  if (effect.kind === 'persist') return `${effect.token} ${Buffer.concat(paxosRecords.encode(effect.record).payload).toString('hex')}`; // prettier-ignore
  if (effect.kind !== 'send') return Buffer.from(toJson(effect)).toString();
  const { to, message, after } = effect;
  return `${to} ${after} ${paxosMessages.kindOf(message)} ${Buffer.from(paxosMessages.encode(message)).toString('hex')}`;
}

function newLife(role: Life['role'], maxBytes: number, recordable: Recordable<V>): Life {
  const recorder = new FlightRecorder(recordable, maxBytes, (why) => (life.stopped = why));
  const life: Life = { role, recorder, effects: [], stopped: undefined, restored: 0 };
  return life;
}

/** As a host steps it. The invariants look into the member itself. */
function recordedAs<A extends Actor<V>>(life: Life, member: A, inner: Actor<V>): A {
  const actor = life.recorder.actor(inner);
  member.step = (input: Input<V>): readonly Effect<V>[] => {
    if (input.kind === 'snapshotInstalled') life.restored = Number(inner.inspect()['registers'] ?? 0);
    const place = life.effects.push([]) - 1; // also of a step that throws
    const effects = actor.step(input);
    life.effects[place] = effects.map(told);
    return effects;
  };
  return member;
}

/** Another face of the same member: what it holds is there under both. */
function itself<A extends Actor<V>>(member: A): A {
  return Object.assign(Object.create(Object.getPrototypeOf(member) as object) as A, member);
}

/** Honest members, each life of which is recorded. */
function recorded(lives: Life[], maxBytes: number, recordable: Recordable<V> = paxosRecording): MakeMembers {
  const live = (role: Life['role']): Life => {
    const life = newLife(role, maxBytes, recordable);
    lives.push(life);
    return life;
  };
  return {
    proposer: (configuration, service) => {
      const life = live('proposer');
      const proposer = new PaxosProposer(configuration, life.recorder.service(service));
      return recordedAs(life, itself(proposer), proposer);
    },
    acceptor: (configuration) => {
      const life = live('acceptor');
      const acceptor = new PaxosAcceptor(configuration);
      return recordedAs(life, itself(acceptor), acceptor);
    },
  };
}

async function livesOf(seed: number, maxBytes: number): Promise<Life[]> {
  const lives: Life[] = [];
  const { failure } = await simulate(seed, { make: recorded(lives, maxBytes) });
  expect(failure).toBeUndefined();
  return lives;
}

/** What a replay does, step by step, from the first segment or from a later one alone. */
function replayed(segments: readonly (readonly Uint8Array[])[], recordable: Recordable<V> = paxosRecording) {
  const replay = new Replay(
    recordable,
    segments.map((pieces) => Buffer.concat(pieces)),
  );
  return { from: replay.beginning.stepsBefore, effects: [...replay.steps()].map((step) => step.effects.map(told)) };
}

describe('a recorded life', () => {
  test('is lived once more: every effect of proposers and acceptors, to the byte, from whichever segment on', async () => {
    const steps = { proposer: 0, acceptor: 0 };
    let [dropped, segments, restored] = [0, 0, 0];
    for (const seed of [1, 2, 3]) {
      for (const life of await livesOf(seed, 176 * 1024)) {
        const { recorder, effects, role } = life;
        expect(life.stopped).toBeUndefined();
        if (recorder.recorded === undefined) continue;
        const whole = replayed(recorder.recorded.segments);
        expect(whole.from).toBe(recorder.recorded.stepsDropped);
        expect(whole.effects).toEqual(effects.slice(whole.from));
        for (const segment of recorder.recorded.segments) {
          const alone = replayed([segment]);
          expect(alone.effects).toEqual(effects.slice(alone.from, alone.from + alone.effects.length));
          segments++;
        }
        steps[role] += whole.effects.length;
        dropped += whole.from;
        restored += life.restored;
      }
    }
    expect(steps.proposer).toBeGreaterThan(5000);
    expect(steps.acceptor).toBeGreaterThan(5000);
    expect(dropped).toBeGreaterThan(1000);
    expect(segments).toBeGreaterThan(25);
    expect(restored).toBeGreaterThan(0);
  }, 120_000);

  test('stops being recorded, and goes on, when the core holds what nobody registered', async () => {
    const lives: Life[] = [];
    const { VoteLog: _, PromiseBook: __, ...classes } = paxosRecording.classes;
    const make = recorded(lives, 64 * 1024, { ...paxosRecording, classes });
    expect((await simulate(1, { make })).failure).toBeUndefined();
    const stopped = lives.flatMap((life) => (life.stopped === undefined ? [] : [life.stopped.message]));
    const unknown = (name: string): string => `a core's state holds a ${name}, which is not among the classes of its protocol`; // prettier-ignore
    expect(new Set(stopped)).toEqual(new Set([unknown('VoteLog'), unknown('PromiseBook')]));
  }, 60_000);
});

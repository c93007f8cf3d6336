import { Greeter, Life, Scribe, counter, receive, scribe } from './scribe.js';
import { FlightRecorder } from '@synod/actor-host/recording';

const held = ({ recorder }: Life): number =>
  recorder.recorded!.segments.flat().reduce((sum, { length }) => sum + length, 0);

describe('a flight recorder', () => {
  test('holds no more than it may, always reaches back some way, and says what it dropped', () => {
    const life = new Life(16 * 1024);
    const longest = 'x'.repeat(500);
    for (let i = 0; i < 1000; i++) {
      life.step(receive(longest, i));
      expect(held(life)).toBeLessThan(16 * 1024 + 1500); // and the step that filled it
      const { stepsDropped } = life.recorder.recorded!;
      if (i > 20) expect(life.recorder.steps - stepsDropped).toBeGreaterThan(5);
    }
    expect(life.recorder.recorded!.stepsDropped).toBeGreaterThan(900);
    expect(life.stopped).toEqual([]);
  });

  test('stops when the core is too large for it, says so once, and leaves the actor alone', () => {
    const life = new Life(4 * 1024).step(receive('a'));
    for (let i = 0; i < 200; i++) life.step({ at: i, kind: 'timeout', timer: 'election' }, receive('y'.repeat(20), i, `sender-${i}`)); // prettier-ignore
    expect(life.stopped.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^the core's own state takes 0.0 MiB, more than three eighths of what may be recorded$/),
    ]);
    expect(life.recorder.recorded).toBeUndefined();
    expect(life.effects).toHaveLength(401);
  });

  test.each([
    ['a function', { state: () => 1 }, 'holds a function'],
    ['what is made again, but for no owner', { state: [new Greeter(String)] }, 'holds a Greeter, which is not among the classes'], // prettier-ignore
    ['an unknown class', { state: new (class Stranger {})() }, 'holds a Stranger, which is not among the classes'],
  ])('stops at %s in the state', (_what, state, message) => {
    const stopped: Error[] = [];
    const recorder = new FlightRecorder(scribe, 1024 * 1024, (why) => stopped.push(why));
    const actor = recorder.actor(Object.assign(new Scribe(recorder.service(counter())), state));
    expect(actor.step(receive('a'))).toHaveLength(3);
    expect(stopped.map((why) => why.message)).toEqual([expect.stringContaining(message)]);
  });

  test('passes on what else an actor is asked', () => {
    const recorder = new FlightRecorder(scribe, 1024, () => undefined);
    const inner = {
      step: () => [],
      inspect: () => ({ all: 'well' }),
      worth: () => false,
      takesClients: () => false,
      serves: (kind: string) => kind === 'read',
    };
    const actor = recorder.actor(inner);
    expect([actor.inspect(), actor.worth!('peer', { kind: 'peer', text: '' }), actor.takesClients!()]).toEqual([{ all: 'well' }, false, false]); // prettier-ignore
    expect(['read', 'request'].map((kind) => actor.serves!(kind))).toEqual([true, false]);
    expect(recorder.actor(new Scribe(counter())).worth).toBeUndefined();
  });
});

import { Nemesis, calm, linkFaults, machineFaults, secondProcesses } from '../src/index.js';
import type { Strike } from '../src/index.js';
import { listeningMs, toyWorld } from './toy.js';
import type { Toy } from './toy.js';

const stormy = { loss: 0.1, duplication: 0.1, slow: 0.2, delayMs: [0.1, 5], slowMs: 100 } as const;

function run(seed: string, ms: number, strikes?: readonly Strike[]) {
  const toy = toyWorld(seed, stormy);
  const promised: number[] = [];
  const say = toy.outsider('c1', (message) => {
    if (message.kind === 'promised') promised.push(message.value);
  });
  let value = 0;
  const ask = (): void => {
    say('t1', { kind: 'request', value: ++value });
    toy.world.timeline.after(5, ask);
  };
  ask();
  const faults = [machineFaults(toy.world), linkFaults(toy.world, toy.bus)];
  const nemesis = new Nemesis(toy.world, faults, () => undefined);
  const plan = nemesis.plan(toy.random.fork('nemesis'), ['t1', 't2'], ms);
  nemesis.start(strikes ?? plan);
  toy.world.timeline.runUntil(ms);
  nemesis.heal();
  toy.world.timeline.runUntil(ms + 1000);
  return { ...toy, promised, plan };
}

describe('a second process of one identity', () => {
  const doubled = (fault: string, before?: (toy: ReturnType<typeof toyWorld>) => void, reaches = () => true) => {
    const toy = toyWorld(`double ${fault}`);
    const { world, outsider } = toy;
    const nemesis = new Nemesis(world, [machineFaults(world, reaches)], () => undefined);
    world.timeline.runUntil(listeningMs + 300);
    before?.(toy);
    const first = world.machine('t1').life;
    const struck = nemesis.apply({ atMs: 0, fault, target: 't1', detail: { name: 1, endsMs: 100 } });
    const promised: number[] = [];
    const say = outsider('c1', (message) => void (message.kind === 'promised' && promised.push(message.value)));
    const valuesOf = (life = world.machine('t1').life) => (life?.actor as Toy | undefined)?.values;
    return {
      ...toy,
      nemesis,
      struck,
      first,
      say,
      promised,
      valuesOf,
      count: (name: string) => world.counters.get(name),
    };
  };

  test('is refused by the lock of the directory', () => {
    const { world, struck, first, say, count, valuesOf } = doubled('doubleStart');
    say('t1', { kind: 'request', value: 1 });
    world.timeline.runUntil(listeningMs + 500);
    expect([struck, count('second starts refused by the lock'), valuesOf(first)]).toEqual([true, 1, [1]]);
    expect(world.machine('t1').life).toBe(first);
  });

  test('ends over a copy when the elder answers, and the elder stays', () => {
    const { world, struck, first, say, count, valuesOf } = doubled('doubleStartCopy');
    say('t1', { kind: 'request', value: 1 });
    world.timeline.runUntil(listeningMs + 500);
    expect([struck, count(secondProcesses.ended), valuesOf()]).toEqual([true, 1, [1]]);
    expect(world.machine('t1').life).toBe(first);
  });

  test('is not begun beside an elder that cannot answer, and ended with it', () => {
    expect(doubled('doubleStartCopy', ({ world }) => world.machine('t1').pause(150)).struck).toBe(false);
    expect(doubled('doubleStartCopy', undefined, () => false).struck).toBe(false);
    expect(doubled('doubleStartCopy', ({ world }) => world.machine('t1').crash()).struck).toBe(false);
    const { world, struck, count } = doubled('doubleStartCopy', ({ world }) => world.timeline.after(0, () => world.machine('t1').pause(150))); // prettier-ignore
    world.timeline.runUntil(listeningMs + 500);
    expect([struck, count(secondProcesses.abandoned)]).toEqual([true, 1]);
  });

  test('that takes part although the elder could answer is a violation', () => {
    const { world } = doubled('doubleStartCopy', ({ bus }) => bus.links.block('t1', 't1'));
    expect(() => world.timeline.runUntil(listeningMs + 500)).toThrow('The Younger Ends');
  });

  test('takes the place of one that is stopped, over a copy of its disk, and keeps its promises', () => {
    const { world, struck, first, say, promised, valuesOf, count } = doubled('takeOver', ({ world, outsider }) => {
      outsider('c2', () => undefined)('t1', { kind: 'request', value: 7 });
      world.timeline.runUntil(listeningMs + 350);
    });
    world.timeline.runUntil(listeningMs + 450);
    expect([struck, count(secondProcesses.tookOver)]).toEqual([true, 1]);
    expect(world.machine('t1').life).not.toBe(first);
    say('t1', { kind: 'request', value: 8 });
    world.timeline.runUntil(listeningMs + 800);
    expect([valuesOf(first), valuesOf(), promised]).toEqual([[7], [7, 8], [8]]);
  });

  test('does not take over when the first one goes on after all', () => {
    const { world, nemesis, first, count } = doubled('takeOver');
    world.timeline.runUntil(listeningMs + 320);
    nemesis.heal();
    world.timeline.runUntil(listeningMs + 500);
    expect([world.machine('t1').life === first, count(secondProcesses.tookOver)]).toEqual([true, 0]);
    expect(count(secondProcesses.ended)).toBe(1);
  });
});

describe('a world', () => {
  test('is decided by its seed', () => {
    const [a, b, other] = [run('seed 7', 3000), run('seed 7', 3000), run('seed 8', 3000)];
    expect(b.transcript.hash).toBe(a.transcript.hash);
    expect(other.transcript.hash).not.toBe(a.transcript.hash);
  });

  test('is replayed from its list of strikes, whole or in part', () => {
    const all = run('seed 7', 3000);
    expect(all.plan.length).toBeGreaterThan(1);
    const told = JSON.parse(JSON.stringify(all.plan)) as Strike[];
    expect(run('seed 7', 3000, told).transcript.hash).toBe(all.transcript.hash);
    const first = run('seed 7', 3000, told.slice(0, 1));
    const faults = first.transcript.tail.filter((it) => it.kind === 'note' && it.text.startsWith('fault: '));
    expect(faults.length).toBeLessThanOrEqual(1);
    expect(first.transcript.hash).not.toBe(all.transcript.hash);
  });

  test('keeps every promise over crashes between any two effects', () => {
    let crashes = 0;
    let kept = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { world, promised } = run(`promise ${seed}`, 4000);
      const survivors = new Set((world.machine('t1').life!.actor as Toy).values);
      expect(promised.filter((value) => !survivors.has(value))).toEqual([]);
      crashes += world.machine('t1').lives - 1;
      kept += promised.length;
    }
    expect(crashes).toBeGreaterThan(15);
    expect(kept).toBeGreaterThan(500);
  });

  test('would notice an actor that promises before its disk does', () => {
    const { world, outsider } = toyWorld('liar');
    const promised: number[] = [];
    const say = outsider('c1', (message) => void (message.kind === 'promised' && promised.push(message.value)));
    say('t1', { kind: 'request', value: 1 });
    const machine = world.machine('t1');
    machine.stall(50);
    world.timeline.runUntil(listeningMs + 30);
    expect(promised).toEqual([]);
    expect(machine.disk.durable).toHaveLength(0);
    world.timeline.runUntil(listeningMs + 60);
    expect(promised).toEqual([1]);
    expect(machine.disk.durable).toHaveLength(1);
  });

  test('holds sends back during a sync, while those that rest on nothing leave', () => {
    const { world, outsider } = toyWorld('gate');
    let alive = 0;
    const promised: number[] = [];
    world.watch({
      left: (_from, _to, message) =>
        void (message.kind === 'alive' ? alive++ : message.kind === 'promised' && promised.push(message.value)),
    });
    const say = outsider('c1', () => undefined);
    say('t1', { kind: 'request', value: 1 });
    world.machine('t1').stall(100);
    world.timeline.runUntil(listeningMs + 99);
    expect(alive).toBeGreaterThan(5);
    expect(promised).toEqual([]);
  });

  test('lets messages that came together share a turn, a zero-delay timer and a sync', () => {
    const { world, outsider } = toyWorld('turn', { ...calm, delayMs: [1, 1] });
    const events: string[] = [];
    let syncs = 0;
    world.watch({
      executed: (_machine, effect) => void (effect.kind === 'observe' && events.push(effect.event.kind)),
      synced: () => void syncs++,
    });
    const say = outsider('c1', () => undefined);
    for (let value = 1; value <= 3; value++) say('t1', { kind: 'request', value });
    world.timeline.runUntil(listeningMs + 8);
    expect(events).toEqual(['set', 'set', 'set', 'turnEnded']);
    expect(syncs).toBe(1);
  });

  test.each([true, false])(
    'a host asks whether its actor serves (%p): of those whom it sends elsewhere few may wait',
    (serves) => {
      const { world, outsider } = toyWorld('serves', undefined, { serves });
      const machine = world.machine('t1');
      machine.pause(100);
      const say = outsider('c1', () => undefined);
      for (let value = 1; value <= 100; value++) say('t1', { kind: 'request', value });
      world.timeline.runUntil(listeningMs + 200);
      const refused = world.counters.get('refused by a host: elsewhere');
      expect(refused > 0).toBe(!serves);
      expect((machine.life!.actor as Toy).values).toHaveLength(100 - refused);
    },
  );

  test('a paused machine takes no turn, then takes all that came', () => {
    const { world, outsider } = toyWorld('pause');
    const machine = world.machine('t1');
    machine.pause(500);
    let steps = 0;
    world.watch({ stepped: (at) => void (at === machine && steps++) });
    const say = outsider('c1', () => undefined);
    say('t1', { kind: 'request', value: 1 });
    world.timeline.runUntil(listeningMs + 499);
    expect(steps).toBe(0);
    world.timeline.runUntil(listeningMs + 520);
    expect((machine.life!.actor as Toy).values).toEqual([1]);
  });

  test('a wiped disk is empty, and a link that holds releases a burst at the heal', () => {
    const { world, bus, outsider } = toyWorld('burst');
    const say = outsider('c1', () => undefined);
    say('t1', { kind: 'request', value: 1 });
    world.timeline.runUntil(listeningMs + 20);
    world.machine('t1').wipe();
    expect(world.machine('t1').disk.empty).toBe(true);
    world.machine('t1').start();
    bus.links.hold('c1', 't1');
    say('t1', { kind: 'request', value: 2 });
    world.timeline.runUntil(listeningMs + 200);
    expect((world.machine('t1').life!.actor as Toy).values).toEqual([]);
    bus.links.heal();
    world.timeline.runUntil(listeningMs + 210);
    expect((world.machine('t1').life!.actor as Toy).values).toEqual([2]);
  });
});

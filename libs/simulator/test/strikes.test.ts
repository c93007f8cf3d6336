import { DamagedState } from '@synod/actor';
import type { MemoryDisk } from '@synod/journal';
import { FaultAtlas, Nemesis, diskFaults, linkFaults, machineFaults } from '../src/index.js';
import type { Detail, Machine } from '../src/index.js';
import { DriftingClock } from '../src/clock.js';
import { listeningMs, toyWorld } from './toy.js';
import type { Toy, ToyVocabulary } from './toy.js';

// What a strike does, beside that it is counted: a fault that has become harmless proves nothing any more.

type Member = Machine<ToyVocabulary>;

function struckWorld(seed: string, members = ['t1', 't2', 't3']) {
  const toy = toyWorld(seed, undefined, { members });
  const { world, bus } = toy;
  const roles = [{ name: 'toy', members, everyone: 'all', disksLost: members.length }];
  const atlas = new FaultAtlas<ToyVocabulary>(roles, () => true, () => true); // prettier-ignore
  const faults = [diskFaults(world, atlas), linkFaults(world, bus), machineFaults(world)];
  const nemesis = new Nemesis(world, faults, () => undefined);
  const say = toy.outsider('c1', () => undefined);
  const strike = (fault: string, target: string, detail: Detail) => nemesis.apply({ atMs: 0, fault, target, detail });
  const ask = (to: string, from: number, count: number): void => {
    for (let value = from; value < from + count; value++) say(to, { kind: 'request', value });
  };
  const run = (ms: number): void => world.timeline.runUntil(world.timeline.now + ms);
  return { ...toy, strike, ask, run, count: (name: string) => world.counters.get(name) };
}

function memoryOf({ disk }: Member): MemoryDisk {
  return (disk as unknown as { readonly memory: MemoryDisk }).memory;
}

/** What is on the platter. */
function platterOf(machine: Member): readonly { readonly path: string; readonly bytes: Buffer }[] {
  const memory = memoryOf(machine);
  return memory.paths.map((path) => ({ path, bytes: Buffer.from(memory.content(path).platter.get(0, Infinity)) }));
}

function valuesOf(machine: Member): readonly number[] {
  return (machine.life?.actor as Toy | undefined)?.values ?? [];
}

/** Sectors that differ, each as it is now, with the number of bits in which it does. */
function changesBetween(before: ReturnType<typeof platterOf>, after: ReturnType<typeof platterOf>) {
  return before.flatMap(({ path, bytes }) => {
    const now = after.find((file) => file.path === path)!.bytes;
    const changes = [];
    for (let at = 0; at < Math.max(bytes.length, now.length); at += 512) {
      const [was, is] = [bytes.subarray(at, at + 512), now.subarray(at, at + 512)];
      const bits = was.reduce((sum, byte, i) => sum + bitsOf(byte ^ is[i]!), 0);
      if (bits > 0) changes.push({ path, at, bits, sector: is });
    }
    return changes;
  });
}

function bitsOf(byte: number): number {
  return byte.toString(2).replaceAll('0', '').length;
}

describe('of the disk:', () => {
  test('one bit flips, and the next life finds it', () => {
    const { world, strike, ask, run, count } = struckWorld('flip');
    ask('t1', 1, 20);
    run(50);
    const machine = world.machine('t1');
    const before = platterOf(machine);
    expect(strike('flipBit', 't1', { file: 0, place: 0.9, bit: 3, downMs: 10 })).toBe(true);
    expect(changesBetween(before, platterOf(machine)).map(({ bits }) => bits)).toEqual([1]);
    expect([machine.disk.harmed, count('flipped bits')]).toEqual([true, 1]);
    run(500);
    expect(valuesOf(machine).length).toBeLessThan(20);
  });

  test('who finds damage on a disk that nothing has damaged has lost what it wrote itself', () => {
    const { world, strike, ask, run, count } = struckWorld('lost by itself');
    ask('t1', 1, 20);
    run(50);
    const machine = world.machine('t1');
    strike('flipBit', 't1', { file: 0, place: 0.9, bit: 3, downMs: 10 });
    run(500);
    machine.fail(new Error('stops', { cause: new DamagedState('the journal holds damage') }));
    run(20_000);
    expect(count('states set aside')).toBe(1);
    // It has a new disk now.
    machine.fail(new DamagedState('the journal holds damage'));
    expect(() => run(10)).toThrow('Durable is Durable (Raft Figure 2, "persistent state"): nothing has damaged the disk of t1, which says: the journal holds damage'); // prettier-ignore
  });

  test('a sector holds what is of another file', () => {
    const { world, strike, ask, run, count } = struckWorld('misdirected');
    ask('t1', 1, 20);
    run(50);
    const machine = world.machine('t1');
    const before = platterOf(machine);
    expect(strike('misdirect', 't1', { file: 0.25, place: 0.5, bit: 0, downMs: 10 })).toBe(true);
    const changes = changesBetween(before, platterOf(machine));
    expect(changes).toHaveLength(1);
    const { path, sector } = changes[0]!;
    const elsewhere = before.filter((file) => file.path !== path);
    expect(elsewhere.some(({ bytes }) => bytes.includes(sector))).toBe(true);
    expect([machine.disk.harmed, count('misdirected writes')]).toEqual([true, 1]);
  });

  test('a sector that holds the same already counts for nothing', () => {
    const { world, strike, ask, run, count } = struckWorld('same');
    ask('t1', 1, 1);
    run(50);
    const machine = world.machine('t1');
    const memory = memoryOf(machine);
    for (const path of memory.paths) memory.misdirect(path, 0, new Uint8Array(512).fill(7));
    expect(strike('misdirect', 't1', { file: 0.25, place: 0.3, bit: 0, downMs: 10 })).toBe(false);
    expect([machine.disk.harmed, count('misdirected writes')]).toEqual([false, 0]);
  });

  test('it is full: who needs more room halts, and goes on when there is some', () => {
    const { world, strike, ask, run, count } = struckWorld('full');
    expect(strike('full', 't1', { roomBytes: 0, forMs: 1000 })).toBe(true);
    const machine = world.machine('t1');
    for (let from = 1; from <= 500; from += 10) {
      ask('t1', from, 10);
      ask('t2', from, 10);
      run(4);
    }
    expect(count('full disks')).toBe(1);
    expect(count('halts after a disk error')).toBeGreaterThan(0);
    expect(valuesOf(world.machine('t2'))).toHaveLength(500);
    run(1500);
    const kept = valuesOf(machine).length;
    expect(kept).toBeLessThan(500);
    ask('t1', 501, 300);
    run(500);
    expect(valuesOf(machine)).toHaveLength(kept + 300);
  });

  test.each(['kept', 'dropped'])('a sync fails, and who needed it halts and has promised nothing: %s', (outcome) => {
    const { world, strike, outsider, run, count } = struckWorld(`sync ${outcome}`);
    const promised: number[] = [];
    const say = outsider('c2', (message) => void (message.kind === 'promised' && promised.push(message.value)));
    const machine = world.machine('t1');
    say('t1', { kind: 'request', value: 1 });
    run(50);
    expect(strike('failSync', 't1', { outcome })).toBe(true);
    say('t1', { kind: 'request', value: 2 });
    run(5);
    expect([promised, count('failed syncs'), count('halts after a disk error'), machine.life === undefined]).toEqual([[1], 1, 1, true]); // prettier-ignore
    // Somebody starts it again: what was not promised may be there all the same.
    run(500);
    say('t1', { kind: 'request', value: 3 });
    run(50);
    expect([promised, valuesOf(machine).filter((value) => value !== 2)]).toEqual([
      [1, 3],
      [1, 3],
    ]);
  });

  test.each(['crash', 'powerCut'])(
    '%s takes what was not synced, now and then; the end of a process takes nothing',
    (cut) => {
      const kept = { [cut]: 0, kill: 0 };
      for (const fault of [cut, 'kill']) {
        for (let seed = 0; seed < 20; seed++) {
          const { world, strike, ask, run } = struckWorld(`power ${seed}`);
          world.machine('t1').stall(100);
          ask('t1', 1, 1);
          run(20);
          expect([valuesOf(world.machine('t1')), world.machine('t1').disk.durable]).toEqual([[1], []]);
          strike(fault, 't1', { downMs: 10, apartMs: 0 });
          run(500);
          kept[fault]! += valuesOf(world.machine('t1')).length;
        }
      }
      expect(kept['kill']).toBe(20);
      expect(kept[cut]).toBeGreaterThan(0);
      expect(kept[cut]).toBeLessThan(20);
    },
  );
});

describe('of the power, in the middle of', () => {
  /** What t1 did from the strike to its end, which comes before it is started again. */
  function crashedIn(fault: 'crashMidStep' | 'crashMidDisk', detail: Detail) {
    const { world, strike, ask, run, count } = struckWorld(`${fault} ${JSON.stringify(detail)}`);
    const machine = world.machine('t1');
    let [steps, whole, effects] = [0, 0, 0];
    let isInStep: boolean | undefined;
    const own = (some: Member) => some === machine && isInStep === undefined;
    world.watch({
      stepping: (some) => void (steps += Number(own(some))),
      executed: (some) => void (effects += Number(own(some))),
      stepped: (some) => void (whole += Number(own(some))),
      crashed: (some) => void (own(some) && (isInStep = steps > whole)),
    });
    expect(strike(fault, 't1', { ...detail, downMs: 10_000 })).toBe(true);
    ask('t1', 1, 5);
    run(100);
    expect([machine.life, count(fault === 'crashMidStep' ? 'crashes between two effects' : 'crashes in the middle of disk work')]).toEqual([undefined, 1]); // prettier-ignore
    return { isInStep, effects };
  }

  test('a step: so many effects are done, and the next is not', () => {
    const ends = [0, 1, 2, 3, 4, 5, 6, 7].map((effects) => ({
      after: effects,
      ...crashedIn('crashMidStep', { effects }),
    }));
    // A send that waited for the disk is an effect outside of any step.
    const inSteps = ends.filter(({ isInStep }) => isInStep);
    expect(inSteps.length).toBeGreaterThanOrEqual(4);
    for (const { after, effects } of inSteps) expect(effects).toBeLessThanOrEqual(after);
    expect(ends[0]).toMatchObject({ isInStep: true, effects: 0 });
    expect(ends[1]).toMatchObject({ isInStep: true, effects: 1 });
  });

  test('the disk’s work: so much of it is done, and the rest is not', () => {
    for (const operations of [0, 1, 2]) expect(crashedIn('crashMidDisk', { operations }).isInStep).toBe(false);
  });
});

describe('of the network:', () => {
  /** Who heard whom in half a second, by the signs of life that everyone gives. */
  function heardIn({ world, run }: ReturnType<typeof struckWorld>): readonly string[] {
    run(10); // what is on its way
    const heard = new Set<string>();
    world.watch({
      stepping: (machine, input) => {
        if (input.kind === 'receive') heard.add(`${input.from}>${machine.address}`);
      },
    });
    run(500);
    return [...heard].sort();
  }
  const all = ['t1>t2', 't1>t3', 't2>t1', 't2>t3', 't3>t1', 't3>t2'];

  test.each<[string, string, Detail, readonly string[]]>([
    ['mute', 'one-way partitions', {}, ['t1>t2', 't1>t3']],
    ['deaf', 'one-way partitions', {}, ['t2>t1', 't3>t1']],
    ['bridge', 'non-transitive partitions', {}, ['t2>t3', 't3>t2']],
    ['partition', 'symmetric partitions', { side: ['t2'] }, ['t1>t3', 't2>t3', 't3>t1', 't3>t2']],
    ['isolateLeader', 'isolated leaders', {}, ['t1>t2', 't1>t3', 't2>t1', 't3>t1']],
  ])('%s cuts just these links, and they are mended', (fault, counted, detail, cut) => {
    const struck = struckWorld(fault);
    expect(struck.strike(fault, 't1', { side: [], ...detail, forMs: 600 })).toBe(true);
    expect(heardIn(struck)).toEqual(all.filter((link) => !cut.includes(link)));
    expect(struck.count(counted)).toBe(1);
    struck.run(200);
    expect(heardIn(struck)).toEqual(all);
  });

  test('what cuts no link is not counted', () => {
    const { strike, count } = struckWorld('two only', ['t1', 't2']);
    expect(strike('bridge', 't1', { side: [], forMs: 600 })).toBe(false);
    expect(count('non-transitive partitions')).toBe(0);
  });
});

describe('clocks drift:', () => {
  test('a clock runs at its rate, and a delay of its own takes so much longer or shorter', () => {
    const fast = new DriftingClock(1.25, 1000);
    expect([fast.at(0), fast.at(100), fast.trueDelay(100)]).toEqual([1000, 1125, 80]);
  });

  test('each machine’s by another rate, and its timers with it', () => {
    const { world } = toyWorld('drift', undefined, { clockDrift: 0.5 });
    const [t1, t2] = ['t1', 't2'].map((address) => world.machine(address));
    const rateOf = (machine: Member): number => machine.clock.at(1) - machine.clock.at(0);
    const rates = rateOf(t1!) / rateOf(t2!);
    expect(Math.abs(Math.log(rates))).toBeGreaterThan(0.2);
    const fired = new Map<Member, number>();
    world.watch({
      stepping: (machine, input) => {
        if (input.kind === 'timeout') fired.set(machine, (fired.get(machine) ?? 0) + 1);
      },
    });
    const before = [t1!.localTime, t2!.localTime] as const;
    world.timeline.runUntil(listeningMs + 20_000);
    expect((t1!.localTime - before[0]) / (t2!.localTime - before[1])).toBeCloseTo(rates, 5);
    const timers = fired.get(t1!)! / fired.get(t2!)!;
    expect(Math.abs(Math.log(timers / rates))).toBeLessThan(0.05);
  });
});

import type { Address, Vocabulary } from '@synod/actor';
import type { Machine } from './machine.js';
import type { Random } from './random.js';
import type { FaultKind, Faults, Strike } from './strike.js';
import type { World } from './world.js';

/** The leader is struck more often than its share. */
const aimedAtLeader = 0.4;

/**
 * Swarm testing: each seed draws its own selection of faults and their pace. All strikes are drawn before the run, each from a
 * stream of its own, so that a run with some of them left out is the same run without them.
 */
export class Nemesis<V extends Vocabulary> {
  private readonly kinds: { readonly [fault: string]: FaultKind };
  /** How many strikes were possible when they came. */
  struck = 0;
  private stopped = false;

  constructor(
    private readonly world: World<V>,
    private readonly faults: readonly Faults[],
    /** Who leads now, if anyone. */
    private readonly leader: () => Machine<V> | undefined,
  ) {
    this.kinds = Object.assign({}, ...faults.map(({ kinds }) => kinds)) as Nemesis<V>['kinds'];
    world.counters.expect(...Object.values(this.kinds).map(({ counted }) => counted));
  }

  /** What will befall these members until `virtualMs`, in the order of time. */
  plan(random: Random, members: readonly Address[], virtualMs: number): Strike[] {
    const all = Object.keys(this.kinds);
    const drawn = all.filter((fault) => random.fork(`use ${fault}`).chance(0.5));
    const faults = drawn.length > 0 ? drawn : all;
    const paceMs = random.pick([300, 700, 1500, 3000]);
    const strikes: Strike[] = [];
    let atMs = 0;
    for (;;) {
      const stream = random.fork(`strike ${strikes.length}`);
      atMs += stream.between(0.2, 1.8) * paceMs;
      if (atMs >= virtualMs) return strikes;
      strikes.push(this.drawStrike(stream, atMs, stream.pick(faults), members));
    }
  }

  /** Each strike comes at its time, counted from now; none after the heal. */
  start(strikes: readonly Strike[]): void {
    for (const strike of strikes) {
      this.world.timeline.after(strike.atMs, () => {
        if (!this.stopped) this.apply(strike);
      });
    }
  }

  /** Strikes now. False when the fault is not possible at this moment. */
  apply({ fault, target, detail }: Strike): boolean {
    const kind = this.kinds[fault];
    if (kind === undefined)
      throw new Error(`there is no fault ${fault}; there are ${Object.keys(this.kinds).join(', ')}`);
    const aimed = detail['aim'] === 'leader' ? this.leader()?.address : undefined;
    const victim = kind.strike(aimed ?? target ?? '', detail);
    if (victim === undefined) return false;
    this.struck++;
    this.world.counters.count(kind.counted);
    this.world.witness.fault(`fault: ${fault} ${victim}`.trimEnd());
    return true;
  }

  /** No more faults; everything broken is repaired. */
  heal(): void {
    this.stopped = true;
    this.world.witness.fault('everything is healed');
    for (const faults of this.faults) faults.heal();
  }

  private drawStrike(random: Random, atMs: number, fault: string, members: readonly Address[]): Strike {
    const kind = this.kinds[fault]!;
    const target = random.pick(members);
    const aim = random.chance(aimedAtLeader) ? { aim: 'leader' } : {};
    const detail = kind.draw(random, target, members);
    return kind.everyone === true ? { atMs, fault, detail } : { atMs, fault, target, detail: { ...aim, ...detail } };
  }
}

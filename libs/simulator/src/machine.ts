import type { Address, Vocabulary } from '@synod/actor';
import type { DriftingClock } from './clock.js';
import { Disk } from './disk.js';
import { Life } from './life.js';
import type { Random } from './random.js';
import { SnapshotFiles } from './snapshot-files.js';
import type { Scheduled } from './timeline.js';
import type { World } from './world.js';

/** Spans are [min, max] in true milliseconds, drawn anew each time. */
export interface MachineTiming {
  readonly syncMs: readonly [number, number];
  readonly readMs: readonly [number, number];
  readonly snapshotMs: readonly [number, number];
  /** How long an input waits at most before a turn takes it together with what came since. */
  readonly wakeMs: number;
  /** False: timers fire only by command. */
  readonly timersRun: boolean;
  /** A persist is durable at once, within the very step, unless the disk is stalled. */
  readonly instantSync: boolean;
  /** A prefix of what was not synced may survive a crash all the same. */
  readonly unsyncedSurvives: boolean;
}

/** How late a pause that ends before its time is noticed. */
const pausePollMs = 20;

/** What keeps its identity while lives come and go: address, disk, clock. */
export class Machine<V extends Vocabulary> {
  readonly disk: Disk<V>;
  readonly snapshots = new SnapshotFiles();
  life: Life<V> | undefined;
  lives = 0;
  private pausedUntil = 0;
  private stalledUntil = 0;

  constructor(
    readonly world: World<V>,
    readonly address: Address,
    readonly timing: MachineTiming,
    readonly random: Random,
    private readonly clock: DriftingClock,
  ) {
    this.disk = new Disk(world.storage);
  }

  get localTime(): number {
    return this.clock.at(this.world.timeline.now);
  }

  get paused(): boolean {
    return this.pausedUntil > this.world.timeline.now;
  }

  get stalled(): boolean {
    return this.stalledUntil > this.world.timeline.now;
  }

  start(): void {
    if (this.life !== undefined) return;
    this.lives++;
    this.life = new Life(this);
    this.world.witness.started(this);
    this.life.start();
  }

  /** Power is cut: the life ends where it is, and what was not synced may be gone. */
  crash(): void {
    if (this.life === undefined) return;
    this.endLife();
    this.disk.crash(this.timing.unsyncedSurvives ? this.random : undefined);
    this.snapshots.crash(this.random);
    this.world.witness.crashed(this);
  }

  /** The actor said that nothing keeps it: all is synced and the process ends. */
  stop(): void {
    if (this.life === undefined) return;
    this.endLife();
    for (;;) {
      if (this.disk.syncing.length > 0) this.world.witness.synced(this, this.disk.finishSync());
      if (!this.disk.startSync()) break;
    }
    this.world.witness.stopped(this);
  }

  /** The disk is replaced by an empty one; only while the machine is down. */
  wipe(): void {
    this.crash();
    this.disk.wipe();
    this.snapshots.wipe();
    this.world.witness.wiped(this);
  }

  /** As SIGSTOP: no turn is taken, while the clock goes on and messages gather. */
  pause(forMs: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.world.timeline.now + forMs);
  }

  /** No sync ends before this much time has passed. */
  stall(forMs: number): void {
    this.stalledUntil = Math.max(this.stalledUntil, this.world.timeline.now + forMs);
  }

  /** The disk works again, and a machine that was stopped goes on. */
  recoverFaults(): void {
    this.stalledUntil = 0;
    this.pausedUntil = 0;
    this.syncAtOnce();
  }

  receive(from: Address, message: V['message']): void {
    if (this.life === undefined) this.world.witness.lost(from, this.address, message, 'down');
    else this.life.put({ kind: 'receive', from, message });
  }

  // What a life asks of its machine.

  post(to: Address, message: V['message']): void {
    this.world.post(this.address, to, message);
  }

  alarm(localMs: number, ring: () => void): Scheduled {
    return this.world.timeline.after(this.clock.trueDelay(localMs), ring);
  }

  later(delayMs: number, run: () => void): Scheduled {
    return this.world.timeline.after(delayMs, run);
  }

  /** Runs after the delay, or when the machine is not paused any more. */
  whenAwake(delayMs: number, run: () => void): Scheduled {
    const { timeline } = this.world;
    const attempt = (): void => {
      if (this.paused) timeline.at(Math.min(this.pausedUntil, timeline.now + pausePollMs), attempt);
      else run();
    };
    return timeline.after(delayMs, attempt);
  }

  /** Starts a sync of all that is buffered, unless one is under way. */
  flush(): void {
    if (this.timing.instantSync) return this.syncAtOnce();
    if (!this.disk.startSync()) return;
    const life = this.life;
    this.later(this.random.between(...this.timing.syncMs), () => this.endSync(life));
  }

  /** In a world of instant syncs only. */
  syncAtOnce(): void {
    if (!this.timing.instantSync || this.stalled) return;
    while (this.disk.startSync()) this.finishSync();
  }

  private endSync(life: Life<V> | undefined): void {
    if (this.life !== life) return;
    if (this.stalled) return void this.world.timeline.at(this.stalledUntil, () => this.endSync(life));
    this.finishSync();
    this.flush();
  }

  private finishSync(): void {
    const slots = this.disk.finishSync();
    this.world.witness.synced(this, slots);
    this.life?.synced(slots[slots.length - 1]!.token);
  }

  private endLife(): void {
    this.life?.end();
    this.life = undefined;
    this.pausedUntil = 0;
  }
}

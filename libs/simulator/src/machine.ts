import { DamagedState } from '@synod/actor';
import type { Address, Vocabulary } from '@synod/actor';
import { DiskError } from '@synod/journal';
import type { ProcessMark } from '@synod/nats-transport';
import type { DriftingClock } from './clock.js';
import { Disk } from './disk.js';
import type { DiskTiming } from './disk.js';
import type { LoopTiming } from './event-loop.js';
import { Life } from './life.js';
import type { Random } from './random.js';
import { Violation } from './violation.js';
import type { World } from './world.js';

export interface MachineTiming extends DiskTiming, LoopTiming {
  /** How long a replica that stopped by itself waits for somebody to start it again. */
  readonly operatorMs: readonly [number, number];
}

/** What keeps its identity while lives come and go: address, disk, clock. */
export class Machine<V extends Vocabulary> {
  readonly disk: Disk<V>;
  life: Life<V> | undefined;
  lives = 0;
  /** A damaged state of this machine was set aside, and stays there. */
  hasSetAside = false;
  private readonly operator: Random;

  constructor(
    readonly world: World<V>,
    readonly address: Address,
    readonly timing: MachineTiming,
    readonly random: Random,
    readonly clock: DriftingClock,
  ) {
    this.operator = random.fork('operator');
    const process = { complete: (run: () => void) => this.life?.loop.poll(run), cutPower: () => this.crash() };
    this.disk = new Disk(world.timeline, random.fork('disk'), timing, process);
  }

  get localTime(): number {
    return this.clock.at(this.world.timeline.now);
  }

  get paused(): boolean {
    return this.life?.loop.paused === true;
  }

  /** As by SIGSTOP without SIGCONT. */
  get isStopped(): boolean {
    return this.life?.loop.stopped === true;
  }

  /** False: the process that runs holds the lock of the directory, as `lockDirectory` does in production. */
  start(): boolean {
    if (this.life !== undefined) return false;
    this.lives++;
    this.life = new Life(this);
    this.life.start();
    return true;
  }

  /** The process is stopped for good: the next one is on a copy of its disk. It keeps its connections until it is ended. */
  takeOver(mark: ProcessMark): void {
    this.disk.copy();
    this.world.witness.crashed(this);
    this.lives++;
    this.life = new Life(this, mark);
    this.life.start();
  }

  /** Power is cut: the life ends where it is, and what was not synced may be gone. */
  crash(): void {
    if (this.life === undefined) return;
    this.endLife();
    this.disk.crash();
    this.world.witness.crashed(this);
  }

  /** The process is gone; its machine goes on, and with it what was written and not synced. */
  kill(): void {
    if (this.life === undefined) return;
    this.endLife();
    this.disk.kill();
    this.world.witness.crashed(this);
  }

  /** The process has ended in order. */
  stopped(): void {
    this.endLife();
    this.disk.kill();
    this.world.witness.stopped(this);
  }

  /** The process has ended by itself; somebody will start it again. */
  fail(error: Error): void {
    const cause = causeOf(error);
    if (!(cause instanceof DamagedState || cause instanceof DiskError)) return this.world.timeline.fail(error);
    if (cause instanceof DamagedState && !this.disk.wasHarmed)
      return this.world.timeline.fail(foundDamaged(this.address, cause));
    this.kill();
    this.world.counters.count(cause instanceof DamagedState ? 'states set aside' : 'halts after a disk error');
    this.world.witness.fault(`${this.address} halts: ${error.message}`);
    if (cause instanceof DamagedState) this.setAside();
    this.world.timeline.after(this.operator.between(...this.timing.operatorMs), () => void this.start());
  }

  /** The disk is replaced by an empty one. */
  wipe(): void {
    this.crash();
    this.disk.replace();
    this.hasSetAside = false;
    this.world.witness.wiped(this);
  }

  /** As SIGSTOP: no turn is taken, while the clock goes on and messages gather. */
  pause(forMs: number): void {
    this.life?.loop.pause(forMs);
  }

  /** Nothing that the disk does ends before this much time has passed. */
  stall(forMs: number): void {
    this.disk.stall(forMs);
  }

  /** A process that was stopped goes on. */
  resume(): void {
    this.life?.loop.resume();
  }

  private setAside(): void {
    this.disk.replace();
    this.hasSetAside = true;
    this.world.witness.wiped(this);
  }

  private endLife(): void {
    this.life?.end();
    this.life = undefined;
  }
}

/** Who takes a write that it lost itself for damage would set its state aside, and nobody would notice the loss. */
function foundDamaged(address: Address, { message }: Error): Violation {
  return new Violation('Durable is Durable', 'Raft Figure 2, "persistent state"', `nothing has damaged the disk of ${address}, which says: ${message}`); // prettier-ignore
}

/** What is behind an error that says more about it. */
function causeOf(error: Error): unknown {
  let cause: unknown = error;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  return cause;
}

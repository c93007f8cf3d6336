import type { Actor, Effect, Input, Token, Vocabulary } from '@synod/actor';
import type { ReplicatedService } from '@synod/state-machine';
import type { Machine } from './machine.js';
import type { Random } from './random.js';
import type { Scheduled } from './timeline.js';

type Kind<T, K> = T extends { readonly kind: K } ? T : never;
type Untimed<V extends Vocabulary> = Input<V> extends infer I ? (I extends unknown ? Omit<I, 'at'> : never) : never;
type Send<V extends Vocabulary> = Kind<Effect<V>, 'send'>;

interface RunningTimer {
  /** On the machine's own clock. */
  readonly due: number;
  readonly alarm: Scheduled | undefined;
}

/** Zero-delay timers that start each other do not hold a turn for ever; the rest goes on in the next turn. */
const endOfTurnRounds = 4;

/**
 * One life of an actor, from start to crash: mailbox, timers and the effects' law, as the production host has them.
 * A turn drains the mailbox, then fires timers that are due, then those without delay, then starts a sync.
 */
export class Life<V extends Vocabulary> {
  readonly actor: Actor<V>;
  readonly service: ReplicatedService;
  durableToken: Token = 0;
  /** Crash when so many more effects and held sends have been executed. */
  crashAfter = Number.POSITIVE_INFINITY;
  ended = false;
  private mailbox: Untimed<V>[] = [];
  private turn: Scheduled | undefined;
  private readonly timers = new Map<V['timer'], RunningTimer>();
  private due = new Set<V['timer']>();
  private endOfTurn = new Set<V['timer']>();
  private held: Send<V>[] = [];
  private readonly dice: Random;

  constructor(private readonly machine: Machine<V>) {
    const { actor, service } = machine.world.make(machine.address);
    this.actor = actor;
    this.service = service;
    this.dice = machine.random.fork(`life ${machine.lives}`);
  }

  start(): void {
    const empty = this.machine.disk.empty;
    const { records, tail } = this.machine.disk.recover();
    for (const record of records) this.mailbox.push({ kind: 'recover', record } as Untimed<V>);
    const incarnation = 1 + this.dice.below(2 ** 31);
    this.put({ kind: 'recovered', tail, empty, incarnation } as Untimed<V>);
  }

  put(input: Untimed<V>): void {
    if (this.ended) return;
    this.mailbox.push(input);
    this.wake(this.dice.between(0, this.machine.timing.wakeMs));
  }

  /** Fires a running timer now, whenever it was due. False when it does not run. */
  fire(timer: V['timer']): boolean {
    if (!this.timers.has(timer)) return false;
    this.due.add(timer);
    this.wake(0);
    return true;
  }

  dueTime(timer: V['timer']): number | undefined {
    return this.timers.get(timer)?.due;
  }

  get runningTimers(): readonly V['timer'][] {
    return [...this.timers.keys()];
  }

  end(): void {
    this.ended = true;
    this.turn = undefined;
    for (const { alarm } of this.timers.values()) if (alarm !== undefined) alarm.cancelled = true;
  }

  /** The disk finished a sync that covers `token`. */
  synced(token: Token): void {
    if (this.ended) return;
    this.durableToken = token;
    this.put({ kind: 'persisted', token } as Untimed<V>);
    const ready = this.held.filter((send) => send.after <= token);
    if (ready.length === 0) return;
    this.held = this.held.filter((send) => send.after > token);
    for (const send of ready) {
      if (!this.survives()) return;
      this.machine.post(send.to, send.message);
    }
  }

  private wake(delayMs: number): void {
    this.turn ??= this.machine.whenAwake(delayMs, () => this.takeTurn());
  }

  private takeTurn(): void {
    this.turn = undefined;
    if (this.ended) return;
    const inputs = this.mailbox;
    this.mailbox = [];
    for (const input of inputs) if (!this.step(input)) return;
    const due = this.due;
    this.due = new Set();
    for (const timer of due) if (!this.fireDue(timer)) return;
    for (let round = 0; round < endOfTurnRounds && this.endOfTurn.size > 0; round++) {
      const timers = this.endOfTurn;
      this.endOfTurn = new Set();
      for (const timer of timers) if (!this.step({ kind: 'timeout', timer } as Untimed<V>)) return;
    }
    this.machine.flush();
    if (this.mailbox.length > 0 || this.endOfTurn.size > 0 || this.due.size > 0) this.wake(0);
  }

  /** A timer that an input of this very turn stopped or started anew does not fire. */
  private fireDue(timer: V['timer']): boolean {
    if (!this.timers.delete(timer)) return true;
    return this.step({ kind: 'timeout', timer } as Untimed<V>);
  }

  private step(untimed: Untimed<V>): boolean {
    const { machine } = this;
    const input = { ...untimed, at: machine.localTime } as unknown as Input<V>;
    const witness = machine.world.witness;
    witness.stepping(machine, input);
    for (const effect of this.actor.step(input)) {
      if (!this.survives()) return false;
      this.execute(effect);
      witness.executed(machine, effect);
      if (this.ended) return false;
    }
    witness.stepped(machine, input);
    return true;
  }

  /** The place between two effects: here the power may be cut. */
  private survives(): boolean {
    if (this.ended) return false;
    if (--this.crashAfter >= 0) return true;
    this.machine.crash();
    return false;
  }

  private execute(effect: Effect<V>): void {
    const { machine } = this;
    switch (effect.kind) {
      case 'persist':
        return void machine.disk.append(effect.token, effect.record);
      case 'send':
        return this.send(effect);
      case 'startTimer':
        return this.startTimer(effect.timer, this.dice.between(effect.delay.minMs, effect.delay.maxMs));
      case 'stopTimer':
        return this.stopTimer(effect.timer);
      case 'observe':
        return;
      case 'readLog':
        return this.answer(machine.timing.readMs, () => ({
          kind: 'logRead',
          id: effect.id,
          batches: machine.disk.read(effect.from, effect.through, effect.maxBytes),
        }));
      case 'takeSnapshot': {
        const pages = this.service.snapshot();
        return this.answer(machine.timing.snapshotMs, () => {
          const sizeBytes = machine.snapshots.write(effect.snapshot, pages);
          return { kind: 'snapshotTaken', id: effect.id, snapshot: effect.snapshot, sizeBytes };
        });
      }
      case 'readChunk':
        return this.answer(machine.timing.readMs, () => ({
          kind: 'chunkRead',
          id: effect.id,
          chunk: machine.snapshots.readChunk(effect.snapshot, effect.offset, effect.maxBytes),
        }));
      case 'writeChunk':
        return this.answer(machine.timing.readMs, () => ({
          kind: 'chunkWritten',
          id: effect.id,
          heldBytes: machine.snapshots.writeChunk(effect.chunk),
        }));
      case 'installSnapshot':
        return this.answer(machine.timing.snapshotMs, () => ({
          kind: 'snapshotInstalled',
          id: effect.id,
          ok: machine.snapshots.install(effect.snapshot, this.service),
        }));
      case 'cut':
        machine.disk.cut(effect.through, effect.keep, this.dice);
        return machine.snapshots.keepOnly(effect.snapshot);
      case 'stop':
        return machine.stop();
    }
  }

  private send(effect: Send<V>): void {
    if (effect.after > this.durableToken) this.machine.syncAtOnce();
    if (effect.after <= this.durableToken) this.machine.post(effect.to, effect.message);
    else this.held.push(effect);
  }

  private startTimer(timer: V['timer'], delayMs: number): void {
    this.stopTimer(timer);
    if (delayMs === 0) return void this.endOfTurn.add(timer);
    const { machine } = this;
    const due = machine.localTime + delayMs;
    const alarm = machine.timing.timersRun ? machine.alarm(delayMs, () => this.fire(timer)) : undefined;
    this.timers.set(timer, { due, alarm });
  }

  private stopTimer(timer: V['timer']): void {
    const running = this.timers.get(timer);
    if (running?.alarm !== undefined) running.alarm.cancelled = true;
    this.timers.delete(timer);
    this.due.delete(timer);
    this.endOfTurn.delete(timer);
  }

  private answer(delay: readonly [number, number], make: () => unknown): void {
    this.machine.later(this.dice.between(...delay), () => {
      if (!this.ended) this.put(make() as Untimed<V>);
    });
  }
}

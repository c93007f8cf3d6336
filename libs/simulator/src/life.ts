import { wrapped } from '@synod/actor';
import type { Actor, Address, Effect, Input, Token, Vocabulary } from '@synod/actor';
import { ActorHost } from '@synod/actor-host';
import type { Observer } from '@synod/actor-host';
import { ProcessMark } from '@synod/nats-transport';
import type { ReplicatedService } from '@synod/state-machine';
import { EventLoop } from './event-loop.js';
import type { Process } from './bus/bus.js';
import type { Machine } from './machine.js';
import type { LifeTransport } from './network.js';
import { drawName, elderEnds } from './second-process.js';
import { Steps } from './steps.js';
import type { Interludes } from './steps.js';

/** How long a process that was asked to stop may take. */
const stopMs = 2000;

/**
 * One process: the production host over simulated ports, from start to crash. The actor's effects pass through here one by
 * one, which is where witnesses look and where the power may be cut.
 */
export class Life<V extends Vocabulary> implements Process {
  readonly address: Address;
  readonly actor: Actor<V>;
  readonly service: ReplicatedService;
  readonly loop: EventLoop;
  /** Crash when so many more effects and held sends have been executed. */
  crashAfter = Number.POSITIVE_INFINITY;
  private ended = false;
  private readonly bornAt: number;
  private readonly host: ActorHost<V>;
  private readonly disk;
  private readonly transport: LifeTransport;
  private executing: Effect<V> | undefined;
  private durable: Token = 0;
  private readonly running = new Map<V['timer'], number>();
  private readonly steps: Steps<V>;
  private readonly random;

  constructor(
    private readonly machine: Machine<V>,
    /** Of a process that has lived for a while before it takes part. */
    mark?: ProcessMark,
  ) {
    const { world, address, clock, timing } = machine;
    this.random = machine.random.fork(`life ${machine.lives}`);
    this.loop = new EventLoop(world.timeline, clock, this.random.fork('loop'), timing, () => this.settle());
    this.disk = machine.disk.open(address, () => this.loop.now(), world.tamper);
    this.disk.journal.onRead = () => world.witness.started(machine);
    const { actor, service, authenticator } = world.make(address, machine.hasSetAside);
    this.actor = actor;
    this.service = service;
    this.address = address;
    this.bornAt = this.loop.now();
    this.steps = new Steps<V>(this.interludes());
    const own = mark ?? new ProcessMark(() => this.loop.now(), drawName(this.random.fork('mark')));
    this.transport = world.network.attach(this, own, () => world.timeline.fail(elderEnds(address)));
    this.host = new ActorHost<V>({
      actor: wrapped(actor, (input: Input<V>) => this.step(input)),
      members: new Set(world.machines.keys()),
      messages: world.messages,
      records: world.records,
      state: service,
      transport: this.transport,
      journal: this.disk.journal,
      snapshots: this.disk.snapshots,
      clock: this.loop,
      scheduler: this.loop,
      dice: { between: (min, max) => this.draw(min, max) },
      observer: this.observer(),
      ...(authenticator && { authenticator }),
      onFailed: (error) => machine.fail(error),
    });
  }

  start(): void {
    this.disk.snapshots.ready((error) => {
      if (error !== undefined) return this.machine.fail(error);
      this.host.begin((failure) => {
        if (failure !== undefined && !this.ended) this.machine.fail(failure);
      });
    });
    this.settle();
  }

  /** The process is asked to stop in order. */
  stop(): void {
    this.host.end(stopMs, () => {
      if (!this.ended) this.machine.stopped();
    });
  }

  /** Nothing more happens here. */
  end(): void {
    this.ended = true;
    this.transport.sever();
    this.loop.end();
  }

  read(take: () => void): void {
    this.loop.poll(take);
  }

  later(delayMs: number, run: () => void): void {
    this.loop.schedule(delayMs, run);
  }

  /** For worlds whose timers do not run by themselves: fires one whose time has come. False when it does not run. */
  fire(timer: V['timer']): boolean {
    if (!this.running.has(timer)) return false;
    this.loop.ring(timer);
    return true;
  }

  dueTime(timer: V['timer']): number | undefined {
    return this.running.get(timer);
  }

  /** On its machine's clock. */
  get ageMs(): number {
    return this.loop.now() - this.bornAt;
  }

  /** As its half-second probe does, once it is not stopped. */
  askForElder(): void {
    this.loop.poll(() => this.transport.ask());
  }

  get runningTimers(): readonly V['timer'][] {
    return [...this.running.keys()];
  }

  private settle(): void {
    if (this.machine.timing.instant) this.machine.disk.settle();
  }

  private step(input: Input<V>): Iterable<Effect<V>> {
    if (this.ended) return [];
    if (input.kind === 'timeout') this.running.delete(input.timer);
    this.machine.world.witness.stepping(this.machine, input);
    return this.steps.begin(input, this.actor.step(input));
  }

  private interludes(): Interludes<V> {
    const { machine } = this;
    const { witness } = machine.world;
    return {
      before: (effect) => {
        if (!this.survives()) return false;
        this.before(effect);
        this.executing = effect;
        return true;
      },
      after: (effect) => {
        this.executing = undefined;
        this.loop.label = '';
        witness.executed(machine, effect);
        return !this.ended;
      },
      end: (input) => witness.stepped(machine, input),
    };
  }

  private before(effect: Effect<V>): void {
    if (effect.kind === 'startTimer') {
      this.loop.label = effect.timer;
      if (effect.delay.maxMs > 0) this.running.set(effect.timer, this.loop.now() + effect.delay.minMs);
    } else if (effect.kind === 'stopTimer') this.running.delete(effect.timer);
    else if (effect.kind === 'send' && effect.after > this.durable && this.flushesForSends) {
      this.disk.journal.flush();
      this.settle();
    }
  }

  /** A stalled disk does nothing for a send; it syncs once for all of a turn, as others do. */
  private get flushesForSends(): boolean {
    return this.machine.timing.instant && !this.machine.disk.stalled;
  }

  private draw(min: number, max: number): number {
    const drawn = this.random.between(min, max);
    const { executing } = this;
    if (executing?.kind === 'startTimer') this.running.set(executing.timer, this.loop.now() + drawn);
    return drawn;
  }

  /** The place between two effects: here the power may be cut. */
  private survives(): boolean {
    if (this.ended) return false;
    if (--this.crashAfter >= 0) return true;
    this.machine.crash();
    return false;
  }

  private observer(): Observer<V> {
    const { machine } = this;
    const { world } = machine;
    return {
      received: () => undefined,
      event: () => undefined,
      persisting: (token, record) => machine.disk.note(token, record),
      durable: (token) => {
        this.durable = token;
        if (!this.ended) world.witness.synced(machine, machine.disk.synced(token));
      },
      sending: (to, message) => {
        // A send that was held back is an effect of its own; all others are counted where they are asked for.
        if (this.ended || (this.executing?.kind !== 'send' && !this.survives())) return undefined;
        world.witness.left(machine.address, world.recipients(machine.address, to), message);
        return undefined;
      },
      refused: (_from, reason) => world.counters.count(`refused by a host: ${reason}`),
    };
  }
}

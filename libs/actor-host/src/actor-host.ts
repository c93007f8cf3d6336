import type { Actor, Address, Effect, Input, Token, Vocabulary } from '@synod/actor';
import type { Authenticator, Clock, Dice, Journal, MessageCodec, Observer } from './ports.js';
import type { OpenedJournal, RecordCodec, Scheduler, SnapshotStore, StoredFrame, Transport } from './ports.js';
import type { HostLimits } from './limits.js';
import type { Lanes, Letter } from './lanes.js';
import type { SnapshotSource } from '@synod/state-machine';
import { Effects } from './effects.js';
import { Intake } from './intake.js';
import { Mailbox } from './mailbox.js';
import { SendGate } from './send-gate.js';
import { Timers } from './timers.js';
import { defaultHostLimits } from './limits.js';

/** An actor whose effects are taken one by one, each done before the next is asked for: a simulation looks in between. */
export type HostedActor<V extends Vocabulary> = Omit<Actor<V>, 'step'> & {
  step(input: Input<V>): Iterable<Effect<V>>;
};

/** Everything an actor needs to live. The host owns transport and journal from `start` on and closes them. */
export interface HostParts<V extends Vocabulary> {
  readonly actor: HostedActor<V>;
  /** Who may send the codec's `peerKinds`. */
  readonly members: ReadonlySet<Address>;
  readonly messages: MessageCodec<V>;
  readonly records: RecordCodec<V>;
  /** What `takeSnapshot` freezes and `installSnapshot` replaces: the replicated service that the actor applies to. */
  readonly state: SnapshotSource;
  readonly transport: Transport;
  readonly journal: Journal;
  readonly snapshots: SnapshotStore;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly dice: Dice;
  readonly observer: Observer<V>;
  readonly authenticator?: Authenticator<V>;
  readonly limits?: HostLimits;
  /** Told once: the replica has stopped for good, because its disk failed or its own state contradicts itself. */
  readonly onFailed: (error: Error) => void;
}

type Phase = 'new' | 'recovering' | 'running' | 'failed' | 'stopped';

const incarnations = 2 ** 48 - 1;

/**
 * Gives one actor its life: recovers it, steps it, does what it asks for.
 *
 * A turn begins when the event loop has polled its sockets; it steps everything that waits, then the timers that are
 * due, then those of zero delay, and ends with one flush of the journal. So whatever arrived together becomes one
 * batch, one write and one sync.
 *
 * The host itself knows no time, no randomness and no event loop: all of these, and all waiting, come through its
 * ports. Over ports that a seed decides, a run of the host is decided by that seed.
 */
export class ActorHost<V extends Vocabulary> {
  private phase: Phase = 'new';
  private readonly mailbox: Mailbox<V>;
  private readonly gate: SendGate<V>;
  private readonly timers: Timers<V['timer']>;
  private readonly effects: Effects<V>;
  private readonly intake: Intake<V>;
  private readonly limits: HostLimits;
  private turnPending = false;
  private leave: (() => void) | undefined;
  private stopEffect = false;
  private stopping: Promise<void> | undefined;
  private failure: Error | undefined;

  constructor(private readonly parts: HostParts<V>) {
    this.limits = parts.limits ?? defaultHostLimits;
    this.mailbox = new Mailbox(this.limits);
    this.gate = new SendGate((to, message) => this.publish(to, message));
    this.timers = new Timers(parts.clock, () => this.wake());
    this.effects = new Effects({
      ...parts,
      timers: this.timers,
      gate: this.gate,
      answer: (input) => this.putOwn(input),
      fail: (error) => this.fail(error),
      stopped: () => (this.stopEffect = true),
    });
    this.intake = new Intake({
      ...parts,
      authenticator: parts.authenticator,
      limits: this.limits,
      mailbox: this.mailbox,
      wake: () => this.wake(),
      refused: (from, reason) => parts.observer.refused(from, reason),
      abused: (from, message, bytes) => parts.transport.abused?.(from, parts.messages.kindOf(message), bytes),
      answer: (to, message) => this.publish(to, message),
    });
  }

  /** Recovers the actor from its journal, then listens. Rejects when the journal cannot be read or understood. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => this.begin((error) => (error ? reject(error) : resolve())));
  }

  /** `start` for those who cannot wait for promises: a simulation that runs synchronously. */
  begin(done: (error: Error | undefined) => void): void {
    const { journal } = this.parts;
    if (this.phase !== 'new') return done(new Error('a host starts once'));
    this.phase = 'recovering';
    journal.onDurable = (token, startedAt, endedAt) => this.durable(token, startedAt, endedAt);
    journal.onFailed = (error) => this.fail(error);
    journal.open(
      (frame) => this.recover(frame),
      (opened) => {
        if (opened instanceof Error) this.fail(opened);
        else this.recovered(opened);
        done(this.failure);
      },
    );
  }

  /**
   * Lets the actor hand over and everything it has promised become durable and leave, for at most `deadlineMs`; then
   * closes transport and journal. Also closes after a failure.
   */
  stop(deadlineMs: number): Promise<void> {
    this.stopping ??= new Promise<void>((resolve) => this.end(deadlineMs, resolve)).then(async () => {
      await this.parts.transport.close();
      await this.parts.journal.close();
    });
    return this.stopping;
  }

  /** The first half of `stop`, once: after `done` nothing is stepped and nothing leaves any more; transport and journal are open. */
  end(deadlineMs: number, done: () => void): void {
    const ended = (): void => {
      this.halt('stopped');
      done();
    };
    if (this.phase !== 'running') return ended();
    const cancel = this.parts.clock.schedule(deadlineMs, () => this.leave?.());
    this.leave = () => {
      this.leave = undefined;
      cancel();
      ended();
    };
    this.putOwn({ at: 0, kind: 'stopping' });
  }

  /** How much is waiting here: for gauges and status. */
  load(): { readonly letters: number; readonly waitingSends: number } {
    return { letters: this.mailbox.letterCount, waitingSends: this.gate.waitingCount };
  }

  /** Bytes of others that wait to be stepped, those whose signatures are being verified included. */
  held(): { readonly peers: number; readonly clients: number } {
    const { peers, clients } = this.mailbox;
    return { peers: peers.heldBytes, clients: clients.heldBytes };
  }

  private get alive(): boolean {
    return this.phase === 'running' || this.phase === 'recovering';
  }

  private recovered({ tail, empty }: OpenedJournal): void {
    const { dice, clock, transport } = this.parts;
    if (this.phase !== 'recovering') return;
    const incarnation = Math.floor(dice.between(1, incarnations));
    this.step({ at: clock.now(), kind: 'recovered', tail, empty, incarnation });
    if (!this.alive) return;
    this.phase = 'running';
    transport.listen((delivery) => this.intake.receive(delivery));
    this.wake();
  }

  private recover(frame: StoredFrame): void {
    if (this.phase !== 'recovering') return;
    try {
      const record = this.parts.records.decode(frame);
      this.step({ at: this.parts.clock.now(), kind: 'recover', record });
    } catch (error) {
      const sentence = `a journal record of type ${frame.type} cannot be understood: ${toError(error).message}`;
      this.fail(new Error(sentence, { cause: error }));
    }
  }

  /** A turn is due. The scheduler lets the sockets go first, so that what they hold comes before a timer. */
  private wake(): void {
    if (this.turnPending || this.phase !== 'running') return;
    this.turnPending = true;
    this.parts.scheduler.soon(this.turn);
  }

  private readonly turn = (): void => {
    this.turnPending = false;
    if (this.phase !== 'running') return;
    const { clock, journal } = this.parts;
    const { roundsPerTurn, turnMs } = this.limits;
    const until = clock.now() + turnMs;
    const heardPeers = this.drain();
    const timerWaits = this.timers.fireDue(heardPeers, this.timeout);
    for (let round = 1; this.hasWork && round <= roundsPerTurn && (round === 1 || clock.now() < until); round++) {
      this.timers.fireEndOfTurn(this.timeout);
      this.drain();
    }
    if (!this.alive) return;
    journal.flush();
    if (timerWaits || this.hasWork) this.wake();
    if (this.stopEffect && this.gate.durableThrough >= this.effects.lastToken) this.leave?.();
  };

  private get hasWork(): boolean {
    const { mailbox } = this;
    if (mailbox.ownCount > 0 || this.timers.hasEndOfTurn) return true;
    if (this.diskLags) return false;
    return mailbox.peers.waiting > 0 || (mailbox.clients.waiting > 0 && this.takesClients());
  }

  /** While the disk lags this far behind, others' messages stay in the mailbox, where quotas bound them. */
  private get diskLags(): boolean {
    return this.gate.waitingCount >= this.limits.waitingSends;
  }

  /** Steps what waits now: our own inputs, then peers' letters, then clients'. Tells whether peers' were among it. */
  private drain(): boolean {
    const { mailbox } = this;
    const { clock } = this.parts;
    for (let input = mailbox.takeOwn(); input; input = mailbox.takeOwn()) {
      (input as { at: number }).at = clock.now();
      this.step(input);
    }
    const heardPeers = this.takeFrom(mailbox.peers, this.always);
    this.takeFrom(mailbox.clients, this.takesClients);
    return heardPeers;
  }

  /** Steps letters that wait now, as long as the actor takes them, for one turn's time. Tells whether there was one. */
  private takeFrom(lanes: Lanes<V>, open: () => boolean): boolean {
    const { clock } = this.parts;
    let now = clock.now();
    const until = now + this.limits.turnMs;
    let taken = 0;
    for (const waiting = lanes.waiting; taken < waiting && now <= until && !this.diskLags && open(); taken++) {
      const letter = lanes.take();
      if (!letter) break;
      now = clock.now();
      this.receive(letter, now);
    }
    return taken > 0;
  }

  private readonly always = (): boolean => true;
  private readonly takesClients = (): boolean => this.parts.actor.takesClients?.() ?? true;

  private receive({ from, message, context }: Letter<V>, at: number): void {
    this.parts.observer.received(from, message, context, at);
    this.step({ at, kind: 'receive', from, message });
  }

  private readonly timeout = (timer: V['timer']): void => {
    this.step({ at: this.parts.clock.now(), kind: 'timeout', timer });
  };

  private step(input: Input<V>): void {
    if (!this.alive) return;
    try {
      for (const effect of this.parts.actor.step(input)) {
        if (!this.alive) return;
        this.effects.run(effect, input.at);
      }
    } catch (error) {
      this.fail(toError(error));
    }
  }

  private publish(to: Address, message: V['message']): void {
    if (!this.alive) return;
    const { observer, transport, messages, clock } = this.parts;
    try {
      const context = observer.sending(to, message, clock.now());
      const kind = messages.kindOf(message);
      const payload = messages.encode(message);
      if (!messages.peerKinds.has(kind)) this.mailbox.clients.charge(to, payload.length);
      transport.publish(to, kind, payload, context);
    } catch (error) {
      this.fail(toError(error));
    }
  }

  private durable(token: Token, startedAt: number, endedAt: number): void {
    // A completion that comes late, after a higher one, says nothing new.
    if (!this.alive || token <= this.gate.durableThrough) return;
    this.parts.observer.durable(token, startedAt, endedAt);
    this.gate.release(token);
    this.putOwn({ at: 0, kind: 'persisted', token });
  }

  private putOwn(input: Input<V>): void {
    if (!this.alive) return;
    this.mailbox.putOwn(input);
    this.wake();
  }

  private fail(error: Error): void {
    if (!this.alive) return;
    const started = this.phase === 'running';
    this.failure = error;
    this.halt('failed');
    if (started) this.parts.onFailed(error);
  }

  /** From here on nothing is stepped and nothing leaves, as after a crash. */
  private halt(phase: 'failed' | 'stopped'): void {
    if (this.phase !== 'failed') this.phase = phase;
    this.mailbox.clear();
    this.gate.discard();
    this.timers.stopAll();
    this.intake.close();
    this.leave?.();
  }
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

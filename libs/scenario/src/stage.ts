import { printEffect } from '@synod/actor';
import type { Address, Effect, Vocabulary } from '@synod/actor';
import { Random, World } from '@synod/simulator';
import type { Machine, MachineTiming } from '@synod/simulator';
import { Misspelt } from './complaints.js';
import { HeldNetwork } from './held-network.js';
import type { Mail } from './held-network.js';
import type { Cluster, Options, Protocol } from './protocol.js';

/** Nothing takes time and nothing happens unless a command says so. */
const timing: MachineTiming = {
  syncMs: [0, 0],
  otherMs: [0, 0],
  instant: true,
  unsyncedSurvives: false,
  segmentBytes: 16 * 1024,
  recentBytes: 16 * 1024,
  operatorMs: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  wakeMs: 0,
  timersRun: false,
};

interface Line {
  text: string;
  /** Sends of the same message in a row share a line. */
  readonly send?: { readonly from: Address; readonly to: Address[]; readonly message: string };
}

/** The world of one scenario, and what is written down of it. */
export class Stage<V extends Vocabulary> {
  readonly world: World<V>;
  readonly network: HeldNetwork<V>;
  quiet = false;
  private lines: Line[] = [];
  private timersOfStep = new Set<string>();
  private requests = 0;
  private readonly judged: boolean;
  private told = false;
  private readonly clusterOf: Cluster<V>;

  constructor(
    readonly protocol: Protocol<V>,
    readonly members: readonly Address[],
    options: Options,
  ) {
    this.clusterOf = protocol.cluster(members, options);
    const { multicast, messages, records, make } = this.clusterOf;
    this.network = new HeldNetwork<V>(
      messages,
      (from, to) => this.world.recipients(from, to).filter((address) => members.includes(address)),
      (mail) => this.write(this.lostLine(mail)),
    );
    const random = new Random(`scenario of ${members.join(' ')}`);
    const network = (): HeldNetwork<V> => this.network;
    const { tamper } = protocol;
    this.world = new World<V>({ random, members, multicast, make, messages, records, timing, tamper, clockDrift: 0, network }); // prettier-ignore
    this.watch();
    this.judged = options.has('judged');
    if (this.judged) this.world.watch(judgeOf(protocol)(this.world));
    this.quietly(() => members.forEach((address) => this.given(address, options)));
  }

  /** Lines since the last time. */
  take(): string[] {
    const lines = this.lines.map(({ text }) => text);
    this.lines = [];
    return lines;
  }

  /** With what a `judged` scenario's world has failed: nothing happens after it. */
  get violation(): Error | undefined {
    return this.judged ? this.world.timeline.failed : undefined;
  }

  /** Below the command that led to it, once. */
  tellViolation(): void {
    const { violation } = this;
    if (violation === undefined || this.told) return;
    this.told = true;
    const { name, message } = violation;
    const sentence = name === 'Violation' ? message : `${name}: ${message}`;
    this.say(`✗ ${sentence.replace(/\s+/g, ' ')}`);
  }

  /** Written even in a quiet block. */
  say(text: string): void {
    this.lines.push({ text });
  }

  machine(address: Address): Machine<V> {
    return this.world.machine(address);
  }

  /** Lets everything happen that needs no command. */
  run(): void {
    this.world.timeline.runUntil(this.world.timeline.now);
  }

  /** A replica starts anew from this disk. */
  given(address: Address, options: Options): void {
    const machine = this.machine(address);
    this.quietly(() => {
      machine.wipe();
      const { disk, records } = this.clusterOf;
      machine.disk.prepare(address, disk(address, options), (record) => records.encode(record));
      machine.start();
      this.run();
      this.network.take(this.network.waiting);
    });
  }

  deliver(mails: readonly Mail<V>[]): void {
    this.network.take(mails);
    for (const mail of mails) {
      this.network.deliver(mail);
      this.run();
    }
  }

  drop(mails: readonly Mail<V>[]): void {
    this.network.take(mails);
    for (const mail of mails) this.write(this.lostLine(mail));
  }

  /** A client's message, at once. */
  ask(client: Address, to: Address, make: (sequence: number) => V['message']): void {
    this.network.deliver(this.network.letter(client, to, make(++this.requests)));
    this.run();
  }

  quietly(act: () => void): void {
    const before = this.quiet;
    this.quiet = true;
    act();
    this.quiet = before;
  }

  private watch(): void {
    this.world.watch({
      stepping: () => this.timersOfStep.clear(),
      executed: (machine, effect) => this.effect(machine.address, effect),
      left: (from, to, message) => this.send(from, to, message),
      crashed: (machine) => this.write(`${machine.address} ✗`),
    });
  }

  private effect(at: Address, effect: Effect<V>): void {
    if (this.quiet) return;
    const text = printEffect(this.protocol.printer, at, effect);
    if (text === undefined) return;
    if (effect.kind === 'startTimer') {
      if (this.timersOfStep.has(text)) return;
      this.timersOfStep.add(text);
    }
    this.write(text);
  }

  private send(from: Address, to: readonly Address[], said: V['message']): void {
    if (this.quiet) return;
    const message = this.protocol.printer.message(said);
    const last = this.lines[this.lines.length - 1];
    if (last?.send !== undefined && last.send.from === from && last.send.message === message) {
      last.send.to.push(...to);
      last.text = sendLine(last.send);
      return;
    }
    const send = { from, to: [...to], message };
    this.lines.push({ text: sendLine(send), send });
  }

  private write(text: string): void {
    if (!this.quiet) this.lines.push({ text });
  }

  private lostLine({ from, to, message }: Mail<V>): string {
    return `${from} ⇥ ${to}  ${this.protocol.printer.message(message)}`;
  }
}

function judgeOf<V extends Vocabulary>({ judge }: Protocol<V>): NonNullable<Protocol<V>['judge']> {
  if (judge === undefined) throw new Misspelt('there is nobody to judge scenarios of this protocol');
  return judge;
}

function sendLine({ from, to, message }: NonNullable<Line['send']>): string {
  return `${from} → ${to.join(' ')}  ${message}`;
}

import type { Address, Vocabulary } from '@synod/actor';
import { parseCommand } from '../parse.js';
import type { Command } from '../parse.js';
import type { Machine } from '@synod/simulator';
import type { Protocol } from '../protocol.js';
import { Stage } from '../stage.js';
import { optionsOf, verbs } from '../verbs.js';
import type { Mail } from '../held-network.js';
import type { Deed } from './chronicle.js';

/** How deeds become commands. What is left out makes a plainer scenario, which may not come to the same end. */
export interface Manner {
  /** Words of the first line, after the replicas. */
  readonly options: readonly string[];
  /** Time passes as it did. */
  readonly waits: boolean;
  /** Disks are as slow as they were; without it a sync takes no time. */
  readonly syncs: boolean;
  /** Where no message says the same as the one that came: one that is as young as it was, or the oldest of its kind. */
  readonly otherwise: 'asYoung' | 'oldest';
  /** A client's message as a command, without its addressee; undefined: it does not matter. It is the `sequence`th. */
  readonly asks: (message: unknown, sequence: number) => string | undefined;
}

export interface Rehearsed<V extends Vocabulary> {
  /** Those that could be done, each with its commands. */
  readonly done: readonly { readonly deed: Deed<V>; readonly commands: readonly string[] }[];
  /** Before all of them. */
  readonly first: readonly string[];
  /** What the world failed with; nothing was done after it. */
  readonly failure: Error | undefined;
  readonly ends: readonly string[];
}

/** What each replica is, and its log. */
export function endsOf<V extends Vocabulary>(protocol: Protocol<V>, machines: Iterable<Machine<V>>): string[] {
  return Array.from(machines, (machine) =>
    machine.life === undefined
      ? `${machine.address} down`
      : `${machine.address} ${protocol.state(machine)}: ${protocol.log(machine)}`,
  );
}

/** For one message; a snapshot's file, whose syncs are not told, may be between. */
const moreSyncs = 2;

/**
 * Does on a scenario's stage what was done elsewhere, and says by which commands. What is not possible there, since the stage
 * came to another state, is left out.
 */
export class Rehearsal<V extends Vocabulary> {
  private readonly stage: Stage<V>;
  private readonly beganAt: number;
  private asked = 0;
  private readonly words = new Map<V['message'], string>();

  constructor(
    private readonly protocol: Protocol<V>,
    private readonly members: readonly Address[],
    private readonly manner: Manner,
    private readonly deeds: readonly Deed<V>[],
  ) {
    this.stage = new Stage(protocol, members, optionsOf(manner.options));
    this.stage.quiet = true;
    this.beganAt = deeds[0]?.timeMs ?? 0;
  }

  run(): Rehearsed<V> {
    const first = this.manner.syncs ? [`stall ${this.members.join(' ')}`] : [];
    for (const command of first) this.perform(command);
    const done: { deed: Deed<V>; commands: string[] }[] = [];
    for (const deed of this.deeds) {
      const commands: string[] = [];
      for (const command of this.commandsFor(deed)) if (this.perform(command)) commands.push(command);
      if (commands.length > 0) done.push({ deed, commands });
      if (this.failure !== undefined) break;
    }
    return { first, done, failure: this.failure, ends: endsOf(this.protocol, this.stage.world.machines.values()) };
  }

  private get failure(): Error | undefined {
    return this.stage.world.timeline.failed;
  }

  /** Each is performed before the next one is asked for. */
  private *commandsFor(deed: Deed<V>): Generator<string> {
    yield* this.waiting(deed);
    switch (deed.kind) {
      case 'received':
        yield* this.crashing(deed.at, deed.crashAfter);
        return yield* this.bringing(deed);
      case 'timeout':
        if (this.stage.machine(deed.at).life?.dueTime(deed.timer) === undefined) return;
        yield* this.crashing(deed.at, deed.crashAfter);
        return yield `timeout ${deed.at} ${deed.timer}`;
      case 'synced':
        if (this.hasToSync(deed.at)) yield `sync ${deed.at}`;
        return;
      case 'crashed':
        return yield `crash ${deed.at}`;
      case 'wiped':
        return yield `wipe ${deed.at}`;
      case 'stopping':
        return yield `stop ${deed.at}`;
      case 'restarted':
        if (this.stage.machine(deed.at).life !== undefined) return;
        if (this.manner.syncs) yield `unstall ${deed.at}`;
        yield `restart ${deed.at}`;
        if (this.manner.syncs) yield `stall ${deed.at}`;
    }
  }

  private *waiting({ timeMs, kind }: Deed<V>): Generator<string> {
    const lateMs = Math.floor(timeMs - this.beganAt - this.stage.world.timeline.now);
    if (this.manner.waits && kind !== 'timeout' && lateMs >= 1) yield `wait ${lateMs}`;
  }

  private *crashing(at: Address, after: number | undefined): Generator<string> {
    if (after !== undefined) yield `crash ${at} after ${after}`;
  }

  private *bringing(deed: Deed<V> & { kind: 'received' }): Generator<string> {
    const { at, from, message, twice } = deed;
    if (!this.members.includes(from)) {
      const asked = this.manner.asks(message, this.asked + 1);
      if (asked === undefined) return;
      this.asked++;
      yield `${asked.replace(' ', ` ${at} `)} from ${from}`;
      return;
    }
    // It had left: so what it rested on was durable, if not by the same sync as here.
    for (let more = moreSyncs; more > 0 && this.hasToSync(from) && !this.find(deed, true); more--) yield `sync ${from}`;
    const mail = this.find(deed);
    if (mail === undefined) return;
    if (twice) yield `duplicate ${this.selecting(mail)}`;
    yield `deliver ${this.selecting(mail)}`;
  }

  /** Else the command would do nothing. */
  private hasToSync(at: Address): boolean {
    return this.manner.syncs && !this.stage.machine(at).disk.idle;
  }

  private find({ at, from, message, younger }: Deed<V> & { kind: 'received' }, exactly = false): Mail<V> | undefined {
    const oldest = this.manner.otherwise === 'oldest';
    const wanted = this.wordsOf(message);
    const ofKind = this.stage.network.waiting.filter(
      (mail) => mail.to === at && mail.from === from && mail.message.kind === message.kind,
    );
    const same = ofKind.find((mail) => this.wordsOf(mail.message) === wanted);
    if (exactly) return same;
    return same ?? ofKind[oldest ? 0 : Math.max(0, ofKind.length - 1 - younger)];
  }

  /** What a message says, without what stands in quotes: clients may say it in other words here. */
  private wordsOf(message: V['message']): string {
    let words = this.words.get(message);
    if (words === undefined) {
      words = this.protocol.printer.message(message).replace(/"[^"]*"/g, '""');
      this.words.set(message, words);
    }
    return words;
  }

  /** The shortest words that mean this one and no other. */
  private selecting({ to, from, message, ...rest }: Mail<V>): string {
    const waiting = this.stage.network.waiting.filter((mail) => mail.to === to);
    if (waiting.length === 1) return to;
    const fromThere = waiting.filter((mail) => mail.from === from);
    if (fromThere.length === 1) return `${to} from ${from}`;
    const ofKind = fromThere.filter((mail) => mail.message.kind === message.kind);
    const words = ofKind.length === fromThere.length ? `${to} from ${from}` : `${to} from ${from} only ${message.kind}`;
    const place = ofKind.findIndex((mail) => mail.payload === rest.payload);
    if (ofKind.length === 1) return words;
    return `${words}${place > 0 ? ` skip ${place}` : ''}${place < ofKind.length - 1 ? ' first 1' : ''}`;
  }

  /** Says whether it could be done. */
  private perform(text: string): boolean {
    if (this.failure !== undefined) return false;
    const { verb, words } = parseCommand(text) as Command;
    try {
      verbs[verb]!(this.stage, words);
      return true;
    } catch {
      // What the world failed with was done by this command.
      return this.failure !== undefined;
    }
  }
}

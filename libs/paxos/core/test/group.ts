import type { Actor, Address, Effect, Input, Token } from '@synod/actor';
import type { EntryBatch } from '@synod/log';
import type { ReplicatedService } from '@synod/state-machine';
import { PaxosAcceptor, PaxosProposer, defaultAcceptorLimits, defaultProposerLimits } from '../src/index.js';
import type {
  AcceptorLimits,
  Event,
  Message,
  PaxosVocabulary,
  ProposerLimits,
  Reconfigure,
  Record,
  Timer,
} from '../src/index.js';

type V = PaxosVocabulary;

/** Executes by remembering: its state is the list of what was executed. */
export class Journalling implements ReplicatedService {
  executed: string[] = [];

  apply(index: number, user: string, request: Uint8Array): Uint8Array {
    this.executed.push(`${index} ${user} ${text(request)}`);
    return bytes(`done ${text(request)}`);
  }

  query(_user: string, queries: Uint8Array): Uint8Array {
    return bytes(`${text(queries)}: ${this.executed.length}`);
  }

  hash(): string {
    return this.executed.join('|');
  }

  snapshot(): Iterator<Uint8Array> {
    return [bytes(JSON.stringify(this.executed))].values();
  }

  restore() {
    let pages = '';
    return {
      page: (page: Uint8Array) => void (pages += text(page)),
      finish: () => void (this.executed = JSON.parse(pages) as string[]),
    };
  }
}

/** One process: what its disk holds stays when it is started again. */
interface Node {
  actor: Actor<V>;
  service: Journalling;
  records: Record[];
  up: boolean;
  timers: Map<Timer, number>;
}

export interface GroupOptions {
  readonly proposers?: readonly Address[];
  readonly acceptors?: readonly Address[];
  readonly limits?: Partial<ProposerLimits>;
  readonly acceptorLimits?: Partial<AcceptorLimits>;
  readonly phase1?: number;
  readonly phase2?: number;
  readonly seed?: number;
}

const everyone = 'replicas';
const electionTimeout = { minMs: 150, maxMs: 300 };

/** A group in one process: every persist is durable at once, unless its disk hangs, messages take a millisecond, time is a number. */
export class Group {
  now = 0;
  readonly events: { readonly at: Address; readonly event: Event }[] = [];
  readonly replies: Extract<Message, { kind: 'reply' }>[] = [];
  /** Whether a message gets through. */
  passes: (from: Address, to: Address, message: Message) => boolean = () => true;
  /** Whether a disk syncs what is written to it. */
  syncs: (of: Address) => boolean = () => true;
  /** How long a message of this one takes: its disk may be slow. */
  delayMs: (of: Address) => number = () => 1;
  private readonly nodes = new Map<Address, Node>();
  private queue: { readonly at: number; readonly from: Address; readonly to: Address; readonly message: Message }[] =
    [];
  /** Large, as rounds are drawn from them. */
  private incarnations = 1000;
  private random: number;

  constructor(private readonly options: GroupOptions = {}) {
    this.random = options.seed ?? 1;
    for (const address of [...this.acceptors, ...this.proposers]) this.start(address);
  }

  get proposers(): readonly Address[] {
    return this.options.proposers ?? ['p1', 'p2', 'p3'];
  }

  get acceptors(): readonly Address[] {
    return this.options.acceptors ?? ['a1', 'a2', 'a3'];
  }

  node(address: Address): Node {
    return this.nodes.get(address)!;
  }

  inspect(address: Address) {
    return this.node(address).actor.inspect();
  }

  get leader(): Address | undefined {
    return this.proposers.find((address) => this.node(address).up && this.inspect(address)['role'] === 'leader');
  }

  /** With what its disk holds, or with an empty one. */
  start(address: Address, records: readonly Record[] = this.nodes.get(address)?.records ?? []): void {
    const service = new Journalling();
    const { limits, acceptorLimits, phase1, phase2 } = this.options;
    const { proposers, acceptors } = this;
    const common = { self: address, proposers, everyone, electionTimeout };
    const actor: Actor<V> = address.startsWith('p')
      ? new PaxosProposer(
          { ...common, acceptors, heartbeatMs: 50, limits: { ...defaultProposerLimits, alpha: 8, ...limits } },
          service,
        )
      : new PaxosAcceptor({
          ...common,
          acceptors: acceptors.filter((name) => name.length === 2),
          phase1,
          phase2,
          limits: { ...defaultAcceptorLimits, ...acceptorLimits },
        });
    const node: Node = { actor, service, records: [...records], up: true, timers: new Map() };
    this.nodes.set(address, node);
    for (const record of records) this.step(address, { kind: 'recover', record, at: this.now });
    const empty = records.length === 0;
    this.step(address, { kind: 'recovered', tail: 'clean', empty, incarnation: ++this.incarnations, at: this.now });
  }

  crash(address: Address): void {
    this.node(address).up = false;
    this.node(address).timers.clear();
  }

  ask(to: Address, request: string, sequence: number): void {
    const message = { kind: 'request', client: 'c', session: 1, sequence, bytes: bytes(request) } as const;
    this.queue.push({ at: this.now, from: 'user', to, message });
  }

  tell(from: Address, to: Address, message: Message): void {
    this.queue.push({ at: this.now, from, to, message });
  }

  /** The admin wants other acceptors, with majorities for quorums unless others are said. */
  reconfigure(to: Address, change: Omit<Reconfigure, 'kind' | 'client'>): void {
    this.tell('user-m', to, { kind: 'reconfigure', client: 'm', ...change });
  }

  run(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const next = Math.min(this.queue[0]?.at ?? Infinity, ...this.dueTimes());
      if (next > end) break;
      this.now = Math.max(this.now, next);
      const mail = this.queue[0];
      if (mail !== undefined && mail.at <= this.now) {
        this.queue.shift();
        if (this.nodes.get(mail.to)?.up)
          this.step(mail.to, { kind: 'receive', from: mail.from, message: mail.message, at: this.now });
      } else this.fire();
    }
    this.now = end;
  }

  private *dueTimes(): Iterable<number> {
    for (const { timers } of this.nodes.values()) yield* timers.values();
  }

  private fire(): void {
    for (const [address, { timers }] of this.nodes) {
      for (const [timer, due] of timers) {
        if (due > this.now) continue;
        timers.delete(timer);
        return this.step(address, { kind: 'timeout', timer, at: this.now });
      }
    }
  }

  private draw(): number {
    this.random = (this.random * 48271) % 2147483647;
    return this.random / 2147483647;
  }

  private step(address: Address, input: Input<V>): void {
    const node = this.node(address);
    let last: Token = 0;
    for (const effect of node.actor.step(input)) last = Math.max(last, this.execute(address, node, effect));
    if (last > 0 && this.syncs(address)) this.step(address, { kind: 'persisted', token: last, at: this.now });
  }

  private execute(address: Address, node: Node, effect: Effect<V>): Token {
    switch (effect.kind) {
      case 'persist':
        node.records.push(effect.record);
        return effect.token;
      case 'send':
        this.send(address, effect.to, effect.message);
        return 0;
      case 'startTimer': {
        const { minMs, maxMs } = effect.delay;
        node.timers.set(effect.timer, this.now + minMs + this.draw() * (maxMs - minMs));
        return 0;
      }
      case 'stopTimer':
        node.timers.delete(effect.timer);
        return 0;
      case 'observe':
        this.events.push({ at: address, event: effect.event });
        return 0;
      case 'readLog':
        this.step(address, {
          kind: 'logRead',
          id: effect.id,
          batches: readLog(node.records, effect.from, effect.through),
          at: this.now,
        });
        return 0;
      default:
        return 0;
    }
  }

  private send(from: Address, to: Address, message: Message): void {
    if (message.kind === 'reply') return void this.replies.push(message);
    const all = to === everyone ? [...this.nodes.keys()].filter((name) => name !== from) : [to];
    for (const address of all) {
      if (this.passes(from, address, message))
        this.queue.push({ at: this.now + this.delayMs(from), from, to: address, message });
    }
    this.queue.sort((a, b) => a.at - b.at);
  }
}

function readLog(records: readonly Record[], from: number, through: number): EntryBatch[] {
  const batches = records.flatMap((record) => {
    if (record.kind === 'vote') return record.number >= from && record.number <= through ? [record.batch] : [];
    if (record.kind !== 'chosenValues') return [];
    return record.batch.last >= from && record.batch.first <= through ? [record.batch.from(from)] : [];
  });
  return batches;
}

export function bytes(of: string): Uint8Array {
  return new TextEncoder().encode(of);
}

export function text(of: Uint8Array): string {
  return new TextDecoder().decode(of);
}

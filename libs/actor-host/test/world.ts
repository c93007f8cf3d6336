import type { Actor, Effect, Input } from '@synod/actor';
import type { Authenticator, HostLimits, MessageCodec, Observer, RecordCodec, SnapshotStore } from '@synod/actor-host';
import { ActorHost } from '@synod/actor-host';
import {
  MemoryJournal,
  MemoryLoop,
  MemoryNetwork,
  MemorySnapshots,
  lowDice,
  stateless,
} from '@synod/actor-host/memory';
import type { SnapshotSource } from '@synod/state-machine';

/** The words of an actor whose reactions each test writes down itself. */
export interface TestVocabulary {
  readonly message: { readonly kind: 'peer' | 'request' | 'reply'; readonly text: string };
  readonly record: { readonly kind: 'noted'; readonly text: string };
  readonly batch: string;
  readonly timer: 'election' | 'heartbeat' | 'batch';
  readonly event: { readonly kind: 'saw'; readonly what: string };
}

export type TestInput = Input<TestVocabulary>;
export type TestEffect = Effect<TestVocabulary>;
type React = (input: TestInput) => readonly TestEffect[];

const text = new TextDecoder();
const bytes = new TextEncoder();

export const messages: MessageCodec<TestVocabulary> = {
  peerKinds: new Set(['peer']),
  kindOf: ({ kind }) => kind,
  encode: (message) => bytes.encode(message.text),
  decode(kind, payload) {
    const decoded = text.decode(payload);
    if (decoded.startsWith('!')) throw new Error('malformed');
    return { kind: kind as 'peer', text: decoded };
  },
  refusal: (kind, payload) =>
    kind === 'request' ? { kind: 'reply', text: `overloaded ${text.decode(payload)}` } : undefined,
};

export const records: RecordCodec<TestVocabulary> = {
  encode({ text: what }) {
    if (what === 'unencodable') throw new Error(what);
    const log = what.startsWith('entry') ? { log: { first: Number(what.slice(5)), count: 1 } } : {};
    return { type: 1, payload: [bytes.encode(what)], ...log };
  },
  decode({ type, payload }) {
    if (type !== 1) throw new Error(`there is no record type ${type}`);
    return { kind: 'noted', text: text.decode(payload) };
  },
  batchOf: ({ payload }) => text.decode(payload),
};

/** Everything observable, one line each, in order. */
export class Log implements Observer<TestVocabulary> {
  readonly lines: string[] = [];
  received = (from: string, message: TestVocabulary['message']): void =>
    this.add(`received ${message.text} from ${from}`);
  event = (event: TestVocabulary['event'], at: number): void => this.add(`event ${event.what} at ${at}`);
  persisting = (token: number): void => this.add(`persisting ${token}`);
  durable = (token: number): void => this.add(`durable ${token}`);
  sending = (to: string, message: TestVocabulary['message']): undefined =>
    void this.add(`sending ${message.text} to ${to}`);
  refused = (from: string, reason: string): void => this.add(`refused ${from} ${reason}`);

  add(line: string): void {
    this.lines.push(line);
  }

  of(kind: string): string[] {
    return this.lines.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1));
  }
}

export interface WorldOptions {
  readonly react?: React;
  readonly worth?: Actor<TestVocabulary>['worth'];
  readonly isExcessive?: Actor<TestVocabulary>['isExcessive'];
  readonly takesClients?: () => boolean;
  readonly serves?: (kind: string) => boolean;
  readonly limits?: HostLimits;
  readonly authenticator?: Authenticator<TestVocabulary>;
  readonly journal?: MemoryJournal;
  readonly state?: SnapshotSource;
  readonly snapshots?: SnapshotStore;
}

/** One host, `me`, in a world without time; `peer` and `other` are members, everybody else is a client. */
export class World {
  readonly loop = new MemoryLoop();
  readonly network = new MemoryNetwork(this.loop);
  readonly log = new Log();
  readonly inputs: TestInput[] = [];
  readonly failures: Error[] = [];
  /** What the transport was told of. */
  readonly abused: string[] = [];
  readonly journal: MemoryJournal;
  readonly snapshots = new MemorySnapshots(this.loop);
  readonly host: ActorHost<TestVocabulary>;
  react: React;

  constructor(options: WorldOptions = {}) {
    this.journal = options.journal ?? new MemoryJournal(this.loop);
    this.react = options.react ?? (() => []);
    const step = (input: TestInput): readonly TestEffect[] => {
      this.inputs.push({ ...input });
      return this.react(input);
    };
    const { worth, isExcessive, takesClients, serves, limits, authenticator } = options;
    this.host = new ActorHost<TestVocabulary>({
      actor: {
        ...{ step, inspect: () => ({}) },
        ...(worth && { worth }),
        ...(isExcessive && { isExcessive }),
        ...(takesClients && { takesClients }),
        ...(serves && { serves }),
      },
      members: new Set(['me', 'peer', 'other']),
      messages,
      records,
      state: options.state ?? stateless,
      transport: {
        ...this.network.transport('me'),
        abused: (from, kind, bytes) => void this.abused.push(`${from} ${kind} ${bytes}`),
      },
      journal: this.journal,
      snapshots: options.snapshots ?? this.snapshots,
      clock: this.loop,
      scheduler: this.loop,
      dice: lowDice,
      observer: this.log,
      onFailed: (error) => this.failures.push(error),
      ...(limits && { limits }),
      ...(authenticator && { authenticator }),
    });
  }

  static async started(options: WorldOptions = {}): Promise<World> {
    const world = new World(options);
    await world.host.start();
    world.loop.settle();
    world.inputs.length = 0;
    return world;
  }

  /** A message arrives with the next poll of the sockets. */
  post(textOf: string, from = 'peer', kind = from === 'peer' || from === 'other' ? 'peer' : 'request'): void {
    this.network.post({ from, to: 'me', kind, payload: bytes.encode(textOf) });
  }

  /** What others have been told by us, in order. */
  get told(): string[] {
    return this.network.published.filter(({ from }) => from === 'me').map(({ payload }) => text.decode(payload));
  }

  get steps(): string[] {
    return this.inputs.map(describe);
  }
}

export function describe(input: TestInput): string {
  switch (input.kind) {
    case 'receive':
      return `receive ${input.message.text}`;
    case 'timeout':
      return `timeout ${input.timer}`;
    case 'persisted':
      return `persisted ${input.token}`;
    case 'recover':
      return `recover ${input.record.text}`;
    default:
      return input.kind;
  }
}

export const persist = (token: number, what = `record ${token}`): TestEffect => ({
  kind: 'persist',
  token,
  record: { kind: 'noted', text: what },
});
export const send = (what: string, after = 0, to = 'peer'): TestEffect => ({
  kind: 'send',
  to,
  message: { kind: 'peer', text: what },
  after,
});
export const start = (timer: TestVocabulary['timer'], ms: number): TestEffect => ({
  kind: 'startTimer',
  timer,
  delay: { minMs: ms, maxMs: ms },
});
export const stopTimer = (timer: TestVocabulary['timer']): TestEffect => ({ kind: 'stopTimer', timer });
export const saw = (what: string): TestEffect => ({ kind: 'observe', event: { kind: 'saw', what } });

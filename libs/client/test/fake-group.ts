import {
  batchCodec,
  decodeReadBatch,
  decodeRequestBatch,
  decodeResult,
  encodeQuery,
  encodeReply,
  keyValueCodec,
  ledgerCodec,
  type ReadBatch,
  decodeRegisterRequest,
  type RegisterRequest,
  type Reply,
  type RequestBatch,
} from '@synod/api';
import { connect, type Msg, type NatsConnection } from '@nats-io/transport-node';
import type { TestBroker } from '@synod/nats-transport/testing';
import { type identitiesForTests } from '@synod/nats-transport/testing';
import { sha256 } from '@synod/actor-host';
import { KeyValueStore, Ledger, sessionLimits, Sessions, StoreAndLedger } from '@synod/state-machine';

export const cluster = 'test';
const names = ['r1', 'r2', 'r3'];
const groups = ['kv', 'other', 'nowhere'];

export function identities(): ReturnType<typeof identitiesForTests> {
  return [
    ...names.map((name) => ({ role: 'replica', name, groups, multicasts: ['replicas'] }) as const),
    { role: 'replica', name: 'stranger', groups, multicasts: [] },
    { role: 'client', name: 'client' },
    { role: 'client', name: 'other' },
    { role: 'observer', name: 'observer' },
  ];
}

/** What one replica got. */
export interface Received {
  readonly at: string;
  readonly message: Msg;
  readonly bytes: Uint8Array;
  readonly request?: RequestBatch;
  readonly read?: ReadBatch;
  readonly decide?: RegisterRequest;
}

type Answer = Reply['answer'];
type Refusal = Extract<Answer, { kind: 'refusal' }>;

/** How often a write was executed. */
class CountingStore extends KeyValueStore {
  executed = 0;

  constructor() {
    super(keyValueCodec);
  }

  override apply(operation: Uint8Array, index: number): Uint8Array {
    this.executed++;
    return super.apply(operation, index);
  }
}

/**
 * Three users that speak like the replicas of one group, sharing one memory instead of replicating it. A script decides
 * what is answered: `true` means that it took care of the message itself.
 */
export class FakeGroup {
  readonly store = new CountingStore();
  readonly ledger = new Ledger(ledgerCodec, sha256);
  private sessions = new Sessions(new StoreAndLedger(this.store, this.ledger, ledgerCodec), batchCodec);
  readonly received: Received[] = [];
  /** What it says it is. */
  protocol = 'raft';
  kinds = ['request', 'read'];
  readonly registers = new Map<string, Uint8Array>();
  leader = 'r1';
  term = 1;
  index = 0;
  answersDiscovery = true;
  /** Discoveries and refusals may come with a term or without. */
  tellsTerms = true;
  keepReceived = true;
  script: (received: Received) => boolean = () => false;
  private readonly connections = new Map<string, NatsConnection>();

  private constructor(readonly name: string) {}

  static async start(broker: TestBroker, name = 'kv'): Promise<FakeGroup> {
    const group = new FakeGroup(name);
    for (const replica of names) {
      const authenticator = broker.authenticator(replica);
      const options = { servers: broker.url, authenticator, maxReconnectAttempts: -1, reconnectTimeWait: 20 };
      const connection = await connect(options);
      group.connections.set(replica, connection);
      for (const to of [replica, 'replicas']) {
        connection.subscribe(`synod.${cluster}.${name}.*.${to}.>`, {
          callback: (error, message) => (error === null ? group.receive(replica, message) : undefined),
        });
      }
      await connection.flush();
    }
    return group;
  }

  async close(): Promise<void> {
    for (const connection of this.connections.values()) await connection.close();
  }

  get executed(): number {
    return this.store.executed;
  }

  get requests(): Received[] {
    return this.received.filter(({ request }) => request !== undefined && request.session !== 0);
  }

  get openings(): Received[] {
    return this.received.filter(({ request }) => request?.session === 0);
  }

  get decides(): Received[] {
    return this.received.filter(({ decide }) => decide !== undefined);
  }

  get reads(): Received[] {
    return this.received.filter(({ read }) => read !== undefined && read.level !== 'discover');
  }

  elect(leader: string): void {
    this.leader = leader;
    this.term++;
  }

  /** What a correct replica does; a script may call it later, or twice, or not at all. */
  serve(received: Received): void {
    const { at, message, bytes, request, read, decide } = received;
    if (decide) return this.decided(received, decide);
    if (read?.level === 'discover') return this.answersDiscovery ? this.discovered(received) : undefined;
    if (at !== this.leader && read?.level !== 'stale')
      return this.refuse(received, 'notLeader', { leader: this.leader });
    const user = message.subject.split('.')[3] ?? '';
    if (request) return this.results(received, this.sessions.apply(++this.index, user, bytes), this.index);
    this.results(received, this.sessions.query(user, bytes), this.index);
  }

  /** What an eviction does. `resultBytes`: how much fits one answer from now on. */
  forgetSessions(resultBytes = sessionLimits.resultBytes): void {
    const machine = new StoreAndLedger(this.store, this.ledger, ledgerCodec);
    this.sessions = new Sessions(machine, batchCodec, { ...sessionLimits, resultBytes });
  }

  /** As groups were before there was a ledger. */
  forgetLedger(): void {
    this.sessions = new Sessions(this.store, batchCodec);
  }

  text(key: string): string | undefined {
    const result = decodeResult(this.store.query(encodeQuery({ kind: 'get', key: Buffer.from(key) })));
    return result.kind === 'found' ? Buffer.from(result.value).toString() : undefined;
  }

  /** What its state machine answers to a read. */
  query({ message, bytes }: Received): Uint8Array {
    return this.sessions.query(message.subject.split('.')[3] ?? '', bytes);
  }

  refuse(received: Received, reason: Refusal['reason'], more: Partial<Refusal> = {}): void {
    this.reply(received, { kind: 'refusal', reason, leader: '', retryAfterMs: 0, detail: '', ...more });
  }

  results(received: Received, encoded: Uint8Array, index: number): void {
    this.reply(received, { kind: 'results', encoded }, index);
  }

  reply(received: Received, answer: Answer, index = 0, more: Partial<Reply> = {}): void {
    const { request, read, decide } = received;
    const session = request?.session ?? 0;
    const sequence = (request ?? read ?? decide)?.sequence ?? 0;
    const term = answer.kind === 'results' || this.tellsTerms ? this.term : 0;
    const reply = { session, sequence, answer, index, term, ageMs: 0, traceId: undefined, ...more };
    this.send(received, encodeReply(reply));
  }

  send({ at, message, request, read, decide }: Received, bytes: Uint8Array): void {
    const user = message.subject.split('.')[3];
    const subject = `synod.${cluster}.${this.name}.${at}.${user}.reply.${(request ?? read ?? decide)?.client}`;
    this.connections.get(at)?.publish(subject, bytes);
  }

  private decided(received: Received, { key, value }: RegisterRequest): void {
    if (value !== undefined && !this.registers.has(key)) this.registers.set(key, value);
    this.reply(received, { kind: 'decided', value: this.registers.get(key) });
  }

  private discovered(received: Received): void {
    const { at } = received;
    const role = at === this.leader ? 'leader' : 'follower';
    const { leader, index } = this;
    const { protocol, kinds } = this;
    this.reply(received, { kind: 'discovery', replica: at, protocol, role, leader, members: names, kinds }, index);
  }

  private receive(at: string, message: Msg): void {
    const bytes = new Uint8Array(message.data);
    const received = { at, message, bytes, ...contentOf(message.subject.split('.').at(-1)!, bytes) };
    if (this.keepReceived) this.received.push(received);
    if (!this.script(received)) this.serve(received);
  }
}

function contentOf(kind: string, bytes: Uint8Array) {
  if (kind === 'decide') return { decide: decodeRegisterRequest(bytes) };
  return kind === 'read' ? { read: decodeReadBatch(bytes) } : { request: decodeRequestBatch(bytes) };
}

import { randomBytes } from 'node:crypto';
import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import {
  decodeReply,
  decodeResult,
  decodeResults,
  encodeOperation,
  encodeQuery,
  encodeReadBatch,
  encodeRequestBatch,
} from '@synod/api';
import type { Reply } from '@synod/api';
import { readCredentials } from '@synod/nats-transport';
import { loginWith } from '@synod/nats-handshake';
import type { GroupAddress, Target } from './target.js';

/** A request without its answer. */
interface Waiting {
  readonly kind: 'request' | 'read';
  readonly bytes: Uint8Array;
  readonly resolve: (reply: Reply) => void;
}

/** A session with at most one request under way. */
interface Lane {
  readonly session: number;
  sequence: number;
}

const discoverMs = 5000;
/** What is refused is sent again, as it was, to whoever leads then. */
const refusedMs = 25;
const encoder = new TextEncoder();

/** What a client in another language would be at its simplest: one NATS message for each request, found again by its numbers. */
export async function foreignTarget({ servers, cluster, group, credentials }: GroupAddress): Promise<Target> {
  const { user, seed } = readCredentials(credentials);
  const connection = await connect({ servers, authenticator: loginWith(seed), noAsyncTraces: true });
  const client = new ForeignClient(connection, `synod.${cluster}.${group}.${user}`, cluster, user);
  await client.discover();
  return {
    linearizable: true,
    put: (key, value) => client.put(encoder.encode(key), value),
    get: (key) => client.get(encoder.encode(key)),
    close: () => connection.close(),
  };
}

class ForeignClient {
  private readonly token = randomBytes(8).toString('hex');
  private readonly waiting = new Map<string, Waiting>();
  private readonly idle: Lane[] = [];
  private leader = '';
  private numbers = 0;

  constructor(
    private readonly connection: NatsConnection,
    private readonly prefix: string,
    cluster: string,
    user: string,
  ) {
    connection.subscribe(`synod.${cluster}.*.*.${user}.reply.${this.token}`, {
      callback: (_error, message) => this.receive(decodeReply(message.data)),
    });
  }

  /** Asks all replicas until one names the leader. */
  async discover(): Promise<void> {
    const end = performance.now() + discoverMs;
    while (this.leader === '') {
      if (performance.now() > end) throw new Error(`no leader was found within ${discoverMs / 1000} s`);
      const fields = { client: this.token, sequence: ++this.numbers, level: 'discover', maxAgeMs: 0 } as const;
      this.connection.publish(`${this.prefix}.replicas.read`, encodeReadBatch({ ...fields, queries: [] }));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async put(key: Uint8Array, value: Uint8Array): Promise<void> {
    const lane = this.idle.pop() ?? (await this.openSession());
    const sequence = ++lane.sequence;
    const operations = [encodeOperation({ kind: 'put', key, value })];
    const place = { session: lane.session, sequence, acknowledgedThrough: sequence - 1 };
    const bytes = encodeRequestBatch({ client: this.token, ...place, operations });
    const [result] = resultsOf(await this.ask('request', lane.session, sequence, bytes));
    if (decodeResult(result!).kind !== 'written') throw new Error('a put was not answered as written');
    this.idle.push(lane);
  }

  async get(key: Uint8Array): Promise<Uint8Array | undefined> {
    const sequence = ++this.numbers;
    const queries = [encodeQuery({ kind: 'get', key })];
    const fields = { client: this.token, sequence, level: 'linearizable', maxAgeMs: 0 } as const;
    const [result] = resultsOf(await this.ask('read', 0, sequence, encodeReadBatch({ ...fields, queries })));
    const decoded = decodeResult(result!);
    return decoded.kind === 'found' ? decoded.value : undefined;
  }

  private async openSession(): Promise<Lane> {
    const sequence = ++this.numbers;
    const fields = { client: this.token, session: 0, sequence, acknowledgedThrough: 0, operations: [] };
    const reply = await this.ask('request', 0, sequence, encodeRequestBatch(fields));
    resultsOf(reply);
    return { session: reply.index, sequence: 0 };
  }

  private ask(kind: 'request' | 'read', session: number, sequence: number, bytes: Uint8Array): Promise<Reply> {
    return new Promise((resolve) => {
      this.waiting.set(`${session}/${sequence}`, { kind, bytes, resolve });
      this.connection.publish(`${this.prefix}.${this.leader}.${kind}`, bytes);
    });
  }

  private async askAgain({ kind, bytes }: Waiting, refusedBy: string): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, refusedMs));
    if (this.leader === refusedBy) this.leader = '';
    await this.discover();
    this.connection.publish(`${this.prefix}.${this.leader}.${kind}`, bytes);
  }

  private receive(reply: Reply): void {
    const { answer, session, sequence } = reply;
    if (answer.kind === 'discovery') {
      if (this.leader === '') this.leader = answer.leader;
      return;
    }
    const key = `${session}/${sequence}`;
    const waiting = this.waiting.get(key);
    if (waiting === undefined) return;
    if (answer.kind === 'refusal') return void this.askAgain(waiting, this.leader);
    this.waiting.delete(key);
    waiting.resolve(reply);
  }
}

function resultsOf({ answer }: Reply): readonly Uint8Array[] {
  if (answer.kind !== 'results') throw new Error(`an answer of kind ${answer.kind}`);
  const { results, sessionError } = decodeResults(answer.encoded);
  if (sessionError !== undefined) throw new Error(`session error: ${sessionError}`);
  return results;
}

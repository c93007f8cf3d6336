import { decodeGet, decodeLeads, decodeSucceeded, encodeGet, encodePut, encodeTransaction } from './etcd-messages.js';
import { GrpcChannel } from './grpc.js';
import type { Target } from './target.js';

interface Waiting {
  readonly put: Uint8Array;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** As our own client's, which gives up after as long. */
const patienceMs = 5000;
/** A transaction stays well below etcd's limit of 1.5 MiB for a request. */
const packBytes = 1024 * 1024;
const encoder = new TextEncoder();

/** `pack` 1: each put is a call. Above: the puts of one turn travel in transactions of so many, as our own client's do. */
export async function etcdTarget(endpoints: readonly string[], pack: number): Promise<Target> {
  const channel = new GrpcChannel(await leaderFirst(endpoints));
  const packer = new Packer(channel, pack);
  return {
    linearizable: true,
    put: async (key, value) => {
      const put = encodePut(encoder.encode(key), value);
      if (pack > 1) await packer.add(put);
      else await persistently(() => channel.call('/etcdserverpb.KV/Put', put));
    },
    get: async (key) => {
      const get = encodeGet(encoder.encode(key));
      return decodeGet(await persistently(() => channel.call('/etcdserverpb.KV/Range', get)));
    },
    close: async () => channel.close(),
  };
}

/** Without a leader, or without a connection, an application would try again; our own client does so by itself. */
async function persistently<T>(call: () => Promise<T>): Promise<T> {
  const end = performance.now() + patienceMs;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

/** Whoever leads answers without forwarding: the load goes there. */
async function leaderFirst(endpoints: readonly string[]): Promise<readonly string[]> {
  const leads = async (endpoint: string) => {
    const channel = new GrpcChannel([endpoint]);
    try {
      return decodeLeads(await channel.call('/etcdserverpb.Maintenance/Status', new Uint8Array(0)));
    } catch {
      return false;
    } finally {
      channel.close();
    }
  };
  const leading = await Promise.all(endpoints.map(leads));
  const leader = endpoints.filter((_, index) => leading[index]);
  return [...leader, ...endpoints.filter((_, index) => !leading[index])];
}

/** Gathers the puts of a turn. The keys of puts under way are different, which etcd asks of a transaction. */
class Packer {
  private queue: Waiting[] = [];

  constructor(
    private readonly channel: GrpcChannel,
    private readonly pack: number,
  ) {}

  add(put: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.queue.length === 0) setImmediate(() => this.flush());
      this.queue.push({ put, resolve, reject });
    });
  }

  private flush(): void {
    const { queue } = this;
    this.queue = [];
    let batch: Waiting[] = [];
    let bytes = 0;
    for (const waiting of queue) {
      if (batch.length === this.pack || (batch.length > 0 && bytes + waiting.put.length > packBytes)) {
        void this.send(batch);
        [batch, bytes] = [[], 0];
      }
      batch.push(waiting);
      bytes += waiting.put.length;
    }
    void this.send(batch);
  }

  private async send(batch: readonly Waiting[]): Promise<void> {
    try {
      const transaction = encodeTransaction(batch.map(({ put }) => put));
      const answer = await persistently(() => this.channel.call('/etcdserverpb.KV/Txn', transaction));
      if (!decodeSucceeded(answer)) throw new Error('etcd did not execute a transaction without conditions');
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

import { randomBytes } from 'node:crypto';
import { connect } from '@nats-io/transport-node';
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import type { Target } from './target.js';

interface Waiting {
  readonly resolve: (message: Msg) => void;
}

/**
 * A JetStream key-value bucket as its clients use it (a put publishes to the key's subject and waits for the acknowledgement, a get asks
 * for the last message of the subject), with correlation of our own instead of a request object each: less client in the measurement.
 */
export async function jetStreamTarget(servers: string, bucket: string): Promise<Target> {
  const connection = await connect({ servers, noAsyncTraces: true, maxReconnectAttempts: -1, reconnectTimeWait: 50 });
  const asking = new Asking(connection);
  return {
    // A direct get is answered by any replica.
    linearizable: false,
    put: async (key, value) => {
      const answer = (await asking.ask(`$KV.${bucket}.${key}`, value)).string();
      if (!answer.includes('"seq"') || answer.includes('"error"'))
        throw new Error(`JetStream answered a put with ${answer}`);
    },
    get: async (key) => {
      const answer = await asking.ask(`$JS.API.DIRECT.GET.KV_${bucket}.$KV.${bucket}.${key}`, nothing);
      return answer.headers?.code === 404 ? undefined : answer.data;
    },
    close: () => connection.close(),
  };
}

const nothing = new Uint8Array(0);

class Asking {
  private readonly inbox = `_INBOX.${randomBytes(8).toString('hex')}`;
  private readonly waiting = new Map<string, Waiting>();
  private count = 0;

  constructor(private readonly connection: NatsConnection) {
    connection.subscribe(`${this.inbox}.*`, { callback: (_error, message) => this.receive(message) });
  }

  ask(subject: string, bytes: Uint8Array): Promise<Msg> {
    return new Promise((resolve) => {
      const reply = `${this.inbox}.${++this.count}`;
      this.waiting.set(reply, { resolve });
      this.connection.publish(subject, bytes, { reply });
    });
  }

  private receive(message: Msg): void {
    const waiting = this.waiting.get(message.subject);
    this.waiting.delete(message.subject);
    waiting?.resolve(message);
  }
}

import { TestBroker } from '@synod/nats-transport/testing';
import { connect, SynodError, type Client, type ClientOptions, type KeyValueGroup } from '../src/index.js';
import { cluster, FakeGroup, identities } from './fake-group.js';

/** What every test of this project stands on: one broker per file, one group and one client per test. */
export interface Stage {
  broker: TestBroker;
  group: FakeGroup;
  client: Client;
  kv: KeyValueGroup;
  /** Another client, closed with the test. */
  connect(options?: Partial<ClientOptions>): Promise<Client>;
}

export function stage(): Stage {
  const clients: Client[] = [];
  const here = {} as Stage;
  here.connect = async (options = {}) => {
    const { user, seed } = here.broker.credentials(options.user ?? 'client');
    const client = await connect({ servers: here.broker.url, cluster, user, seed, ...options });
    clients.push(client);
    return client;
  };
  beforeAll(async () => {
    here.broker = await TestBroker.start(cluster, identities());
  });
  afterAll(() => here.broker.close());
  beforeEach(async () => {
    here.group = await FakeGroup.start(here.broker);
    here.client = await here.connect();
    here.kv = here.client.group('kv');
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close({ drainMs: 0 })));
    await here.group.close();
  });
  return here;
}

export async function failure(promise: Promise<unknown>): Promise<SynodError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof SynodError) return error;
  throw new Error(`expected a SynodError, got ${String(error)}`);
}

export const turn = () => new Promise((resolve) => setImmediate(resolve));

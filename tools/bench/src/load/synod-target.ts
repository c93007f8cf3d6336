import { connect } from '@synod/client';
import { trustIn } from '@synod/keys';
import { readCredentials } from '@synod/nats-transport';
import { clientTracing, startTracing } from '@synod/telemetry';
import { Lanes } from './lanes.js';
import type { GroupAddress, Target } from './target.js';

/**
 * The production client as applications use it, with tracing as the environment says: by default as in production. `singly`: what is put
 * at the same time does not share requests.
 */
export async function synodTarget(address: GroupAddress, singly: boolean): Promise<Target> {
  const { servers, cluster, group, credentials, keys } = address;
  const { user, seed } = readCredentials(credentials);
  const { env: environment } = process;
  const tracing = startTracing({ service: user, cluster, version: '0', app: 'bench', roots: 'clients', environment });
  const trust = (of: string) => trustIn(keys, of, user);
  const client = await connect({
    servers,
    cluster,
    user,
    seed,
    trust,
    tracing: clientTracing(tracing.tracer, tracing.wantsNext),
  });
  const store = client.group(group);
  const lanes = new Lanes(store);
  return {
    linearizable: true,
    put: singly ? (key, value) => lanes.put(key, value) : async (key, value) => void (await store.put(key, value)),
    get: async (key) => (await store.get(key)).entry?.value,
    close: async () => {
      await client.close();
      await tracing.shutdown();
    },
  };
}

import { connect } from '@synod/client';
import { trustIn } from '@synod/keys';
import { readCredentials } from '@synod/nats-transport';
import { clientTracing, startTracing } from '@synod/telemetry';
import type { GroupAddress, Target } from './target.js';

/** The production client as applications use it, with tracing as the environment says: by default as in production. */
export async function synodTarget({ servers, cluster, group, credentials, keys }: GroupAddress): Promise<Target> {
  const { user, password } = readCredentials(credentials);
  const { env: environment } = process;
  const tracing = startTracing({ service: user, cluster, version: '0', app: 'bench', roots: 'clients', environment });
  const trust = (of: string) => trustIn(keys, of, user);
  const client = await connect({ servers, cluster, user, password, trust, tracing: clientTracing(tracing.tracer) });
  const store = client.group(group);
  return {
    linearizable: true,
    put: async (key, value) => void (await store.put(key, value)),
    get: async (key) => (await store.get(key)).entry?.value,
    close: async () => {
      await client.close();
      await tracing.shutdown();
    },
  };
}

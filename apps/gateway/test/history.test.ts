import { SynodError } from '@synod/client';
import type { Entry, GetAnswer, KeyValueGroup, Source, WriteAnswer } from '@synod/client';
import { judge, Recorder } from '@synod/linearizability';
import { LocalGroup } from './local-group.js';

// What callers of the gateway see, while leaders die, has an order that explains it: the same judge as for clients.

jest.setTimeout(120_000);

const callers = 4;
const keys = 3;
const operationsEach = 60;

type Store = Pick<KeyValueGroup, 'get' | 'put' | 'delete'>;

/** A group's store through HTTP, with the client's calls and answers, so that the recorder can put them down. */
class OverHttp implements Store {
  constructor(private readonly local: LocalGroup) {}

  async get(key: string): Promise<GetAnswer> {
    const response = await this.call('GET', key);
    const source = sourceOf(response);
    if (response.status === 404) return { entry: undefined, source };
    return { entry: entryOf(key, response, new Uint8Array(await response.arrayBuffer())), source };
  }

  put(key: string, value: string): Promise<WriteAnswer> {
    return this.write('PUT', key, value);
  }

  delete(key: string): Promise<WriteAnswer> {
    return this.write('DELETE', key);
  }

  private async write(method: string, key: string, body?: string): Promise<WriteAnswer> {
    const response = await this.call(method, key, body);
    const { revision, existed } = (await response.json()) as WriteAnswer;
    return { revision, existed, source: sourceOf(response) };
  }

  /** A refusal that had no effect says so by its type; everything else that is no answer may have had one. */
  private async call(method: string, key: string, body?: string): Promise<Response> {
    const url = this.local.of(`/kv/${key}?timeout_ms=3000`);
    const response = await fetch(url, { method, ...(body !== undefined && { body }) });
    if (response.ok) return response;
    const { type } = (await response.clone().json()) as { readonly type: string };
    if (response.status === 404 && type === '/problems/key-not-found') return response;
    const mayHaveTakenEffect = ['/problems/unknown-outcome', '/problems/lost-outcome'].includes(type);
    throw new SynodError(mayHaveTakenEffect ? 'unknownOutcome' : 'unavailable', type, { mayHaveTakenEffect });
  }
}

function sourceOf({ headers }: Response): Source {
  return { replica: headers.get('synod-replica')!, index: Number(headers.get('synod-index')), term: 0, ageMs: 0 };
}

function entryOf(key: string, { headers }: Response, value: Uint8Array): Entry {
  const [created, version] = [Number(headers.get('synod-created')), Number(headers.get('synod-version'))];
  const revision = Number(headers.get('etag')!.slice(1, -1));
  return {
    key: Buffer.from(key),
    keyText: key,
    value,
    text: Buffer.from(value).toString(),
    revision,
    created,
    version,
  };
}

/** Reads and writes in turn; `done` is called after each. */
async function useStore(caller: string, store: Store, done: () => void): Promise<void> {
  for (let i = 0; i < operationsEach; i++) {
    const key = `k${i % keys}`;
    try {
      if (i % 3 === 0) await store.get(key);
      else if (i % 7 === 0) await store.delete(key);
      else await store.put(key, `${caller}-${i}`);
    } catch (error) {
      if (!(error instanceof SynodError)) throw error;
    }
    done();
  }
}

test.each(['raft', 'paxos'] as const)(
  'what callers of a %s group see is linearizable while its leader dies',
  async (protocol) => {
    const local = await LocalGroup.start(protocol);
    try {
      const recorder = new Recorder();
      const store = new OverHttp(local) as unknown as KeyValueGroup;
      let count = 0;
      const dies = Math.floor((callers * operationsEach) / 3);
      let killed: Promise<void> | undefined;
      const done = (): void => {
        if (++count >= dies) killed ??= killLeader(local);
      };
      const names = Array.from({ length: callers }, (_, i) => `caller${i + 1}`);
      await Promise.all(names.map((name) => useStore(name, recorder.of(name, store) as unknown as Store, done)));
      await killed;
      expect(recorder.operations.filter(({ outcome }) => outcome === 'answered').length).toBeGreaterThan(dies);
      expect(judge(recorder.operations).problems).toEqual([]);
    } finally {
      await local.close();
    }
  },
);

async function killLeader({ group }: LocalGroup): Promise<void> {
  const leader = await group.leader();
  await group.replica(leader).kill();
  group.replica(leader).run();
}

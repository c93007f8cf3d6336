import { encodeOperation, encodeQuery, encodeReadBatch, encodeRequestBatch } from '@synod/api';
import { trustIn } from '@synod/keys';
import { pbftCryptography, pbftMessages } from '@synod/pbft-wire';
import { ProcessGroup, dialBare, publication, stayAlive } from '@synod/process-group';

// A user who signs more than the group can do, no two requests alike: everybody else is served while it goes on.

const mallory = 'mallory';
/** So many milliseconds for each of his requests: four members on two cores do fewer. */
const everyMs = 4;
/** A put of another one may take so long; without places for each user it takes as long as the flood, and longer. */
const timeoutMs = 30_000;

let group: ProcessGroup;

beforeAll(async () => {
  group = await ProcessGroup.start({ protocol: 'pbft', identities: [{ role: 'client', name: mallory }] });
}, 60_000);
afterAll(() => group?.close(), 60_000);

type Holds = 'operations' | 'queries';

interface Flood {
  /** Requests. */
  said(): number;
  end(): void;
}

/** Pours to all members until it is ended. */
async function flood(holds: Holds): Promise<Flood> {
  const { keys, sha256, sign } = trustIn(group.keys, 'kv', mallory)!;
  const domain = { cluster: group.cluster, group: group.group, epoch: keys.epoch };
  const cryptography = pbftCryptography(domain, mallory, sha256, sign);
  const messages = pbftMessages(domain);
  const operation = encodeOperation({ kind: 'put', key: Buffer.from('flood'), value: Buffer.alloc(16) });
  const query = encodeQuery({ kind: 'range', prefix: Buffer.from('large/'), startAfter: Buffer.alloc(0), limit: 0, keysOnly: false }); // prettier-ignore
  const batchOf = {
    operations: (sequence: number) =>
      encodeRequestBatch({ client: 'c', session: 999_999, sequence, acknowledgedThrough: 0, operations: [operation] }),
    queries: (sequence: number) =>
      encodeReadBatch({ client: 'c', sequence, level: 'linearizable', maxAgeMs: 0, queries: [query, query, query] }),
  };
  const session = holds === 'operations' ? 999_999 : 0;
  let said = 0;
  const next = (): Uint8Array => {
    const sequence = ++said;
    const batch = batchOf[holds](sequence);
    const signed = cryptography.sign({ type: 'request', client: 'c', session, sequence, holds, batch } as const);
    return messages.encode({ kind: 'request', signed });
  };
  const { servers } = group.broker;
  const socket = await dialBare(servers[0]!.port, '127.0.0.1', group.broker.credentials(mallory));
  stayAlive(socket);
  const subjectOf = (name: string): string => `synod.${group.cluster}.${group.group}.${mallory}.${name}.request`;
  const timer = setInterval(() => {
    const request = next();
    socket.write(Buffer.concat(group.names.map((name) => publication(subjectOf(name), request))));
  }, everyMs);
  return {
    said: () => said,
    end: () => {
      clearInterval(timer);
      socket.destroy();
    },
  };
}

test.each(['operations', 'queries'] as const)(
  'who signs %s without end holds up none but himself',
  async (holds) => {
    const kv = (await group.client({ timeoutMs })).group('kv');
    for (let i = 0; i < 40; i++) await kv.put(`large/${i}`, Buffer.alloc(16_000, i));
    const { said, end } = await flood(holds);
    for (let i = 0; i < 30; i++) await kv.put(`honest/${i}`, `${i}`);
    // It did go on: with fewer, nobody was flooded.
    while (said() < 1500) await kv.put('honest/more', 'x');
    end();
    await group.inStep(60_000);
  },
  180_000,
);

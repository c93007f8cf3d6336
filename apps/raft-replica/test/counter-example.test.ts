import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '@synod/linearizability';
import type { Model, Timed } from '@synod/linearizability';
import { startGroup } from './test-group.js';

const sources = join(__dirname, '../../../examples/counter/src');

/** As examples/counter/README.md says it: 8 bytes, a big-endian whole number. */
function number(value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}

function valueOf({ result }: { readonly result: Uint8Array }): number {
  return Number(Buffer.from(result).readBigInt64BE());
}

/** A call that adds, and the sum that it was answered. */
interface Addition extends Timed {
  readonly amount: number;
  readonly sum: number;
}

/** One counter, from 0, never below. */
const counterModel: Model<Addition> = {
  partition: (history) => new Int32Array(history.length),
  begin: (operations) => ({
    initial: 0,
    alternatives: 1,
    apply: (state, at) => (state + operations[at]!.amount === operations[at]!.sum ? operations[at]!.sum : -1),
    isRead: (at) => operations[at]!.amount === 0,
  }),
};

test("a user's own state machine is replicated by three processes and survives kill -9", async () => {
  const group = await startGroup({}, 'examples/counter/src/main.ts');
  try {
    const [one, two] = [await group.client(), await group.client()].map((client) => client.group('kv'));
    const history: Addition[] = [];
    const call = async (from: typeof one, amount: number): Promise<number> => {
      const invokedAt = performance.now();
      const sum = valueOf(await (amount === 0 ? from!.query(number(0)) : from!.execute(number(amount))));
      history.push({ invokedAt, returnedAt: performance.now(), amount, sum });
      return sum;
    };
    const add = (count: number): Promise<unknown>[] =>
      Array.from({ length: count }, (_, i) => call(i % 2 === 0 ? one : two, 1));
    await Promise.all(add(100));
    const leader = await group.leader();
    const during = add(100);
    await group.replica(leader).kill();
    await Promise.all([...during, ...add(100)]);
    group.replica(leader).run();
    expect(await call(one, -50)).toBe(250);
    expect(await call(two, 0)).toBe(250);
    expect(check(history, counterModel).kind).toBe('linearizable');
    expect((await one!.execute(Buffer.from('not a number'))).result).toHaveLength(0);
    const { stateHash } = await group.inStep();
    expect(stateHash.endsWith('-250')).toBe(true);
  } finally {
    await group.close();
  }
}, 120_000);

test('state machine and service have less than 60 lines', () => {
  const lines = readdirSync(sources).map((name) => readFileSync(join(sources, name), 'utf8').split('\n').length);
  expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThan(60);
});

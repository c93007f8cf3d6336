import { SynodError, verifyProof } from '@synod/client';
import type { Ledger, LedgerBlock, SubmitAnswer } from '@synod/client';
import { TestStack } from './test-stack.js';
import { run } from './world.js';
import type { Circumstances, Ran } from './world.js';

jest.setTimeout(120_000);

const hash = /[0-9a-f]{64}/;

/** Clients that submit, each its own texts in order, as fast as they are answered. */
class Submitters {
  readonly answered = new Map<string, SubmitAnswer>();
  /** Whether they came in is not known. */
  readonly unknown = new Set<string>();
  private readonly running: readonly Promise<void>[];
  private stopped = false;

  constructor(
    private readonly ledger: Ledger,
    count: number,
  ) {
    this.running = Array.from({ length: count }, (_, n) => this.submit(n));
  }

  private async submit(n: number): Promise<void> {
    for (let i = 0; !this.stopped; i++) {
      const text = `submitter ${n}, transaction ${i}`;
      try {
        this.answered.set(text, await this.ledger.submit(text, { cutAfterMs: 50 }));
      } catch (error) {
        if (!(error instanceof SynodError) || !error.mayHaveTakenEffect) throw error;
        this.unknown.add(text);
      }
    }
  }

  async advance(more: number): Promise<void> {
    const goal = this.answered.size + more;
    for (const end = performance.now() + 30_000; this.answered.size < goal; ) {
      if (performance.now() > end) throw new Error(`no progress: ${this.answered.size} of ${goal} after 30 s`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.running);
  }
}

async function allBlocks(ledger: Ledger): Promise<LedgerBlock[]> {
  const blocks: LedgerBlock[] = [];
  for (let more = true; more; ) {
    const page = await ledger.blocks({ from: blocks.length + 1 });
    blocks.push(...page.blocks);
    more = page.more;
  }
  return blocks;
}

describe.each(['raft', 'paxos'] as const)('the ledger of a group that speaks %s', (protocol) => {
  let stack: TestStack;
  const synod = (args: readonly string[], more: Circumstances = {}): Promise<Ran> =>
    run(args, { directory: stack.directory, ...more });
  const json = async (...args: string[]) => JSON.parse((await synod([...args, '--json'])).out);
  /** Those that others sent: its own is read without a word. */
  const installations = (name: string): number =>
    [
      ...stack.group
        .replica(name)
        .log()
        .matchAll(/installed the snapshot/g),
    ].length;
  const ledger = async () => (await stack.group.client()).group(protocol).ledger;

  beforeAll(async () => {
    stack = await TestStack.start({ protocol, environment: { SYNOD_SNAPSHOT_MIB: '1' } });
    await stack.group.leader();
  });
  afterAll(() => stack?.close());

  test('a new one is empty, and sound', async () => {
    expect(await synod(['ledger', 'head'])).toMatchObject({ code: 0, out: '0 transactions in 0 blocks; none waits\n' });
    expect(await synod(['ledger', 'verify'])).toMatchObject({ code: 0, out: 'sound: there is no block yet\n' });
    expect(await synod(['ledger', 'show'])).toMatchObject({ code: 0, out: '' });
    expect(await synod(['ledger', 'show', '1'])).toMatchObject({ code: 3, out: '', err: 'there is no block 1\n' });
  });

  test('submit says where the transaction stands and what became of its block', async () => {
    const { code, out, err } = await synod(['ledger', 'submit', 'hello', '--cut-after', '0']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [first, second] = out.split('\n');
    expect(first).toMatch(new RegExp(`^transaction 0 of block 1, committed by ${protocol}-\\S+, .* ms, quorum by .*, trace [0-9a-f]{32}$`)); // prettier-ignore
    expect(second).toMatch(/^block 1: 1 transaction, closed by cli, 20\d\d-.*Z, hash [0-9a-f]{64}$/);
    const pending = await synod(['ledger', 'submit', '-', '--pending'], { input: 'from\nstdin' });
    expect(pending).toMatchObject({ code: 0, err: 'block 2 is open still\n' });
    expect((await synod(['ledger', 'head'])).out).toMatch(/^HEIGHT .*\n +1 .*cli +[0-9a-f]{64}\n1 transaction in 1 block; 1 waits in block 2\n$/); // prettier-ignore
    expect(await json('ledger', 'submit', 'third', '--cut-after', '10')).toMatchObject({
      ...{ height: 2, position: 1, closed: true, replica: expect.any(String), traceId: expect.any(String) },
      block: { height: 2, count: 2, proposer: 'cli', hash: expect.stringMatching(hash) },
    });
  });

  test('show prints the newest blocks, one block, and proofs', async () => {
    const all = (await synod(['ledger', 'show'])).out.split('\n');
    expect(all).toHaveLength(4);
    expect(all[0]).toMatch(/^HEIGHT +TIME +TRANSACTIONS +CLOSED BY +HASH$/);
    expect(all[2]).toMatch(/^ +2 +20.* 2 +cli +[0-9a-f]{64}$/);
    expect((await synod(['ledger', 'show', '--limit', '1'])).out.split('\n')).toHaveLength(3);
    const one = await synod(['ledger', 'show', '2']);
    expect(one.out).toMatch(
      /^block +2\ntime .*\nclosed by cli, whose clock said .*\nhash .*\nprevious .*\nroot .*\n\n/,
    );
    expect(one.out).toMatch(/\n +0 +cli +20.*Z +from\\nstdin\n +1 +cli +20.*Z +third\n$/);
    const block = await json('ledger', 'show', '2');
    expect(block).toMatchObject({
      height: 2,
      transactions: [{ author: 'cli', data: 'from\nstdin' }, { data: 'third' }],
    });
    expect(block.previous).toBe((await json('ledger', 'show', '1')).hash);
    const proof = JSON.parse((await synod(['ledger', 'show', '2', '--proof', '1'])).out);
    expect([verifyProof(proof, block.hash), verifyProof(proof, block.previous)]).toEqual([true, false]);
    expect(await synod(['ledger', 'show', '2', '--proof', '2'])).toMatchObject({ code: 3, out: '' });
  });

  test('verify says how far the chain is sound, or where it breaks', async () => {
    const { code, out } = await synod(['ledger', 'verify']);
    const { head } = await json('ledger', 'head');
    expect({ code, out }).toEqual({ code: 0, out: `sound from block 1 to 2: 2 blocks with 3 transactions; hash ${head.hash}\n` }); // prettier-ignore
    expect((await synod(['ledger', 'verify', '--trusted', `2:${head.hash.toUpperCase()}`])).out).toContain('sound from block 2 to 2: 1 block'); // prettier-ignore
    const wrong = ['ledger', 'verify', '--trusted', `2:${head.previous}`];
    expect(await synod(wrong)).toMatchObject({ code: 3, out: 'the chain breaks at block 2: its hash is not the trusted one\n' }); // prettier-ignore
    expect(await json(...wrong)).toEqual({ sound: false, height: 2, reason: 'its hash is not the trusted one' });
    expect(await json('ledger', 'verify')).toMatchObject({ sound: true, head, blocks: 2, transactions: 3 });
  });

  test.each([
    [['ledger', 'submit'], 'the value is missing'],
    [['ledger', 'submit', ''], 'at least one byte'],
    [['ledger', 'show', '0'], 'HEIGHT is a whole number from 1'],
    [['ledger', 'show', '--proof', '1'], '--proof needs the HEIGHT'],
    [['ledger', 'show', '1', '--limit', '1'], '--limit is for the newest blocks'],
    [['ledger', 'verify', '--trusted', '7'], '--trusted is the height of a block'],
    [['ledger', 'verify', '--trusted', `0:${'0'.repeat(64)}`], 'a whole number from 1'],
  ])('%j is wrong usage', async (args, message) => {
    expect(await synod(args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
  });

  test('a transaction that is too large is wrong usage', async () => {
    const { code, err } = await synod(['ledger', 'submit', 'x'.repeat(8193)]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('at most 8192 bytes') });
  });

  test('kill -9 of the leader under load: every answered transaction stands once, at its place, in one chain', async () => {
    const submitters = new Submitters(await ledger(), 16);
    await submitters.advance(150);
    for (let round = 0; round < 3; round++) {
      const leader = await stack.group.leader();
      await stack.group.replica(leader).kill();
      await submitters.advance(100);
      stack.run(leader);
      await submitters.advance(100);
    }
    await submitters.stop();
    const { height } = await (await ledger()).submit('the last one', { cutAfterMs: Infinity });
    await (await ledger()).cut(height);
    const blocks = await allBlocks(await ledger());
    const places = new Map(blocks.flatMap((block) => block.transactions.map(({ text }, i) => [text, `${block.height}.${i}`]))); // prettier-ignore
    expect(places.size).toBe(blocks.reduce((sum, { count }) => sum + count, 0));
    for (const [text, { height, position }] of submitters.answered) {
      expect([text, places.get(text)]).toEqual([text, `${height}.${position}`]);
    }
    for (const text of places.keys()) {
      if (text.startsWith('submitter'))
        expect(submitters.answered.has(text) || submitters.unknown.has(text)).toBe(true);
    }
    expect(await synod(['ledger', 'verify'])).toMatchObject({
      code: 0,
      out: expect.stringContaining(blocks.at(-1)!.hash),
    });
    await stack.group.inStep();
  });

  test('kill -9 of all: the chain is the same afterwards, and goes on', async () => {
    const before = await json('ledger', 'head');
    await Promise.all(stack.group.replicas.map((replica) => replica.kill()));
    for (const name of stack.group.names) stack.run(name);
    await stack.group.inStep();
    const after = await json('ledger', 'head', '--timeout', '20000');
    expect(after.head).toEqual(before.head);
    expect(await json('ledger', 'submit', 'afterwards', '--cut-after', '0')).toMatchObject({
      height: before.head.height + 1,
      block: { previous: before.head.hash },
    });
    expect((await synod(['ledger', 'verify', '--trusted', `${before.head.height}:${before.head.hash}`])).code).toBe(0);
  });

  test('who was away while the log was cut gets the ledger as a snapshot, and has the same', async () => {
    const { group } = stack;
    const leader = await group.leader();
    const away = group.namesOf('answering').find((name) => name !== leader)!;
    await group.replica(away).kill();
    const installed = installations(away);
    // Each an entry of its own, as so many stay behind a snapshot.
    const client = await group.client({ limits: { batchOperations: 1, batchesInFlight: 16 } });
    const { ledger } = client.group(protocol);
    const data = (i: number) => `${i} `.repeat(1000);
    for (let i = 0; i < 1500; i += 100) {
      await Promise.all(Array.from({ length: 100 }, (_, n) => ledger.submit(data(i + n), { cutAfterMs: Infinity })));
    }
    stack.run(away);
    await group.inStep();
    expect(installations(away)).toBeGreaterThan(installed);
    expect(await synod(['ledger', 'verify', '--stale'])).toMatchObject({ code: 0 });
  });

  test('tap tells of the ledger, and keeps what was submitted to itself', async () => {
    const stopping = new AbortController();
    const onOutput = (out: string): void => void (/reply .*transaction \d+ of block/.test(out) && stopping.abort());
    const tapping = synod(['tap'], { signal: stopping.signal, onOutput });
    for (const end = performance.now() + 20_000; !stopping.signal.aborted && performance.now() < end; ) {
      await synod(['ledger', 'submit', 'secret', '--pending']);
    }
    const { out } = await tapping;
    expect(out).toMatch(/request .*submit \(6 B\)/);
    expect(out).not.toContain('secret');
  });
});

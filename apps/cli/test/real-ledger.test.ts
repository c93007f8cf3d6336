import { verifyProof } from '@synod/client';
import { TestStack } from './test-stack.js';
import { run } from './world.js';
import type { Circumstances, Ran } from './world.js';

jest.setTimeout(60_000);

// What becomes of a ledger when replicas die is asked of every protocol in libs/process-group/test/semantics.

const hash = /[0-9a-f]{64}/;

describe.each(['raft', 'paxos'] as const)('the ledger of a group that speaks %s', (protocol) => {
  let stack: TestStack;
  const synod = (args: readonly string[], more: Circumstances = {}): Promise<Ran> =>
    run(args, { directory: stack.directory, ...more });
  const json = async (...args: string[]) => JSON.parse((await synod([...args, '--json'])).out);

  beforeAll(async () => {
    stack = await TestStack.start({ protocol });
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
    const head = await synod(['ledger', 'head'], { columns: 60 });
    expect(head.out).toMatch(
      /^block +1\ntime .*Z\nclosed by cli, .*\nhash +[0-9a-f]{64}\nprevious +0{64}\nroot +[0-9a-f]{64}\n\n/,
    );
    expect(head.out).toMatch(/\n1 transaction in 1 block; 1 waits in block 2\n$/);
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

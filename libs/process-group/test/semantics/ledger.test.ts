import { SynodError } from '@synod/client';
import type { Ledger, LedgerBlock, SubmitAnswer } from '@synod/client';
import { ofEveryProtocol } from './stage.js';

const waits = { cutAfterMs: Infinity };

// Little fits into the log before a snapshot is taken, so that one is needed.
const small = { environment: { SYNOD_SNAPSHOT_MIB: '1' } };

ofEveryProtocol((stage) => {
  test('ten transactions are a block; a cut makes one of fewer, once', async () => {
    const { ledger } = stage.kv;
    const { ledger: others } = await stage.another({ user: 'other' });
    expect(await ledger.head()).toMatchObject({ head: undefined, transactions: 0, pending: 0 });
    for (let i = 0; i < 10; i++) await (i % 2 === 0 ? ledger : others).submit(`transaction ${i}`, waits);
    await ledger.submit('the eleventh', waits);
    const cuts = await Promise.all([ledger.cut(2), others.cut(2), ledger.cut(2)]);
    expect(new Set(cuts.map(({ hash }) => hash)).size).toBe(1);
    expect(cuts.filter(({ byThis }) => byThis)).toHaveLength(1);
    const [first, second] = await allBlocks(ledger);
    expect(first).toMatchObject({ height: 1, count: 10, proposer: 'other' });
    expect(first!.transactions.map(({ author }) => author).slice(0, 3)).toEqual(['client', 'other', 'client']);
    expect(second).toMatchObject({ height: 2, count: 1, previous: first!.hash, hash: cuts[0]!.hash });
    expect(second!.time).toBeGreaterThanOrEqual(first!.time);
    expect(await others.verify()).toMatchObject({ isSound: true, blocks: 2, transactions: 11 });
  });

  test('one client may lie about the time; with another one in the block it changes nothing', async () => {
    const { ledger } = stage.kv;
    const { ledger: others } = await stage.another({ user: 'other' });
    const { height } = await ledger.submit('honest', waits);
    await others.submit('from the far future', { time: Date.UTC(9999, 0), ...waits });
    await ledger.cut(height);
    const block = (await ledger.block(height))!;
    expect(Math.abs(block.time - Date.now())).toBeLessThan(60_000);
    expect(await ledger.verify()).toMatchObject({ isSound: true });
  });

  test('the leader is killed under load: each answered transaction stands once, at its place, in one chain', async () => {
    const { ledger } = stage.kv;
    const submitters = new Submitters(ledger, 16);
    await submitters.advance(150);
    for (let round = 0; round < 3; round++) {
      const leader = await stage.group.leader();
      await stage.group.replica(leader).kill();
      await submitters.advance(100);
      stage.group.replica(leader).run();
      await submitters.advance(100);
    }
    await submitters.stop();
    const { height } = await ledger.submit('the last one', waits);
    await ledger.cut(height);
    const blocks = await allBlocks(ledger);
    const places = new Map(
      blocks.flatMap(({ height, transactions }) =>
        transactions.map(({ text }, i) => [text, `${height}.${i}`] as const),
      ),
    );
    expect(places.size).toBe(blocks.reduce((sum, { count }) => sum + count, 0));
    for (const [text, { height, position }] of submitters.answered) {
      expect([text, places.get(text)]).toEqual([text, `${height}.${position}`]);
    }
    for (const text of places.keys()) {
      if (text.startsWith('submitter'))
        expect(submitters.answered.has(text) || submitters.unknown.has(text)).toBe(true);
    }
    expect(await ledger.verify()).toMatchObject({ isSound: true, head: { hash: blocks.at(-1)!.hash } });
    await stage.group.inStep();
  }, 120_000);

  test('everybody is killed at once: the chain is the same afterwards, and goes on', async () => {
    const { ledger } = stage.kv;
    const { head } = await ledger.head();
    await Promise.all(stage.group.replicas.map((replica) => replica.kill()));
    stage.group.startAll();
    await stage.group.inStep();
    expect((await ledger.head()).head).toEqual(head);
    const { height } = await ledger.submit('afterwards', waits);
    await ledger.cut(height);
    expect(await ledger.block(height)).toMatchObject({ height: head!.height + 1, previous: head!.hash });
    expect(await ledger.verify({ trusted: head! })).toMatchObject({ isSound: true, blocks: 2 });
  }, 60_000);

  test('who was away while the log was cut gets the ledger as a snapshot, and has the same', async () => {
    const { group } = stage;
    const installations = (name: string) =>
      [
        ...group
          .replica(name)
          .log()
          .matchAll(/installed the snapshot/g),
      ].length;
    const leader = await group.leader();
    const away = group.namesOf('answering').find((name) => name !== leader)!;
    await group.replica(away).kill();
    const before = installations(away);
    // Each an entry of its own, since so many are kept behind a snapshot.
    const { ledger } = await stage.another({ limits: { batchOperations: 1, batchesInFlight: 16 } });
    for (let i = 0; i < 1500; i += 100) {
      await Promise.all(Array.from({ length: 100 }, (_, n) => ledger.submit(`${i + n} `.repeat(1000), waits)));
    }
    group.replica(away).run();
    await group.inStep();
    expect(installations(away)).toBeGreaterThan(before);
    expect(await ledger.verify()).toMatchObject({ isSound: true });
  }, 120_000);
}, small);

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

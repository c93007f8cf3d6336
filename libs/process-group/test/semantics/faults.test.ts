import { judge, Recorder } from '@synod/linearizability';
import type { KeyValueGroup } from '@synod/client';
import { pause } from '../../src/index.js';
import { ofEveryProtocol } from './stage.js';
import type { Stage } from './stage.js';

ofEveryProtocol((stage) => {
  test('the leader is killed in the middle: nothing that was answered is lost, nothing is done twice', async () => {
    const load = await Load.begin(stage);
    for (let round = 0; round < 2; round++) {
      const leader = await stage.group.leader();
      await stage.group.replica(leader).kill();
      await load.advance(50);
      stage.group.replica(leader).run();
      await load.advance(50);
    }
    await load.judge();
  }, 120_000);

  test('the leader is frozen, and comes back as somebody who does not know that others went on', async () => {
    const load = await Load.begin(stage);
    const leader = await stage.group.leader();
    await stage.without([leader], async () => {
      await load.advance(50);
      await stage.group.leader(leader);
    });
    await load.advance(50);
    await load.judge();
  }, 120_000);

  test('the leader is asked to stop: it hands over, and no write fails', async () => {
    const load = await Load.begin(stage);
    const leader = await stage.group.leader();
    expect(await stage.group.replica(leader).stop()).toEqual({ code: 0, signal: null });
    await load.advance(50);
    stage.group.replica(leader).run();
    await load.advance(50);
    expect(load.failed).toBe(0);
    await load.judge();
  }, 120_000);

  test('a place in a session outlives the leader that it was answered by', async () => {
    const { kv } = stage;
    const once = { session: await kv.openSession(), sequence: 1 };
    const { revision } = await kv.put('outlives', 'x', { once });
    const leader = await stage.group.leader();
    await stage.group.replica(leader).kill();
    expect(await kv.put('outlives', 'x', { once })).toMatchObject({ revision });
    stage.group.replica(leader).run();
    expect((await kv.get('outlives')).entry!.version).toBe(1);
    await stage.group.inStep();
  }, 60_000);

  test('the broker restarts: clients come back by themselves', async () => {
    const load = await Load.begin(stage);
    const [server] = stage.group.broker.servers;
    await server!.kill();
    await pause(300);
    await server!.run();
    await load.advance(50);
    expect(load.failed).toBe(0);
    await load.judge();
  }, 120_000);

  test('everybody is killed at once: what was answered is on disks, sessions too', async () => {
    const { kv, group } = stage;
    const once = { session: await kv.openSession(), sequence: 1 };
    const { revision } = await kv.put('durable', 'x', { once });
    const load = await Load.begin(stage);
    await Promise.all(group.replicas.map((replica) => replica.kill()));
    group.startAll();
    await load.advance(50);
    await load.judge();
    expect(await kv.put('durable', 'x', { once })).toMatchObject({ revision });
    expect((await kv.get('durable')).entry).toMatchObject({ revision, version: 1 });
  }, 120_000);
});

let loads = 0;

/** Clients that write, read and add up without a pause, each of them recorded. */
class Load {
  failed = 0;
  private readonly recorder = new Recorder();
  private readonly running: Promise<void>[] = [];
  private readonly prefix = `load-${++loads}`;
  private answered = 0;
  private stopping = false;

  private constructor(private readonly stage: Stage) {}

  /** Resolves when all of it is under way. */
  static async begin(stage: Stage, clients = 6): Promise<Load> {
    const load = new Load(stage);
    for (let i = 0; i < clients; i++) load.running.push(load.work(i, await stage.another({ timeoutMs: 15_000 })));
    await load.advance(100);
    return load;
  }

  /** Resolves when `count` more operations were answered. */
  async advance(count: number): Promise<void> {
    const goal = this.answered + count;
    const end = performance.now() + 30_000;
    while (this.answered < goal) {
      if (performance.now() > end) throw new Error(`${this.answered} of ${goal} operations were answered after 30 s`);
      await pause(10);
    }
  }

  /** Ends it. Some order explains all answers, and all members come to the same state. */
  async judge(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.running);
    const kv = this.recorder.of('afterwards', this.stage.kv);
    await kv.range({ prefix: this.prefix });
    expect(judge(this.recorder.operations).problems).toEqual([]);
    await this.stage.group.inStep();
  }

  private async work(client: number, group: KeyValueGroup): Promise<void> {
    const kv = this.recorder.of(`client ${client}`, group);
    for (let n = 0; !this.stopping; n++) {
      const key = `${this.prefix}/${n % 5}`;
      try {
        if (n % 3 === 0) await kv.put(key, `${client}.${n}`);
        else if (n % 3 === 1) await kv.get(key);
        else await kv.compareAndSet(key, (await kv.get(key)).entry?.revision ?? 0, `${client}.${n}`);
        this.answered++;
      } catch {
        this.failed++;
      }
      await pause(5);
    }
  }
}

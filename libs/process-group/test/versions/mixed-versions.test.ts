import { readFileSync } from 'node:fs';
import type { KeyValueGroup } from '@synod/client';
import { judge, Recorder } from '@synod/linearizability';
import { protocols } from '@synod/topology';
import type { Protocol } from '@synod/topology';
import { EarlierVersion, ProcessGroup, pause } from '../../src/index.js';
import type { ReplicaStatus } from '../../src/index.js';

jest.setTimeout(120_000);

/**
 * The version that members are replaced from, and back to: the oldest that a release must be able to stand beside. Where wire or disk
 * change so that it cannot, the changelog says so, and this moves.
 */
const baseline = '1ecfd35c6092dc8fbaebb9b87bdb09b5298f2830';

const earlier = EarlierVersion.at(baseline);
const all = Object.keys(protocols) as Protocol[];

if (earlier === undefined) {
  // A skipped test is seen; one that is not there is not.
  test['skip'](`commit ${baseline} is not in the history that is here (a shallow clone, or no git)`, () => undefined);
} else {
  describe.each(all)('a group of %s whose members are of two versions', (protocol) => {
    let group: ProcessGroup;
    beforeAll(async () => {
      group = await ProcessGroup.prepare({ protocol });
      for (const name of group.names) group.replica(name).run({ program: earlier.program(entryOf(group, name)) });
      await group.leader();
    });
    afterAll(() => group?.close());

    test('is upgraded one member at a time under load, and back: every answer is right, and all states are equal', async () => {
      const recorder = new Recorder();
      const load = new Load(
        await Promise.all(
          ['ann', 'bob', 'eve'].map(async (name) => recorder.of(name, (await group.client()).group(group.group))),
        ),
      );
      const admin = (await group.client({ user: 'admin' })).group(group.group).backup;
      await load.advance(20);
      for (const name of await upgradeOrder(group)) {
        await replace(group, name);
        await load.advance(10);
        // What only the new ones know must leave all of them equal.
        expect(await admin.freeze()).toBeGreaterThan(0);
      }
      for (const name of [...(await upgradeOrder(group))].reverse()) {
        await replace(group, name, earlier.program(entryOf(group, name)));
        await load.advance(10);
      }
      await load.end();
      expect(load.failed).toBe(0);
      await group.inStep();
      expect(judge(recorder.operations).problems).toEqual([]);
    });
  });

  test('the two versions are two', () => {
    const program = readFileSync(earlier.program('apps/raft-replica/src/main.ts'), 'utf8');
    expect(program).toContain('raft-replica');
    expect(program).not.toContain('backup-1');
  });
}

function entryOf(group: ProcessGroup, name: string): string {
  const role = group.roles.find((role) => group.namesOf(role).includes(name));
  const [prefix] = name.split('-');
  return `apps/${prefix}-${role}/src/main.ts`;
}

/** As OPERATIONS.md says: acceptors first, who leads last. */
async function upgradeOrder(group: ProcessGroup): Promise<readonly string[]> {
  const leader = await group.leader();
  const acceptors = group.namesOf('acceptor');
  const others = group.names.filter((name) => !acceptors.includes(name) && name !== leader);
  return [...acceptors, ...others, leader];
}

/** Stops a member, starts it as the other version over the same data, and waits until it is in step. */
async function replace(group: ProcessGroup, name: string, program?: string): Promise<void> {
  const replica = group.replica(name);
  expect(await replica.stop()).toEqual({ code: 0, signal: null });
  const place = Math.max(...[...(await group.states()).values()].map(appliedBy));
  replica.run(program === undefined ? {} : { program });
  await group.until(`${name} is in step`, (states) => {
    const state = states.get(name);
    if (state?.standing !== 'active') return false;
    return (state.role === 'acceptor' || appliedBy(state) >= place) && group.leaderAmong(states) !== undefined;
  });
}

function appliedBy({ lastApplied, lastExecuted }: ReplicaStatus): number {
  return lastApplied ?? lastExecuted ?? 0;
}

type Recorded = ReturnType<Recorder['of']>;

/** Clients who write, compare and read a few keys, without a pause. */
class Load {
  done = 0;
  failed = 0;
  private ended = false;
  private readonly running: Promise<unknown>;

  constructor(clients: readonly (Recorded & Pick<KeyValueGroup, 'put'>)[]) {
    this.running = Promise.all(clients.map((client, i) => this.run(client, i)));
  }

  /** Resolves when so many more calls were answered. */
  async advance(calls: number): Promise<void> {
    const goal = this.done + calls;
    while (this.done < goal) await pause(10);
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.running;
  }

  private async run(client: Recorded, who: number): Promise<void> {
    for (let i = 0; !this.ended; i++) {
      const key = `k${i % 5}`;
      try {
        if (i % 3 === 0) await client.put(key, `${who}/${i}`);
        else if (i % 3 === 1) await client.get(key);
        else {
          const { entry } = await client.get(key);
          await client.compareAndSet(key, entry?.revision ?? 0, `${who}/${i} compared`);
        }
        this.done++;
      } catch {
        this.failed++;
      }
      await pause(5);
    }
  }
}

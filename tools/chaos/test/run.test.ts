import { cpSync, rmSync } from 'node:fs';
import type { Protocol } from '@synod/topology';
import type { Fault } from '../src/fault.js';
import { faults } from '../src/faults/index.js';
import { missingHere } from '../src/needs.js';
import type { Options } from '../src/options.js';
import { run } from '../src/run.js';
import type { Summary } from '../src/summary.js';

/** The main ones, quick enough for every push; `npm run chaos` strikes with all of them, and for longer. */
const main: Readonly<Record<Protocol, readonly string[]>> = {
  raft: ['kill', 'kill-at-sync', 'broker-kill', 'partition-one-route', 'power-cut', 'sync-fails', 'bit-flip'],
  paxos: ['kill', 'kill-at-sync', 'broker-kill', 'partition-isolated', 'power-cut', 'sync-fails', 'bit-flip'],
  pbft: [
    'kill',
    'kill-at-sync',
    'broker-kill',
    'partition-isolated',
    'power-cut',
    'sync-fails',
    'bit-flip',
    'traitor',
    'flood',
  ],
};
const withoutRoot = ['kill', 'pause', 'broker-kill', 'bit-flip', 'double-start'];

const missing = missingHere();

function strikeOnce(protocol: Protocol, some: readonly Fault[]): Promise<Summary> {
  return strike({ protocol, rounds: 1, faults: some });
}

/** The rounds end it; a machine that is busy takes its time. */
function strike(some: Pick<Options, 'protocol' | 'rounds' | 'faults' | 'program'>): Promise<Summary> {
  const options = { minutes: 4, seed: 1, brief: true, json: false, ...some };
  return run(options, { line: () => undefined, now: () => undefined });
}

describe.each(Object.keys(main) as Protocol[])('%s', (protocol) => {
  const wanted = missing.size === 0 ? main[protocol] : [...main[protocol], ...withoutRoot];
  const chosen = faults.filter(({ name }) => wanted.includes(name));
  const possible = chosen.filter(({ needs }) => needs.every((need) => !missing.has(need)));

  test('no fault takes anything that was acknowledged', async () => {
    const summary = await strikeOnce(protocol, possible);
    expect(summary.failure).toBeUndefined();
    expect(summary.judged).toBeGreaterThan(100);
    const kinds = ['get', 'get stale', 'put', 'compareAndSet', 'delete', 'range', 'transaction'];
    expect(Object.keys(summary.kinds)).toEqual(expect.arrayContaining(kinds));
    if (protocol !== 'pbft') expect(summary.leaderships).toBeGreaterThan(0); // backups may be all that is struck
    expect(summary.registers.decided > 0).toBe(protocol === 'paxos');
    for (const { name } of possible) expect(summary.table()).toMatch(new RegExp(`^${name} .* ok$`, 'm'));
  }, 300_000);

  for (const { name, needs } of chosen.filter((fault) => !possible.includes(fault))) {
    // A skipped test is seen; one that is not there is not.
    test['skip'](`${name}: ${needs.map((need) => missing.get(need)).join('; ')}`, () => undefined);
  }
});

/** What no consensus survives: all disks go back to what they were a while ago. */
const rollback: Fault = {
  name: 'rollback',
  what: 'all disks go back in time',
  needs: [],
  stopsTheGroup: true,
  strike: async (bed) => {
    await Promise.all(bed.replicas.map((replica) => replica.kill()));
    for (const { data } of bed.replicas) cpSync(data, `${data}-before`, { recursive: true });
    bed.restartEnded();
    await bed.workload.advance(200, 10_000);
    await Promise.all(bed.replicas.map((replica) => replica.kill()));
    for (const { data } of bed.replicas) {
      rmSync(data, { recursive: true });
      cpSync(`${data}-before`, data, { recursive: true });
    }
    return 'all';
  },
};

test.each(Object.keys(main) as Protocol[])(
  'a run of %s notices that what was acknowledged is gone, and says where to look',
  async (protocol) => {
    const { failure } = await strikeOnce(protocol, [rollback]);
    expect(failure?.message).toMatch(/^rollback-1 all: .*(acknowledged|not linearizable)/);
    rmSync(failure!.directory, { recursive: true });
  },
  120_000,
);

/** The leader's machine, cut off for as long as a leader believes in itself, and a little longer. */
const leaderCutOff: Fault = {
  name: 'leader-cut-off',
  what: 'the leader alone on its side',
  needs: ['namespaces'],
  strike: async (bed) => {
    const machine = bed.machineOf(bed.group.replica(await bed.group.leader()));
    const others = Array.from({ length: bed.machines }, (_, i) => i).filter((i) => i !== machine);
    const cuts = others.flatMap((other) => [bed.network.cut(machine, other), bed.network.cut(other, machine)]);
    await Promise.all(cuts);
    await bed.wait(1.5, 1.5);
    await bed.network.heal();
    return `machine ${machine + 1}`;
  },
};

const possible = leaderCutOff.needs.every((need) => !missing.has(need)) ? test : test['skip'];

possible(
  'a run notices a leader that answers reads without a majority’s word',
  async () => {
    const program = 'tools/chaos/test/programs/hasty-reads.ts';
    const { failure } = await strike({ protocol: 'raft', rounds: 8, faults: [leaderCutOff], program });
    // Either the order of all operations is found to be none, or sooner the one read that is older than a write before it.
    expect(failure?.message).toMatch(
      /^leader-cut-off-\d+ machine \d: the history is not linearizable[^]*(no order explains|get .* though .* returned before)/,
    );
    rmSync(failure!.directory, { recursive: true });
  },
  120_000,
);

test('a run notices a proposer that tells two clients that each of them has a register', async () => {
  const program = 'tools/chaos/test/programs/grants-every-wish.ts';
  const some = faults.filter(({ name }) => name === 'pause');
  const { failure } = await strike({ protocol: 'paxos', rounds: 8, faults: some, program });
  expect(failure?.message).toMatch(/^pause-\d+ \S+: registers are not sound:\nregister pause-\S+ it has \d values/);
  rmSync(failure!.directory, { recursive: true });
}, 120_000);

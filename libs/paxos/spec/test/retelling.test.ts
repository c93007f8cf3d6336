import { runScenario } from '@synod/scenario';
import type { Violation } from '@synod/simulator';
import { mutants, paxosIn, retellSimulation, simulate } from '../src/index.js';
import type { Mutant, RetoldRun, SimulationOptions } from '../src/index.js';

const seedsMax = 40;

/** The first seed that violates this sentence and can be told, as a scenario; there are runs that none tells. */
async function retold(mutant: Mutant, sentence: string, trial: SimulationOptions): Promise<RetoldRun> {
  for (let seed = 1; seed <= seedsMax; seed++) {
    const { failure } = await simulate(seed, { ...mutant, ...trial });
    if ((failure as Partial<Violation> | undefined)?.invariant !== sentence) continue;
    const run = (await retellSimulation(seed, { ...mutant, ...trial }, (failure) => `${failure.name} (a test).`))!;
    if (run.shows && run.violated === sentence) return run;
  }
  throw new Error(`none of ${seedsMax} seeds violates it and can be told`);
}

const told = (text: string, { make, tamper }: Partial<Mutant>): string =>
  runScenario(text, 'paxos', { ...paxosIn(make), tamper });

/** An honest member may not come to what a command names. */
function honestly(text: string): string {
  try {
    return told(text, {});
  } catch (error) {
    return (error as Error).message;
  }
}

/** A short run in which an admin wants a4 in place of a2. */
const change: SimulationOptions = {
  swarm: { virtualMs: 2500, clients: 1, shape: { acceptors: 3, proposers: 2, spares: 1 } },
  strikes: [{ atMs: 800, fault: 'memberChange', detail: { pick: 0.5 } }],
};

describe('a failing run becomes a scenario that violates the same sentence, and not with the honest core:', () => {
  test.each([
    // A vote that waits for nothing; what phase 1 found and is not proposed again; doubled messages; reads; a client's register.
    ['unsynced-vote', 'Durable before Visible', 20, {}],
    ['ignores-what-was-accepted', 'P2c', 35, {}],
    ['counts-vote-messages', 'Chosen by a Phase-2 Quorum', 40, {}],
    ['reads-without-round', 'A Read Round is Confirmed by its own Quorum', 20, {}],
    ['unsynced-register', 'Durable before Visible', 12, {}],
    ['in-force-at-once', 'Chosen by a Phase-2 Quorum', 70, change],
  ])(
    '%s',
    async (name, sentence, commandsMost, trial) => {
      const mutant = mutants[name]!;
      const { text, shows, commands } = await retold(mutant, sentence, trial);
      expect(text).toContain(`\n✗ ${sentence} (`);
      expect(shows).toBe(true);
      expect(commands).toBeLessThanOrEqual(commandsMost);
      expect(told(text, mutant)).toBe(text);
      expect(honestly(text)).not.toContain('\n✗ ');
      if (name === 'unsynced-register') expect(text).toMatch(/\nrequest p\d "decide k\d( [mvw][\d.]+)?" from c[89]\n/);
      if (trial === change) expect(text).toMatch(/\nrequest p\d "member version=1 add=a4 remove=a2" from admin\n/);
    },
    120_000,
  );

  test('what only a whole run can tell is told whole, and said not to show', async () => {
    const mutant = mutants['lost-accepts-stay-lost']!;
    const { failure } = await simulate(1, { ...mutant, ...change });
    expect(failure).toMatchObject({ invariant: 'Liveness' });
    const whole = await retellSimulation(1, { ...mutant, ...change }, () => 'It hangs (a test).');
    expect(whole).toMatchObject({ shows: false });
    expect(whole!.commands).toBeGreaterThan(20);
    expect(told(whole!.text, mutant)).toBe(whole!.text);
  }, 120_000);

  test('a run that does not fail is none', async () => {
    expect(await retellSimulation(1, { swarm: { virtualMs: 600, clients: 1 } }, () => 'x (y).')).toBeUndefined();
  }, 60_000);
});

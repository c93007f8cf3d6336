import { runScenario } from '@synod/scenario';
import { mutants, raftIn, retellSimulation, simulate } from '../src/index.js';
import type { Mutant, RetoldRun } from '../src/index.js';

const seedsMax = 40;

/** Its first failing seed as a scenario. */
async function retold(mutant: Mutant): Promise<RetoldRun> {
  for (let seed = 1; seed <= seedsMax; seed++) {
    if ((await simulate(seed, mutant)).failure === undefined) continue;
    return (await retellSimulation(seed, mutant, (failure) => `${failure.name} (a test).`))!;
  }
  throw new Error(`none of ${seedsMax} seeds fails`);
}

const told = (text: string, { make, tamper }: Partial<Mutant>): string =>
  runScenario(text, 'raft', { ...raftIn(make), tamper });

/** An honest replica may not come to what a command names. */
function honestly(text: string): string {
  try {
    return told(text, {});
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a failing run becomes a scenario that violates the same sentence, and not with the honest core:', () => {
  test.each([
    // A vote that waits for nothing; a disk that is slow; syncs that are taken for longer than they are; the store's mistake.
    ['unsynced-vote', 'Durable before Visible', 6],
    ['own-ack-unsynced', 'Committed on a Quorum', 20],
    ['reports-later-writes', 'Durable before Visible', 20],
    ['durable-when-written', 'Durable before Visible', 10],
    // Doubled messages; crashes; reads; what is committed twice.
    ['counts-messages', 'Elected by a Majority', 30],
    ['forgotten-vote', 'Durable before Visible', 10],
    ['reads-without-round', 'A Read Round is Confirmed by its own Majority', 20],
    ['truncates-always', 'Committed Immutable', 40],
  ])(
    '%s',
    async (name, sentence, commandsMost) => {
      const mutant = mutants[name]!;
      const { text, shows, commands } = await retold(mutant);
      expect(text).toContain(`\n✗ ${sentence} (Raft`);
      expect(shows).toBe(true);
      expect(commands).toBeLessThanOrEqual(commandsMost);
      expect(told(text, mutant)).toBe(text);
      expect(honestly(text)).not.toContain('✗');
    },
    120_000,
  );

  test('what only a whole run can tell is told whole, and said not to show', async () => {
    const mutant = mutants['lost-appends-stay-lost']!;
    const { seed, swarm, strikes } = { seed: 1, swarm: { virtualMs: 1500, clients: 1, replicas: 3 }, strikes: [] };
    const { failure } = await simulate(seed, { ...mutant, swarm, strikes });
    expect(failure).toMatchObject({ invariant: 'Liveness' });
    const whole = await retellSimulation(seed, { ...mutant, swarm, strikes }, () => 'It hangs (a test).');
    expect(whole).toMatchObject({ shows: false });
    expect(whole!.commands).toBeGreaterThan(20);
    expect(told(whole!.text, mutant)).toBe(whole!.text);
  }, 120_000);

  test('a run that does not fail is none', async () => {
    expect(await retellSimulation(1, { swarm: { virtualMs: 600, clients: 1 } }, () => 'x (y).')).toBeUndefined();
  }, 60_000);
});

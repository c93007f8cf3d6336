import { runScenario } from '@synod/scenario';
import { mutants, pbftIn, retellSimulation, simulate } from '../src/index.js';
import type { Mutant } from '../src/index.js';

const seedsMax = 12;

/** The first failing seed as a scenario. */
async function retold({ make, swarm = {} }: Mutant) {
  for (let seed = 1; seed <= seedsMax; seed++) {
    if ((await simulate(seed, { make, swarm })).failure === undefined) continue;
    return (await retellSimulation(seed, { make, swarm }, (failure) => `${failure.name} (a test).`))!;
  }
  throw new Error(`none of ${seedsMax} seeds fails`);
}

const told = (text: string, mutant?: Mutant): string => runScenario(text, 'pbft', pbftIn(mutant?.make));

/** An honest replica may not come to what a command names. */
function honestly(text: string): string {
  try {
    return told(text);
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a failing run becomes a scenario that violates the same sentence, and not with the honest core:', () => {
  test.each([
    ['unsynced-prepare', 'Durable before Visible', 10],
    ['prepared-by-one-less', 'Prepared by the Primary and 2f Backups', 10],
  ])(
    '%s',
    async (name, sentence, commandsMost) => {
      const mutant = mutants[name]!;
      const { text, shows, commands } = await retold(mutant);
      expect(text).toContain(`\n✗ ${sentence} (`);
      expect(shows).toBe(true);
      expect(commands).toBeLessThanOrEqual(commandsMost);
      expect(told(text, mutant)).toBe(text);
      expect(honestly(text)).not.toContain('✗');
    },
    120_000,
  );

  test('a run that does not fail is none', async () => {
    const calm = { swarm: { virtualMs: 600, clients: 1 } };
    expect(await retellSimulation(1, calm, () => 'x (y).')).toBeUndefined();
  }, 60_000);
});

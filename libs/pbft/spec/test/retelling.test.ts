import { runScenario } from '@synod/scenario';
import type { Violation } from '@synod/simulator';
import { mutants, pbftIn, retellSimulation, simulate } from '../src/index.js';
import type { Mutant } from '../src/index.js';

const seedsMax = 12;

/** The first seed that violates this sentence as a scenario; a mutant violates others, too. */
async function retold({ make, swarm = {} }: Mutant, sentence: string) {
  for (let seed = 1; seed <= seedsMax; seed++) {
    const { failure } = await simulate(seed, { make, swarm });
    if ((failure as Partial<Violation> | undefined)?.invariant !== sentence) continue;
    return (await retellSimulation(seed, { make, swarm }, ({ name }) => `${name} (a test).`))!;
  }
  throw new Error(`none of ${seedsMax} seeds violates it`);
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
    // A traitor has to be told of, too.
    ['believes-shown-checkpoints', 'Stable when a Quorum Says So', 10],
  ])(
    '%s: %s',
    async (name, sentence, commandsMost) => {
      const mutant = mutants[name]!;
      const { text, shows, commands } = await retold(mutant, sentence);
      expect(text).toContain(`\n✗ ${sentence} (`);
      expect(shows).toBe(true);
      expect(commands).toBeLessThanOrEqual(commandsMost);
      expect(told(text, mutant)).toBe(text);
      expect(honestly(text)).not.toContain('✗');
    },
    120_000,
  );

  test('which of the sentences that a mistake violates comes first may differ: then it shows the one that does', async () => {
    const { make } = mutants['prepared-by-one-less']!;
    const { failure } = await simulate(4, { make });
    expect(failure).toMatchObject({ invariant: 'Views Begin with a Valid NEW-VIEW' });
    const { text, shows, violated } = (await retellSimulation(4, { make }, ({ name }) => `${name} (a test).`))!;
    expect(shows).toBe(true);
    expect(violated).not.toBe('Views Begin with a Valid NEW-VIEW');
    expect(text).toContain(`\n✗ ${violated} (`);
    expect(honestly(text)).not.toContain('✗');
  }, 120_000);

  test('a run that does not fail is none', async () => {
    const calm = { swarm: { virtualMs: 600, clients: 1 } };
    expect(await retellSimulation(1, calm, () => 'x (y).')).toBeUndefined();
  }, 60_000);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isVerdict, runScenario } from '@synod/scenario';
import { mutants, pbftIn, simulate } from '../src/index.js';
import type { Mutant } from '../src/index.js';

/** How many seeds a mistake that no scenario is about may hide from the invariants. */
const seedsMax = 30;

/** Each mistake against the scenario that is about it; `npm run mutants` holds all evidence against all of them. */
describe('a wrong variant of PBFT is noticed:', () => {
  const all = Object.entries(mutants);

  test.each(all.flatMap(([name, mutant]) => (mutant.scenario === undefined ? [] : [[name, mutant, mutant.scenario]])))(
    '%s',
    (_name, mutant, scenario) => {
      const told = readFileSync(join(__dirname, '../scenarios', `${scenario as string}.scenario`), 'utf8');
      expect(outcomeOf(told, mutant as Mutant)).not.toBe(told);
    },
  );

  test.each(all.filter(([, { scenario }]) => scenario === undefined))(
    '%s, by chance',
    async (_name, { make, swarm = {} }) => {
      let failure: Error | undefined;
      for (let seed = 1; failure === undefined && seed <= seedsMax; seed++)
        failure = (await simulate(seed, { make, swarm })).failure;
      expect(failure?.name).toMatch(/^(Invariant)?Violation$/);
    },
    300_000,
  );
});

/** A command that is not possible any more counts as a difference; a mistake in the variant's own code does not. */
function outcomeOf(scenario: string, { make }: Mutant): string {
  try {
    return runScenario(scenario, 'pbft', pbftIn(make));
  } catch (error) {
    if (!isVerdict(error)) throw error;
    return (error as Error).message;
  }
}

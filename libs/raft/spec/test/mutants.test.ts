import { mutants, simulate } from '../src/index.js';

/** How many seeds a mistake may hide from the checks. */
const seedsMax = 40;

describe('a wrong variant of Raft is noticed:', () => {
  test.each(Object.entries(mutants))(
    '%s',
    async (_name, { make }) => {
      let failure: Error | undefined;
      for (let seed = 1; failure === undefined && seed <= seedsMax; seed++)
        failure = (await simulate(seed, { make })).failure;
      expect(failure?.name).toMatch(/^(Invariant)?Violation$/);
    },
    120_000,
  );
});

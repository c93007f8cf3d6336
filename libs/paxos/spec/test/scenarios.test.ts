import { join } from 'node:path';
import { runScenarioFile, scenarioFiles } from '@synod/scenario';
import { paxosIn } from '../src/index.js';

/** `UPDATE=1 npx jest -c libs/paxos/spec/jest.config.cjs scenarios` rewrites what stands below the rules. */
describe('Multi-Paxos', () => {
  test.each(scenarioFiles(join(__dirname, '../scenarios')))('$name', ({ path }) => {
    const { told, happened } = runScenarioFile(path, 'paxos', paxosIn());
    expect(happened).toBe(told);
  });
});

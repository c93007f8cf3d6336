import { join } from 'node:path';
import { runScenarioFile, scenarioFiles } from '@synod/scenario';
import { pbftIn } from '../src/index.js';

/** `UPDATE=1 npx jest -c libs/pbft/spec/jest.config.cjs scenarios` rewrites what stands below the rules. */
describe('PBFT', () => {
  test.each(scenarioFiles(join(__dirname, '../scenarios')))('$name', ({ path }) => {
    const { told, happened } = runScenarioFile(path, 'pbft', pbftIn());
    expect(happened).toBe(told);
  });
});

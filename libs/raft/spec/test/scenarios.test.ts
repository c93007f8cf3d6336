import { join } from 'node:path';
import { runScenarioFile, scenarioFiles } from '@synod/scenario';
import { raftIn } from '../src/index.js';

/** `UPDATE=1 npx jest -c libs/raft/spec/jest.config.cjs scenarios` rewrites what stands below the rules. */
describe('Raft', () => {
  test.each(scenarioFiles(join(__dirname, '../scenarios')))('$name', ({ path }) => {
    const { told, happened } = runScenarioFile(path, 'raft', raftIn());
    expect(happened).toBe(told);
  });
});

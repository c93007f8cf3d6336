import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { treasons } from '@synod/pbft-traitors';
import { runScenario, scenarioFiles } from '@synod/scenario';
import { pbftIn } from '../src/index.js';

const told = scenarioFiles(join(__dirname, '../scenarios')).map(({ path }) => readFileSync(path, 'utf8'));

/** A traitor that does nothing would make everything pass. */
describe('a traitor acts:', () => {
  test.each(Object.keys(treasons))('%s', (name) => {
    const with_ = told.filter((text) => new RegExp(`traitors=\\S*:${name}[ ,]`).test(text));
    expect(with_.length).toBeGreaterThan(0);
    const without = with_.map((text) => text.replace(/ traitors=\S+/, ''));
    expect(without.some((text, place) => outcomeOf(text) !== with_[place]!.replace(/ traitors=\S+/, ''))).toBe(true);
  });
});

function outcomeOf(text: string): string {
  try {
    return runScenario(text, 'pbft', pbftIn());
  } catch (error) {
    return (error as Error).message;
  }
}

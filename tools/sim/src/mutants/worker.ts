import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scenarioFiles } from '@synod/scenario';
import { protocols } from '../protocols.js';
import type { Word } from './ask.js';
import type { Task } from './crew.js';
import { judge } from './judge.js';
import type { ScenarioText } from './judge.js';

/** Seen from the source, or from the bundle, which lies in `dist/programs`. */
const workspace = new URL(import.meta.url.endsWith('.ts') ? '../../../../' : '../../../../../', import.meta.url);
const scenarios = new Map<string, readonly ScenarioText[]>();

function scenariosOf(folder: string): readonly ScenarioText[] {
  const known = scenarios.get(folder);
  if (known !== undefined) return known;
  const files = scenarioFiles(fileURLToPath(new URL(folder, workspace)));
  const texts = files.map(({ name, path }) => ({ name, text: readFileSync(path, 'utf8') }));
  scenarios.set(folder, texts);
  return texts;
}

async function work({ protocol: name, mutant, ...bounds }: Task): Promise<void> {
  const protocol = protocols[name]!;
  const say = (word: Word): void => void process.send!(word);
  const begins = (what: string): void => say({ begins: what });
  say({ verdict: await judge(protocol, mutant, scenariosOf(protocol.scenarios), bounds, begins) });
}

process.on('message', (task) => void work(task as Task));

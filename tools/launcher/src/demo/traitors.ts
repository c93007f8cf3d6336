import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { keysPath } from '../stack.js';
import type { Stage } from './stage.js';

/** As primary, these sign two proposals for one place. */
const equivocates: ReadonlySet<string> = new Set(['equivocate', 'equivocating-primary']);

/** The group goes on, and who contradicts itself is proven to be faulty. */
export async function demonstrateTraitors(stage: Stage): Promise<void> {
  const told = [...stage.traitors].map(([name, treason]) => `${name} lies (${treason})`).join(', ');
  const first = await stage.primary();
  stage.title(`PBFT, and ${told}. The primary is ${first}. Clients are answered all the same, and rightly`);
  await stage.put('capital/pt', 'Lisbon');
  await stage.get('capital/pt', 'Lisbon');
  await showViewChange(stage, first);
  await stage.put('capital/at', 'Vienna');
  await stage.get('capital/pt', 'Lisbon');
  await stage.get('capital/at', 'Vienna');
  await showProof(stage, equivocates.has(stage.traitors.get(first) ?? ''));
  stage.title('Every honest replica has the same state; what a liar says of itself is worth nothing');
  await stage.showEqualStates();
}

async function showViewChange(stage: Stage, first: string): Promise<void> {
  const now = await stage.primary();
  if (now === first) return stage.say(`${first} is still the primary`);
  stage.say(`the others left ${first}; the primary is ${now}`);
  await stage.showElection('pbft.view_change', 'the view change');
}

/** As a person would get it, and have it checked. */
async function showProof(stage: Stage, isDue: boolean): Promise<void> {
  if (isDue) await stage.until('somebody has a proof', async () => [...(await stage.evidence()).values()].some((files) => files.length > 0)); // prettier-ignore
  stage.title('Two signed statements that contradict each other prove to anybody who lied');
  const proofs = shown(join(stage.directory, 'proofs'));
  await stage.synod('evidence', '--group', stage.group.name, '--save', proofs);
  for (const file of readdirSync(proofs)) {
    await stage.synod('verify', join(proofs, file), '--trust', shown(keysPath(stage.directory)));
  }
}

/** As short as it can be said here. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}

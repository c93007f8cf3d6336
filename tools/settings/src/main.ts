// npm run settings: writes the table of environment variables into each service's README, from the schema that it reads.
import { readFileSync, writeFileSync } from 'node:fs';
import { documents } from './documents.js';
import { withTable } from './table.js';

for (const [path, settings] of Object.entries(documents)) {
  const before = readFileSync(path, 'utf8');
  const after = withTable(before, settings);
  if (after === before) continue;
  writeFileSync(path, after);
  console.log(path);
}

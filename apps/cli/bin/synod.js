#!/usr/bin/env node
import { existsSync } from 'node:fs';
import process from 'node:process';
import { URL, fileURLToPath } from 'node:url';

const program = new URL('../dist/main.js', import.meta.url);

if (existsSync(program)) {
  await import(program.href);
} else {
  const checkout = fileURLToPath(new URL('../../..', import.meta.url));
  process.stderr.write(`synod is not built yet. \`npm start\` in ${checkout} builds it and starts a local cluster.\n`);
  process.exitCode = 1;
}

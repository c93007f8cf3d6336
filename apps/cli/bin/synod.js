#!/usr/bin/env node
import process from 'node:process';
import { URL, fileURLToPath } from 'node:url';

try {
  await import(new URL('../dist/main.js', import.meta.url).href);
} catch (error) {
  // The program itself is missing, a part of it, or a package that it needs.
  if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  const checkout = fileURLToPath(new URL('../../..', import.meta.url));
  process.stderr.write(`synod is not built yet. \`npm start\` in ${checkout} builds it and starts a local cluster.\n`);
  process.exitCode = 1;
}

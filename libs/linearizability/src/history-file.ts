import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import type { History, Operation } from './history.js';
import { malformation } from './well-formed.js';

/** JSON lines: one operation per line, fields as in `Operation`. Replaces the file. */
export async function writeHistory(path: string, history: History): Promise<void> {
  const file = createWriteStream(path);
  const closed = finished(file);
  closed.catch(() => {}); // it is awaited below; a failure in between must not end the process
  for (const operation of history)
    if (!file.write(`${JSON.stringify(operation)}\n`)) await Promise.race([once(file, 'drain'), closed]);
  file.end();
  await closed;
}

/** Throws an error that names file, line and what is wrong with it. Empty lines are skipped. */
export async function readHistory(path: string): Promise<Operation[]> {
  const history: Operation[] = [];
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    line++;
    if (text.trim() !== '') history.push(parse(text, `${path}:${line}`));
  }
  return history;
}

function parse(text: string, place: string): Operation {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${place} is not JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  const wrong = malformation(value);
  if (wrong !== undefined) throw new Error(`${place} is not an operation: ${wrong}`);
  return value as Operation;
}

import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Call } from '../command.js';
import { CommandError, usageError } from '../exit-codes.js';

/** A value as the command line names it: text, `-` for stdin, or `--file`. */
export async function contentOf(call: Call, argument: string | undefined, mostBytes: number): Promise<Uint8Array> {
  const file = call.values.text('file');
  if (argument !== undefined && file !== undefined) throw usageError('give the value or --file, not both');
  if (file === '-' || argument === '-') return readAll(call.input, 'stdin', mostBytes);
  if (file !== undefined) return readFile(resolve(call.directory, file), mostBytes);
  if (argument === undefined)
    throw usageError('the value is missing: give it as text, as --file PATH, or as - for stdin');
  return Buffer.from(argument);
}

async function readFile(path: string, mostBytes: number): Promise<Uint8Array> {
  try {
    const file = await open(path);
    return await readAll(file.createReadStream(), path, mostBytes);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw usageError(`cannot read --file: ${(error as Error).message}`);
  }
}

async function readAll(input: AsyncIterable<unknown>, from: string, mostBytes: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of input) {
    const bytes = Buffer.from(part as Uint8Array);
    parts.push(bytes);
    length += bytes.length;
    if (length > mostBytes) throw usageError(`${from} has more than ${mostBytes} bytes`);
  }
  return Buffer.concat(parts);
}

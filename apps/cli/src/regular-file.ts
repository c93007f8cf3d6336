import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** All of it. Throws at once what is no file: opening a pipe would wait for who writes to it, and nothing could end that. */
export function readRegularFile(path: string, mostBytes = Infinity): Buffer {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = fstatSync(file);
    if (!found.isFile()) throw new Error('it is no regular file');
    if (found.size > mostBytes) throw new Error(`it has more than ${mostBytes} bytes`);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

import { certificate, keepCertificate } from '../certificates/keep.js';
import type { Call, Command } from '../command.js';
import type { ExitCode } from '../exit-codes.js';
import { everywhere, keyValue, readLevel, traces } from '../options.js';
import { described, shown } from '../output.js';
import { wholeNumber } from '../values.js';
import { usageError } from '../exit-codes.js';
import { contentOf } from './content.js';
import { readOptions, withGroup } from './group.js';
import { documentOf, sentenceOf, write } from './write.js';

const valueBytes = 65_536;
const key = { name: 'KEY', meaning: 'text of 1 to 1024 bytes in UTF-8' };
const file = { file: { value: 'PATH', meaning: 'the value is what this file holds', complete: 'file' } } as const;
const options = { ...certificate, ...keyValue, ...traces, ...everywhere };

export const put: Command = {
  words: ['put'],
  summary: 'store a value under a key',
  arguments: [key, { name: 'VALUE', meaning: 'text, or - for stdin; at most 65536 bytes', optional: true }],
  options: { ...file, ...options },
  details: [
    'The write is on the disks of a majority when this returns. It is the root of a trace of its own, whatever the rate' +
      ' at which other clients are sampled: look at it with `synod trace last`.',
  ],
  examples: ['put greeting hello', 'put config --file settings.json', 'put greeting - < hello.txt', 'put minus -- -1'],
  run: runPut,
};

async function runPut(call: Call): Promise<ExitCode> {
  const [name = '', text] = call.arguments;
  const value = await contentOf(call, text, valueBytes);
  const written = await write(call, (group, options) => group.put(name, value, options));
  const { revision, existed } = written.answer;
  if (call.output.json) call.output.document({ revision, existed, ...documentOf(written) });
  else call.output.line(sentenceOf(written));
  return 'ok';
}

export const remove: Command = {
  words: ['delete'],
  summary: 'remove a key',
  arguments: [key],
  options,
  details: ['Exits with 3 when there was no such key.'],
  examples: ['delete greeting'],
  run: runDelete,
};

async function runDelete(call: Call): Promise<ExitCode> {
  const [name = ''] = call.arguments;
  const written = await write(call, (group, options) => group.delete(name, options));
  const { revision, existed } = written.answer;
  if (call.output.json) call.output.document({ revision, existed, ...documentOf(written) });
  else call.output.line(sentenceOf(written));
  if (existed) return 'ok';
  if (!call.output.json) call.output.remark(`there was no key ${shown(Buffer.from(name))}`);
  return 'notMet';
}

export const get: Command = {
  words: ['get'],
  summary: 'print the value of a key, as it is',
  arguments: [key],
  options: { ...readLevel, ...certificate, ...keyValue, ...everywhere },
  details: [
    'Prints the bytes of the value and nothing else (on a terminal, a line end after them). The read is linearizable: it' +
      ' sees every write that was answered before. Exits with 3 when there is no such key.',
  ],
  examples: ['get greeting', 'get logo > logo.png', 'get greeting --json', 'get greeting --stale --max-age 500'],
  run: runGet,
};

async function runGet(call: Call): Promise<ExitCode> {
  const [name = ''] = call.arguments;
  const { output } = call;
  const options = readOptions(call);
  const { entry, source } = await withGroup(call, (group) => group.get(name, options));
  keepCertificate(call, source);
  const { replica, term, index, ageMs } = source;
  const at = { replica, term, index, ...(options.level === 'stale' && { ageMs }) };
  if (output.json) {
    const { revision, created, version } = entry ?? {};
    const found = entry && { ...described('value', entry.value), revision, created, version };
    output.document({ key: name, found: entry !== undefined, ...found, ...at });
    return entry ? 'ok' : 'notMet';
  }
  if (options.level === 'stale') {
    output.remark(
      `stale: state of ${replica} at index ${index}, which was up to date with its leader’s word ${ageMs} ms ago`,
    );
  }
  if (entry === undefined) {
    output.remark(`there is no key ${shown(Buffer.from(name))}`);
    return 'notMet';
  }
  output.raw(entry.value);
  if (output.isTerminal) output.line('');
  return 'ok';
}

export const compareAndSet: Command = {
  words: ['cas'],
  summary: 'store or delete only if nobody has changed the key meanwhile',
  arguments: [
    key,
    { name: 'REVISION', meaning: 'what `get --json` shows as revision; 0: only if there is no such key' },
    { name: 'VALUE', meaning: 'text, or - for stdin; none with --delete', optional: true },
  ],
  options: { delete: { meaning: 'delete the key instead of storing a value' }, ...file, ...options },
  details: ['Exits with 3, and changes nothing, when the key has another revision by now.'],
  examples: ['cas greeting 0 hello', 'cas greeting 7 "hello, world"', 'cas greeting 9 --delete'],
  run: runCompareAndSet,
};

async function runCompareAndSet(call: Call): Promise<ExitCode> {
  const [name = '', expected = '', text] = call.arguments;
  const { output, values } = call;
  const revision = wholeNumber('REVISION', expected, 0, Number.MAX_SAFE_INTEGER);
  const removes = values.flag('delete');
  if (removes && (text !== undefined || values.text('file') !== undefined)) {
    throw usageError('with --delete there is no value');
  }
  const value = removes ? undefined : await contentOf(call, text, valueBytes);
  const written = await write(call, (group, options) => group.compareAndSet(name, revision, value, options));
  const { succeeded, revision: present } = written.answer;
  if (output.json) output.document({ succeeded, revision: present, ...documentOf(written) });
  else if (succeeded) output.line(sentenceOf(written));
  else {
    const now = present === 0 ? 'there is no such key' : `its revision is ${present}`;
    output.remark(`nothing was changed: revision ${revision} was expected, but ${now}`);
  }
  return succeeded ? 'ok' : 'notMet';
}

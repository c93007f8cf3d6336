import type { Entry, KeyValueGroup, RangeQuery, ReadOptions } from '@synod/client';
import type { Call, Command } from '../command.js';
import type { ExitCode } from '../exit-codes.js';
import { everywhere, keyValue, readLevel } from '../options.js';
import { described, shown } from '../output.js';
import type { Output } from '../output.js';
import { table } from '../table.js';
import type { Cell } from '../table.js';
import { readOptions, withGroup } from './group.js';

const pageKeys = 1000;

export const range: Command = {
  words: ['range'],
  summary: 'list keys, all or those that begin alike',
  arguments: [{ name: 'PREFIX', meaning: 'only keys that begin with it', optional: true }],
  options: {
    limit: { value: 'N', meaning: 'stop after so many keys' },
    after: { value: 'KEY', meaning: 'begin after this key' },
    keys: { meaning: 'keys only, without their values' },
    ...readLevel,
    ...keyValue,
    ...everywhere,
  },
  details: [
    'Keys come in the order of their bytes, in pages of up to 1000; each page is read at its own moment. With --keys and' +
      ' without a terminal: one key per line and nothing else. Control characters are shown as \\n, \\u001b and so on, and' +
      ' what is not UTF-8 as 0x…; --json has the exact bytes.',
  ],
  examples: ['range', 'range config/', 'range --limit 20 --after config/m', 'range --keys | wc -l'],
  run: runRange,
};

async function runRange(call: Call): Promise<ExitCode> {
  const { output, values, signal } = call;
  const [prefix = ''] = call.arguments;
  const after = values.text('after');
  const most = values.wholeNumber('limit', Infinity, 1, Number.MAX_SAFE_INTEGER);
  const query = { prefix, keysOnly: values.flag('keys'), ...(after !== undefined && { startAfter: after }) };
  const options = readOptions(call);
  await withGroup(call, async (group) => {
    let first = true;
    for await (const page of pagesOf(group, query, most, options)) {
      if (signal.aborted) return;
      show(page, query.keysOnly, first, output);
      first = false;
      await output.drained();
    }
  });
  return 'ok';
}

async function* pagesOf(group: KeyValueGroup, query: RangeQuery, most: number, options: ReadOptions) {
  let from = query;
  for (let left = most; left > 0; ) {
    const { entries, more } = await group.range({ ...from, limit: Math.min(left, pageKeys) }, options);
    if (entries.length > 0) yield entries;
    const last = entries.at(-1);
    if (!more || last === undefined) return;
    left -= entries.length;
    from = { ...query, startAfter: last.key };
  }
}

function show(entries: readonly Entry[], keysOnly: boolean, first: boolean, output: Output): void {
  if (output.json) {
    for (const { key, value, revision, created, version } of entries) {
      const content = keysOnly ? {} : described('value', value);
      output.document({ ...described('key', key), ...content, revision, created, version });
    }
    return;
  }
  if (keysOnly && !output.isTerminal) return output.lines(entries.map(({ key }) => shown(key)));
  const columns = [
    { title: 'KEY' },
    { title: 'REVISION', right: true },
    { title: 'VERSION', right: true },
    ...(keysOnly ? [] : [{ title: 'VALUE' }]),
  ];
  const rows = entries.map(({ key, value, revision, version }): Cell[] => [
    shown(key),
    `${revision}`,
    `${version}`,
    ...(keysOnly ? [] : [shown(value)]),
  ]);
  const lines = table(columns, rows, output);
  output.lines(first ? lines : lines.slice(1));
}

import type { Call, Command } from '../command.js';
import type { ExitCode } from '../exit-codes.js';
import { readOptions, withGroup } from '../key-value/group.js';
import { everywhere, keyValue, readLevel } from '../options.js';
import { countOf, headerDocument, headerLines } from './words.js';

export const ledgerHead: Command = {
  words: ['ledger', 'head'],
  summary: 'the newest block of the ledger, and what waits for the next',
  arguments: [],
  options: { ...readLevel, ...keyValue, ...everywhere },
  details: ['Who keeps the hash that it prints can later check everything up to that block: synod ledger verify.'],
  examples: ['ledger head', 'ledger head --json', 'ledger head --group paxos'],
  run: runHead,
};

async function runHead(call: Call): Promise<ExitCode> {
  const { output } = call;
  const { head, transactions, pending, source } = await withGroup(call, ({ ledger }) => ledger.head(readOptions(call)));
  const { replica, term, index } = source;
  if (output.json) {
    const newest = head === undefined ? {} : { head: headerDocument(head) };
    output.document({ ...newest, transactions, pending, replica, term, index });
    return 'ok';
  }
  if (head !== undefined) output.lines([...headerLines(head), '']);
  const height = head?.height ?? 0;
  const waiting =
    pending === 0 ? 'none waits' : `${pending} ${pending === 1 ? 'waits' : 'wait'} in block ${height + 1}`;
  output.line(`${countOf(transactions, 'transaction')} in ${countOf(height, 'block')}; ${waiting}`);
  return 'ok';
}

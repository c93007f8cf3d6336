import type { Ledger, LedgerBlock, ReadOptions } from '@synod/client';
import type { Call, Command } from '../command.js';
import { usageError } from '../exit-codes.js';
import type { ExitCode } from '../exit-codes.js';
import { readOptions, withGroup } from '../key-value/group.js';
import { everywhere, keyValue, readLevel } from '../options.js';
import { printable, shown } from '../output.js';
import type { Output } from '../output.js';
import { table } from '../table.js';
import { wholeNumber } from '../values.js';
import { blockDocument, headerDocument, headerLines, headerTable, moment } from './words.js';

const usualBlocks = 20;
const pageBlocks = 100;

export const ledgerShow: Command = {
  words: ['ledger', 'show'],
  summary: 'one block with its transactions, or the newest blocks',
  arguments: [{ name: 'HEIGHT', meaning: 'of the block, from 1; without it, the newest blocks', optional: true }],
  options: {
    limit: { value: 'N', meaning: `without HEIGHT: so many blocks (default ${usualBlocks})` },
    proof: { value: 'POSITION', meaning: 'with HEIGHT: that the transaction at this position is in it, as JSON' },
    ...readLevel,
    ...keyValue,
    ...everywhere,
  },
  details: [
    'A proof has the header of the block, the transaction and at most four hashes of others: enough for whoever knows the hash of the' +
      ' block. Exits with 3 when there is no such block or transaction.',
  ],
  examples: ['ledger show', 'ledger show 7', 'ledger show 7 --json', 'ledger show 7 --proof 3'],
  run: runShow,
};

async function runShow(call: Call): Promise<ExitCode> {
  const { output, values } = call;
  const [height] = call.arguments;
  const proof = values.text('proof');
  const options = readOptions(call);
  if (height === undefined) {
    if (proof !== undefined) throw usageError('--proof needs the HEIGHT of a block');
    const most = values.wholeNumber('limit', usualBlocks, 1, Number.MAX_SAFE_INTEGER);
    await withGroup(call, ({ ledger }) => showNewest(ledger, most, options, call));
    return 'ok';
  }
  if (values.text('limit') !== undefined) throw usageError('--limit is for the newest blocks, without HEIGHT');
  const wanted = wholeNumber('HEIGHT', height, 1, Number.MAX_SAFE_INTEGER);
  const position = proof === undefined ? undefined : wholeNumber('--proof', proof, 0, Number.MAX_SAFE_INTEGER);
  const block = await withGroup(call, ({ ledger }) => ledger.block(wanted, options));
  if (block?.height !== wanted) {
    output.remark(`there is no block ${wanted}`);
    return 'notMet';
  }
  return position === undefined ? showBlock(block, output) : showProof(block, position, output);
}

/** The newest ones last, as in a log. */
async function showNewest(ledger: Ledger, most: number, options: ReadOptions, { output, signal }: Call): Promise<void> {
  const last = (await ledger.head(options)).head?.height ?? 0;
  let from = Math.max(1, last - most + 1);
  for (let first = true; from <= last && !signal.aborted; first = false) {
    const limit = Math.min(pageBlocks, last - from + 1);
    const { blocks } = await ledger.blocks({ from, limit, headersOnly: true }, options);
    if (blocks.length === 0) return;
    if (output.json) for (const block of blocks) output.document(headerDocument(block));
    else output.lines(headerTable(blocks, output).slice(first ? 0 : 1));
    await output.drained();
    from += blocks.length;
  }
}

function showBlock(block: LedgerBlock, output: Output): ExitCode {
  if (output.json) {
    output.document(blockDocument(block));
    return 'ok';
  }
  output.lines([...headerLines(block), '']);
  const columns = [{ title: 'POSITION', right: true }, { title: 'AUTHOR' }, { title: 'SUBMITTED' }, { title: 'DATA' }];
  const rows = block.transactions.map(({ author, time, data }, i) => [
    `${i}`,
    printable(author),
    moment(time),
    shown(data),
  ]);
  output.lines(table(columns, rows, output));
  return 'ok';
}

function showProof(block: LedgerBlock, position: number, output: Output): ExitCode {
  const proof = block.proof(position);
  if (proof === undefined) {
    output.remark(`block ${block.height} has no transaction ${position}; it has ${block.count}`);
    return 'notMet';
  }
  output.document(proof);
  return 'ok';
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger, LedgerBlock } from '@synod/client';
import type { Call, Command } from '../command.js';
import { CommandError } from '../exit-codes.js';
import type { ExitCode } from '../exit-codes.js';
import { contentOf } from '../key-value/content.js';
import { timeoutOf, withGroup } from '../key-value/group.js';
import { documentOf, sentenceOf, writeTo } from '../key-value/write.js';
import { everywhere, keyValue, traces } from '../options.js';
import { printable } from '../output.js';
import { countOf, headerDocument, moment } from './words.js';

const transactionBytes = 8192;
const usualWaitMs = 1000;
const longestWaitMs = 3_600_000;

export const ledgerSubmit: Command = {
  words: ['ledger', 'submit'],
  summary: 'put a transaction into a block of the ledger',
  arguments: [{ name: 'DATA', meaning: `text, or - for stdin; 1 to ${transactionBytes} bytes`, optional: true }],
  options: {
    file: { value: 'PATH', meaning: 'the transaction is what this file holds', complete: 'file' },
    'cut-after': { value: 'MS', meaning: `close the block after so many milliseconds (default ${usualWaitMs})` },
    pending: {
      meaning: 'do not wait for the end of the block; the next transaction in it, or the tenth, will bring it',
    },
    ...keyValue,
    ...traces,
    ...everywhere,
  },
  details: [
    'The transaction is on the disks of a majority, at a place that is final, when its line is printed. Its block is closed when it has' +
      ' ten transactions, or by a cut: this command waits a second for others to join it and then cuts the block itself.',
  ],
  examples: [
    'ledger submit hello',
    'ledger submit --file contract.pdf --cut-after 0',
    'ledger submit --pending "a to b: 5"',
  ],
  run: runSubmit,
};

async function runSubmit(call: Call): Promise<ExitCode> {
  const { output, values } = call;
  const data = await contentOf(call, call.arguments[0], transactionBytes);
  const waitMs = values.wholeNumber('cut-after', usualWaitMs, 0, longestWaitMs);
  await withGroup(call, async (group, cluster) => {
    const written = await writeTo(group, cluster, call, ({ ledger }, options) =>
      ledger.submit(data, { ...options, cutAfterMs: Infinity }),
    );
    const { height, position, closed } = written.answer;
    if (!output.json) output.line(`transaction ${position} of block ${height}, ${sentenceOf(written)}`);
    const isClosed = closed || (!values.flag('pending') && (await cut(group.ledger, height, waitMs, call)));
    const block = isClosed ? await closedBlock(group.ledger, height, call) : undefined;
    if (output.json) {
      const closing = block === undefined ? {} : { block: headerDocument(block) };
      output.document({ height, position, closed: block !== undefined, ...closing, ...documentOf(written) });
    } else if (block !== undefined) output.line(sentenceOfBlock(block));
    else output.remark(`block ${height} is open still`);
  });
  return 'ok';
}

/** Whether the block is closed afterwards, by whomever; not when the wait was broken off. */
async function cut(ledger: Ledger, height: number, waitMs: number, call: Call): Promise<boolean> {
  const isOver = await sleep(waitMs, true, { signal: call.signal }).catch(() => false);
  if (isOver) await ledger.cut(height, { timeoutMs: timeoutOf(call) });
  return isOver;
}

async function closedBlock(ledger: Ledger, height: number, call: Call): Promise<LedgerBlock> {
  const query = { from: height, limit: 1, headersOnly: true };
  const [block] = (await ledger.blocks(query, { timeoutMs: timeoutOf(call) })).blocks;
  if (block?.height === height) return block;
  throw new CommandError('failed', `block ${height} was closed, but the group does not have it`);
}

function sentenceOfBlock({ height, count, proposer, time, hash }: LedgerBlock): string {
  return `block ${height}: ${countOf(count, 'transaction')}, closed by ${printable(proposer)}, ${moment(time)}, hash ${hash}`;
}

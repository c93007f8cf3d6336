import type { Verification } from '@synod/client';
import type { Call, Command } from '../command.js';
import { usageError } from '../exit-codes.js';
import type { ExitCode } from '../exit-codes.js';
import { readOptions, withGroup } from '../key-value/group.js';
import { everywhere, keyValue, readLevel } from '../options.js';
import { wholeNumber } from '../values.js';
import { countOf, headerDocument } from './words.js';

export const ledgerVerify: Command = {
  words: ['ledger', 'verify'],
  summary: 'compute the chain of blocks again, here, and say where it breaks',
  arguments: [],
  options: {
    trusted: {
      value: 'HEIGHT:HASH',
      meaning: 'begin with this block, whose hash you have from elsewhere; default: with the first one',
    },
    ...readLevel,
    ...keyValue,
    ...everywhere,
  },
  details: [
    "Reads every block and computes each transaction's hash, each block's root, hash and time again; the group is not believed. A whole" +
      ' chain that somebody made anew is sound in itself: compare the hash that is printed with one that you have from elsewhere,' +
      ' or begin with a block that you trust. Exits with 3 when the chain breaks.',
  ],
  examples: ['ledger verify', `ledger verify --trusted 7:${'5e'.repeat(32)}`, 'ledger verify --group paxos --json'],
  run: runVerify,
};

async function runVerify(call: Call): Promise<ExitCode> {
  const { output, signal } = call;
  const trusted = trustedOf(call);
  const read = readOptions(call);
  const options = { ...read, signal, ...(trusted && { trusted }) };
  const verification = await withGroup(call, ({ ledger }) => ledger.verify(options));
  if (output.json) output.document(documentOf(verification));
  else if (verification.isSound) output.line(soundSentence(verification, trusted?.height));
  else output.line(`the chain breaks at block ${verification.height}: ${verification.reason}`);
  return verification.isSound ? 'ok' : 'notMet';
}

function trustedOf({ values }: Call): { readonly height: number; readonly hash: string } | undefined {
  const text = values.text('trusted');
  if (text === undefined) return undefined;
  const [, height, hash] = /^(\d+):([0-9a-fA-F]{64})$/.exec(text) ?? [];
  if (height !== undefined && hash !== undefined) {
    return { height: wholeNumber("--trusted's height", height, 1, Number.MAX_SAFE_INTEGER), hash };
  }
  throw usageError('--trusted is the height of a block, a colon, and the 64 hexadecimal digits of its hash');
}

function soundSentence({ head, blocks, transactions }: Extract<Verification, { isSound: true }>, from = 1): string {
  if (head === undefined) return 'sound: there is no block yet';
  const what = `${countOf(blocks, 'block')} with ${countOf(transactions, 'transaction')}`;
  return `sound from block ${from} to ${head.height}: ${what}; hash ${head.hash}`;
}

function documentOf(verification: Verification) {
  const { isSound } = verification;
  if (!isSound) return { sound: isSound, height: verification.height, reason: verification.reason };
  const { head, blocks, transactions } = verification;
  return { sound: isSound, ...(head && { head: headerDocument(head) }), blocks, transactions };
}

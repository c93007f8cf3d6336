import type { StepAnswer, TransactionAnswer } from '@synod/client';
import { certificate } from '../certificates/keep.js';
import type { Call, Command } from '../command.js';
import { usageError } from '../exit-codes.js';
import type { ExitCode } from '../exit-codes.js';
import { everywhere, keyValue, traces } from '../options.js';
import { described, shown } from '../output.js';
import { contentOf } from './content.js';
import { parseDocument, transactionOf } from './transaction-syntax.js';
import { documentOf, sentenceOf, write } from './write.js';

const documentBytes = 1_048_576;

export const transaction: Command = {
  words: ['txn'],
  summary: 'several steps at once, all or none, if conditions hold',
  arguments: [],
  options: {
    if: { value: 'CONDITION', meaning: 'KEY revision|value =|!=|>|< OPERAND; all must hold', many: true },
    then: { value: 'STEP', meaning: 'put KEY VALUE, delete KEY or get KEY, when they hold', many: true },
    else: { value: 'STEP', meaning: 'a step for when they do not', many: true },
    file: { value: 'PATH', meaning: 'the transaction as JSON instead; - for stdin', complete: 'file' },
    ...certificate,
    ...keyValue,
    ...traces,
    ...everywhere,
  },
  details: [
    'The revision of a key that does not exist is 0. A VALUE is all that follows the key and one space. For keys with spaces' +
      ' and for bytes there is JSON: {"conditions": [{"key": "a", "is": "equal", "revision": 7}], "success": [{"put":' +
      ' {"key": "a", "value": "x"}}], "failure": [{"get": {"key": "a"}}]}; "is" is equal, notEqual, greater or less; a key' +
      ' or value is text or {"base64": "…"}.',
    'Exits with 3 when the conditions do not hold; the steps of --else are executed then.',
  ],
  examples: [
    "txn --if 'stock revision = 7' --then 'put stock 4' --then 'put sold 1' --else 'get stock'",
    "txn --if 'lock revision = 0' --then 'put lock mine'",
    'txn --file transfer.json',
  ],
  run: runTransaction,
};

async function runTransaction(call: Call): Promise<ExitCode> {
  const { values, output } = call;
  const parts = { if: values.list('if'), then: values.list('then'), else: values.list('else') };
  const inWords = Object.values(parts).some((part) => part.length > 0);
  const file = values.text('file');
  if (inWords === (file !== undefined)) {
    throw usageError('a transaction is given by --if, --then and --else, or by --file; see: synod txn --help');
  }
  const asked =
    file === undefined
      ? transactionOf(parts.if, parts.then, parts.else)
      : parseDocument(Buffer.from(await contentOf(call, undefined, documentBytes)).toString());
  const written = await write(call, (group, options) => group.transaction(asked, options));
  const { succeeded, results } = written.answer;
  if (output.json) output.document({ succeeded, results: results.map(stepDocument), ...documentOf(written) });
  else output.lines([...linesOf(written.answer), sentenceOf(written)]);
  return succeeded ? 'ok' : 'notMet';
}

function linesOf({ succeeded, results }: TransactionAnswer): string[] {
  const verdict = succeeded ? 'the conditions hold' : 'the conditions do not hold';
  return [verdict, ...results.map((result, place) => `  ${place + 1}. ${stepLine(result)}`)];
}

function stepLine(result: StepAnswer): string {
  if (result.kind === 'written') return result.existed ? 'changed what was there' : 'there was no such key before';
  const { entry } = result;
  return entry === undefined
    ? 'no such key'
    : `${shown(entry.key)} = ${shown(entry.value)} (revision ${entry.revision})`;
}

function stepDocument(result: StepAnswer): object {
  if (result.kind === 'written') return result;
  const { entry } = result;
  if (entry === undefined) return { kind: 'got', found: false };
  const { key, value, revision, created, version } = entry;
  return {
    kind: 'got',
    found: true,
    ...described('key', key),
    ...described('value', value),
    revision,
    created,
    version,
  };
}

import type { ChosenValue, KeyValueGroup } from '@synod/client';
import { findClusterWith } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import type { Call, Command } from '../command.js';
import type { ExitCode } from '../exit-codes.js';
import { contentOf } from '../key-value/content.js';
import { timeoutOf, withGroup } from '../key-value/group.js';
import { traced } from '../key-value/traced.js';
import { milliseconds } from '../key-value/write.js';
import { everywhere, keyValue, traces } from '../options.js';
import { described, shown } from '../output.js';
import { protocolNamed } from '../protocols/index.js';

const valueBytes = 4096;
const key = { name: 'KEY', meaning: 'a register: 1 to 128 of A-Z a-z 0-9 . _ / -' };
const group = {
  group: {
    value: 'NAME',
    meaning: 'default: the first group of the local stack whose protocol has registers',
    variable: 'SYNOD_GROUP',
  },
};

export const decide: Command = {
  words: ['decide'],
  summary: 'let a write-once register have this value, unless it has one',
  arguments: [key, { name: 'VALUE', meaning: `text, or - for stdin; at most ${valueBytes} bytes`, optional: true }],
  options: {
    file: { value: 'PATH', meaning: 'the value is what this file holds', complete: 'file' },
    ...keyValue,
    ...group,
    ...traces,
    ...everywhere,
  },
  details: [
    'A register is decided once, by single-decree Paxos, and keeps its value for ever: whoever asks afterwards, with whatever' +
      ' value, is told that one. Its trace shows both phases: prepare and promise, accept and accepted.',
    'Exits with 3 when the register has another value than this one. Asking again is safe, whatever became of the first time.',
  ],
  examples: ['decide leader/2030-01-02 alice', 'decide config/v7 --file settings.json --json'],
  run: runDecide,
};

async function runDecide(call: Call): Promise<ExitCode> {
  const [name = '', text] = call.arguments;
  const value = await contentOf(call, text, valueBytes);
  const timeoutMs = timeoutOf(call);
  const { answer, ms, traceId, ballot } = await withRegisters(call, async (keys, cluster) => {
    const done = await traced(call, cluster, (context) => keys.decide(name, value, { timeoutMs, ...context }));
    return { ...done, ballot: ballotOf(keys, done.answer) };
  });
  const { output } = call;
  const { value: chosen, isOurs, source } = answer;
  if (output.json) {
    const place = { replica: source.replica, ballot, ms: Number(ms.toFixed(3)), ...(traceId && { traceId }) };
    output.document({ key: name, ...described('value', chosen), isOurs, ...place });
  } else {
    const by = `by ${source.replica}, ballot ${ballot}, ${milliseconds(ms)} ms${traceId ? `, trace ${traceId}` : ''}`;
    output.line(`decided: ${shown(chosen)}, ${by}`);
    if (!isOurs) output.remark(`${name} had this value already; nothing was changed`);
  }
  return isOurs ? 'ok' : 'notMet';
}

export const decided: Command = {
  words: ['decided'],
  summary: 'print what a write-once register holds, as it is',
  arguments: [key],
  options: { ...keyValue, ...group, ...everywhere },
  details: [
    'Prints the bytes of the value and nothing else (on a terminal, a line end after them). What is printed once is printed' +
      ' for ever. Exits with 3 when nothing is decided.',
  ],
  examples: ['decided leader/2030-01-02', 'decided config/v7 --json'],
  run: runDecided,
};

async function runDecided(call: Call): Promise<ExitCode> {
  const [name = ''] = call.arguments;
  const { output } = call;
  const { answer, ballot } = await withRegisters(call, async (keys) => {
    const answer = await keys.decided(name);
    return { answer, ballot: answer && ballotOf(keys, answer) };
  });
  if (output.json) {
    const found = answer && { ...described('value', answer.value), replica: answer.source.replica, ballot };
    output.document({ key: name, decided: answer !== undefined, ...found });
    return answer ? 'ok' : 'notMet';
  }
  if (answer === undefined) {
    output.remark(`nothing is decided for ${name}`);
    return 'notMet';
  }
  output.raw(answer.value);
  if (output.isTerminal) output.line('');
  return 'ok';
}

function withRegisters<T>(call: Call, work: (keys: KeyValueGroup, cluster: Cluster) => Promise<T>): Promise<T> {
  const cluster = findClusterWith(call, (protocol) => protocolNamed(protocol).hasRegisters);
  return withGroup(call, work, cluster);
}

/** In which ballot it was decided, as the group's protocol writes it. */
function ballotOf({ protocol }: KeyValueGroup, { source }: ChosenValue): string {
  return protocolNamed(protocol).words.printEra(source.term);
}

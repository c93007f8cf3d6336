import { Misspelt } from './complaints.js';

/** A paragraph: commands, and below the rule what happened. */
export interface Block {
  /** As they stand, comments included. */
  readonly lines: readonly string[];
  /** Undefined: there is no rule. */
  readonly expected: readonly string[] | undefined;
  /** Of the first line, from 1. */
  readonly lineNumber: number;
}

export interface Command {
  readonly verb: string;
  readonly words: readonly string[];
}

const rule = '----';

/** Paragraphs are separated by empty lines. The first one is the claim, a comment that cites its source. */
export function parseScenario(text: string): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  let start = 1;
  const close = (): void => {
    if (lines.length > 0) blocks.push(blockOf(lines, start));
    lines = [];
  };
  text.split('\n').forEach((line, i) => {
    if (line.trim() === '') return close();
    if (lines.length === 0) start = i + 1;
    lines.push(line.trimEnd());
  });
  close();
  const claim = blocks[0]?.lines.join(' ') ?? '';
  if (!/^# .*\(.+\)/.test(claim))
    throw new Misspelt('line 1: a scenario begins with its claim and citation: # … (Raft §5.2).');
  return blocks;
}

function blockOf(lines: readonly string[], lineNumber: number): Block {
  const at = lines.indexOf(rule);
  if (at < 0) return { lines, expected: undefined, lineNumber };
  return { lines: lines.slice(0, at), expected: lines.slice(at + 1), lineNumber };
}

export function printBlock(lines: readonly string[], happened: readonly string[] | undefined): string {
  return [...lines, ...(happened === undefined ? [] : [rule, ...happened])].join('\n');
}

/** Words are separated by spaces; what stands in quotes is one word, and everything after # is a comment. */
export function parseCommand(line: string): Command | undefined {
  const words = (line.match(/"[^"]*"|#.*$|[^\s#]+/g) ?? []).filter((word) => !word.startsWith('#'));
  const [verb, ...rest] = words.map((word) => word.replace(/^"(.*)"$/, '$1'));
  return verb === undefined ? undefined : { verb, words: rest };
}

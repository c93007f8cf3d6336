import type { Writable } from 'node:stream';

/** A stream to people or programs; a terminal when it has columns. */
export type Sink = Writable & { readonly isTTY?: boolean; readonly columns?: number };

const styles = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
export type Style = keyof typeof styles;

/** Where results and remarks go: results to stdout, everything said about them to stderr. */
export class Output {
  /** Colours, fitted tables, line ends after raw values. */
  readonly isTerminal: boolean;
  private readonly colours: boolean;

  constructor(
    private readonly stdout: Sink,
    private readonly stderr: Sink,
    /** Results are JSON documents. */
    readonly json: boolean,
    environment: NodeJS.ProcessEnv,
  ) {
    this.isTerminal = stdout.isTTY === true && environment['TERM'] !== 'dumb';
    this.colours = this.isTerminal && !environment['NO_COLOR'];
  }

  /** Undefined where lines need not be fitted. A terminal that does not know its width says 0. */
  get columns(): number | undefined {
    return this.isTerminal ? this.stdout.columns || 80 : undefined;
  }

  get hasColours(): boolean {
    return this.colours;
  }

  /** The reader is behind: what is written now waits in memory. */
  get isCongested(): boolean {
    return this.stdout.writableNeedDrain;
  }

  line(text: string): void {
    this.stdout.write(`${text}\n`);
  }

  lines(lines: readonly string[]): void {
    if (lines.length > 0) this.line(lines.join('\n'));
  }

  raw(bytes: Uint8Array): void {
    this.stdout.write(bytes);
  }

  document(value: unknown): void {
    this.line(JSON.stringify(value));
  }

  /** For people, beside the result. It may quote what others wrote, which makes no lines of its own. */
  remark(text: string): void {
    this.stderr.write(`${text.split('\n').map(printable).join('\n')}\n`);
  }

  /** Resolves when the reader has caught up. */
  async drained(): Promise<void> {
    if (this.isCongested) await new Promise((resolve) => this.stdout.once('drain', resolve));
  }

  paint(style: Style, text: string): string {
    return this.colours ? `\u001b[${styles[style]}m${text}\u001b[0m` : text;
  }
}

/** What others wrote must not steer the terminal: control characters and those that turn the direction of text. */
// eslint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

export function printable(text: string): string {
  return text.replace(unprintable, (character) => {
    const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
    return short ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

const strict = new TextDecoder('utf-8', { fatal: true });

/** Undefined when the bytes are not UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** On one line, whatever the bytes. */
export function shown(bytes: Uint8Array): string {
  const text = textOf(bytes);
  return text === undefined ? `0x${Buffer.from(bytes).toString('hex')}` : printable(text);
}

/** For JSON: always the bytes, and the text when they are one. */
export function described(name: string, bytes: Uint8Array): Record<string, string> {
  const text = textOf(bytes);
  return { ...(text !== undefined && { [name]: text }), [`${name}Base64`]: Buffer.from(bytes).toString('base64') };
}

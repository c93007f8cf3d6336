import { PassThrough, Readable } from 'node:stream';
import type { Sink } from '../src/output.js';
import { synod } from '../src/synod.js';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly bytes: Buffer;
  readonly err: string;
}

export interface Circumstances {
  readonly directory?: string;
  readonly environment?: NodeJS.ProcessEnv;
  readonly input?: string | Uint8Array;
  /** Stdout is a terminal of so many columns. */
  readonly columns?: number;
  readonly signal?: AbortSignal;
  /** Told what has been written so far, whenever there is more. */
  readonly onOutput?: (out: string) => void;
}

/** Runs one command line in this process. */
export async function run(args: readonly string[], circumstances: Circumstances = {}): Promise<Ran> {
  const {
    directory = '/',
    environment = {},
    input = '',
    columns,
    signal = new AbortController().signal,
  } = circumstances;
  const stdout = new Recorder(columns, circumstances.onOutput);
  const stderr = new Recorder();
  const stdin = Readable.from([Buffer.from(input as Uint8Array)]);
  const world = { environment, directory, stdin, stdout: stdout.sink, stderr: stderr.sink, signal };
  const code = await synod(args, world);
  const bytes = stdout.bytes;
  return { code, out: bytes.toString(), bytes, err: stderr.bytes.toString() };
}

class Recorder {
  readonly sink: Sink;
  private readonly parts: Buffer[] = [];

  constructor(columns?: number, onOutput?: (out: string) => void) {
    const stream = new PassThrough();
    stream.on('data', (part: Buffer) => {
      this.parts.push(part);
      onOutput?.(this.bytes.toString());
    });
    this.sink = columns === undefined ? stream : Object.assign(stream, { isTTY: true, columns });
  }

  get bytes(): Buffer {
    return Buffer.concat(this.parts);
  }
}

/** As a shell would cut a line, for quotes of both kinds. */
export function wordsIn(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
}

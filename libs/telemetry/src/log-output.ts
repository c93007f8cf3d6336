import { fstatSync, write, writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

/** LIMIT: what waits for a slow reader, in characters; lines beyond are lost, counted, and told of. */
const waitingMost = 8 * 1024 * 1024;
/** A reader who takes nothing now may do so soon: so long is waited at first, and then twice as long each time, up to the most. */
const pauseLeastMs = 1;
const pauseMs = 20;
/** So often it is tried at the end of the process: for a second in which nothing is taken, and for five of a reader who takes some each time. */
const triesAtExit = 50;
const triesAtExitMost = 250;

const busy: readonly (string | undefined)[] = ['EAGAIN', 'EBUSY', 'EINTR'];

/**
 * Lines to a file descriptor, in order, the lines of a turn at once. Whoever reads them may be slow or gone: a
 * service neither waits for him nor keeps more than a bounded amount for him. What is left when the process ends is written then, and
 * given up if nobody takes it. (Pino's own destination tries for ever when the reader of a pipe is gone, in the last moment of a
 * process, when no signal reaches it any more.)
 *
 * A write to a reader may never wait within the operating system: the end of a process waits for the threads that do, and then one who
 * lives and takes nothing holds it for ever. To a file it is written off the event loop.
 */
export class LogOutput implements DestinationStream {
  private waiting: string[] = [];
  private characters = 0;
  private lost = 0;
  private isWriting = false;
  private readonly isRead: boolean;
  /** Of what is being written, what the reader has not taken. */
  private untaken: Buffer = Buffer.alloc(0);

  constructor(private readonly file: number) {
    this.isRead = neverWaits(file);
    process.once('exit', () => this.end());
  }

  write(line: string): void {
    if (this.characters + line.length > waitingMost) {
      this.lost++;
      return;
    }
    this.waiting.push(line);
    this.characters += line.length;
    if (this.isWriting) return;
    this.isWriting = true;
    setImmediate(() => this.next());
  }

  private next(): void {
    const bytes = this.take();
    this.isWriting = bytes.length > 0;
    if (this.isWriting) this.send(bytes, bytes.toString().split('\n').length - 1);
  }

  private send(bytes: Buffer, lines: number, nextPauseMs = pauseLeastMs): void {
    const onWritten = (error: NodeJS.ErrnoException | null, written: number): void => {
      if (error && busy.includes(error.code)) {
        setTimeout(() => this.send(bytes, lines, Math.min(pauseMs, 2 * nextPauseMs)), nextPauseMs);
        return;
      }
      this.untaken = Buffer.alloc(0);
      // What cannot be written is gone: of a pipe without a reader, or a disk without room, nothing better comes.
      if (error) this.lost += lines;
      if (!error && written < bytes.length) this.send(bytes.subarray(written), lines);
      else this.next();
    };
    if (!this.isRead) return write(this.file, bytes, onWritten);
    this.untaken = bytes;
    let written: number;
    try {
      written = writeSync(this.file, bytes);
    } catch (error) {
      return onWritten(error as NodeJS.ErrnoException, 0);
    }
    onWritten(null, written);
  }

  private end(): void {
    let bytes: Buffer = Buffer.concat([this.untaken, this.take(this.lost > 0)]);
    let inVain = 0;
    for (let tries = 0; bytes.length > 0 && inVain < triesAtExit && tries < triesAtExitMost; ) {
      try {
        bytes = bytes.subarray(writeSync(this.file, bytes));
        inVain = 0;
      } catch (error) {
        if (!busy.includes((error as NodeJS.ErrnoException).code)) return;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
        inVain++;
        tries++;
      }
    }
  }

  private take(isTold = this.lost > 0 && this.waiting.length > 0): Buffer {
    const { waiting } = this;
    if (isTold) {
      waiting.push(lostLine(this.lost));
      this.lost = 0;
    }
    this.waiting = [];
    this.characters = 0;
    return Buffer.from(waiting.join(''));
  }
}

/**
 * Whether it is a pipe or a socket, which somebody reads, and no write to it waits from now on: Node makes it such a one when it opens a
 * stream on it, which nobody need use.
 */
function neverWaits(file: number): boolean {
  const found = fstatSync(file);
  if (!found.isFIFO() && !found.isSocket()) return false;
  return (file === 1 ? process.stdout : process.stderr).writable;
}

function lostLine(lines: number): string {
  const time = new Date().toISOString();
  return `${JSON.stringify({ level: 'warn', time, lines, msg: 'lines of this log were lost: nobody took them' })}\n`;
}

let standardOutput: LogOutput | undefined;

/** One for all loggers of the process. */
export function toStandardOutput(): LogOutput {
  return (standardOutput ??= new LogOutput(1));
}

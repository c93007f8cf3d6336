/** `\n`, `.`, `H`, `M`, `0`, `9`. */
const [lineFeed, dot, letterH, letterM, digit0, digit9] = [10, 46, 72, 77, 48, 57];
/** `MSG ` and `HMSG `. */
const [plainVerb, headerVerb] = [4, 5];
const nothing = new Uint8Array(0);

/** Whose messages are to be dropped. `at` is where `<from>.` of a subject begins in `bytes`. */
export interface Held {
  readonly isEmpty: boolean;
  drops(bytes: Uint8Array, at: number): boolean;
}

/**
 * Finds the messages in what a server sends, by their first lines alone, and leaves out those of senders that are held: a
 * message that is not looked at costs a twentieth of one that is refused. Everything else passes as it came.
 */
export class Sieve {
  /** Of the message under way: bytes to come, its line end included; whether they pass. */
  private rest = 0;
  private passes = true;
  /** The beginning of a line whose end has not come. */
  private line = nothing;

  constructor(
    /** What all subjects begin with: `synod.<cluster>.` */
    private readonly prefix: string,
    private readonly held: Held,
  ) {}

  /** What is left of `chunk`, in order: views of it, and what the chunk before held back. */
  sift(chunk: Uint8Array): Uint8Array[] {
    const bytes = this.line.length === 0 ? chunk : Buffer.concat([this.line, chunk]);
    this.line = nothing;
    const left: Uint8Array[] = [];
    let from = 0;
    let at = 0;
    const leaveOut = (start: number, end: number): void => {
      if (start > from) left.push(bytes.subarray(from, start));
      from = end;
    };
    while (at < bytes.length) {
      const start = at;
      if (this.rest === 0) {
        const end = bytes.indexOf(lineFeed, at);
        if (end < 0) {
          this.line = bytes.slice(start);
          leaveOut(start, bytes.length);
          break;
        }
        this.begin(bytes, at, end);
        at = end + 1;
      }
      const now = Math.min(this.rest, bytes.length - at);
      this.rest -= now;
      at += now;
      if (!this.passes) leaveOut(start, at);
    }
    leaveOut(bytes.length, bytes.length);
    return left;
  }

  /** A line from `at` to the line feed at `end`: that of a message says how long it is, at its end. */
  private begin(bytes: Uint8Array, at: number, end: number): void {
    this.passes = true;
    const verb = bytes[at] === letterM ? plainVerb : bytes[at] === letterH ? headerVerb : 0;
    if (verb === 0) return;
    let size = 0;
    let place = 1;
    for (let i = end - 2; bytes[i]! >= digit0 && bytes[i]! <= digit9; i--) {
      size += (bytes[i]! - digit0) * place;
      place *= 10;
    }
    this.rest = size + 2;
    if (this.held.isEmpty) return;
    let sender = at + verb + this.prefix.length;
    while (sender < end && bytes[sender] !== dot) sender++;
    this.passes = !this.held.drops(bytes, sender + 1);
  }
}

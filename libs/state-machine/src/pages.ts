/** No page is longer (see `SnapshotSource`). */
export const pageBytes = 65_536;

/** A page of another release: it is whole, and not to be taken for damaged. */
export class UnknownPageFormat extends Error {}

/** A page begins with the format it is written in; an unknown one is refused. The ledger's pages have their own. */
const usualFormat = 1;

/** What a first page has of it at first: most streams of a small group end within it. */
const firstBytes = 1024;

const scratch = new DataView(new ArrayBuffer(8));
const scratchBytes = new Uint8Array(scratch.buffer);

/** A stream of fields, cut into pages wherever one is full. */
export class PageWriter {
  private readonly full: Uint8Array[] = [];
  private page = new Uint8Array(0);
  private at = 0;
  private nextBytes = firstBytes;

  constructor(private readonly format = usualFormat) {}

  /** There is at least one whole page. */
  get hasPage(): boolean {
    return this.full.length > 0;
  }

  /** The next whole page, else what there is of one; only a page without content if there is nothing. */
  take(): Uint8Array {
    const page = this.full.shift();
    if (page !== undefined) return page;
    const rest = this.at === 0 ? Uint8Array.of(this.format) : this.page.subarray(0, this.at);
    this.page = new Uint8Array(0);
    this.at = 0;
    return rest;
  }

  get isEmpty(): boolean {
    return this.full.length === 0 && this.at === 0;
  }

  bytes(source: Uint8Array, start = 0, end = source.length): void {
    let from = start;
    while (from < end) {
      if (this.at === 0) this.turn();
      const length = Math.min(end - from, pageBytes - this.at);
      if (this.at + length > this.page.length) this.grow(this.at + length);
      this.page.set(source.subarray(from, from + length), this.at);
      this.at += length;
      from += length;
      if (this.at === pageBytes) this.finishPage();
    }
  }

  uint32(value: number): void {
    scratch.setUint32(0, value);
    this.bytes(scratchBytes, 0, 4);
  }

  /** A non-negative integer up to 2^53-1. */
  integer(value: number): void {
    scratch.setFloat64(0, value);
    this.bytes(scratchBytes, 0, 8);
  }

  private turn(): void {
    this.page = new Uint8Array(this.nextBytes);
    this.page[0] = this.format;
    this.at = 1;
  }

  private grow(bytes: number): void {
    const grown = new Uint8Array(Math.min(pageBytes, Math.max(2 * this.page.length, bytes)));
    grown.set(this.page.subarray(0, this.at));
    this.page = grown;
  }

  private finishPage(): void {
    this.full.push(this.page);
    this.nextBytes = pageBytes;
    this.page = new Uint8Array(0);
    this.at = 0;
  }
}

/** Reads the stream back. What a page leaves incomplete waits for the next one. */
export class PageReader {
  private buffer = new Uint8Array(0);
  private view = new DataView(this.buffer.buffer);
  private at = 0;

  constructor(private readonly format = usualFormat) {}

  push(page: Uint8Array): void {
    if (page.length === 0 || page.length > pageBytes) throw new Error(`a snapshot page of ${page.length} bytes`);
    if (page[0] !== this.format)
      throw new UnknownPageFormat(`a snapshot page of format ${page[0]}; this version reads format ${this.format}`);
    const rest = this.available;
    const joined = new Uint8Array(rest + page.length - 1);
    joined.set(this.buffer.subarray(this.at));
    joined.set(page.subarray(1), rest);
    this.buffer = joined;
    this.view = new DataView(joined.buffer);
    this.at = 0;
  }

  get available(): number {
    return this.buffer.length - this.at;
  }

  /** Looks ahead without reading. */
  peekUint32(offset: number): number {
    return this.view.getUint32(this.at + offset);
  }

  uint32(): number {
    const value = this.view.getUint32(this.at);
    this.at += 4;
    return value;
  }

  integer(): number {
    const value = this.view.getFloat64(this.at);
    if (!Number.isSafeInteger(value) || value < 0) throw new Error('a snapshot with a number that is no index');
    this.at += 8;
    return value;
  }

  /** A view, valid as long as anyone keeps it. */
  take(length: number): Uint8Array {
    if (length > this.available) throw new Error('a snapshot record is longer than its snapshot');
    const from = this.at;
    this.at += length;
    return this.buffer.subarray(from, this.at);
  }
}

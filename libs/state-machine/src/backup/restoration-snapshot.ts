import { PageReader, PageWriter } from '../pages.js';
import { backupLimits } from './operations.js';
import type { Progress, Restoration } from './restoration.js';

/** Pages about a restoration begin with it. Where nothing was ever restored there are none, unless a group that was used is empty again. */
export const restorationPageFormat = 3;

// Stream: phase, next page, number of pages, hash, revision, id; then, while it is under way, each page behind its length.
const headerBytes = 28 + backupLimits.idBytes;
const phases = [undefined, 'loading', 'restored', 'used'] as const;

export function restorationPages(restoration: Restoration): Iterator<Uint8Array> {
  const { progress } = restoration;
  return pagesOf(progress, restoration.frozenPages());
}

function* pagesOf(progress: Progress, pages: readonly Uint8Array[]): Generator<Uint8Array, undefined> {
  const writer = new PageWriter(restorationPageFormat);
  const { phase, next, pages: all, low, high, revision, id } = progress;
  for (const number of [phases.indexOf(phase as 'used'), next, all, low, high]) writer.uint32(number);
  writer.integer(revision);
  writer.bytes(id);
  for (const page of pages) {
    writer.uint32(page.length);
    writer.bytes(page);
    while (writer.hasPage) yield writer.take();
  }
  if (!writer.isEmpty) yield writer.take();
  return undefined;
}

/** Reads what is told of a restoration; without a page there is none. */
export class RestorationReader {
  private readonly reader = new PageReader(restorationPageFormat);
  private readonly pages: Uint8Array[] = [];
  private progress: Progress | undefined;
  private hasPages = false;

  page(bytes: Uint8Array): void {
    const { reader } = this;
    this.hasPages = true;
    reader.push(bytes);
    if (this.progress === undefined && reader.available >= headerBytes) this.progress = this.readProgress();
    if (this.progress !== undefined) while (this.readPage());
  }

  /** Undefined when there is none. Throws unless all is there. */
  finish(): { readonly progress: Progress; readonly pages: readonly Uint8Array[] } | undefined {
    const { progress, pages, reader, hasPages } = this;
    if (!hasPages) return undefined;
    const expected = progress?.phase === 'loading' ? progress.next : 0;
    if (progress !== undefined && reader.available === 0 && pages.length === expected) return { progress, pages };
    throw new Error('a snapshot whose restoration is not whole');
  }

  private readProgress(): Progress {
    const { reader } = this;
    const phase = phases[reader.uint32()];
    const [next, pages] = [reader.uint32(), reader.uint32()];
    const [low, high] = [reader.uint32() | 0, reader.uint32() | 0];
    const revision = reader.integer();
    const id = reader.take(backupLimits.idBytes).slice();
    const isSound = next <= pages && pages <= backupLimits.pages && revision <= backupLimits.revision;
    const isPlain = phase !== 'used' || [next, pages, low, high, revision, ...id].every((number) => number === 0);
    if (phase === undefined || !isSound || !isPlain) throw new Error('a snapshot of a restoration that cannot be');
    return { phase, next, pages, low, high, revision, id };
  }

  /** Whether the next page was whole. */
  private readPage(): boolean {
    const { reader } = this;
    if (reader.available < 4) return false;
    const length = reader.peekUint32(0);
    if (length === 0 || length > backupLimits.pageBytes) throw new Error(`a snapshot with a page of ${length} bytes`);
    if (reader.available < 4 + length) return false;
    reader.take(4);
    this.pages.push(reader.take(length).slice());
    return true;
  }
}

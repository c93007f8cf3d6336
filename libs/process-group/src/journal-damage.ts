import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Flips a bit in the middle of what the first segment of a stopped replica's journal holds. */
export function flipBit(journal: string): void {
  const { path, bytes, used } = firstSegment(journal);
  bytes[Math.floor(used / 2)]! ^= 0x10;
  writeFileSync(path, bytes);
}

/** The first segment loses the last quarter of what it holds. */
export function cutShort(journal: string): void {
  const { path, bytes, used } = firstSegment(journal);
  writeFileSync(path, bytes.subarray(0, Math.floor((used * 3) / 4)));
}

function firstSegment(journal: string): { readonly path: string; readonly bytes: Buffer; readonly used: number } {
  const path = join(journal, readdirSync(journal).sort()[0]!);
  const bytes = readFileSync(path);
  return { path, bytes, used: bytes.findLastIndex((byte) => byte !== 0) };
}

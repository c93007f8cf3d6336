import { decodeSegmentHeader, markOf, segmentHeaderBytes, segmentIdOf, segmentName } from './segment.js';
import type { Owner } from './segment.js';
import type { FoundSegment, Verdict } from './recovery.js';
import { isBefore, isZero } from './frame.js';
import type { Disk, Done } from './disk.js';
import { attempt } from './segment-supply.js';
import { series } from './series.js';

/** Opens the segments of a directory, by ascending number; what a crash left half made is removed. */
export function openSegments(
  disk: Disk,
  directory: string,
  owner: Owner,
  done: (segments: readonly FoundSegment[] | Error) => void,
): void {
  const found: FoundSegment[] = [];
  const openAll = (names: readonly string[]): void => {
    const steps = names.map((name) => (next: (error: Error | undefined) => void) => {
      const id = segmentIdOf(name);
      if (name.endsWith('.tmp')) disk.remove(`${directory}/${name}`, next);
      else if (id === undefined) next(undefined);
      else openSegment(disk, `${directory}/${segmentName(id)}`, id, owner, found, next);
    });
    series(steps, (error) => done(error ?? found));
  };
  series([(next) => disk.makeDirectory(directory, next)], (error) => {
    if (error !== undefined) done(error);
    else disk.list(directory, (names) => (names instanceof Error ? done(names) : openAll(names)));
  });
}

function openSegment(
  disk: Disk,
  path: string,
  id: number,
  owner: Owner,
  found: FoundSegment[],
  next: (error: Error | undefined) => void,
): void {
  disk.open(path, (file) => {
    if (file instanceof Error) return next(file);
    file.read(0, segmentHeaderBytes, (bytes) => {
      if (bytes instanceof Error) return next(bytes);
      try {
        const header = decodeSegmentHeader(Buffer.from(bytes), path, id, owner);
        found.push({ id, file, mark: markOf(id, header), lastToken: 0, header });
      } catch (refused) {
        file.close();
        return next(refused as Error);
      }
      next(undefined);
    });
  });
}

/**
 * Makes what recovery found durable. What a torn write left is zeroed. The frames behind the confirmed place are
 * written once more: after a sync that failed in an earlier life, the page cache may hold, as clean, bytes that the disk
 * never got, and only a new write makes a new sync carry them.
 */
export function settle(segments: readonly FoundSegment[], verdict: Verdict, done: Done): void {
  const { end, confirmed, tail } = verdict;
  const steps = segments
    .filter((segment) => segment.id >= end.segment)
    .flatMap((segment) => {
      const { file } = segment;
      const from = segment.id === end.segment ? end.position : segmentHeaderBytes;
      const rewriteFrom = isBefore(confirmed, { segment: segment.id, position: 0 })
        ? segmentHeaderBytes
        : confirmed.position;
      return [
        (next: Done) => (segment.id === end.segment ? rewrite(segment, rewriteFrom, from, next) : next(undefined)),
        (next: Done) => (tail === 'torn' ? zeroFrom(segment, from, next) : next(undefined)),
        (next: Done) => file.sync(next),
      ];
    });
  series(steps, done);
}

function rewrite({ file }: FoundSegment, from: number, end: number, next: Done): void {
  if (from >= end) return next(undefined);
  file.read(from, end - from, (bytes) => {
    if (bytes instanceof Error) next(bytes);
    else attempt(() => file.write(bytes, from), next);
  });
}

function zeroFrom({ file }: FoundSegment, from: number, next: Done): void {
  file.read(from, file.sizeBytes - from, (bytes) => {
    if (bytes instanceof Error) return next(bytes);
    let end = bytes.length;
    while (end > 0 && bytes[end - 1] === 0) end--;
    if (isZero(bytes, 0, end)) return next(undefined);
    attempt(() => file.write(new Uint8Array(end), from), next);
  });
}

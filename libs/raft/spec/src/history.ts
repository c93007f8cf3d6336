import { Violation } from './violation.js';

/** One operation as its client saw it. `endedAt` undefined: the outcome is unknown. */
export interface Operation {
  readonly client: string;
  readonly kind: 'write' | 'read' | 'staleRead';
  readonly key: string;
  readonly startedAt: number;
  endedAt: number | undefined;
  /** Unique among writes; what a read found, undefined when there was nothing. */
  value: string | undefined;
  /** Log position of the write that put the value there; 0 for nothing. */
  version: number | undefined;
}

/**
 * Linearizability of registers whose every value tells its place in the order: an exact check, by the order that the
 * group itself claims. A read belongs directly after the write that it saw.
 *
 * 1. What a read saw was written, under the same version, by a write that began before the read ended.
 * 2. No two writes have the same version.
 * 3. No operation takes its place before one that had ended when it began.
 */
export function checkHistory(operations: readonly Operation[]): void {
  const writes = new Map<string, Operation>();
  for (const operation of operations) if (operation.kind === 'write') writes.set(operation.value!, operation);
  for (const read of operations) if (read.kind !== 'write' && read.endedAt !== undefined) checkSource(read, writes);
  const byKey = new Map<string, Operation[]>();
  for (const operation of operations) {
    if (operation.kind === 'staleRead' || operation.version === undefined) continue;
    const same = byKey.get(operation.key);
    if (same === undefined) byKey.set(operation.key, [operation]);
    else same.push(operation);
  }
  for (const ofKey of byKey.values()) checkRealTime(ofKey);
}

function checkSource(read: Operation, writes: ReadonlyMap<string, Operation>): void {
  if (read.value === undefined) return;
  const write = writes.get(read.value);
  if (write === undefined || write.key !== read.key) fail(`${told(read)}: nobody wrote that`);
  if (write.startedAt > read.endedAt!) fail(`${told(read)}, before ${told(write)} began`);
  if (write.version === undefined) write.version = read.version;
  else if (write.version !== read.version) fail(`${told(read)}; but ${told(write)}`);
}

function checkRealTime(operations: readonly Operation[]): void {
  const places = new Map<number, Operation>();
  for (const write of operations.filter(({ kind }) => kind === 'write')) {
    const other = places.get(write.version!);
    if (other !== undefined) fail(`${told(write)}, where ${told(other)}`);
    places.set(write.version!, write);
  }
  const started = [...operations].sort((a, b) => a.startedAt - b.startedAt);
  const ended = operations.filter(({ endedAt }) => endedAt !== undefined).sort((a, b) => a.endedAt! - b.endedAt!);
  let latest: Operation | undefined;
  let next = 0;
  for (const operation of started) {
    for (; next < ended.length && ended[next]!.endedAt! < operation.startedAt; next++) {
      if (latest === undefined || ended[next]!.version! > latest.version!) latest = ended[next]!;
    }
    if (latest === undefined) continue;
    const behind =
      operation.kind === 'write' ? operation.version! <= latest.version! : operation.version! < latest.version!;
    if (behind) fail(`${told(operation)}, after ${told(latest)} had ended`);
  }
}

function told({ client, kind, key, value, version, startedAt, endedAt }: Operation): string {
  const when = `${startedAt.toFixed(1)}–${endedAt?.toFixed(1) ?? '?'} ms`;
  return `${client} ${kind === 'write' ? 'wrote' : 'read'} ${key}=${value ?? 'nothing'} at version ${version ?? '?'} (${when})`;
}

function fail(what: string): never {
  throw new Violation('Linearizability', 'Raft §8', what);
}

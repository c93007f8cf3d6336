import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Vocabulary } from '@synod/actor';
import type { EventLog } from '@synod/telemetry';

/** What an event proves to anybody, as the bytes of a file. */
export interface Evidence {
  /** Of a-z, 0-9 and -; without an ending. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** LIMIT: files that are kept: who lies without end must not fill a disk, and one proof is enough. */
const filesMost = 16;

/** Keeps what events prove in `<data>/evidence`, and says so. */
export class EvidenceLog<V extends Vocabulary> implements EventLog<V> {
  constructor(
    private readonly inner: EventLog<V>,
    private readonly data: string,
    private readonly evidenceOf: (event: V['event']) => Evidence | undefined,
    private readonly tell: (path: string) => void,
  ) {}

  event(...[event, context]: Parameters<EventLog<V>['event']>): void {
    this.inner.event(event, context);
    const evidence = this.evidenceOf(event);
    if (evidence !== undefined) this.keep(evidence);
  }

  rejected(...told: Parameters<EventLog<V>['rejected']>): void {
    this.inner.rejected(...told);
  }

  telemetryFailed(...told: Parameters<EventLog<V>['telemetryFailed']>): void {
    this.inner.telemetryFailed(...told);
  }

  sweep(at: number): void {
    this.inner.sweep(at);
  }

  private keep({ name, bytes }: Evidence): void {
    const directory = join(this.data, 'evidence');
    mkdirSync(directory, { recursive: true });
    const files = readdirSync(directory);
    const count = files.length;
    // The same two statements may be met again.
    const isKept = files.some((file) => readFileSync(join(directory, file)).equals(bytes));
    if (isKept || count >= filesMost) return;
    const path = join(directory, `${String(count + 1).padStart(2, '0')}-${name}.cert`);
    writeFileSync(path, bytes, { flag: 'wx' });
    this.tell(path);
  }
}

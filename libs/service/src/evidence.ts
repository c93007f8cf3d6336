import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Vocabulary } from '@synod/actor';
import type { EventLog } from '@synod/telemetry';

/** What an event proves to anybody, as the bytes of a file. */
export interface Evidence {
  /** Of a-z, 0-9 and -; without an ending. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** LIMIT: of a file that is told over the bus; a broker takes messages of 256 KiB, and here are 64 base64 digits for 48 bytes. */
const toldMost = 184 * 1024;
/**
 * LIMIT: files that are kept of one name, which says whose lie it is: who lies without end must not fill a disk, nor crowd out what
 * proves another's. One proof is enough.
 */
const filesOfEach = 4;

/** They are numbered as they come. */
const nameOf = /^\d+-(.*)\.cert$/;

/** Files in `<data>/evidence`, which anybody can check. */
export class EvidenceShelf {
  private readonly directory: string;

  constructor(data: string) {
    this.directory = join(data, 'evidence');
  }

  /** Oldest first. */
  files(): readonly string[] {
    if (!existsSync(this.directory)) return [];
    return readdirSync(this.directory).sort((a, b) => Number.parseInt(a) - Number.parseInt(b));
  }

  /** Throws an Error that says why it cannot be had. */
  read(file: unknown): Uint8Array {
    if (!this.files().includes(file as string)) throw new Error('there is no such file');
    const bytes = readFileSync(join(this.directory, file as string));
    if (bytes.length > toldMost) throw new Error(`it is too large for the bus: look in ${this.directory}`);
    return bytes;
  }

  /** Its path; undefined when it is kept already, or there are enough. */
  keep({ name, bytes }: Evidence): string | undefined {
    mkdirSync(this.directory, { recursive: true });
    const files = this.files();
    const isKept = files.some((file) => readFileSync(join(this.directory, file)).equals(bytes));
    const ofName = files.filter((file) => nameOf.exec(file)?.[1] === name);
    if (isKept || ofName.length >= filesOfEach) return undefined;
    // Beyond the last one, not by their count: somebody may have taken one away.
    const number = Math.max(0, ...files.map((file) => Number.parseInt(file) || 0)) + 1;
    const path = join(this.directory, `${String(number).padStart(2, '0')}-${name}.cert`);
    writeFileSync(path, bytes, { flag: 'wx' });
    return path;
  }
}

/** Keeps what events prove, and says so. */
export class EvidenceLog<V extends Vocabulary> implements EventLog<V> {
  constructor(
    private readonly inner: EventLog<V>,
    private readonly shelf: EvidenceShelf,
    private readonly evidenceOf: (event: V['event']) => Evidence | undefined,
    private readonly tell: (path: string) => void,
  ) {}

  event(...[event, context]: Parameters<EventLog<V>['event']>): void {
    this.inner.event(event, context);
    const evidence = this.evidenceOf(event);
    const path = evidence && this.shelf.keep(evidence);
    if (path !== undefined) this.tell(path);
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

  get tellsRounds(): boolean {
    return this.inner.tellsRounds;
  }

  round(...told: Parameters<EventLog<V>['round']>): void {
    this.inner.round(...told);
  }

  applied(...told: Parameters<EventLog<V>['applied']>): void {
    this.inner.applied(...told);
  }
}

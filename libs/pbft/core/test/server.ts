import { PbftReplica, defaultLimits, defaultTimings } from '@synod/pbft-core';
import type { Event, Message, PbftLimits, PbftTimings, PbftVocabulary, Record, Timer } from '@synod/pbft-core';
import type { Chunk, Effect, Input, SnapshotId } from '@synod/actor';
import { crc32 } from 'node:zlib';
import { cryptographyOf } from './cryptography.js';
import { Texts } from './texts.js';

type Untimed = Input<PbftVocabulary> extends infer I ? (I extends unknown ? Omit<I, 'at'> : never) : never;
type Persist = Extract<Effect<PbftVocabulary>, { kind: 'persist' }>;
type Send = Extract<Effect<PbftVocabulary>, { kind: 'send' }>;

export interface World {
  now(): number;
  later(ms: number, run: () => void): void;
  publish(from: string, to: string, message: Message): void;
}

/** What a crash leaves of a server. */
export class Disk {
  /** Of this life and those before, with the token of this life or 0. */
  journal: { token: number; readonly record: Record }[] = [];
  readonly snapshots = new Map<number, Uint8Array>();
  partial: { readonly index: number; bytes: Uint8Array } | undefined;
}

export interface ServerOptions {
  readonly members: readonly string[];
  readonly limits?: Partial<PbftLimits>;
  readonly timings?: Partial<PbftTimings>;
  readonly setAside?: boolean;
}

/** One life of a replica: its timers, its disk, whose syncs take `syncMs`, and its effects in order. */
export class Server {
  readonly service = new Texts();
  readonly replica: PbftReplica;
  readonly events: Event[] = [];
  readonly sent: { readonly to: string; readonly message: Message }[] = [];
  /** Of the journal: was the mark of that snapshot on the disk by then? */
  readonly cuts: { readonly through: number; readonly hasMark: boolean }[] = [];
  alive = true;
  stopped = false;
  syncMs = 0;
  /** How long a snapshot takes to be written, and a turn. */
  takeMs = 0;
  turnMs = 0;
  private readonly timers = new Map<Timer, number>();
  private generation = 0;
  private unsynced: Persist[] = [];
  private waiting: Send[] = [];
  private durable = 0;
  private syncing = false;

  constructor(
    readonly self: string,
    private readonly world: World,
    readonly disk: Disk,
    options: ServerOptions,
    readonly incarnation: number,
  ) {
    const configuration = {
      self,
      members: options.members,
      everyone: 'everyone',
      timings: { ...defaultTimings, ...options.timings },
      limits: { ...defaultLimits, ...options.limits },
      ...(options.setAside && { setAside: true }),
    };
    this.replica = new PbftReplica(configuration, this.service, cryptographyOf(self));
    disk.partial = undefined;
    for (const entry of disk.journal) {
      entry.token = 0;
      this.step({ kind: 'recover', record: entry.record });
    }
    this.step({ kind: 'recovered', tail: 'clean', empty: disk.journal.length === 0, incarnation });
  }

  get state() {
    return this.replica.inspect();
  }

  hear(from: string, message: Message): void {
    this.step({ kind: 'receive', from, message });
  }

  step(input: Untimed): void {
    if (!this.alive) return;
    for (const effect of this.replica.step({ ...input, at: this.world.now() } as Input<PbftVocabulary>))
      this.run(effect);
    this.sync();
  }

  /** Whatever was not synced is gone. */
  crash(): void {
    this.alive = false;
  }

  saw<K extends Event['kind']>(kind: K): Extract<Event, { kind: K }>[] {
    return this.events.filter((event): event is Extract<Event, { kind: K }> => event.kind === kind);
  }

  rejections(): string[] {
    return this.saw('rejected').map(({ from, reason }) => `${from}: ${reason}`);
  }

  private run(effect: Effect<PbftVocabulary>): void {
    switch (effect.kind) {
      case 'persist':
        this.unsynced.push(effect);
        return;
      case 'send':
        if (effect.after <= this.durable) this.leave(effect);
        else this.waiting.push(effect);
        return;
      case 'startTimer':
        return this.startTimer(effect.timer, effect.delay.minMs);
      case 'stopTimer':
        return void this.timers.delete(effect.timer);
      case 'observe':
        this.events.push(effect.event);
        return;
      case 'stop':
        this.stopped = true;
        return;
      default:
        return this.store(effect);
    }
  }

  private startTimer(timer: Timer, delayMs: number): void {
    const generation = ++this.generation;
    this.timers.set(timer, generation);
    this.world.later(delayMs === 0 ? this.turnMs : delayMs, () => {
      if (this.timers.get(timer) !== generation) return;
      this.timers.delete(timer);
      this.step({ kind: 'timeout', timer });
    });
  }

  private sync(): void {
    if (this.syncing || this.unsynced.length === 0) return;
    this.syncing = true;
    const batch = this.unsynced.splice(0);
    this.world.later(this.syncMs, () => {
      if (!this.alive) return;
      this.syncing = false;
      this.disk.journal.push(...batch.map(({ token, record }) => ({ token, record })));
      this.durable = batch.at(-1)!.token;
      const ready = this.waiting.filter(({ after }) => after <= this.durable);
      this.waiting = this.waiting.filter(({ after }) => after > this.durable);
      for (const send of ready) this.leave(send);
      this.step({ kind: 'persisted', token: this.durable });
      this.sync();
    });
  }

  private leave({ to, message }: Send): void {
    this.sent.push({ to, message });
    this.world.publish(this.self, to, message);
  }

  private store(effect: Effect<PbftVocabulary>): void {
    const { disk } = this;
    switch (effect.kind) {
      case 'takeSnapshot': {
        const bytes = fileOf(effect.snapshot, this.service.snapshot());
        const answer = {
          kind: 'snapshotTaken',
          id: effect.id,
          snapshot: effect.snapshot,
          sizeBytes: bytes.length,
        } as const;
        return this.world.later(this.takeMs, () => {
          if (!this.alive) return;
          disk.snapshots.set(effect.snapshot.index, bytes); // until now it had another name
          this.step(answer);
        });
      }
      case 'readChunk':
        return this.world.later(0, () => this.step({ kind: 'chunkRead', id: effect.id, chunk: this.chunk(effect) }));
      case 'writeChunk':
        return this.world.later(0, () =>
          this.step({ kind: 'chunkWritten', id: effect.id, heldBytes: this.write(effect.chunk) }),
        );
      case 'installSnapshot':
        return this.world.later(0, () =>
          this.step({ kind: 'snapshotInstalled', id: effect.id, ok: this.install(effect.snapshot) }),
        );
      case 'cut':
        this.cuts.push({ through: effect.through, hasMark: hasMark(disk, effect.through) });
        disk.journal = disk.journal.filter(({ token }) => token >= effect.keep);
        for (const index of [...disk.snapshots.keys()])
          if (index !== effect.snapshot.index) disk.snapshots.delete(index);
    }
  }

  private chunk({
    snapshot,
    offset,
    maxBytes,
  }: {
    snapshot: SnapshotId;
    offset: number;
    maxBytes: number;
  }): Chunk | undefined {
    const file = this.disk.snapshots.get(snapshot.index);
    const bytes = file?.slice(offset, offset + maxBytes);
    if (file === undefined || bytes === undefined || bytes.length === 0) return undefined;
    return { snapshot, offset, totalBytes: file.length, bytes, checksum: crc32(bytes) };
  }

  private write({ snapshot, offset, bytes, checksum }: Chunk): number {
    const { disk } = this;
    if (disk.partial?.index !== snapshot.index) {
      if (offset !== 0) return 0;
      disk.partial = { index: snapshot.index, bytes: new Uint8Array(0) };
    }
    const { partial } = disk;
    if (offset === partial.bytes.length && crc32(bytes) === checksum)
      partial.bytes = Buffer.concat([partial.bytes, bytes]);
    return partial.bytes.length;
  }

  private install({ index }: SnapshotId): boolean {
    const { disk } = this;
    const file = disk.partial?.index === index ? disk.partial.bytes : disk.snapshots.get(index);
    if (file === undefined) return false;
    const target = this.service.restore();
    target.page(file.subarray(8));
    target.finish();
    disk.snapshots.set(index, file);
    disk.partial = undefined;
    return true;
  }
}

/** A crash now would find the mark that says everything again. */
function hasMark({ journal }: Disk, sequence: number): boolean {
  return journal.some(({ record }) => record.kind === 'snapshotMark' && record.snapshot.manifest.sequence === sequence);
}

function fileOf({ index }: SnapshotId, pages: Iterator<Uint8Array>): Uint8Array {
  const parts: Uint8Array[] = [Buffer.from(String(index).padStart(8))];
  for (let page = pages.next(); !page.done; page = pages.next()) parts.push(page.value);
  return Uint8Array.from(Buffer.concat(parts));
}

import type { Address, Delay, Vocabulary } from './vocabulary.js';
import type { Chunk, Effect, SnapshotId, Token } from './effect.js';

/** What handlers write into; it keeps them as readable as the paper's pseudo-code and collects the step's effects. */
export class Outbox<V extends Vocabulary> {
  private effects: Effect<V>[] = [];
  private lastToken: Token = 0;
  private lastId = 0;

  /** The step's effects, in order; the outbox is empty afterwards. */
  drain(): readonly Effect<V>[] {
    const effects = this.effects;
    this.effects = [];
    return effects;
  }

  persist(record: V['record']): Token {
    const token = ++this.lastToken;
    this.effects.push({ kind: 'persist', token, record });
    return token;
  }

  /** By default a message rests on everything persisted so far. `none` is for what promises nothing of our own disk. */
  send(to: Address, message: V['message'], after: Token = this.lastToken): void {
    this.effects.push({ kind: 'send', to, message, after });
  }

  startTimer(timer: V['timer'], delay: Delay): void {
    this.effects.push({ kind: 'startTimer', timer, delay });
  }

  stopTimer(timer: V['timer']): void {
    this.effects.push({ kind: 'stopTimer', timer });
  }

  observe(event: V['event']): void {
    this.effects.push({ kind: 'observe', event });
  }

  readLog(from: number, through: number, maxBytes: number): number {
    const id = ++this.lastId;
    this.effects.push({ kind: 'readLog', id, from, through, maxBytes });
    return id;
  }

  takeSnapshot(snapshot: SnapshotId): number {
    const id = ++this.lastId;
    this.effects.push({ kind: 'takeSnapshot', id, snapshot });
    return id;
  }

  readChunk(snapshot: SnapshotId, offset: number, maxBytes: number): number {
    const id = ++this.lastId;
    this.effects.push({ kind: 'readChunk', id, snapshot, offset, maxBytes });
    return id;
  }

  writeChunk(chunk: Chunk): number {
    const id = ++this.lastId;
    this.effects.push({ kind: 'writeChunk', id, chunk });
    return id;
  }

  installSnapshot(snapshot: SnapshotId): number {
    const id = ++this.lastId;
    this.effects.push({ kind: 'installSnapshot', id, snapshot });
    return id;
  }

  cut(through: number, keep: Token, snapshot: SnapshotId): void {
    this.effects.push({ kind: 'cut', through, keep, snapshot });
  }

  stop(): void {
    this.effects.push({ kind: 'stop' });
  }
}

import { DamagedState } from '@synod/actor';
import type { Effect, Input, Token, Vocabulary } from '@synod/actor';
import type { Dice, Journal, Observer, RecordCodec, SnapshotStore } from './ports.js';
import type { SendGate } from './send-gate.js';
import type { SnapshotSource } from '@synod/state-machine';
import type { Timers } from './timers.js';

export interface EffectParts<V extends Vocabulary> {
  readonly journal: Journal;
  readonly snapshots: SnapshotStore;
  readonly records: RecordCodec<V>;
  readonly state: SnapshotSource;
  readonly dice: Dice;
  readonly observer: Observer<V>;
  readonly timers: Timers<V['timer']>;
  readonly gate: SendGate<V>;
  /** Queues an answer; it is stamped when it is taken. */
  readonly answer: (input: Input<V>) => void;
  readonly fail: (error: Error) => void;
  readonly stopped: () => void;
}

/** Stands in an input until it is taken from the mailbox. */
const unstamped = 0;

/** Does what a step asked for, in the order in which it asked. */
export class Effects<V extends Vocabulary> {
  private persisted: Token = 0;

  constructor(private readonly parts: EffectParts<V>) {}

  /** The last token handed to the journal. */
  get lastToken(): Token {
    return this.persisted;
  }

  run(effect: Effect<V>, at: number): void {
    const { parts } = this;
    switch (effect.kind) {
      case 'persist':
        return this.persist(effect.token, effect.record, at);
      case 'send':
        return parts.gate.send(effect.to, effect.message, effect.after);
      case 'startTimer':
        return parts.timers.start(effect.timer, this.draw(effect.delay.minMs, effect.delay.maxMs));
      case 'stopTimer':
        return parts.timers.stop(effect.timer);
      case 'observe':
        return parts.observer.event(effect.event, at);
      case 'readLog':
        return this.readLog(effect);
      case 'takeSnapshot':
        return this.takeSnapshot(effect);
      case 'readChunk':
        return parts.snapshots.readChunk(effect.snapshot, effect.offset, effect.maxBytes, (chunk) =>
          parts.answer({ at: unstamped, kind: 'chunkRead', id: effect.id, chunk }),
        );
      case 'writeChunk':
        return parts.snapshots.writeChunk(effect.chunk, (heldBytes) =>
          parts.answer({ at: unstamped, kind: 'chunkWritten', id: effect.id, heldBytes }),
        );
      case 'installSnapshot':
        return parts.snapshots.install(effect.snapshot, parts.state, (error) => {
          if (error !== undefined && !(error instanceof DamagedState)) return parts.fail(error);
          const answer = { at: unstamped, kind: 'snapshotInstalled', id: effect.id } as const;
          parts.answer(error === undefined ? { ...answer, ok: true } : { ...answer, ok: false, why: error.message });
        });
      case 'cut':
        parts.journal.cut(effect.through, effect.keep);
        return parts.snapshots.keepOnly(effect.snapshot);
      case 'stop':
        return parts.stopped();
    }
  }

  private persist(token: Token, record: V['record'], at: number): void {
    this.persisted = token;
    this.parts.observer.persisting(token, record, at);
    this.parts.journal.append(token, this.parts.records.encode(record));
  }

  private draw(minMs: number, maxMs: number): number {
    return minMs === maxMs ? minMs : this.parts.dice.between(minMs, maxMs);
  }

  private readLog(effect: Effect<V> & { kind: 'readLog' }): void {
    const { journal, records, answer, fail } = this.parts;
    journal.read(effect.from, effect.through, effect.maxBytes, (frames) => {
      try {
        const batches = frames.map((frame) => records.batchOf(frame));
        answer({ at: unstamped, kind: 'logRead', id: effect.id, batches });
      } catch (error) {
        fail(
          new Error(`the journal gave a frame for positions ${effect.from} to ${effect.through} that is no batch`, {
            cause: error,
          }),
        );
      }
    });
  }

  /** The state is frozen here and now: the next step may change it. Without snapshots the log would grow for ever. */
  private takeSnapshot(effect: Effect<V> & { kind: 'takeSnapshot' }): void {
    const { snapshots, state, answer, fail } = this.parts;
    const { id, snapshot } = effect;
    snapshots.take(snapshot, state.snapshot(), (error, sizeBytes) => {
      if (error)
        fail(new Error(`cannot write the snapshot at position ${snapshot.index}: ${error.message}`, { cause: error }));
      else answer({ at: unstamped, kind: 'snapshotTaken', id, snapshot, sizeBytes });
    });
  }
}

import { Sessions, sessionLimits } from '@synod/state-machine';
import type { BatchCodec, SessionBatch, SnapshotTarget, StateMachine } from '@synod/state-machine';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** `open`, or `session.sequence/acknowledgedThrough operation`, the middle part only when there is something to say. */
const batchForm = /^(?:open|(\d+)\.(\d+)(?:\/(\d+))? (.+))$/;

/** As production's header tells: a batch's session and sequence; what opens a session has `sequence`. Undefined for what is none. */
export function textBatch(text: string, sequence: number) {
  const found = batchForm.exec(text);
  if (found === null) return undefined;
  return { session: Number(found[1] ?? 0), sequence: Number(found[2] ?? sequence), bytes: encoder.encode(text) };
}

/** Batches that scenarios can write down and read. */
const textCodec: BatchCodec = {
  decodeRequest: (bytes): SessionBatch => {
    const found = batchForm.exec(decoder.decode(bytes));
    if (found === null) throw new Error('not a batch');
    const [, session = '0', sequence = '0', acknowledgedThrough = '0', operation] = found;
    const operations = operation === undefined ? [] : [encoder.encode(operation)];
    return {
      session: Number(session),
      sequence: Number(sequence),
      acknowledgedThrough: Number(acknowledgedThrough),
      operations,
    };
  },
  decodeQueries: (bytes) => [bytes],
  encodeResults: (results) => encoder.encode(results.map((result) => decoder.decode(result)).join(' ')),
  encodeSessionError: (error) => encoder.encode(`error ${error}`),
};

/** Counts how often each operation was executed: nothing tells better whether one was executed twice. */
class Tally implements StateMachine {
  private counts = new Map<string, number>();

  apply(operation: Uint8Array): Uint8Array {
    const name = decoder.decode(operation);
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    return this.query(operation);
  }

  query(operation: Uint8Array): Uint8Array {
    const name = decoder.decode(operation);
    return encoder.encode(`${name} ×${this.counts.get(name) ?? 0}`);
  }

  hash(): string {
    return [...this.counts].map(([name, count]) => `${name}${count}`).join();
  }

  snapshot(): Iterator<Uint8Array> {
    return [encoder.encode(JSON.stringify([...this.counts]))].values();
  }

  restore(): SnapshotTarget {
    let counts = this.counts;
    return {
      page: (bytes) => void (counts = new Map(JSON.parse(decoder.decode(bytes)) as [string, number][])),
      finish: () => void (this.counts = counts),
    };
  }
}

/** The production sessions around a state machine that counts. */
export function textSessions(sessions: number): Sessions {
  return new Sessions(new Tally(), textCodec, { ...sessionLimits, window: 3, sessions });
}

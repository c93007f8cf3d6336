import { decodeReadBatch, decodeRequestBatch } from '@synod/api';
import type { PbftService, Recalled } from '@synod/pbft-core';
import type { SnapshotTarget } from '@synod/state-machine';

interface Answered {
  readonly results: string;
  readonly index: number;
}

interface State {
  registers: [string, string][];
  /** By user and sequence. */
  answered: [string, Answered][];
  executed: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Registers for scenarios: `x=1` writes and is answered by how many writes there were before, `x` reads. A batch is known by its user
 * and sequence, and executed once.
 */
export class ScenarioService implements PbftService {
  private registers = new Map<string, string>();
  private answered = new Map<string, Answered>();
  private executed = 0;

  apply(index: number, user: string, request: Uint8Array): Uint8Array {
    const { sequence, operations } = decodeRequestBatch(request);
    const known = this.answered.get(`${user} ${sequence}`);
    if (known !== undefined) return encoder.encode(known.results);
    for (const operation of operations) {
      const [key = '', value = ''] = decoder.decode(operation).split('=');
      this.registers.set(key, value);
    }
    const results = `done ${++this.executed}`;
    this.answered.set(`${user} ${sequence}`, { results, index });
    return encoder.encode(results);
  }

  recall(user: string, request: Uint8Array): Recalled | undefined {
    const known = this.answered.get(`${user} ${decodeRequestBatch(request).sequence}`);
    return known && { results: encoder.encode(known.results), index: known.index };
  }

  query(_user: string, queries: Uint8Array): Uint8Array {
    const keys = decodeReadBatch(queries).queries.map((query) => decoder.decode(query));
    return encoder.encode(keys.map((key) => `${key}=${this.registers.get(key) ?? ''}`).join(' '));
  }

  hash(): string {
    return `${this.executed}:${[...this.registers].map(([key, value]) => `${key}=${value}`).join()}`;
  }

  snapshot(): Iterator<Uint8Array> {
    const { registers, answered, executed } = this;
    const state: State = { registers: [...registers], answered: [...answered], executed };
    return [encoder.encode(JSON.stringify(state))].values();
  }

  restore(): SnapshotTarget {
    let text = '';
    return {
      page: (bytes) => void (text += decoder.decode(bytes)),
      finish: () => {
        const { registers, answered, executed } = JSON.parse(text) as State;
        this.registers = new Map(registers);
        this.answered = new Map(answered);
        this.executed = executed;
      },
    };
  }
}

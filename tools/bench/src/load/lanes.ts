import type { KeyValueGroup, Session } from '@synod/client';

/** A session with at most one write under way. */
interface Lane {
  readonly session: Session;
  sequence: number;
}

/**
 * Puts that share nothing: each goes in a request of its own, at the next place of a session in which nothing else is under way. Where
 * clients sign, that is a signature for each.
 */
export class Lanes {
  private readonly idle: Lane[] = [];

  constructor(private readonly store: Pick<KeyValueGroup, 'openSession' | 'put'>) {}

  async put(key: string, value: Uint8Array): Promise<void> {
    const lane = this.idle.pop() ?? { session: await this.store.openSession(), sequence: 0 };
    const { session } = lane;
    const sequence = ++lane.sequence;
    await this.store.put(key, value, { once: { session, sequence } });
    session.acknowledge(sequence);
    this.idle.push(lane);
  }
}

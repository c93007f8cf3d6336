import type { Address, Effect, Input } from '@synod/actor';
import { defaultLimits } from '@synod/raft-core';
import type { Message, RaftLimits, RaftVocabulary } from '@synod/raft-core';
import { Violation } from '@synod/simulator';
import type { Machine, Witness } from '@synod/simulator';
import { electionTimeout, heartbeatMs } from './group.js';

type V = RaftVocabulary;

/** Whoever has not answered for so long is silent (libs/raft/core, `snapshots.ts`); one beat more for the clock's steps. */
const beatsUntilSilent = (2 * electionTimeout.maxMs) / heartbeatMs + 2;

/**
 * The Silent are Left Alone: of a snapshot, a follower that does not answer gets no more than a window of chunks with each
 * heartbeat until it counts as silent, and nothing then until it is heard.
 */
export class Traffic implements Witness<V> {
  /** Chunks since the follower was last heard, by leader and follower. */
  private readonly chunks = new Map<Address, Map<Address, number>>();
  private readonly chunksMax: number;

  constructor(replicas: Iterable<Address>, { chunksInFlight = defaultLimits.chunksInFlight }: Partial<RaftLimits>) {
    for (const address of replicas) this.chunks.set(address, new Map());
    this.chunksMax = beatsUntilSilent * chunksInFlight;
  }

  started({ address }: Machine<V>): void {
    this.chunks.get(address)!.clear();
  }

  stepping({ address }: Machine<V>, input: Input<V>): void {
    if (input.kind === 'receive') this.chunks.get(address)!.delete(input.from);
  }

  executed({ address }: Machine<V>, effect: Effect<V>): void {
    if (effect.kind === 'observe' && effect.event.kind === 'becameLeader') this.chunks.get(address)!.clear();
  }

  left(from: Address, [to]: readonly Address[], message: Message): void {
    if (message.kind !== 'installSnapshot' || to === undefined) return;
    const chunks = this.chunks.get(from)!;
    const sent = (chunks.get(to) ?? 0) + 1;
    chunks.set(to, sent);
    if (sent > this.chunksMax)
      throw new Violation('The Silent are Left Alone', 'Raft §7', `${from} sends ${to} ${sent} chunks without a word from it, at most ${this.chunksMax} are due`); // prettier-ignore
  }
}

import type { Address, Effect, Input } from '@synod/actor';
import { defaultLimits } from '@synod/raft-core';
import type { Message, RaftLimits, RaftVocabulary } from '@synod/raft-core';
import { Violation } from '@synod/simulator';
import type { Machine, Witness } from '@synod/simulator';
import { electionTimeout, heartbeatMs } from './group.js';

type V = RaftVocabulary;

/**
 * LIMIT: messages that one replica sends to others in one virtual millisecond. The most that is due is a follower's whole
 * backlog at once, a few hundred messages in a run's twenty seconds.
 */
const burstMax = 2000;
/** Whoever has not answered for so long is silent (libs/raft/core, `snapshots.ts`); one beat more for the clock's steps. */
const beatsUntilSilent = (2 * electionTimeout.maxMs) / heartbeatMs + 2;

interface Burst {
  ms: number;
  messages: number;
}

/**
 * What is sent is bounded by what is due, however bad the network is:
 *
 *   No Storm: in one virtual millisecond no replica sends others more than `burstMax` messages;
 *   The Silent are Left Alone: of a snapshot, a follower that does not answer gets no more than a window of chunks with each
 *   heartbeat until it counts as silent, and nothing then until it is heard.
 */
export class Traffic implements Witness<V> {
  private readonly bursts = new Map<Address, Burst>();
  /** Chunks since the follower was last heard, by leader and follower. */
  private readonly chunks = new Map<Address, Map<Address, number>>();
  private readonly chunksMax: number;

  constructor(
    replicas: Iterable<Address>,
    private readonly now: () => number,
    { chunksInFlight = defaultLimits.chunksInFlight }: Partial<RaftLimits>,
  ) {
    for (const address of replicas) {
      this.bursts.set(address, { ms: 0, messages: 0 });
      this.chunks.set(address, new Map());
    }
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

  left(from: Address, to: readonly Address[], message: Message): void {
    const burst = this.bursts.get(from);
    if (burst === undefined || message.kind === 'reply') return;
    const ms = Math.floor(this.now());
    if (burst.ms !== ms) Object.assign(burst, { ms, messages: 0 });
    if (++burst.messages > burstMax)
      throw new Violation('No Storm', 'Raft §5.3', `${from} sends more than ${burstMax} messages in millisecond ${ms}, the last of them ${message.kind} to ${to.join(' ')}`); // prettier-ignore
    if (message.kind === 'installSnapshot') this.chunk(from, to[0]!);
  }

  private chunk(from: Address, to: Address): void {
    const chunks = this.chunks.get(from)!;
    const sent = (chunks.get(to) ?? 0) + 1;
    chunks.set(to, sent);
    if (sent > this.chunksMax)
      throw new Violation('The Silent are Left Alone', 'Raft §7', `${from} sends ${to} ${sent} chunks without a word from it, at most ${this.chunksMax} are due`); // prettier-ignore
  }
}

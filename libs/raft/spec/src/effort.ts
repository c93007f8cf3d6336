import type { Address, Effect, Input } from '@synod/actor';
import type { Message, RaftVocabulary } from '@synod/raft-core';
import { Violation } from '@synod/simulator';
import type { Machine, Witness } from '@synod/simulator';
import { heartbeatMs } from './group.js';
import type { RaftSwarm } from './swarm.js';

type V = RaftVocabulary;

const citation = 'Raft §5.3, §8; counts of a calm run';

/**
 * What a calm run costs: publishes between replicas, syncs, rounds. Efficiency that is lost fails like any other promise:
 *
 *   requests: one for each operation, but for sessions that are opened and writes that clients repeat early, on purpose;
 *   writes: at most one round each (several may share one); reads: at most one read round each;
 *   publishes: n for each round, read round and heartbeat: one multicast and n - 1 answers; and 5 % for windows that are full;
 *   syncs: n for each round, two for each snapshot;
 *   one leader from beginning to end, who probes nobody after its election and sends no snapshot.
 */
export class Effort implements Witness<V> {
  private publishes = 0;
  private requests = 0;
  private reads = 0;
  private syncs = 0;
  private readonly events = new Map<string, number>();

  constructor(private readonly isReplica: (address: Address) => boolean) {}

  left(from: Address, to: readonly Address[], message: Message): void {
    if (message.kind !== 'reply' && this.isReplica(from) && to.some(this.isReplica)) this.publishes++;
  }

  stepping(_machine: Machine<V>, input: Input<V>): void {
    if (input.kind !== 'receive') return;
    if (input.message.kind === 'request') this.requests++;
    else if (input.message.kind === 'read' && input.message.level !== 'discover') this.reads++;
  }

  synced(): void {
    this.syncs++;
  }

  executed(_machine: Machine<V>, effect: Effect<V>): void {
    if (effect.kind !== 'observe') return;
    const { kind } = effect.event;
    this.events.set(kind, (this.events.get(kind) ?? 0) + 1);
  }

  /** `operations` is how many the clients have had done, in so much virtual time. */
  check({ replicas, clockDrift }: RaftSwarm, operations: number, elapsedMs: number): void {
    const [rounds, readRounds] = [this.of('proposed'), this.of('readRoundBegan')];
    const beats = ((1 + clockDrift) * elapsedMs) / heartbeatMs;
    atMost('leaders', this.of('becameLeader'), 1);
    atMost('snapshots sent', this.of('snapshotSending'), 0);
    atMost('requests', this.requests + this.reads, 1.6 * operations + start);
    atMost('rounds', rounds, this.requests + 1);
    atMost('read rounds', readRounds, this.reads);
    atMost('publishes between replicas', this.publishes, start + 1.05 * replicas * (rounds + readRounds + beats));
    atMost('syncs', this.syncs, start + replicas * rounds + 2 * this.of('snapshotTaken'));
  }

  private of(kind: string): number {
    return this.events.get(kind) ?? 0;
  }
}

/** Formation and the first election: hellos, votes, their records, the first probe of each follower. */
const start = 60;

function atMost(what: string, count: number, bound: number): void {
  if (count > bound)
    throw new Violation('Efficiency', citation, `${count} ${what}, at most ${Math.ceil(bound)} are due`);
}

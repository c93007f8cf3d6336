import { Queue } from '@synod/actor';
import type { Input, Vocabulary } from '@synod/actor';
import type { HostLimits } from './limits.js';
import { Lanes } from './lanes.js';

/**
 * What waits to be stepped. Inputs of our own host (durability, answers) are never dropped and go first: they can only
 * let what others sent come to an end sooner. Then peers: a flood of clients must not delay a heartbeat. Letters of one
 * sender keep their order; senders take turns.
 */
export class Mailbox<V extends Vocabulary> {
  private readonly own = new Queue<Input<V>>();
  readonly peers: Lanes<V>;
  readonly clients: Lanes<V>;

  constructor({ peer, peers, client, clients }: HostLimits) {
    this.peers = new Lanes(peer, peers);
    this.clients = new Lanes(client, clients);
  }

  get ownCount(): number {
    return this.own.size;
  }

  get letterCount(): number {
    return this.peers.waiting + this.clients.waiting;
  }

  putOwn(input: Input<V>): void {
    this.own.put(input);
  }

  takeOwn(): Input<V> | undefined {
    return this.own.take();
  }

  clear(): void {
    this.own.clear();
    this.peers.clear();
    this.clients.clear();
  }
}

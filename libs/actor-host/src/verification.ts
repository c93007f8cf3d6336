import { Queue } from '@synod/actor';
import type { Address, Vocabulary } from '@synod/actor';
import type { Authenticator } from './ports.js';
import type { Letter } from './lanes.js';

const urgencies = 8;

interface Unverified<V extends Vocabulary> {
  readonly letter: Letter<V>;
  readonly payload: Uint8Array;
}

/** What one sender has waiting, a queue per urgency. One is verified at a time, so that a sender's order is kept. */
interface Lane<V extends Vocabulary> {
  readonly from: Address;
  readonly queues: (Queue<Unverified<V>> | undefined)[];
  /** Whether the lane waits for its turn, per urgency: once only, however much it has. */
  readonly inLine: boolean[];
  busy: boolean;
}

/**
 * Signatures are checked before the mailbox and off the event loop: first in, first out per sender and urgency, the
 * most urgent first, senders in turn. Who floods, waits behind himself only. The letters are counted in their senders'
 * quotas already, so the lanes are bounded by these.
 */
export class Verification<V extends Vocabulary> {
  private readonly lanes = new Map<Address, Lane<V>>();
  /** Per urgency the lanes whose turn comes next; an entry may be out of date, which is seen when it is taken. */
  private readonly ready = Array.from({ length: urgencies }, () => new Queue<Lane<V>>());
  private inFlight = 0;
  private isAdvancing = false;
  private closed = false;

  constructor(
    private readonly authenticator: Authenticator<V>,
    private readonly atOnce: number,
    private readonly genuine: (letter: Letter<V>) => void,
    private readonly forged: (letter: Letter<V>) => void,
  ) {}

  /** `payload` is the lane's own from now on. */
  put(letter: Letter<V>, payload: Uint8Array, urgency: number): void {
    let lane = this.lanes.get(letter.from);
    if (!lane) this.lanes.set(letter.from, (lane = { from: letter.from, queues: [], inLine: [], busy: false }));
    (lane.queues[urgency] ??= new Queue()).put({ letter, payload });
    if (!lane.busy) this.queueUp(lane, urgency);
    this.advance();
  }

  close(): void {
    this.closed = true;
    this.lanes.clear();
  }

  /** What is remembered to be genuine is answered at once: the loop goes on with the next, and the stack does not grow with the queue. */
  private advance(): void {
    if (this.isAdvancing) return;
    this.isAdvancing = true;
    try {
      while (!this.closed && this.inFlight < this.atOnce) {
        const next = this.next();
        if (!next) return;
        this.verify(next.lane, next.item);
      }
    } finally {
      this.isAdvancing = false;
    }
  }

  private next(): { lane: Lane<V>; item: Unverified<V> } | undefined {
    for (let urgency = 0; urgency < urgencies; urgency++) {
      for (let lane = this.ready[urgency]?.take(); lane; lane = this.ready[urgency]?.take()) {
        lane.inLine[urgency] = false;
        const item = lane.busy ? undefined : lane.queues[urgency]?.take();
        if (item) return { lane, item };
      }
    }
    return undefined;
  }

  private verify(lane: Lane<V>, item: Unverified<V>): void {
    lane.busy = true;
    this.inFlight += 1;
    const done = (genuine: boolean): void => this.verified(lane, item, genuine);
    this.authenticator.verify(lane.from, item.payload, done, item.letter.message);
  }

  private verified(lane: Lane<V>, { letter }: Unverified<V>, genuine: boolean): void {
    this.inFlight -= 1;
    lane.busy = false;
    if (this.closed) return;
    if (genuine) this.genuine(letter);
    else this.forged(letter);
    const urgency = lane.queues.findIndex((queue) => queue && queue.size > 0);
    if (urgency < 0) this.lanes.delete(lane.from);
    else this.queueUp(lane, urgency);
    this.advance();
  }

  private queueUp(lane: Lane<V>, urgency: number): void {
    if (lane.inLine[urgency]) return;
    lane.inLine[urgency] = true;
    this.ready[urgency]?.put(lane);
  }
}

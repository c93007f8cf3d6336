import { Outbox, none } from '@synod/actor';
import type { Actor, Address, Effect, Input } from '@synod/actor';

/** The words. Nothing else can be said, stored, waited for or observed: the compiler sees to it. */
export interface PingVocabulary {
  readonly message: { readonly kind: 'ping' | 'pong'; readonly count: number };
  readonly record: { readonly kind: 'answered'; readonly count: number };
  readonly timer: 'pause';
  readonly event: { readonly kind: 'gotPong'; readonly from: Address; readonly count: number };
  readonly batch: never;
}

/** Pings `partner`, if it has one, and answers pings. A pong says the how-manieth it is, and no number is ever said twice. */
export class Ping implements Actor<PingVocabulary> {
  private readonly out = new Outbox<PingVocabulary>();
  private answered = 0;

  constructor(private readonly partner?: Address) {}

  step(input: Input<PingVocabulary>): readonly Effect<PingVocabulary>[] {
    if (input.kind === 'recover') this.answered = input.record.count;
    if (input.kind === 'recovered' || input.kind === 'timeout') this.ping();
    if (input.kind === 'receive' && input.message.kind === 'ping') this.onPing(input.from);
    if (input.kind === 'receive' && input.message.kind === 'pong') this.onPong(input.from, input.message.count);
    if (input.kind === 'stopping') this.out.stop();
    return this.out.drain();
  }

  inspect(): Readonly<Record<string, unknown>> {
    return { answered: this.answered };
  }

  /** Messages get lost, so a timer asks again. A ping promises nothing: it need not wait for the disk. */
  private ping(): void {
    if (this.partner === undefined) return;
    this.out.send(this.partner, { kind: 'ping', count: 0 }, none);
    this.out.startTimer('pause', { minMs: 50, maxMs: 100 });
  }

  /** The number is used up for ever once somebody has heard it, so it is on disk before it leaves: that is the default. */
  private onPing(from: Address): void {
    this.answered += 1;
    this.out.persist({ kind: 'answered', count: this.answered });
    this.out.send(from, { kind: 'pong', count: this.answered });
  }

  private onPong(from: Address, count: number): void {
    this.out.observe({ kind: 'gotPong', from, count });
  }
}

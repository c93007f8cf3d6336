import { Queue } from '@synod/actor';
import type { Address, Token, Vocabulary } from '@synod/actor';

interface Waiting<V extends Vocabulary> {
  readonly to: Address;
  readonly message: V['message'];
  readonly after: Token;
}

/**
 * The law: a send leaves only when what it rests on is durable. Waiting sends keep their order among themselves; one
 * whose ground is durable already leaves at once, past those that wait.
 */
export class SendGate<V extends Vocabulary> {
  private readonly waiting = new Queue<Waiting<V>>();
  private durable: Token = 0;

  constructor(private readonly leave: (to: Address, message: V['message']) => void) {}

  get waitingCount(): number {
    return this.waiting.size;
  }

  get durableThrough(): Token {
    return this.durable;
  }

  send(to: Address, message: V['message'], after: Token): void {
    if (after <= this.durable) this.leave(to, message);
    else this.waiting.put({ to, message, after });
  }

  /** `durable` only grows. */
  release(durable: Token): void {
    this.durable = durable;
    for (let next = this.waiting.peek(); next && next.after <= durable; next = this.waiting.peek()) {
      this.waiting.take();
      this.leave(next.to, next.message);
    }
  }

  discard(): void {
    this.waiting.clear();
  }
}

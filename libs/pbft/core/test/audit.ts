import { contradiction } from '@synod/pbft-core';
import type { Message, Signed } from '@synod/pbft-core';

/** What correct members signed, in all their lives: nothing of it may contradict anything else of the same member. */
export class Audit {
  private readonly said = new Map<string, Signed[]>();
  readonly contradictions: string[] = [];

  hear(from: string, message: Message): void {
    if (message.kind === 'reply') {
      if (message.answer.kind === 'results') this.note(message.answer.signed);
    } else if ('signed' in message && message.signed.signer === from) this.note(message.signed);
  }

  private note(signed: Signed): void {
    const { statement } = signed;
    const place = 'sequence' in statement ? statement.sequence : 0;
    for (const key of statement.type === 'viewChange' ? [] : [`${signed.signer} ${place}`]) {
      const others = this.said.get(key) ?? [];
      if (others.some(({ bytes }) => Buffer.from(bytes).equals(Buffer.from(signed.bytes)))) return;
      for (const other of others) this.compare(signed, other);
      this.said.set(key, [...others, signed]);
    }
    if (statement.type === 'viewChange') {
      // Whatever it committed above its checkpoint has to be in it.
      for (const others of this.said.values()) for (const other of others) this.compare(signed, other);
    }
  }

  private compare(first: Signed, second: Signed): void {
    const found = contradiction(first, second);
    if (found !== undefined) {
      this.contradictions.push(`${first.signer}: ${found}, ${named(first)} and ${named(second)}`);
    }
  }
}

/** `commit 7 of view 2`. */
function named({ statement }: Signed): string {
  const sequence = 'sequence' in statement ? ` ${statement.sequence}` : '';
  return `${statement.type}${sequence}${'view' in statement ? ` of view ${statement.view}` : ''}`;
}

import type { PbftService, Recalled } from '@synod/pbft-core';

/** A list of texts, each taken once; answers with its length. Small pages, so that snapshots have several chunks. */
export class Texts implements PbftService {
  readonly applied: string[] = [];
  private readonly answered = new Map<string, Recalled>();

  apply(index: number, user: string, request: Uint8Array): Uint8Array {
    const text = Buffer.from(request).toString();
    const before = this.answered.get(text);
    if (before !== undefined) return before.results;
    this.applied.push(text);
    const results = Uint8Array.from(Buffer.from(`${user}: ${this.applied.length}`));
    this.answered.set(text, { results, index });
    return results;
  }

  query(): Uint8Array {
    return Uint8Array.from(Buffer.from(this.applied.join()));
  }

  recall(_user: string, request: Uint8Array): Recalled | undefined {
    return this.answered.get(Buffer.from(request).toString());
  }

  hash(): string {
    return `${this.applied.length}:${this.applied.at(-1) ?? ''}`;
  }

  snapshot(): Iterator<Uint8Array> {
    const whole = JSON.stringify([
      this.applied,
      [...this.answered].map(([text, { results, index }]) => [text, [...results], index]),
    ]);
    const pages: Uint8Array[] = [];
    for (let at = 0; at < whole.length; at += 100) pages.push(Uint8Array.from(Buffer.from(whole.slice(at, at + 100))));
    return pages[Symbol.iterator]();
  }

  restore() {
    let whole = '';
    return {
      page: (bytes: Uint8Array): void => void (whole += Buffer.from(bytes).toString()),
      finish: (): void => {
        const [applied, answered] = JSON.parse(whole) as [string[], [string, number[], number][]];
        this.applied.splice(0, this.applied.length, ...applied);
        this.answered.clear();
        for (const [text, results, index] of answered)
          this.answered.set(text, { results: Uint8Array.from(results), index });
      },
    };
  }
}

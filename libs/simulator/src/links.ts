import type { Address } from '@synod/actor';

/** Which directed links do not work. */
export class Links {
  private readonly cut = new Set<string>();
  /** A link that holds lets what is already on its way arrive as a burst after the heal. */
  private readonly held = new Set<string>();
  private waiting: (() => void)[] = [];

  get whole(): boolean {
    return this.cut.size === 0 && this.held.size === 0;
  }

  blocks(from: Address, to: Address): boolean {
    return this.cut.size > 0 && this.cut.has(`${from}>${to}`);
  }

  holds(from: Address, to: Address): boolean {
    return this.held.size > 0 && this.held.has(`${from}>${to}`);
  }

  block(from: Address, to: Address): void {
    this.cut.add(`${from}>${to}`);
  }

  hold(from: Address, to: Address): void {
    this.held.add(`${from}>${to}`);
  }

  /** No message passes between two sides, in either direction. */
  separate(sides: readonly (readonly Address[])[], how: 'block' | 'hold' = 'block'): void {
    for (const side of sides)
      for (const other of sides)
        if (side !== other) for (const from of side) for (const to of other) this[how](from, to);
  }

  /** Only one direction is cut: `deaf` side hears nothing of the other. */
  oneWay(speaking: readonly Address[], deaf: readonly Address[]): void {
    for (const from of speaking) for (const to of deaf) this.block(from, to);
  }

  whenHealed(run: () => void): void {
    this.waiting.push(run);
  }

  heal(): void {
    this.cut.clear();
    this.held.clear();
    const burst = this.waiting;
    this.waiting = [];
    for (const run of burst) run();
  }
}

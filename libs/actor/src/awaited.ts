interface Waiting {
  readonly value: number;
  readonly on: number;
}

/**
 * The newest of some values that came, each of which counts once something is so. Of those that wait the first and the last are kept;
 * more would have no bound.
 */
export class Awaited {
  private first: Waiting | undefined;
  private last: Waiting | undefined;

  /** `settled`: until one counts. */
  constructor(private settled: number) {}

  hear(value: number, on: number): void {
    if (this.first === undefined) this.first = { value, on };
    else this.last = { value, on };
  }

  /** `isSo`: whether what a value waits on is so by now. */
  settle(isSo: (on: number) => boolean): number {
    while (this.first !== undefined && isSo(this.first.on)) {
      this.settled = this.first.value;
      this.first = this.last;
      this.last = undefined;
    }
    return this.settled;
  }
}

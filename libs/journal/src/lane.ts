/** Does asynchronous work one piece after another, in the order in which it was asked for. */
export class Lane {
  private readonly waiting: ((next: () => void) => void)[] = [];
  private busy = false;
  private whenIdle: (() => void) | undefined;

  /** `task` calls `next` when it is over. */
  add(task: (next: () => void) => void): void {
    this.waiting.push(task);
    if (!this.busy) this.runNext();
  }

  /** Calls once nothing is under way. */
  idle(done: () => void): void {
    if (this.busy) this.whenIdle = done;
    else done();
  }

  private runNext(): void {
    const task = this.waiting.shift();
    this.busy = task !== undefined;
    if (task !== undefined) return task(() => this.runNext());
    const idle = this.whenIdle;
    this.whenIdle = undefined;
    idle?.();
  }
}

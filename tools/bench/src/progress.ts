const everyMs = 15_000;

/** What is going on: one line that is rewritten on a terminal, a line now and then elsewhere. Goes to stderr. */
export class Progress {
  private saidAt = -Infinity;
  private readonly startedAt = performance.now();

  constructor(private readonly stream = process.stderr) {}

  now(text: string): void {
    const at = performance.now();
    if (this.stream.isTTY) {
      this.stream.write(`\r\x1b[2K${text}`.slice(0, this.stream.columns));
    } else if (at - this.saidAt > everyMs) {
      this.saidAt = at;
      this.stream.write(`  … ${text} (after ${((at - this.startedAt) / 1000).toFixed(0)} s)\n`);
    }
  }

  /** Before something else is printed. */
  clear(): void {
    if (this.stream.isTTY) this.stream.write('\r\x1b[2K');
  }
}

import type { Job } from './options.js';

/** The line of a terminal, for whatever is printed next. */
const emptied = '\r\u001b[K';

export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** How many variants are judged, and which are under way, with what: one that takes long is not looked for in the dark. */
export class Progress {
  private done = 0;
  private readonly underWay = new Map<string, string>();

  constructor(
    private readonly all: number,
    private readonly screen: Screen,
  ) {}

  begins(job: Job, what: string): void {
    this.underWay.set(nameOf(job), what);
    if (this.screen.isTTY) this.tell();
  }

  judged(job: Job): void {
    this.done++;
    this.underWay.delete(nameOf(job));
    if (this.screen.isTTY) this.screen.write(emptied);
    else this.tell();
  }

  tell(): void {
    const judging = Array.from(this.underWay, ([name, what]) => `${name} (${what})`);
    const line = `${this.done} of ${this.all}${judging.length > 0 ? `; under way: ${judging.join(', ')}` : ''}`;
    this.screen.write(this.screen.isTTY ? `${emptied}${line}` : `${line}\n`);
  }
}

function nameOf({ mutant }: Job): string {
  return mutant ?? 'honest';
}

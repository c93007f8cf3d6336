import type { ReplicatedService, SnapshotTarget } from '@synod/state-machine';

/** What a replay cannot go on from: it does something else than was recorded. */
export class ReplayDiffers extends Error {
  override readonly name = 'ReplayDiffers';
}

/** What the state machine gave, or the sentence with which it failed. */
export type Answer = Uint8Array | string;

/**
 * The replicated service as a core sees it, and what it answers written down: a core knows of the state machine only that.
 * So a replay needs no state to begin with, and no state machine, which may be the user's own.
 */
export class TapedService implements ReplicatedService {
  constructor(
    private readonly service: ReplicatedService,
    private readonly answered: (answer: Answer) => void,
  ) {}

  apply(index: number, user: string, request: Uint8Array): Uint8Array {
    return this.written(() => this.service.apply(index, user, request));
  }

  query(user: string, queries: Uint8Array): Uint8Array {
    return this.written(() => this.service.query(user, queries));
  }

  hash(): string {
    return this.service.hash();
  }

  snapshot(): Iterator<Uint8Array> {
    return this.service.snapshot();
  }

  restore(): SnapshotTarget {
    return this.service.restore();
  }

  private written(ask: () => Uint8Array): Uint8Array {
    try {
      const answer = ask();
      this.answered(answer);
      return answer;
    } catch (error) {
      this.answered((error as Error).message);
      throw error;
    }
  }
}

/** Answers what was answered, in the same order. */
export class Tape implements ReplicatedService {
  private answers: readonly Answer[] = [];
  private next = 0;

  /** For the step that comes now. */
  load(answers: readonly Answer[]): void {
    this.answers = answers;
    this.next = 0;
  }

  get isUsedUp(): boolean {
    return this.next === this.answers.length;
  }

  apply(): Uint8Array {
    return this.answer();
  }

  query(): Uint8Array {
    return this.answer();
  }

  /** Only people are told it. */
  hash(): string {
    return 'not recorded';
  }

  snapshot(): Iterator<Uint8Array> {
    return [][Symbol.iterator]();
  }

  restore(): SnapshotTarget {
    return { page: () => undefined, finish: () => undefined };
  }

  private answer(): Uint8Array {
    const answer = this.answers[this.next++];
    if (answer === undefined) throw new ReplayDiffers('asks the state machine for more than it did');
    if (typeof answer === 'string') throw new Error(answer);
    return answer;
  }
}

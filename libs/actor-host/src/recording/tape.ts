import type { ReplicatedService, SnapshotTarget } from '@synod/state-machine';

/** What a replay cannot go on from: it does something else than was recorded. */
export class ReplayDiffers extends Error {
  override readonly name = 'ReplayDiffers';
}

/**
 * The replicated service as a core sees it, and what it answers written down: a core knows of the state machine only that.
 * So a replay needs no state to begin with, and no state machine, which may be the user's own.
 */
export class TapedService implements ReplicatedService {
  constructor(
    private readonly service: ReplicatedService,
    private readonly answered: (answer: Uint8Array) => void,
  ) {}

  apply(index: number, user: string, request: Uint8Array): Uint8Array {
    const answer = this.service.apply(index, user, request);
    this.answered(answer);
    return answer;
  }

  query(user: string, queries: Uint8Array): Uint8Array {
    const answer = this.service.query(user, queries);
    this.answered(answer);
    return answer;
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
}

/** Answers what was answered, in the same order. */
export class Tape implements ReplicatedService {
  private answers: readonly Uint8Array[] = [];
  private next = 0;

  /** For the step that comes now. */
  load(answers: readonly Uint8Array[]): void {
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
    return answer;
  }
}

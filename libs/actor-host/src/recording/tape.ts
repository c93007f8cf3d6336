import type { Outsider } from './recordable.js';

/** What a replay cannot go on from: it does something else than was recorded. */
export class ReplayDiffers extends Error {
  override readonly name = 'ReplayDiffers';
}

/** What an outsider gave, or the sentence with which it failed. */
export type Answer = Uint8Array | string;

/**
 * What a core was given and does not own, as the core sees it, and what it answers written down: a core knows of it only that. So a
 * replay needs no state of it to begin with, and not the thing itself: a state machine may be the user's own, a key is a secret.
 */
export function taped<T extends object>(given: T, { questions }: Outsider, answered: (answer: Answer) => void): T {
  return new Proxy(given, {
    get(outsider, name): unknown {
      const value: unknown = Reflect.get(outsider, name);
      if (typeof value !== 'function') return value;
      const codec = typeof name === 'string' && Object.hasOwn(questions, name) ? questions[name] : undefined;
      if (codec === undefined) return value.bind(outsider) as unknown;
      return (...asked: unknown[]): unknown => {
        try {
          const answer: unknown = value.apply(outsider, asked);
          answered(codec.encode(answer as never));
          return answer;
        } catch (error) {
          answered((error as Error).message);
          throw error;
        }
      };
    },
  });
}

/** Answers what was answered, in the same order, whoever is asked. */
export class Tape {
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

  /** What stands for an outsider when the core is told once more. */
  outsider({ questions, rest }: Outsider): object {
    const asked = Object.entries(questions).map(([name, { decode }]) => [
      name,
      (...parameters: never[]) => decode(this.answer(), ...parameters),
    ]);
    return { ...rest, ...(Object.fromEntries(asked) as object) };
  }

  private answer(): Uint8Array {
    const answer = this.answers[this.next++];
    if (answer === undefined) throw new ReplayDiffers('asks what it was given for more than it did');
    if (typeof answer === 'string') throw new Error(answer);
    return answer;
  }
}

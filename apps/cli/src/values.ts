import type { Options } from './command.js';
import { usageError } from './exit-codes.js';

export type Value = string | boolean | readonly (string | boolean)[] | undefined;

/** Options as given, or as the environment says. */
export class Values {
  constructor(
    private readonly given: Readonly<Record<string, Value>>,
    private readonly options: Options,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  flag(name: string): boolean {
    return this.given[name] === true;
  }

  /** Undefined when neither the option nor its variable says anything. */
  text(name: string): string | undefined {
    const given = this.given[name];
    if (typeof given === 'string') return given;
    const { variable } = this.options[name] ?? {};
    return variable === undefined ? undefined : this.environment[variable] || undefined;
  }

  list(name: string): readonly string[] {
    const given = this.given[name];
    return Array.isArray(given) ? (given as string[]) : [];
  }

  /** All that was said, by option or environment, so that it can be said again. */
  said(): Readonly<Record<string, Value>> {
    const names = Object.keys(this.options);
    const entries = names.map((name) => [name, this.given[name] ?? this.text(name)] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }

  wholeNumber(name: string, fallback: number, min: number, max: number): number {
    const text = this.text(name);
    return text === undefined ? fallback : wholeNumber(`--${name}`, text, min, max);
  }
}

export function wholeNumber(what: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= min && value <= max) return value;
  throw usageError(`${what} is a whole number from ${min} to ${max}, not ${JSON.stringify(text)}`);
}

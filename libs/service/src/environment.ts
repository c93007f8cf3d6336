/** One environment variable: what it means, what it may be, what holds without it. The README's tables are made from these. */
export interface Setting<T> {
  readonly variable: string;
  readonly meaning: string;
  /** Gives the value, or throws an Error whose message says what would be right. */
  readonly parse: (text: string) => T;
  /** Shown to people as the default; undefined means required. */
  readonly fallback?: string;
  /** Never printed. */
  readonly secret?: boolean;
}

export type Settings = Readonly<Record<string, Setting<unknown>>>;
export type Values<S extends Settings> = { readonly [Name in keyof S]: S[Name] extends Setting<infer T> ? T : never };

/** All that is wrong with the environment, in one message: nobody should have to start a service five times. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** Of a wrong value, for people. */
const shownMost = 200;

export function readEnvironment<S extends Settings>(settings: S, environment: NodeJS.ProcessEnv): Values<S> {
  const values: Record<string, unknown> = {};
  const wrong: string[] = [];
  for (const [name, { variable, parse, fallback, meaning }] of Object.entries(settings)) {
    const text = environment[variable] ?? fallback;
    if (text === undefined) {
      wrong.push(`${variable} is not set: ${meaning}`);
      continue;
    }
    try {
      values[name] = parse(text);
    } catch (error) {
      const shown = JSON.stringify(withoutUserInfo(text.slice(0, shownMost)));
      wrong.push(`${variable}=${shown}: ${withoutUserInfo((error as Error).message)}`);
    }
  }
  if (wrong.length > 0) throw new EnvironmentError(wrong.join('\n'));
  return values as Values<S>;
}

/** What is in force, for the log at start: without secrets. */
export function describeEnvironment(settings: Settings, environment: NodeJS.ProcessEnv): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const { variable, fallback, secret } of Object.values(settings)) {
    shown[variable] = secret ? '(secret)' : withoutUserInfo(environment[variable] ?? fallback ?? '');
  }
  return shown;
}

/** Whoever may have a name and a password in a URL (`https://name:password@host`) does not want them in a log. */
export function withoutUserInfo(text: string): string {
  return text.replace(/(\/\/)[^/?#\s,]*@/g, '$1(secret)@');
}

export function token(text: string): string {
  if (!/^[a-z0-9-]{1,32}$/.test(text)) throw new Error('must be 1 to 32 characters of a-z, 0-9 and -');
  return text;
}

export function tokens(text: string): readonly string[] {
  const list = text.split(',').map((part) => token(part.trim()));
  if (new Set(list).size !== list.length) throw new Error('names must be different from each other');
  return list;
}

export function text(text: string): string {
  if (text === '') throw new Error('must not be empty');
  return text;
}

export function flag(text: string): boolean {
  if (text !== '0' && text !== '1') throw new Error('must be 0 or 1');
  return text === '1';
}

/** Nothing may be said: then the value is undefined. */
export function optional<T>(parse: (text: string) => T): (text: string) => T | undefined {
  return (text) => (text === '' ? undefined : parse(text));
}

export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < min || value > max) {
      throw new Error(`must be a whole number from ${min} to ${max}`);
    }
    return value;
  };
}

export function oneOf<T extends string>(...choices: readonly T[]): (text: string) => T {
  return (text) => {
    if (!choices.includes(text as T)) throw new Error(`must be one of ${choices.join(', ')}`);
    return text as T;
  };
}

/** `150-300`: a random delay between two numbers of milliseconds. */
export function range(text: string): { readonly minMs: number; readonly maxMs: number } {
  const [minMs, maxMs] = text.split('-').map(wholeNumber(1, 3_600_000));
  if (minMs === undefined || maxMs === undefined || minMs >= maxMs) {
    throw new Error('must be two rising numbers of milliseconds, such as 150-300');
  }
  return { minMs, maxMs };
}

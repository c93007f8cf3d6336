import { Problem } from './problem.js';
import { decodePercent, shown } from './target.js';

/** Query parameters of one request: only known names, each at most once. */
export class Query {
  private readonly values = new Map<string, Buffer>();

  constructor(query: string, known: readonly string[]) {
    for (const part of query === '' ? [] : query.split('&')) {
      const mark = part.indexOf('=');
      const name = mark < 0 ? part : part.slice(0, mark);
      if (!known.includes(name)) throw unknownParameter(name, known);
      if (this.values.has(name)) throw new Problem('invalid-parameter', `"${name}" is given twice; give it once`);
      this.values.set(name, decodePercent(mark < 0 ? '' : part.slice(mark + 1), `query parameter "${name}"`));
    }
  }

  /** Any bytes; undefined when not given. */
  bytes(name: string): Uint8Array | undefined {
    return this.values.get(name);
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const text = this.values.get(name)?.toString();
    if (text === undefined || choices.includes(text as T)) return text as T | undefined;
    throw wrong(name, text, `must be one of ${choices.join(', ')}`);
  }

  wholeNumber(name: string, min: number, max: number): number | undefined {
    const text = this.values.get(name)?.toString();
    if (text === undefined) return undefined;
    const value = Number(text);
    if (/^[0-9]{1,15}$/.test(text) && value >= min && value <= max) return value;
    throw wrong(name, text, `must be a whole number from ${min} to ${max}`);
  }

  /** `true`, `false`; the bare name means true. */
  flag(name: string): boolean {
    const text = this.values.get(name)?.toString();
    if (text === undefined || text === 'false') return false;
    if (text === '' || text === 'true') return true;
    throw wrong(name, text, 'must be true or false');
  }
}

function wrong(name: string, text: string, right: string): Problem {
  return new Problem('invalid-parameter', `"${name}" is ${shown(text)}; it ${right}`);
}

function unknownParameter(name: string, known: readonly string[]): Problem {
  const those = known.length === 0 ? 'there are none here' : `there are ${known.join(', ')}`;
  return new Problem('invalid-parameter', `there is no query parameter ${shown(name)}; ${those}`);
}

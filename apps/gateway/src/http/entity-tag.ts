import { Problem } from './problem.js';
import { shown } from './target.js';

/** A key's revision as an entity tag. Two values of a key never share one. */
export function entityTag(revision: number): string {
  return `"${revision}"`;
}

/** What must hold for a key: a revision it has or has not, or that it is there at all. */
export interface Precondition {
  readonly header: 'If-Match' | 'If-None-Match';
  /** `any`: some value, whichever. */
  readonly revisions: 'any' | readonly number[];
}

interface Headers {
  readonly 'if-match'?: string | undefined;
  readonly 'if-none-match'?: string | undefined;
}

/** RFC 9110 §13.1.1 and §13.1.2. A tag that no key can have here is no error for If-None-Match, as caches may send it. */
export function parsePreconditions(headers: Headers): readonly Precondition[] {
  const found: Precondition[] = [];
  const match = headers['if-match'];
  const noneMatch = headers['if-none-match'];
  if (match !== undefined) found.push({ header: 'If-Match', revisions: parseTags('If-Match', match) });
  if (noneMatch !== undefined)
    found.push({ header: 'If-None-Match', revisions: parseTags('If-None-Match', noneMatch) });
  return found;
}

/** `revision` 0: there is no such key. */
export function holds({ header, revisions }: Precondition, revision: number): boolean {
  const matches = revision > 0 && (revisions === 'any' || revisions.includes(revision));
  return header === 'If-Match' ? matches : !matches;
}

const most = 16;

function parseTags(header: Precondition['header'], text: string): 'any' | readonly number[] {
  if (text.trim() === '*') return 'any';
  const tags = text.split(',').map((part) => part.trim());
  if (tags.length > most) throw new Problem('invalid-precondition', `${header} may name at most ${most} entity tags`);
  return tags.map((tag) => parseTag(header, tag));
}

function parseTag(header: Precondition['header'], tag: string): number {
  // A cache's or proxy's weak tag still means the same value when nothing is to be changed.
  const strong = header === 'If-None-Match' ? tag.replace(/^W\//, '') : tag;
  const [, digits] = /^"([0-9]{1,16})"$/.exec(strong) ?? [];
  const revision = Number(digits);
  if (digits !== undefined && Number.isSafeInteger(revision)) return revision;
  const right = 'it must be * or the ETag of an earlier answer, quotes included, such as "7"';
  throw new Problem('invalid-precondition', `${header} is ${shown(tag)}; ${right}`);
}

/** What a message says. JSON has the value; a line has the text, by default name and value; an empty one is left out. */
export type Fact = readonly [name: string, value: string | number | boolean | readonly string[], text?: string];

/** Facts about what positions of the log a message carries or acknowledges; one that has any is never chatter. */
export const positions: ReadonlySet<string> = new Set(['entries', 'slots']);

/** `term 2, prev 6/2, commit 6` */
export function sentenceOf(facts: readonly Fact[]): string {
  return facts
    .map(textOf)
    .filter((text) => text !== '')
    .join(', ');
}

/** `{"term": 2, "prev": "6/2", "commit": 6}` */
export function documentOf(facts: readonly Fact[]): Readonly<Record<string, Fact[1]>> {
  return Object.fromEntries(facts.map(([name, value]) => [name, value]));
}

function textOf([name, value, text]: Fact): string {
  if (text !== undefined) return text;
  if (typeof value === 'boolean') return value ? name : '';
  return `${name} ${String(value)}`;
}

export function bytesText(count: number): string {
  return `${count} B`;
}

/** What a message says: `term 2, commit 6` on a line, `{"term": 2, "commit": 6}` in JSON. */
export type Fact = readonly [name: string, value: string | number | boolean];

export function sentenceOf(facts: readonly Fact[]): string {
  return facts
    .filter(([, value]) => value !== false)
    .map(([name, value]) => (value === true ? name : `${name} ${value}`))
    .join(', ');
}

export function documentOf(facts: readonly Fact[]): Readonly<Record<string, string | number | boolean>> {
  return Object.fromEntries(facts);
}

export function bytesText(count: number): string {
  return `${count} B`;
}

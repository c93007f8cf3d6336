/** JSON that somebody else wrote: everything may be missing or of another type. */
export type Fields = Readonly<Record<string, unknown>>;

const mostText = 128;
const mostEntries = 64;

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, mostText) : '';
}

export function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

export function listOf(value: unknown, most = mostEntries): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, most) : [];
}

export function textsOf(value: unknown): readonly string[] {
  return listOf(value).map(textOf);
}

export function numbersOf(fields: Fields): Readonly<Record<string, number>> {
  const entries = Object.entries(fields).slice(0, mostEntries);
  return Object.fromEntries(entries.filter(([, value]) => typeof value === 'number') as [string, number][]);
}

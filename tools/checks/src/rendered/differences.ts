/** What is one thing here and another there, by its path: `services.nats.entrypoint[2] is "-js", and was "-c"`. */
export function differences(now: unknown, kept: unknown, path = ''): string[] {
  if (isList(now) && isList(kept)) return inBoth(byName(now), byName(kept), (key) => `${path}[${key}]`);
  if (isObject(now) && isObject(kept)) {
    const entries = (object: object) => new Map(Object.entries(object));
    return inBoth(entries(now), entries(kept), (key) => (path === '' ? key : `${path}.${key}`));
  }
  return Object.is(now, kept) ? [] : [`${path} is ${shown(now)}, and was ${shown(kept)}`];
}

type Parts = ReadonlyMap<string, unknown>;

function inBoth(now: Parts, kept: Parts, pathOf: (key: string) => string): string[] {
  const keys = [...new Set([...now.keys(), ...kept.keys()])];
  return keys.flatMap((key) => differences(now.get(key), kept.get(key), pathOf(key)));
}

/** Containers, variables and ports have names, by which people find them; anything else has its place. */
function byName(list: readonly unknown[]): Parts {
  const names = list.map((item) => (isObject(item) && 'name' in item ? String(item.name) : undefined));
  const areNames = names.every((name) => name !== undefined) && new Set(names).size === names.length;
  return new Map(list.map((item, place) => [areNames ? names[place]! : String(place), item]));
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const shown = (value: unknown): string => (value === undefined ? 'not there' : JSON.stringify(value));

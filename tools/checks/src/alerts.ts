/*
 * What one alert means, on what services really tell. Prometheus itself is no part of the tests, so only the form that this alert has is
 * understood here, and anything else refused: a query that this cannot judge must not pass for one that it has.
 */

type Labels = Readonly<Record<string, string>>;

/**
 * The groups that have a series of the one kind and none of the other: `count by (group) (A) unless count by (group) (B)`. With
 * `last_over_time(A[1d])` those count, too, that were told `before`.
 */
export function groupsThatLack(query: string, texts: readonly string[], before: readonly string[] = []): string[] {
  const [, one, other] = /^count by \(group\) \((\S+)\) unless count by \(group\) \((\S+)\)$/.exec(query) ?? [];
  if (one === undefined || other === undefined) throw new Error(`this check does not understand ${query}`);
  const groups = (side: string) => {
    const [, lasting] = /^last_over_time\((\S+)\[1d\]\)$/.exec(side) ?? [];
    const series = selected(lasting === undefined ? texts : [...before, ...texts], lasting ?? side);
    return new Set(series.map(({ group = '' }) => group));
  };
  const without = groups(other);
  return [...groups(one)].filter((group) => !without.has(group)).sort();
}

/** The labels of each series that a selector chooses: a name, and labels that are, or are not, some text. */
function selected(texts: readonly string[], selector: string): readonly Labels[] {
  const [, name, inner = ''] = /^([a-z_]+)(?:\{(.*)\})?$/.exec(selector) ?? [];
  if (name === undefined) throw new Error(`this check does not understand ${selector}`);
  const wanted = inner === '' ? [] : inner.split(',').map(matcherOf);
  return texts
    .flatMap((text) => text.split('\n'))
    .flatMap((line) => {
      const [, own, list = ''] = /^([a-z_]+)(?:\{(.*)\})? \S+$/.exec(line) ?? [];
      if (own === undefined || own !== name) return [];
      return [Object.fromEntries([...list.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, value]) => [label!, value!]))];
    })
    .filter((labels) => wanted.every((matches) => matches(labels)));
}

function matcherOf(text: string): (labels: Labels) => boolean {
  const [, label, comparison, value] = /^(\w+)(=|!=)"([^"]*)"$/.exec(text.trim()) ?? [];
  if (label === undefined) throw new Error(`this check does not understand ${text}`);
  return (labels) => ((labels[label] ?? '') === value) === (comparison === '=');
}

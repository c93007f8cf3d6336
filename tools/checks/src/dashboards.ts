/** A metric by its name, with the names of its labels. */
export type Exported = ReadonlyMap<string, ReadonlySet<string>>;

/** What the texts of several /metrics name. Histograms and summaries count with their suffixes, as they are asked for. */
export function exportedIn(texts: readonly string[]): Exported {
  const found = new Map<string, Set<string>>();
  for (const line of texts.flatMap((text) => text.split('\n'))) {
    const series = seriesIn(line);
    if (series === undefined) continue;
    const known = found.get(series.name) ?? new Set<string>();
    for (const label of series.labels) known.add(label);
    found.set(series.name, known);
  }
  return found;
}

/** A series as it is written in queries: its name, and the names of its labels. */
export function seriesIn(text: string): { readonly name: string; readonly labels: readonly string[] } | undefined {
  const [, name, inner = ''] = /^([a-z_]+)(?:\{(.*)\})?(?: \S+)?$/.exec(text) ?? [];
  if (name === undefined) return undefined;
  return { name, labels: [...inner.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)].map(([, label]) => label!).sort() };
}

/** Every query in a parsed dashboard or file of rules, wherever it stands there. */
export function queriesIn(document: unknown): readonly string[] {
  if (Array.isArray(document)) return document.flatMap(queriesIn);
  if (typeof document !== 'object' || document === null) return [];
  return Object.entries(document).flatMap(([key, value]) =>
    (key === 'expr' || key === 'query') && typeof value === 'string' ? [value] : queriesIn(value),
  );
}

/** What a query asks of metrics that nobody exports, or of labels that they do not have; `added` are those of who scrapes. */
export function unanswerable(query: string, exported: Exported, added: ReadonlySet<string>): string[] {
  const asked = [...query.matchAll(/\b(synod_[a-z_]+)(?:\{([^}]*)\})?/g)].map(([, name, labels = '']) => {
    const own = [...labels.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label]) => label!);
    return { name: name!, own };
  });
  const known = new Set([...added, ...asked.flatMap(({ name }) => [...(exported.get(name) ?? [])])]);
  const grouped = [...query.matchAll(/\b(?:by|on|without)\s*\(([^)]*)\)/g)].flatMap(([, list]) => list!.split(','));
  const label = /^label_values\(\w+,\s*(\w+)\)$/.exec(query)?.[1];
  const wanted = [...grouped.map((name) => name.trim()).filter(Boolean), ...(label === undefined ? [] : [label])];
  return [
    ...asked.filter(({ name }) => !exported.has(name)).map(({ name }) => `nobody exports ${name}`),
    ...asked.flatMap(({ name, own }) =>
      own
        .filter((one) => exported.has(name) && !exported.get(name)!.has(one) && !added.has(one))
        .map((one) => `${name} has no label ${one}`),
    ),
    ...wanted.filter((one) => !known.has(one)).map((one) => `nothing in ${query} has a label ${one}`),
  ];
}

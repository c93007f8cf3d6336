import { inWords } from './causes.js';
import { attributes, shortName, spanNames } from './names.js';
import type { LinkKind } from './names.js';
import type { TraceSpan } from './trace-model.js';

export interface RenderOptions {
  /** Columns of the terminal. Default 100, at least 60. */
  readonly width?: number;
  /** ANSI colours, one per service. Default false. */
  readonly colour?: boolean;
}

interface Row {
  readonly service: string;
  readonly label: string;
  readonly startUs: number;
  /** Undefined for a moment. */
  readonly durationUs: number | undefined;
  readonly failed: boolean;
}

const palette = [36, 33, 32, 35, 34, 96, 93, 92, 95, 94];
const timeColumns = 20;

/** One trace as a tree of services and times, a line per span; moments (the quorum, votes) are marked ◆. */
export function renderTrace(spans: readonly TraceSpan[], options: RenderOptions = {}): readonly string[] {
  if (spans.length === 0) return ['(no spans)'];
  const width = Math.max(60, options.width ?? 100);
  const rows = rowsOf(spans);
  const startUs = Math.min(...spans.map((span) => span.startUs));
  const endUs = Math.max(...spans.map((span) => span.startUs + span.durationUs));
  const services = [...new Set(rows.map((row) => row.service))];
  const serviceColumns = Math.max(...services.map((service) => service.length));
  const barColumns = Math.max(10, Math.floor((width - serviceColumns - timeColumns - 4) * 0.4));
  const labelColumns = width - serviceColumns - timeColumns - barColumns - 4;
  const paint = (row: Row, text: string): string => {
    if (!options.colour) return text;
    const colour = row.failed ? 31 : palette[services.indexOf(row.service) % palette.length];
    return `\u001b[${colour}m${text}\u001b[0m`;
  };
  const lines = rows.map((row) => {
    const offset = milliseconds(row.startUs - startUs).padStart(9);
    const duration = (row.durationUs === undefined ? '' : milliseconds(row.durationUs)).padStart(9);
    const bar = barOf(row, startUs, Math.max(1, endUs - startUs), barColumns);
    const left = `${row.service.padEnd(serviceColumns)}  ${fit(row.label, labelColumns)}`;
    return `${paint(row, left)} ${offset} ${duration}  ${paint(row, bar)}`.trimEnd();
  });
  return [headline(spans, services.length, endUs - startUs), ...lines];
}

function headline(spans: readonly TraceSpan[], services: number, durationUs: number): string {
  const what = `${spans.length} ${spans.length === 1 ? 'span' : 'spans'} of ${services} ${services === 1 ? 'service' : 'services'}`;
  const [traceId, ...others] = new Set(spans.map((span) => span.traceId));
  const rivals = others.map((other) => other.slice(0, digitsShown));
  const which = rivals.length === 0 ? `trace ${traceId}` : `trace ${traceId} with its rivals' ${rivals.join(' ')}`;
  return [which, `${milliseconds(durationUs)} ms`, what, ...roundOf(spans), ...causeIn(spans)].join(', ');
}

/** What people want to know of a round first. A phase has a quorum of its own, which decides nothing. */
function roundOf(spans: readonly TraceSpan[]): readonly string[] {
  const round = spans.find(
    ({ attributes: values }) => values[attributes.completedBy] !== undefined && values[attributes.phase] === undefined,
  );
  if (round === undefined) return [];
  const slowest = round.attributes[attributes.slowestStage];
  return [
    `quorum by ${String(round.attributes[attributes.completedBy])}`,
    ...(slowest === undefined ? [] : [`slowest: ${String(slowest)}`]),
  ];
}

/** Of the trace's first span, or of the first that has one; a round that begins a leadership only has a link to the election. */
function causeIn(spans: readonly TraceSpan[]): readonly string[] {
  const has = (span: TraceSpan): boolean => span.attributes[attributes.cause] !== undefined;
  const span = spans.find(has) ?? spans.find((each) => tracesAt(each, 'cause').length > 0);
  return span === undefined ? [] : [`cause: ${[...wordsOf(span), ...whereabouts(span)].join(', ')}`];
}

/** In which traces more is told of the cause; where it is not traced, which round was the last one before. */
function whereabouts(span: TraceSpan): readonly string[] {
  const [causes, before] = [tracesAt(span, 'cause'), tracesAt(span, 'before')];
  if (causes.length > 0) return [`see ${causes.join(' ')}`];
  return before.length > 0 ? [`after the round in ${before.join(' ')}`] : [];
}

function tracesAt({ links }: TraceSpan, wanted: LinkKind): readonly string[] {
  return links.filter(({ kind }) => kind === wanted).map(({ traceId }) => traceId.slice(0, digitsShown));
}

function wordsOf({ attributes: values }: TraceSpan): readonly string[] {
  const cause = values[attributes.cause];
  return cause === undefined ? [] : [inWords(String(cause))];
}

/** LIMIT: columns that branches take. What is deeper stands at the top, as what is its own ancestor: a trace may come from anybody. */
const deepest = 128;

/** Depth first, children and moments in order of time. A span whose parent is not here stands at the top. */
function rowsOf(spans: readonly TraceSpan[]): readonly Row[] {
  const children = new Map<string | undefined, TraceSpan[]>();
  const known = new Set(spans.map((span) => span.spanId));
  for (const span of [...spans].sort((a, b) => a.startUs - b.startUs)) {
    const parentId = span.parentId !== undefined && known.has(span.parentId) ? span.parentId : undefined;
    children.set(parentId, [...(children.get(parentId) ?? []), span]);
  }
  const rows: Row[] = [];
  const shown = new Set<string>();
  const walk = (span: TraceSpan, before: string, branch: string, below: string): void => {
    if (shown.has(span.spanId)) return;
    shown.add(span.spanId);
    rows.push(spanRow(span, before + branch));
    const inside = [
      ...(children.get(span.spanId) ?? []).map((child) => ({ at: child.startUs, child })),
      ...span.events.map((event) => ({ at: event.atUs, event })),
    ].sort((a, b) => a.at - b.at);
    inside.forEach((item, position) => {
      const last = position === inside.length - 1;
      if ('child' in item) {
        if (before.length < deepest) walk(item.child, before + below, last ? '└ ' : '├ ', last ? '  ' : '│ ');
      } else rows.push(eventRow(span, item.event, `${before}${below}${last ? '└' : '├'} `));
    });
  };
  for (const root of [...(children.get(undefined) ?? []), ...spans]) walk(root, '', '', '');
  return rows;
}

function spanRow(span: TraceSpan, tree: string): Row {
  const { service, startUs, durationUs, error } = span;
  const label = `${tree}${shortName(span.name)}${why(span)}${elsewhere(span)}${preempted(span)}${error === undefined ? '' : `: ${error}`}`;
  return { service, label, startUs, durationUs, failed: error !== undefined };
}

function why(span: TraceSpan): string {
  return wordsOf(span)
    .map((words) => ` (${words})`)
    .join('');
}

/** Whose higher era came between. */
function preempted({ name, attributes: values }: TraceSpan): string {
  const rival = values[attributes.rival];
  if (rival === undefined) return '';
  const word = attributes.era[String(values[attributes.protocol])]?.replace('synod.', '') ?? 'era';
  const by = `by ${String(rival)} in ${word} ${String(values[attributes.rivalEra])}`;
  return name === spanNames.preempted ? ` ${by}` : `: preempted ${by}`;
}

/** Enough to ask for it. */
const digitsShown = 12;

/** A request that shares somebody's round has it in that one's trace. */
function elsewhere({ name, links, traceId }: TraceSpan): string {
  const round = name === spanNames.consensus ? links.find((link) => link.traceId !== traceId) : undefined;
  return round === undefined ? '' : ` in trace ${round.traceId.slice(0, digitsShown)}`;
}

function eventRow(
  { service }: TraceSpan,
  { name, atUs, attributes: values }: TraceSpan['events'][number],
  tree: string,
): Row {
  const details = Object.values(values).map(String).join(' ');
  return {
    service,
    label: `${tree}◆ ${name} ${details}`.trimEnd(),
    startUs: atUs,
    durationUs: undefined,
    failed: false,
  };
}

function barOf({ startUs, durationUs, failed }: Row, firstUs: number, wholeUs: number, columns: number): string {
  const from = Math.min(columns - 1, Math.max(0, Math.floor(((startUs - firstUs) / wholeUs) * columns)));
  if (durationUs === undefined) return `${' '.repeat(from)}◆`;
  const length = Math.max(1, Math.min(columns - from, Math.round((durationUs / wholeUs) * columns)));
  return ' '.repeat(from) + (failed ? '▒' : '█').repeat(length);
}

function fit(text: string, columns: number): string {
  return text.length <= columns ? text.padEnd(columns) : `${text.slice(0, columns - 1)}…`;
}

function milliseconds(us: number): string {
  const ms = us / 1000;
  return ms >= 1000 ? ms.toFixed(0) : ms.toFixed(ms >= 100 ? 1 : 2);
}

import { spaceTime } from '@synod/space-time';
import { attributes, shortName, spanNames } from './names.js';
import type { SpanValues, TraceSpan } from './trace-model.js';

interface Moment {
  readonly atUs: number;
  readonly place: string;
  readonly text: string;
}

const begun = '┌ ';
const ended = '└ ';

/** One trace as a column for each service, downwards in time: what was sent to whom, what came from whom, what was done with it. */
export function renderSpaceTime(spans: readonly TraceSpan[], width = 100): readonly string[] {
  const moments = momentsOf(spans);
  const startUs = Math.min(...spans.map((span) => span.startUs));
  const places = [...new Set(moments.map(({ place }) => place))];
  // Below this a column holds no word.
  const least = 12 + 16 * places.length;
  const events = moments.map(({ atUs, place, text }) => ({ time: ((atUs - startUs) / 1000).toFixed(3), place, text }));
  return spaceTime(places, events, Math.max(width, least));
}

function momentsOf(spans: readonly TraceSpan[]): readonly Moment[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const receivers = new Map<string, string[]>();
  for (const { kind, parentId = '', service } of spans)
    if (kind === 'consumer') receivers.set(parentId, [...(receivers.get(parentId) ?? []), service]);
  const moments = spans.flatMap((span) => [
    ...spanMoments(span, byId, receivers),
    ...span.events.map(eventMoment(span)),
  ]);
  return moments.sort((a, b) => a.atUs - b.atUs || rank(a) - rank(b));
}

/** What begins and ends something is around what happens at the same microsecond. */
function rank({ text }: Moment): number {
  if (text.startsWith(begun)) return 0;
  return text.startsWith(ended) ? 2 : 1;
}

function spanMoments(
  span: TraceSpan,
  byId: ReadonlyMap<string, TraceSpan>,
  receivers: ReadonlyMap<string, readonly string[]>,
): readonly Moment[] {
  const { name, kind, service: place, startUs, durationUs, error, attributes: values } = span;
  const begins = (text: string): Moment => ({ atUs: startUs, place, text });
  const ends = (text: string): Moment => ({ atUs: startUs + durationUs, place, text });
  const short = shortName(name);
  const word = short.replace(/^(publish|process) /, '');
  if (kind === 'producer') {
    const to = receivers.get(span.spanId) ?? [];
    // Who answers knows to whom, its receiver only that somebody's answer counted.
    return [begins(to.length > 0 ? `${word} → ${to.join(' ')}` : `${word} →`)];
  }
  if (kind === 'consumer') {
    const from = byId.get(span.parentId ?? '')?.service ?? '?';
    return [begins(`→ ${word} of ${from}`)];
  }
  const peer = /^await (.+)$/.exec(name)?.[1];
  if (peer === place) return [];
  if (peer !== undefined) return [ends(error === undefined ? `✓ ${peer}` : `✗ ${peer}: ${error}`)];
  if (name === spanNames.sync || name === spanNames.apply)
    return [ends(`${name}, ${(durationUs / 1000).toFixed(2)} ms`)];
  const failure = error === undefined ? '' : `: ${error}`;
  if (name === spanNames.reply) return [begins(`${short}${failure}`)];
  if (durationUs === 0) return [begins(`${short}${failure}`)];
  return [begins(`${begun}${short}${size(values)}`), ends(`${ended}${short}${failure}`)];
}

function size(values: SpanValues): string {
  const first = values[attributes.indexFirst];
  const last = values[attributes.indexLast];
  if (first === undefined || last === undefined) return '';
  return first === last ? ` ${String(first)}` : ` ${String(first)}…${String(last)}`;
}

function eventMoment({ service }: TraceSpan): (event: TraceSpan['events'][number]) => Moment {
  return ({ name, atUs, attributes: values }) => ({
    atUs,
    place: service,
    text: `◆ ${name} ${Object.values(values).map(String).join(' ')}`.trimEnd(),
  });
}

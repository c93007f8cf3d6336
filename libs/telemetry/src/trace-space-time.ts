import { spaceTime } from '@synod/space-time';
import { causalWalk } from './causal-walk.js';
import type { Step } from './causal-walk.js';
import { attributes, shortName, spanNames } from './names.js';
import type { SpanEvent, SpanValues, TraceSpan } from './trace-model.js';

interface Moment {
  readonly atUs: number;
  /** Among what happens at the same time: causes before what came of them. */
  readonly order: number;
  readonly place: string;
  readonly text: string;
}

const begun = '┌ ';
const ended = '└ ';

/** One trace as a column for each service, downwards in time: what was sent to whom, what came from whom, what was done with it. */
export function renderSpaceTime(spans: readonly TraceSpan[], width = 100): readonly string[] {
  const startUs = Math.min(...spans.map((span) => span.startUs));
  const moments = momentsOf(spans, startUs);
  const places = [...new Set(moments.map(({ place }) => place))];
  // Below this a column holds no word.
  const least = 12 + 16 * places.length;
  const events = moments.map(({ atUs, place, text }) => ({ time: (atUs / 1000).toFixed(3), place, text }));
  return spaceTime(places, events, Math.max(width, least));
}

/** At whole microseconds from `startUs`, as they are shown. */
function momentsOf(spans: readonly TraceSpan[], startUs: number): readonly Moment[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const receivers = new Map<string, string[]>();
  for (const { kind, parentId = '', service } of spans)
    if (kind === 'consumer') receivers.set(parentId, [...(receivers.get(parentId) ?? []), service]);
  return causalWalk(spans)
    .flatMap(({ span, entered, left, event }) =>
      event === undefined ? spanMoments(span, { entered, left }, byId, receivers) : [eventMoment(span, event, entered)],
    )
    .map((moment) => ({ ...moment, atUs: Math.round(moment.atUs) - Math.round(startUs) }))
    .sort((a, b) => a.atUs - b.atUs || a.order - b.order);
}

function spanMoments(
  span: TraceSpan,
  { entered, left }: Pick<Step, 'entered' | 'left'>,
  byId: ReadonlyMap<string, TraceSpan>,
  receivers: ReadonlyMap<string, readonly string[]>,
): readonly Moment[] {
  const { name, kind, service: place, startUs, durationUs, error, attributes: values } = span;
  const begins = (text: string): Moment => ({ atUs: startUs, order: entered, place, text });
  const ends = (text: string): Moment => ({ atUs: startUs + durationUs, order: left, place, text });
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

function eventMoment({ service }: TraceSpan, { name, atUs, attributes: values }: SpanEvent, order: number): Moment {
  const text = `◆ ${name} ${Object.values(values).map(String).join(' ')}`.trimEnd();
  return { atUs, order, place: service, text };
}

import { attributes } from '@synod/telemetry';
import type { SpanValues, TraceSpan } from '@synod/telemetry';
import type { Trace, TraceSource } from './source.js';

/** LIMIT: so many traces are shown together, those of all who stood for leader at the same time. */
const together = 8;

/** Those who stood for leader when somebody in this trace did, and whoever preempted it: what happened is seen in all of them only. */
export async function rivalsOf(source: TraceSource, trace: Trace): Promise<readonly Trace[]> {
  const found = new Map([[trace.id, trace]]);
  for (const { spans } of found.values()) {
    for (const span of spans) {
      const rivals = rivalsIn(span);
      if (rivals.length === 0) continue;
      for (const { traceId } of span.links) {
        if (found.has(traceId) || found.size === together) continue;
        const linked = await source.find(traceId);
        if (linked?.spans.some((other) => rivals.some((rival) => isOf(rival, other)))) found.set(traceId, linked);
      }
    }
  }
  found.delete(trace.id);
  return [...found.values()];
}

function rivalsIn({ attributes: values, events }: TraceSpan): readonly SpanValues[] {
  return [values, ...events.map((event) => event.attributes)].filter((said) => said[attributes.rival] !== undefined);
}

/** A span has links for other reasons, too. */
function isOf(rival: SpanValues, { service, attributes: values }: TraceSpan): boolean {
  const key = attributes.era[String(values[attributes.protocol])] ?? '';
  return service === rival[attributes.rival] && values[key] === rival[attributes.rivalEra];
}

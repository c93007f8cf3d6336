import type { SpanEvent, TraceSpan } from './trace-model.js';

/** A span, or one event of it, and the numbers at which a walk through everything enters and leaves it. */
export interface Step {
  readonly span: TraceSpan;
  readonly event?: SpanEvent;
  readonly entered: number;
  readonly left: number;
}

interface Item {
  readonly span: TraceSpan;
  readonly event?: SpanEvent;
  readonly fromUs: number;
  readonly toUs: number;
}

/**
 * From causes to what came of them: a span is entered before what is in it, by its parent or, for who receives, by the message that
 * was sent, and left after that. What is in the same span comes by its beginning, then by its end: what waits for others ends last.
 * A trace may come from anybody: it may be as deep as it is long, and spans may be their own ancestors; each is walked through once.
 */
export function causalWalk(spans: readonly TraceSpan[]): readonly Step[] {
  const inside = new Map<string, Item[]>();
  const known = new Set(spans.map(({ spanId }) => spanId));
  const roots: Item[] = [];
  for (const span of spans) {
    const siblings = span.parentId === undefined || !known.has(span.parentId) ? roots : listIn(inside, span.parentId);
    siblings.push(itemOf(span));
    listIn(inside, span.spanId).push(...span.events.map((event) => eventOf(span, event)));
  }
  const steps: Step[] = [];
  const walked = new Set<TraceSpan>();
  let number = 0;
  // Who is their own ancestors is reached from no root.
  const waiting: (() => void)[] = [...inOrder(roots), ...spans.map(itemOf)].map((item) => () => enter(item)).reverse();
  const enter = ({ span, event }: Item): void => {
    const entered = number++;
    if (event !== undefined) steps.push({ span, event, entered, left: entered });
    else if (!walked.has(span)) {
      walked.add(span);
      waiting.push(() => steps.push({ span, entered, left: number++ }));
      for (const item of inOrder(inside.get(span.spanId) ?? []).reverse()) waiting.push(() => enter(item));
    }
  };
  while (waiting.length > 0) waiting.pop()!();
  return steps;
}

function listIn(lists: Map<string, Item[]>, id: string): Item[] {
  const list = lists.get(id) ?? [];
  lists.set(id, list);
  return list;
}

/** Whole microseconds: of less, clocks tell no order. */
function itemOf(span: TraceSpan): Item {
  return { span, fromUs: Math.round(span.startUs), toUs: Math.round(span.startUs + span.durationUs) };
}

function eventOf(span: TraceSpan, event: SpanEvent): Item {
  const atUs = Math.round(event.atUs);
  return { span, event, fromUs: atUs, toUs: atUs };
}

/** Events go before spans that take no time. */
function inOrder(items: readonly Item[]): Item[] {
  const rank = ({ event }: Item): number => (event === undefined ? 1 : 0);
  return [...items].sort((a, b) => a.fromUs - b.fromUs || a.toUs - b.toUs || rank(a) - rank(b));
}

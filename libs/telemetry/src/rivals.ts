import type { Attributes, Span, SpanContext } from '@opentelemetry/api';
import { attributes } from './names.js';
import type { EraAttribute } from './names.js';
import { linkTo } from './span-maker.js';

/** Who came between, in a higher era; and from where its candidacy was sent, if that was traced. */
export interface Rival {
  readonly name: string;
  readonly era: number;
  readonly context: SpanContext | undefined;
}

/** LIMIT: so many candidacies are remembered, the youngest. */
const remembered = 16;

/**
 * Traced candidacies by their era, whoever heard of them: the rival itself multicasts them, and whoever refuses one for the sake of
 * another tells in its refusal's headers where that one was sent from. So who is preempted can link to it, whom it hears or not.
 */
export class Rivals {
  private readonly candidacies = new Map<number, SpanContext>();

  heardOf(era: number, context: SpanContext): void {
    if (this.candidacies.has(era)) return;
    this.candidacies.set(era, context);
    const [oldest] = this.candidacies.keys();
    if (this.candidacies.size > remembered) this.candidacies.delete(oldest!);
  }

  of(era: number): SpanContext | undefined {
    return this.candidacies.get(era);
  }
}

export function rivalAttributes({ name, era }: Omit<Rival, 'context'>, { value }: EraAttribute): Attributes {
  return { [attributes.rival]: name, [attributes.rivalEra]: value(era) };
}

/** Says on a span who came between, and leads to that one's trace. */
export function markPreempted(span: Span, rival: Rival, era: EraAttribute): void {
  span.setAttributes(rivalAttributes(rival, era));
  if (rival.context !== undefined) span.addLink(linkTo('rival', rival.context));
}

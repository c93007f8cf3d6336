import type { Attributes, Span, SpanContext } from '@opentelemetry/api';
import type { RoundFact } from '@synod/actor';
import { attributes, spanEvents } from './names.js';
import { TokenBucket, samplingRates } from './sampling.js';
import { linkTo } from './span-maker.js';
import type { SpanMaker } from './span-maker.js';

type Fact<P extends RoundFact['part']> = Extract<RoundFact, { part: P }>;

/**
 * What a replica gets from others because it lacks it: a trace for each time, from the first question to where it has what it
 * lacked when it began, whoever gave it and in what form. One at a time; that of a replica that nobody helps ends with the replica.
 */
export class TransferSpans {
  private open: { readonly span: Span; source: string } | undefined;
  private readonly perSecond = new TokenBucket(samplingRates.transfers);

  constructor(
    private readonly spans: SpanMaker,
    private readonly name: string,
    private readonly common: Attributes,
  ) {}

  get context(): SpanContext | undefined {
    return this.open?.span.spanContext();
  }

  /** `before` is the last traced round that this replica took part in. */
  fetching(fact: Fact<'fetching'>, before: SpanContext | undefined, at: number): void {
    const { source, first, last, why, snapshot } = fact;
    if (this.open === undefined) this.begin(first, source, before, at);
    if (this.open === undefined) return;
    const { span } = this.open;
    this.asks(source, at);
    // As a snapshot it goes on for a reason of its own.
    span.setAttributes({ [attributes.indexLast]: last, [attributes.cause]: why });
    if (snapshot === undefined) return;
    const bytes = snapshot.bytes === undefined ? {} : { [attributes.snapshotBytes]: snapshot.bytes };
    span.setAttributes(bytes);
    this.spans.event(span, spanEvents.snapshot, at, { [attributes.indexLast]: last, ...bytes });
  }

  failed({ source, why, next }: Fact<'fetchFailed'>, at: number): void {
    if (this.open === undefined) return;
    const said = { [attributes.source]: source, [attributes.outcome]: why };
    this.spans.event(this.open.span, spanEvents.sourceFailed, at, said);
    if (next !== undefined) this.asks(next, at);
  }

  installed({ last, bytes }: Fact<'installed'>, at: number): void {
    if (this.open === undefined) return;
    this.open.span.setAttribute(attributes.snapshotBytes, bytes);
    this.spans.event(this.open.span, spanEvents.installed, at, { [attributes.indexLast]: last });
  }

  fetched({ last }: Fact<'fetched'>, at: number): void {
    this.open?.span.setAttribute(attributes.indexLast, last);
    this.over('caught up', at);
  }

  over(outcome: string, at: number): void {
    if (this.open === undefined) return;
    this.open.span.setAttribute(attributes.outcome, outcome);
    this.spans.end(this.open.span, at);
    this.open = undefined;
  }

  private begin(first: number, source: string, before: SpanContext | undefined, at: number): void {
    if (!this.perSecond.take(at)) return;
    const span = this.spans.start(this.name, at, {
      links: before === undefined ? [] : [linkTo('before', before)],
      attributes: { ...this.common, [attributes.indexFirst]: first, [attributes.source]: source },
    });
    if (span.isRecording()) this.open = { span, source };
  }

  private asks(source: string, at: number): void {
    if (this.open === undefined || this.open.source === source) return;
    this.open.source = source;
    this.open.span.setAttribute(attributes.source, source);
    this.spans.event(this.open.span, spanEvents.source, at, { [attributes.source]: source });
  }
}

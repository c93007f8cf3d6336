import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes, Link, Span, SpanContext, SpanKind, Tracer } from '@opentelemetry/api';
import { attributes } from './names.js';
import type { LinkKind } from './names.js';

export interface SpanOptions {
  readonly kind?: SpanKind;
  readonly parent?: SpanContext | undefined;
  readonly attributes?: Attributes;
  readonly links?: readonly Link[];
}

export function linkTo(kind: LinkKind, context: SpanContext): Link {
  return { context, attributes: { [attributes.link]: kind } };
}

/**
 * Makes spans with times of the host's monotonic clock, which is the one that stamps inputs. The offset to the wall clock
 * is measured anew now and then, because wall clocks are set and monotonic ones drift.
 */
export class SpanMaker {
  private offset = 0;

  constructor(
    private readonly tracer: Tracer,
    private readonly now: () => number,
    private readonly wallClock: () => number = preciseWallClock,
  ) {
    this.measureOffset();
  }

  /** Add this to a monotonic time to get milliseconds since the epoch. */
  get epoch(): number {
    return this.offset;
  }

  measureOffset(): void {
    const measured = this.wallClock() - this.now();
    if (Math.abs(measured - this.offset) > 0.5) this.offset = measured;
  }

  time(at: number): number {
    return at + this.offset;
  }

  start(name: string, at: number, options: SpanOptions = {}): Span {
    const { kind, parent, attributes: values, links = [] } = options;
    const context = parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent);
    return this.tracer.startSpan(
      name,
      {
        startTime: this.time(at),
        links: [...links],
        ...(kind !== undefined && { kind }),
        ...(values !== undefined && { attributes: values }),
      },
      context,
    );
  }

  /** A span whose times are both known. */
  record(name: string, startAt: number, endAt: number, options: SpanOptions): Span {
    const span = this.start(name, startAt, options);
    this.end(span, Math.max(startAt, endAt));
    return span;
  }

  event(span: Span, name: string, at: number, attributes: Attributes = {}): void {
    span.addEvent(name, attributes, this.time(at));
  }

  fail(span: Span, sentence: string): void {
    span.setStatus({ code: SpanStatusCode.ERROR, message: sentence });
  }

  end(span: Span, at: number): void {
    span.end(this.time(at));
  }
}

/** `Date.now` has whole milliseconds, in which a round begins and ends; but it follows a clock that is set. */
export function preciseWallClock(): number {
  const coarse = Date.now();
  const precise = performance.timeOrigin + performance.now();
  return Math.abs(coarse - precise) > 5 ? coarse : precise;
}

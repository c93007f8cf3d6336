import { SpanKind } from '@opentelemetry/api';
import type { Attributes, Link, Span, SpanContext } from '@opentelemetry/api';
import type { RoundFact } from '@synod/actor';
import type { TraceContext } from '@synod/actor-host';
import { toTraceContext } from './context.js';
import { attributes, spanEvents, spanNames, subjectTemplate } from './names.js';
import type { EraAttribute } from './names.js';
import { markPreempted, rivalAttributes } from './rivals.js';
import type { Rival } from './rivals.js';
import { TokenBucket, samplingRates } from './sampling.js';
import { linkTo } from './span-maker.js';
import type { SpanMaker } from './span-maker.js';
import { messaging } from './traced-round.js';

type Fact<P extends RoundFact['part']> = Extract<RoundFact, { part: P }>;

const endsWithinMs = 10_000;
const elected = 'elected';

interface Wish {
  readonly cause: string;
  readonly links: readonly Link[];
  readonly since: number;
  readonly phase: string;
}

/** The candidate's side: one trace per election, from the first question to the outcome. */
export class ElectionSpans {
  /** The last one, if it came to nothing or its leadership is over, as long as nobody is known to lead. */
  private lost: SpanContext | undefined;
  private election: { readonly span: Span; readonly since: number; phase: string; ballot: number } | undefined;
  /** One that only asked whether it would be supported, of which there were too many: it is begun when it goes on to raise its era. */
  private asked: Wish | undefined;
  private won: SpanContext | undefined;
  /** The election that the present leadership comes from. */
  private led: SpanContext | undefined;
  private readonly raising = new TokenBucket(samplingRates.elections);
  private readonly canvassing = new TokenBucket(samplingRates.canvasses, samplingRates.canvassesAtOnce);

  constructor(
    private readonly spans: SpanMaker,
    private readonly name: string,
    private readonly common: Attributes,
    private readonly era: EraAttribute,
  ) {}

  /** Of the one that is going on, or that the present leadership comes from. */
  get context(): SpanContext | undefined {
    return this.election?.span.spanContext() ?? this.led;
  }

  /** `request` waited in vain; `before` is the last traced round that this replica took part in. */
  campaigned(
    { era, phase, raises, why }: Fact<'campaigned'>,
    { request, before }: { readonly request: SpanContext | undefined; readonly before: SpanContext | undefined },
    at: number,
  ): void {
    this.won = this.led = undefined;
    const current = this.election ?? this.asked;
    if (current === undefined || current.phase === phase || !raises) {
      this.end('no majority in time', at);
      const known = [request, this.lost].filter((context) => context !== undefined);
      const causes = known.map((context) => linkTo('cause', context));
      const links = causes.length > 0 || before === undefined ? causes : [linkTo('before', before)];
      this.begin({ cause: why, links, since: at, phase }, raises, at);
    } else if (this.asked !== undefined) this.begin(this.asked, raises, at);
    if (this.election === undefined) return;
    this.election.phase = phase;
    this.election.span.setAttribute(this.era.key, this.era.value(era));
    this.spans.event(this.election.span, spanEvents.phase, at, { [attributes.phase]: phase });
  }

  asking({ phase }: Fact<'candidacy'>, kind: string, at: number): TraceContext | undefined {
    if (this.election === undefined) return undefined;
    const template = subjectTemplate(kind);
    const published = this.spans.record(spanNames.publish(template), at, at, {
      kind: SpanKind.PRODUCER,
      parent: this.election.span.spanContext(),
      attributes: { ...messaging('send', 'publish', template), [attributes.phase]: phase },
    });
    return toTraceContext(published.spanContext());
  }

  persisting(token: number): void {
    if (this.election !== undefined) this.election.ballot = token;
  }

  durable(token: number, startedAt: number, endedAt: number): void {
    const { election } = this;
    if (election === undefined || election.ballot === 0 || election.ballot > token) return;
    election.ballot = 0;
    this.spans.record(spanNames.sync, startedAt, endedAt, { parent: election.span.spanContext() });
  }

  supported({ by, granted, phase }: Fact<'supported'>, at: number): void {
    if (this.election === undefined) return;
    const vote = { [attributes.peer]: by, [attributes.granted]: granted, [attributes.phase]: phase };
    this.spans.event(this.election.span, spanEvents.vote, at, vote);
  }

  elected({ completedBy }: Fact<'elected'>, at: number): void {
    this.won = this.led = this.election?.span.spanContext();
    this.lost = undefined;
    this.election?.span.setAttribute(attributes.completedBy, completedBy);
    this.end(elected, at);
  }

  /** `why` is the protocol's reason for following whoever leads, if anybody does. */
  over(why: string, leads: boolean, at: number, rival?: Rival): void {
    if (rival !== undefined) this.preempted(rival, at);
    if (this.led !== undefined) this.lost = this.led;
    this.won = this.led = undefined;
    this.end(why, at);
    if (leads) this.lost = undefined;
  }

  /** Somebody else stands while we do, or when we have won; who preempts whom is yet to be seen. */
  duels(name: string, era: number, context: SpanContext, at: number): void {
    if (this.isOurs(context)) return;
    const span = this.election?.span ?? this.moment(spanNames.rival, at);
    if (span === undefined) return;
    this.spans.event(span, spanEvents.rival, at, rivalAttributes({ name, era }, this.era));
    span.addLink(linkTo('rival', context));
    if (this.election === undefined) this.spans.end(span, at);
  }

  /** In the trace of our own election. */
  isOurs({ traceId }: SpanContext): boolean {
    return traceId === this.context?.traceId;
  }

  /** The election that brought this leadership, for the round without requests that begins it; given once. */
  takeCause(): SpanContext | undefined {
    const cause = this.won;
    this.won = undefined;
    return cause;
  }

  sweep(at: number): void {
    if (this.election !== undefined && at - this.election.since > endsWithinMs) this.end('no majority in time', at);
  }

  private begin(wish: Wish, raises: boolean, at: number): void {
    this.asked = undefined;
    if (!(raises ? this.raising : this.canvassing).take(at)) {
      if (!raises) this.asked = wish;
      return;
    }
    const { cause, links, since } = wish;
    const span = this.spans.start(this.name, since, {
      links,
      attributes: { ...this.common, [attributes.role]: 'candidate', [attributes.cause]: cause },
    });
    if (span.isRecording()) this.election = { span, since, phase: '', ballot: 0 };
  }

  private preempted(rival: Rival, at: number): void {
    const span = this.election?.span ?? this.moment(spanNames.preempted, at);
    if (span === undefined) return;
    markPreempted(span, rival, this.era);
    if (this.election === undefined) this.spans.end(span, at);
  }

  /** The span of an election that was won is over; what happens to that leadership is below it. */
  private moment(name: string, at: number): Span | undefined {
    return this.led && this.spans.start(name, at, { parent: this.led, attributes: this.common });
  }

  private end(outcome: string, at: number): void {
    this.asked = undefined;
    if (this.election === undefined) return;
    this.election.span.setAttribute(attributes.outcome, outcome);
    this.spans.end(this.election.span, at);
    if (outcome !== elected) this.lost = this.election.span.spanContext();
    this.election = undefined;
  }
}

import { SpanKind } from '@opentelemetry/api';
import type { Attributes, Span } from '@opentelemetry/api';
import type { RoundFact } from '@synod/actor';
import type { TraceContext } from '@synod/actor-host';
import { toTraceContext } from './context.js';
import { attributes, spanEvents, spanNames, subjectTemplate } from './names.js';
import type { EraAttribute } from './names.js';
import { linkTo } from './span-maker.js';
import type { SpanMaker } from './span-maker.js';
import { messaging } from './traced-round.js';
import type { SampledRequest } from './traced-round.js';

type Fact<P extends RoundFact['part']> = Extract<RoundFact, { part: P }>;

/** Whoever joins an instance that nobody wanted traced opens it for the traces. */
type Opening = Fact<'instanceOpened'> | Fact<'instanceJoined'>;

interface Traced {
  readonly root: Span;
  readonly since: number;
  phase: Span;
  /** Of requests that share it: each in its own client's trace, with a link to the instance. */
  readonly shared: Span[];
}

const tracedMax = 256;
/** LIMIT: requests of one instance that have spans of their own. */
const sharedMax = 64;
const endsWithinMs = 10_000;

/**
 * Instances outside the log, as their proposer sees them: one span for all that it takes until the value is known, below it one
 * for each phase of each attempt. Only for clients that want it traced. The instance's name is a client's and stays out of spans.
 */
export class InstanceSpans {
  private readonly traced = new Map<string, Traced>();
  private readonly wanting = new WeakMap<object, SampledRequest>();

  constructor(
    private readonly spans: SpanMaker,
    private readonly name: string,
    private readonly common: Attributes,
    private readonly era: EraAttribute,
  ) {}

  /** Also for another attempt, which goes into the same trace. */
  opened(fact: Opening, requests: readonly (SampledRequest | undefined)[], at: number): void {
    const known = this.traced.get(fact.instance);
    if (known !== undefined) {
      this.spans.end(known.phase, at);
      known.phase = this.begin(known.root, fact, at);
      return;
    }
    const [parent, ...others] = requests.filter((request) => request !== undefined);
    if (parent === undefined || this.traced.size >= tracedMax) return;
    const root = this.spans.start(this.name, parent.at, {
      parent: parent.context,
      attributes: { ...this.common, [attributes.role]: 'proposer', [attributes.batchSize]: requests.length },
    });
    if (!root.isRecording()) return;
    const traced: Traced = { root, since: at, phase: this.begin(root, fact, at), shared: [] };
    this.traced.set(fact.instance, traced);
    for (const other of others) this.share(traced, other);
  }

  /** Into the trace of whoever came first; if that one wants none, what is left of the instance is in this one's. */
  joined(fact: Fact<'instanceJoined'>, sampled: (request: object) => SampledRequest | undefined, at: number): void {
    const traced = this.traced.get(fact.instance);
    if (traced === undefined && fact.era === 0) return; // the next attempt names it among its requests
    const request = sampled(fact.request);
    if (request === undefined) return;
    if (traced === undefined) this.opened(fact, [request], at);
    else {
      this.share(traced, request);
      this.remember(fact.request, request);
    }
  }

  /** One whose instance came to nothing may open the next one. */
  remember(request: object, sampled: SampledRequest): SampledRequest {
    this.wanting.set(request, sampled);
    return sampled;
  }

  remembered(request: object): SampledRequest | undefined {
    return this.wanting.get(request);
  }

  advanced(fact: Fact<'instancePhase'>, at: number): void {
    const traced = this.traced.get(fact.instance);
    if (traced === undefined) return;
    traced.phase.setAttribute(attributes.completedBy, fact.completedBy);
    this.spans.end(traced.phase, at);
    traced.phase = this.begin(traced.root, fact, at);
  }

  counted({ instance, phase, by }: Fact<'instanceCounted'>, at: number): void {
    const traced = this.traced.get(instance);
    if (traced === undefined) return;
    this.spans.event(traced.phase, spanEvents.vote, at, { [attributes.peer]: by, [attributes.phase]: phase });
  }

  preempted({ instance, by }: Fact<'instancePreempted'>, at: number): void {
    const traced = this.traced.get(instance);
    if (traced === undefined) return;
    this.spans.event(traced.phase, spanEvents.preempted, at, { [this.era.key]: this.era.value(by) });
  }

  decided({ instance, completedBy }: Fact<'instanceDecided'>, at: number): void {
    const traced = this.traced.get(instance);
    if (traced === undefined) return;
    traced.phase.setAttribute(attributes.completedBy, completedBy);
    traced.root.setAttribute(attributes.completedBy, completedBy);
    this.spans.event(traced.root, spanEvents.quorum, at, { [attributes.completedBy]: completedBy });
    this.end(instance, traced, 'decided', at);
  }

  ended({ instance, why }: Fact<'instanceEnded'>, at: number): void {
    const traced = this.traced.get(instance);
    if (traced !== undefined) this.end(instance, traced, why, at);
  }

  /** A phase's question leaves; what is returned goes into its headers. */
  asking({ instance, phase }: Fact<'instanceQuestion'>, kind: string, at: number): TraceContext | undefined {
    const traced = this.traced.get(instance);
    if (traced === undefined) return undefined;
    const template = subjectTemplate(kind);
    const published = this.spans.record(spanNames.publish(template), at, at, {
      kind: SpanKind.PRODUCER,
      parent: traced.phase.spanContext(),
      attributes: { ...messaging('send', 'publish', template), [attributes.phase]: phase },
    });
    return toTraceContext(published.spanContext());
  }

  sweep(at: number): void {
    for (const [instance, traced] of this.traced) {
      if (at - traced.since > endsWithinMs) this.end(instance, traced, spanEvents.timeout, at);
    }
  }

  over(why: string, at: number): void {
    for (const [instance, traced] of this.traced) this.end(instance, traced, why, at);
  }

  private share({ root, shared }: Traced, { context, at }: SampledRequest): void {
    if (shared.length >= sharedMax) return;
    root.addLink(linkTo('request', context));
    const links = [linkTo('round', root.spanContext())];
    shared.push(this.spans.start(spanNames.consensus, at, { parent: context, links }));
  }

  private begin(root: Span, { era, phase }: Opening | Fact<'instancePhase'>, at: number): Span {
    return this.spans.start(spanNames.phase(phase), at, {
      parent: root.spanContext(),
      attributes: { [attributes.phase]: phase, ...(era > 0 && { [this.era.key]: this.era.value(era) }) },
    });
  }

  private end(instance: string, traced: Traced, outcome: string, at: number): void {
    this.spans.end(traced.phase, at);
    for (const span of [...traced.shared, traced.root]) {
      span.setAttribute(attributes.outcome, outcome);
      this.spans.end(span, at);
    }
    this.traced.delete(instance);
  }
}

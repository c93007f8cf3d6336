import { SpanKind } from '@opentelemetry/api';
import type { Attributes, Span, SpanContext } from '@opentelemetry/api';
import type { RoundFact } from '@synod/actor';
import type { TraceContext } from '@synod/actor-host';
import { toTraceContext } from './context.js';
import { attributes, spanEvents, spanNames, subjectTemplate } from './names.js';
import type { EraAttribute } from './names.js';
import type { ReplicaIdentity } from './replica-identity.js';
import { TokenBucket, samplingRates } from './sampling.js';
import type { SpanMaker } from './span-maker.js';
import { messaging } from './traced-round.js';

type Fact<P extends RoundFact['part']> = Extract<RoundFact, { part: P }>;

/** A peer's traced message that this replica handles: entries or a candidacy. */
interface Handled {
  readonly span: Span;
  readonly from: string;
  readonly fact: Fact<'proposal'> | Fact<'candidacy'> | Fact<'instanceQuestion'>;
  readonly since: number;
  /** The persist that it rests on, once there is one. */
  token: number;
  synced: boolean;
  /** Where it lasts until the outcome: when that was executed here. */
  appliedAt: number;
  /** Our answer left before our own disk had it: others' votes were enough. */
  replied: boolean;
}

const handledMax = 256;
const answeredWithinMs = 5000;
/** Where a batch has nobody who waits for an answer. */
const repliedWithinMs = 250;

/**
 * The spans on the side of a follower or voter: one for the handling of each traced message, from when it is taken from the
 * mailbox until its answer leaves, with our disk's sync and the answer's publish below it.
 */
export class PeerSpans {
  private handled: Handled[] = [];
  private readonly perSecond = new TokenBucket(samplingRates.peerMessages);

  constructor(
    private readonly spans: SpanMaker,
    private readonly common: Attributes,
    private readonly era: EraAttribute,
    private readonly identity: Pick<ReplicaIdentity, 'self' | 'votes'>,
  ) {}

  get isIdle(): boolean {
    return this.handled.length === 0;
  }

  received(from: string, fact: Handled['fact'], kind: string, parent: SpanContext, at: number): void {
    if (!this.isMeant(fact)) return;
    if (this.handled.length >= handledMax || !this.perSecond.take(at)) return;
    const template = subjectTemplate(kind);
    const span = this.spans.start(spanNames.process(template), at, {
      kind: SpanKind.CONSUMER,
      parent,
      attributes: {
        ...this.common,
        ...messaging('process', 'process', template),
        [attributes.role]: fact.part === 'proposal' ? 'follower' : 'voter',
        // An instance that is only asked for is in none.
        ...((fact.part !== 'instanceQuestion' || fact.era > 0) && { [this.era.key]: this.era.value(fact.era) }),
        ...(fact.part === 'proposal'
          ? { [attributes.indexFirst]: fact.first, [attributes.indexLast]: fact.last }
          : { [attributes.phase]: fact.phase }),
      },
    });
    if (span.isRecording()) this.keep({ span, from, fact, since: at });
  }

  private keep(begun: Pick<Handled, 'span' | 'from' | 'fact' | 'since'>): void {
    this.handled.push({ ...begun, token: 0, synced: false, appliedAt: 0, replied: false });
  }

  private isMeant(fact: Handled['fact']): boolean {
    if (fact.part !== 'proposal') return this.identity.votes;
    return fact.followers === 'voters' ? this.identity.votes : fact.followers.includes(this.identity.self);
  }

  persisting(fact: Fact<'stored'> | Fact<'ballot'>, token: number): void {
    for (const handled of this.handled) {
      if (handled.token === 0 && concerns(handled.fact, fact)) handled.token = token;
    }
  }

  durable(token: number, startedAt: number, endedAt: number): void {
    for (const handled of this.handled) {
      if (handled.synced || handled.token === 0 || handled.token > token) continue;
      handled.synced = true;
      this.spans.record(spanNames.sync, startedAt, endedAt, { parent: handled.span.spanContext() });
    }
    this.handled = this.handled.filter(({ span, synced, replied }) => {
      if (!replied || !synced) return true;
      this.spans.end(span, endedAt);
      return false;
    });
  }

  /** An answer leaves; what is returned goes into its headers. */
  answering(
    to: string,
    fact: Fact<'acknowledgement'> | Fact<'vote'> | Fact<'instanceAnswer'>,
    kind: string,
    at: number,
  ): TraceContext | undefined {
    let context: TraceContext | undefined;
    if (fact.part === 'acknowledgement' && fact.phase !== undefined) this.votes(fact, at);
    this.handled = this.handled.filter((handled) => {
      if (handled.from !== to || isCollective(handled.fact) || !answers(fact, handled)) return true;
      const template = subjectTemplate(kind);
      const published = this.spans.record(spanNames.publish(template), at, at, {
        kind: SpanKind.PRODUCER,
        parent: handled.span.spanContext(),
        attributes: messaging('send', 'publish', template),
      });
      if (fact.part !== 'acknowledgement') handled.span.setAttribute(attributes.granted, fact.granted);
      this.spans.end(handled.span, at);
      context ??= toTraceContext(published.spanContext());
      return false;
    });
    return context;
  }

  /** A vote of ours goes to everybody: an event of our part in the round. */
  private votes({ era, last, phase = '' }: Fact<'acknowledgement'>, at: number): void {
    for (const { span, fact } of this.handled) {
      if (isPartOf(fact, era, last)) this.spans.event(span, spanEvents.phase, at, { [attributes.phase]: phase });
    }
  }

  /** A quorum has voted, as far as this replica knows. */
  advanced({ part, era, last, completedBy }: Fact<'prepared'> | Fact<'decided'>, at: number): void {
    for (const { span, fact } of this.handled) {
      if (!isPartOf(fact, era, last)) continue;
      this.spans.event(span, spanEvents.quorum, at, {
        [attributes.phase]: part,
        [attributes.completedBy]: completedBy,
      });
      if (part === 'decided') span.setAttribute(attributes.completedBy, completedBy);
    }
  }

  applied({ last }: Fact<'applied'>, at: number): void {
    for (const handled of this.handled) {
      const { fact, span } = handled;
      if (fact.part !== 'proposal' || fact.collective === undefined || fact.last > last || handled.appliedAt > 0)
        continue;
      handled.appliedAt = at;
      this.spans.event(span, spanEvents.applied, at);
    }
  }

  /** Our answer to the client leaves: our part in the round is over when our disk has it, too. */
  replied({ last }: Fact<'reply'>, at: number): void {
    this.handled = this.handled.filter((handled) => {
      const { span, fact, appliedAt, replied } = handled;
      if (appliedAt === 0 || replied || fact.part !== 'proposal') return true;
      if (last < fact.first || last > fact.last) return true;
      this.spans.record(spanNames.reply, at, at, { parent: span.spanContext() });
      handled.replied = true;
      if (isWriting(handled)) return true;
      this.spans.end(span, at);
      return false;
    });
  }

  /** Another era has begun: what everybody had to come to by itself it has come to, or will not. */
  over(era: number, why: string, at: number): void {
    this.handled = this.handled.filter(({ span, fact }) => {
      if (!isCollective(fact) || (fact.part === 'candidacy' ? fact.era > era : fact.era >= era)) return true;
      span.setAttribute(attributes.outcome, why);
      this.spans.end(span, at);
      return false;
    });
  }

  sweep(at: number, withinMs = answeredWithinMs): void {
    this.handled = this.handled.filter((handled) => {
      const { span, since, appliedAt } = handled;
      if (appliedAt > 0 && !isWriting(handled) && at - appliedAt >= Math.min(withinMs, repliedWithinMs)) {
        this.spans.end(span, appliedAt);
        return false;
      }
      if (at - since < withinMs) return true;
      this.spans.event(span, spanEvents.timeout, at);
      this.spans.end(span, at);
      return false;
    });
  }
}

function isWriting({ token, synced }: Handled): boolean {
  return token > 0 && !synced;
}

function isCollective(fact: Handled['fact']): boolean {
  return fact.part !== 'instanceQuestion' && fact.collective === true;
}

/** Of a round in which everybody votes to everybody. */
function isPartOf(fact: Handled['fact'], era: number, position: number): boolean {
  if (fact.part !== 'proposal' || fact.collective === undefined || fact.era !== era) return false;
  return fact.first <= position && position <= fact.last;
}

function concerns(message: Handled['fact'], record: Fact<'stored'> | Fact<'ballot'>): boolean {
  if (message.part !== 'proposal') return record.part === 'ballot' && record.era >= message.era;
  return record.part === 'stored' && record.first <= message.last && message.first <= record.last;
}

function answers(
  answer: Fact<'acknowledgement'> | Fact<'vote'> | Fact<'instanceAnswer'>,
  { fact: message, token }: Handled,
): boolean {
  if (answer.part === 'instanceAnswer') {
    if (message.part !== 'instanceQuestion' || message.instance !== answer.instance) return false;
    return message.era === answer.era && (answer.phase ?? message.phase) === message.phase;
  }
  if (answer.part === 'vote' && answer.phase === undefined) return isRefused(message, answer.era, token);
  if (answer.part === 'vote') return message.part === 'candidacy' && message.phase === answer.phase;
  if (message.part !== 'proposal') return false;
  return answer.accepted ? answer.last >= message.last : answer.last === message.first - 1;
}

/** Not what was stored before: that is accepted, and its answer leaves when the disk has it. */
function isRefused(message: Handled['fact'], era: number, token: number): boolean {
  return message.part !== 'instanceQuestion' && message.era === era && (message.part === 'candidacy' || token === 0);
}

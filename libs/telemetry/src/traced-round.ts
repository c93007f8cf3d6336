import { SpanKind } from '@opentelemetry/api';
import type { Attributes, Span, SpanContext } from '@opentelemetry/api';
import type { TraceContext } from '@synod/actor-host';
import { toTraceContext } from './context.js';
import { attributes, spanEvents, spanNames, subjectTemplate } from './names.js';
import type { EraAttribute } from './names.js';
import { markPreempted } from './rivals.js';
import type { Rival } from './rivals.js';
import type { RoundRing } from './round-ring.js';
import { slowestStage, stageTimes } from './round-summary.js';
import { linkTo } from './span-maker.js';
import type { SpanMaker } from './span-maker.js';

/** A client's request whose sender wants it traced. */
export interface SampledRequest {
  readonly context: SpanContext;
  /** When it was taken from the mailbox. */
  readonly at: number;
}

export interface RoundOrigin {
  /** What the round is a child of: the first sampled request. Without one it starts its own trace. */
  readonly parent: SampledRequest | undefined;
  /** The further sampled requests. */
  readonly others: readonly SampledRequest[];
  /** What it follows from, for a round without requests. */
  readonly cause: SpanContext | undefined;
  /** Not sampled: made from recorded times. */
  readonly afterwards: boolean;
}

/** What all rounds of this replica share. */
export interface RoundSpans {
  readonly spans: SpanMaker;
  readonly name: string;
  readonly attributes: Attributes;
  readonly era: EraAttribute;
  readonly members: readonly string[];
  /** Our own place among the members; -1 when we are none of those who acknowledge. */
  readonly self: number;
  /** See `RoundVocabulary`. */
  readonly ignoresSurplus: boolean;
}

/**
 * The leader-side spans of one round. The root, what is published and the clients' spans begin as things happen, because
 * their ids travel; all others are made when their end is known. Holds its own times: a laggard outlives the ring's slot.
 */
export class TracedRound {
  readonly context: SpanContext;
  /** For telling which sync covers it; 0 until it is persisted. */
  token = 0;
  /** When it was answered or failed; 0 before. */
  endedAt = 0;
  private readonly root: Span;
  private readonly consensus: readonly Span[];
  private published: Span | undefined;
  private publishedAt = 0;
  /** Bits of members whose acknowledgement or sync is awaited, and of those it was sent to. */
  private awaited: number;
  private sentTo = 0;
  private readonly answers = new Map<number, SpanContext>();

  constructor(
    private readonly shared: RoundSpans,
    readonly era: number,
    readonly first: number,
    readonly last: number,
    requests: number,
    private readonly openedAt: number,
    /** Bits of those who vote. */
    voters: number,
    origin: RoundOrigin,
  ) {
    const { spans } = shared;
    this.awaited = voters;
    const { parent, others, cause, afterwards } = origin;
    this.root = spans.start(shared.name, openedAt, {
      parent: parent?.context,
      links: [...others.map(({ context }) => linkTo('request', context)), ...(cause ? [linkTo('cause', cause)] : [])],
      attributes: {
        ...shared.attributes,
        [attributes.role]: 'leader',
        [shared.era.key]: shared.era.value(era),
        [attributes.indexFirst]: first,
        [attributes.indexLast]: last,
        [attributes.batchSize]: requests,
        ...(afterwards && { [attributes.afterwards]: true }),
      },
    });
    this.context = this.root.spanContext();
    const links = [linkTo('round', this.context)];
    this.consensus = this.isRecording
      ? others.map(({ context, at }) => spans.start(spanNames.consensus, at, { parent: context, links }))
      : [];
  }

  /** False when the configured sampler does not want it. */
  get isRecording(): boolean {
    return this.root.isRecording();
  }

  get isClosed(): boolean {
    return this.endedAt > 0 && this.awaited === 0;
  }

  /** Entries of this round, and of no other, leave for these members. Only what leaves in time carries context. */
  publish(kind: string, receivers: number, at: number): TraceContext | undefined {
    const again = (receivers & this.sentTo) !== 0;
    this.sentTo |= receivers;
    if (again || this.endedAt > 0) {
      if (this.endedAt === 0) this.shared.spans.event(this.root, spanEvents.retransmission, at);
      return undefined;
    }
    this.published ??= this.recordPublish(kind, at);
    return toTraceContext(this.published.spanContext());
  }

  /** Entries of this round leave again, or among others for somebody who catches up. */
  retransmitted(at: number): void {
    if (this.endedAt === 0) this.shared.spans.event(this.root, spanEvents.retransmission, at);
  }

  /** What a peer's answer was sent from, for a link. */
  answeredFrom(member: number, context: SpanContext): void {
    if (this.awaits(member)) this.answers.set(member, context);
  }

  /** A peer's acknowledgement counts. */
  acknowledged(member: number, at: number): void {
    if (member === this.shared.self || !this.awaits(member)) return;
    this.awaited &= ~(1 << member);
    this.recordAwait(member, at, {});
  }

  /** Our own disk has it. */
  synced(startedAt: number, endedAt: number): void {
    if (this.shared.self < 0 || !this.awaits(this.shared.self)) return;
    this.awaited &= ~(1 << this.shared.self);
    this.shared.spans.record(spanNames.sync, startedAt, endedAt, { parent: this.context });
  }

  /** A vote of an earlier phase counts. */
  voted(member: string, phase: string, at: number): void {
    const vote = { [attributes.peer]: member, [attributes.phase]: phase };
    if (this.endedAt === 0) this.shared.spans.event(this.root, spanEvents.vote, at, vote);
  }

  /** A quorum has what was proposed, and has to say so. */
  prepared(completedBy: string, at: number): void {
    const quorum = { [attributes.completedBy]: completedBy, [attributes.phase]: 'prepared' };
    this.shared.spans.event(this.root, spanEvents.quorum, at, quorum);
  }

  decided(completedBy: string, at: number): void {
    this.root.setAttribute(attributes.completedBy, completedBy);
    this.shared.spans.event(this.root, spanEvents.quorum, at, { [attributes.completedBy]: completedBy });
  }

  /** Answered: the rest of the way is known. Acknowledgements may still come. */
  finish(ring: RoundRing, slot: number): void {
    const { spans } = this.shared;
    const parent = this.context;
    const decidedAt = ring.decidedAt[slot]!;
    const firstReplyAt = ring.firstReplyAt[slot]!;
    const endedAt = ring.endedAt[slot]!;
    spans.record(spanNames.apply, decidedAt, firstReplyAt || ring.appliedAt[slot]!, { parent });
    if (firstReplyAt > 0) spans.record(spanNames.reply, firstReplyAt, ring.lastReplyAt[slot]!, { parent });
    const slowest = slowestStage(stageTimes(ring, slot), ring.completedBy[slot] === this.shared.self);
    if (slowest !== undefined) this.root.setAttribute(attributes.slowestStage, slowest);
    this.end(endedAt, 'decided');
    if (this.shared.ignoresSurplus) this.waitNoLonger(endedAt, 'surplus');
  }

  fail(why: string, at: number, rival?: Rival): void {
    const { spans, era } = this.shared;
    if (rival !== undefined) markPreempted(this.root, rival, era);
    for (const span of [this.root, ...this.consensus]) {
      spans.fail(span, `${why}: whether the round was decided is not known here`);
    }
    this.end(at, why);
    this.giveUp(at);
  }

  giveUp(at: number): void {
    this.waitNoLonger(at, spanEvents.timeout);
    this.awaited = 0;
  }

  /** For those who have not answered; our own disk is not among them. */
  private waitNoLonger(at: number, outcome: string): void {
    this.shared.members.forEach((_, member) => {
      if (!this.awaits(member) || member === this.shared.self) return;
      this.awaited &= ~(1 << member);
      this.recordAwait(member, at, { [attributes.outcome]: outcome });
    });
  }

  /** From recorded times, for a round that was not sampled. */
  replay(ring: RoundRing, slot: number, kind: string): void {
    if (ring.publishedAt[slot]! > 0) this.published = this.recordPublish(kind, ring.publishedAt[slot]!);
    if (ring.syncEndedAt[slot]! > 0) this.synced(ring.syncStartedAt[slot]!, ring.syncEndedAt[slot]!);
    this.shared.members.forEach((_, member) => {
      const at = ring.acknowledgementOf(slot, member);
      if (at > 0) this.acknowledged(member, at);
    });
    const completedBy = this.shared.members[ring.completedBy[slot]!];
    if (completedBy !== undefined) this.decided(completedBy, ring.decidedAt[slot]!);
  }

  private awaits(member: number): boolean {
    return (this.awaited & (1 << member)) !== 0;
  }

  private end(at: number, outcome: string): void {
    this.endedAt = at;
    this.root.setAttribute(attributes.outcome, outcome);
    for (const span of this.consensus) this.shared.spans.end(span, at);
    this.shared.spans.end(this.root, at);
  }

  private recordPublish(kind: string, at: number): Span {
    this.publishedAt = at;
    const template = subjectTemplate(kind);
    return this.shared.spans.record(spanNames.publish(template), this.openedAt, at, {
      kind: SpanKind.PRODUCER,
      parent: this.context,
      attributes: messaging('send', 'publish', template),
    });
  }

  private recordAwait(member: number, at: number, extra: Attributes): void {
    const answer = this.answers.get(member);
    const peer = this.shared.members[member]!;
    const from = this.publishedAt || this.openedAt;
    const span = this.shared.spans.start(spanNames.await(peer), from, {
      parent: this.context,
      attributes: { [attributes.peer]: peer, ...extra },
      links: answer ? [linkTo('answer', answer)] : [],
    });
    if (extra[attributes.outcome] === spanEvents.timeout) {
      this.shared.spans.fail(span, `${peer} had not acknowledged ${Math.round(at - from)} ms after the publish`);
    }
    this.shared.spans.end(span, Math.max(from, at));
  }
}

/** Attributes of OpenTelemetry's messaging conventions. */
export function messaging(type: 'send' | 'process', name: 'publish' | 'process', template: string): Attributes {
  return {
    [attributes.messagingSystem]: 'nats',
    [attributes.operationType]: type,
    [attributes.operationName]: name,
    [attributes.destinationTemplate]: template,
  };
}

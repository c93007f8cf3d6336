import type { SpanContext, Tracer } from '@opentelemetry/api';
import type { Address, RoundFact, RoundVocabulary, Token, Vocabulary } from '@synod/actor';
import type { Observer, TraceContext } from '@synod/actor-host';
import { toSpanContext, toTraceContext } from './context.js';
import { ElectionSpans } from './election-spans.js';
import { EventTraces } from './event-traces.js';
import { InstanceSpans } from './instance-spans.js';
import { LeaderRounds } from './leader-rounds.js';
import { attributes, eraAttribute, spanNames } from './names.js';
import { PeerSpans } from './peer-spans.js';
import type { ReplicaIdentity } from './replica-identity.js';
import type { ReplicaMetrics } from './replica-metrics.js';
import type { ReplicaView } from './replica-view.js';
import { Rivals } from './rivals.js';
import type { Rival } from './rivals.js';
import type { RoundRing } from './round-ring.js';
import { summarize } from './round-summary.js';
import type { RoundSummary } from './round-summary.js';
import { SpanMaker } from './span-maker.js';
import type { SampledRequest } from './traced-round.js';
import { TransferSpans } from './transfer-spans.js';

export interface RoundObserverParts<V extends Vocabulary> {
  readonly identity: ReplicaIdentity;
  readonly vocabulary: RoundVocabulary<V>;
  /** The subject's token(s) for a message, as the codec says. */
  readonly kindOf: (message: V['message']) => string;
  readonly tracer: Tracer;
  readonly metrics: ReplicaMetrics;
  readonly view: ReplicaView;
  readonly log: EventLog<V>;
  /** The host's monotonic clock. */
  readonly now: () => number;
  /** An unsampled round that takes this long emits its spans afterwards. Default 250. */
  readonly slowMs?: number;
}

/** What writes events and refusals down for people. */
export interface EventLog<V extends Vocabulary> {
  event(event: V['event'], context: SpanContext | undefined): void;
  rejected(from: Address, reason: string, at: number, count: number): void;
  /** Something inside telemetry went wrong; told at a bounded rate. */
  telemetryFailed(error: unknown, at: number): void;
  sweep(at: number): void;
  /** Whether rounds are written down one by one; nothing is gathered for them otherwise. */
  readonly tellsRounds: boolean;
  /** One that we led is over. */
  round(summary: RoundSummary): void;
  /** What others led was executed here. */
  applied(last: number, context: SpanContext | undefined): void;
}

type Fact<P extends RoundFact['part']> = Extract<RoundFact, { part: P }>;

const sweepEveryMs = 250;
/** A sampled request that was not proposed by then is not looked for any more. It may wait until a faulty leader is replaced. */
const forgetSampledMs = 60_000;

/**
 * Turns what the host shows into spans, metrics and log lines, for any protocol. Costs a few number writes when nothing is
 * sampled. An error in here is counted and goes no further: telemetry never stops a replica.
 */
export class RoundObserver<V extends Vocabulary> implements Observer<V> {
  private readonly spans: SpanMaker;
  private readonly leader: LeaderRounds;
  private readonly peer: PeerSpans;
  private readonly election: ElectionSpans;
  private readonly instances: InstanceSpans;
  private readonly transfers: TransferSpans;
  private readonly traces: EventTraces;
  private readonly rivals = new Rivals();
  private readonly sampled = new WeakMap<object, SampledRequest>();
  /** Where each of them came from, as long as its message is anywhere. */
  private readonly origins = new WeakMap<object, SpanContext>();
  private sampledCount = 0;
  private sampledAt = 0;
  private lastRound: SpanContext | undefined;
  /** The traced proposal of another one that came last. */
  private proposed: { readonly last: number; readonly context: SpanContext } | undefined;
  private sweptAt = 0;

  constructor(private readonly parts: RoundObserverParts<V>) {
    const { identity, vocabulary, metrics } = parts;
    const { protocol, roundSpan, electionSpan } = vocabulary;
    const common = { [attributes.group]: identity.group, [attributes.protocol]: protocol };
    const era = eraAttribute(vocabulary);
    const self = identity.members.indexOf(identity.self);
    this.spans = new SpanMaker(parts.tracer, parts.now);
    const { spans } = this;
    const { members } = identity;
    const ignoresSurplus = vocabulary.ignoresSurplus === true;
    const shared = { spans, name: roundSpan, attributes: common, era, members, self, ignoresSurplus };
    this.instances = new InstanceSpans(this.spans, vocabulary.instanceSpan ?? `${protocol}.instance`, common, era);
    this.leader = new LeaderRounds(
      shared,
      metrics,
      parts.slowMs ?? 250,
      this.takeSampled,
      () => this.sampledCount > 0,
      this.ended,
    );
    this.peer = new PeerSpans(this.spans, common, era, identity);
    this.election = new ElectionSpans(this.spans, electionSpan, common, era);
    this.transfers = new TransferSpans(this.spans, spanNames.stateTransfer(protocol), common);
    this.traces = new EventTraces(this.election, this.transfers);
  }

  /** The rounds that this replica led last, the newest first. */
  lastRounds(count: number): readonly RoundSummary[] {
    return this.leader.last(count, this.parts.now());
  }

  received(from: Address, message: V['message'], context: TraceContext | undefined, at: number): void {
    this.sweepSometimes(at);
    if (context === undefined) return;
    try {
      this.receivedTraced(from, message, context, at);
    } catch (error) {
      this.failed(error, at);
    }
  }

  event(event: V['event'], at: number): void {
    try {
      const fact = this.parts.vocabulary.roundOf(event);
      this.traces.begin();
      if (fact !== undefined) {
        this.parts.view.follow(fact);
        this.follow(fact, at);
      }
      this.parts.log.event(event, this.traces.of(fact));
    } catch (error) {
      this.failed(error, at);
    }
  }

  persisting(token: Token, record: V['record'], at: number): void {
    try {
      const fact = this.parts.vocabulary.roundOf(record);
      if (fact?.part === 'stored') this.leader.stored(fact, token);
      if (fact?.part === 'ballot') this.election.persisting(token);
      if (!this.peer.isIdle && (fact?.part === 'stored' || fact?.part === 'ballot')) this.peer.persisting(fact, token);
    } catch (error) {
      this.failed(error, at);
    }
  }

  durable(token: Token, startedAt: number, endedAt: number): void {
    try {
      this.parts.metrics.sync.observe((endedAt - startedAt) / 1000);
      this.leader.durable(token, startedAt, endedAt);
      this.election.durable(token, startedAt, endedAt);
      if (!this.peer.isIdle) this.peer.durable(token, startedAt, endedAt);
    } catch (error) {
      this.failed(error, endedAt);
    }
  }

  sending(to: Address, message: V['message'], at: number): TraceContext | undefined {
    try {
      const fact = this.parts.vocabulary.roundOf(message);
      return fact && this.sendingPart(to, message, fact, at);
    } catch (error) {
      this.failed(error, at);
      return undefined;
    }
  }

  refused(from: Address, reason: string, count = 1): void {
    this.reject(from, reason, this.parts.now(), count);
  }

  /** Ends what is open, before the exporter is flushed for the last time. */
  close(): void {
    const at = this.parts.now();
    this.leader.over('stopped', at);
    this.election.over('stopped', false, at);
    this.transfers.over('stopped', at);
    this.instances.over('stopped', at);
    this.peer.sweep(at, 0);
  }

  private receivedTraced(from: Address, message: V['message'], context: TraceContext, at: number): void {
    const parent = toSpanContext(context);
    if (parent === undefined || (parent.traceFlags & 1) === 0) return;
    const fact = this.parts.vocabulary.roundOf(message);
    if (fact?.part === 'proposal' || fact?.part === 'candidacy' || fact?.part === 'instanceQuestion') {
      if (fact.part === 'proposal') {
        this.lastRound = parent;
        this.proposed = { last: fact.last, context: parent };
      }
      if (fact.part === 'candidacy') this.standing(from, fact, parent, at);
      this.peer.received(from, fact, this.parts.kindOf(message), parent, at);
    } else if (fact?.part === 'acknowledgement') this.leader.answered(from, fact, parent);
    else if (fact?.part === 'vote') this.voted(fact, parent);
    else if (fact === undefined) {
      this.sampled.set(message, { context: parent, at });
      this.origins.set(message, parent);
      // Should nothing come of it, it is what an election follows from.
      this.lastRound = parent;
      this.sampledCount++;
      this.sampledAt = at;
    }
  }

  /** Another one stands for leader. */
  private standing(from: Address, { era, duels }: Fact<'candidacy'>, context: SpanContext, at: number): void {
    this.rivals.heardOf(era, context);
    if (duels) this.election.duels(from, era, context, at);
  }

  /** A refusal comes with the context of what it prefers, if that is known where it comes from. */
  private voted({ promised }: Fact<'vote'>, context: SpanContext): void {
    if (promised !== undefined && !this.election.isOurs(context)) this.rivals.heardOf(promised, context);
  }

  private follow(fact: RoundFact, at: number): void {
    switch (fact.part) {
      case 'opened':
        return this.leader.opened(fact, this.election.takeCause(), at);
      case 'counted':
        return this.leader.counted(fact, at);
      case 'prepared':
        this.peer.advanced(fact, at);
        return this.leader.prepared(fact, at);
      case 'decided':
        this.peer.advanced(fact, at);
        return this.leader.decided(fact, at);
      case 'applied':
        this.peer.applied(fact, at);
        if (!this.leader.applied(fact, at)) this.followed(fact.last);
        return undefined;
      case 'rejected':
        return this.reject(fact.from, fact.reason, at);
      default:
        return this.followElection(fact, at);
    }
  }

  /** Of rounds that another one leads. */
  private followed(last: number): void {
    const { log } = this.parts;
    if (log.tellsRounds) log.applied(last, this.proposed?.last === last ? this.proposed.context : undefined);
  }

  private followTransfer(fact: RoundFact, at: number): void {
    switch (fact.part) {
      case 'fetching':
        return this.transfers.fetching(fact, this.lastRound, at);
      case 'fetchFailed':
        return this.transfers.failed(fact, at);
      case 'installed':
        return this.transfers.installed(fact, at);
      case 'fetched':
        return this.transfers.fetched(fact, at);
      default:
        return this.followInstance(fact, at);
    }
  }

  private followInstance(fact: RoundFact, at: number): void {
    switch (fact.part) {
      case 'instanceOpened':
        return this.instances.opened(fact, fact.requests.map(this.takeWanting), at);
      case 'instanceJoined':
        return this.instances.joined(fact, this.takeSampled, at);
      case 'instancePhase':
        return this.instances.advanced(fact, at);
      case 'instanceCounted':
        return this.instances.counted(fact, at);
      case 'instancePreempted':
        return this.instances.preempted(fact, at);
      case 'instanceDecided':
        return this.instances.decided(fact, at);
      case 'instanceEnded':
        return this.instances.ended(fact, at);
      default:
        return undefined;
    }
  }

  private followElection(fact: RoundFact, at: number): void {
    switch (fact.part) {
      case 'campaigned':
        if (fact.raises) this.parts.metrics.elections.value++;
        return this.election.campaigned(
          fact,
          { request: fact.request && this.origins.get(fact.request), before: this.lastRound },
          at,
        );
      case 'supported':
        return this.election.supported(fact, at);
      case 'elected':
        this.peer.over(fact.era, 'elected', at);
        this.election.elected(fact, at);
        this.transfers.over('elected', at);
        return this.leader.over('elected anew', at);
      case 'follows': {
        const rival: Rival | undefined = fact.rival && { ...fact.rival, context: this.rivals.of(fact.rival.era) };
        this.peer.over(fact.era, fact.why, at);
        this.election.over(fact.why, fact.leader !== undefined, at, rival);
        return this.leader.over(`leadership was lost (${fact.why})`, at, rival);
      }
      default:
        return this.followTransfer(fact, at);
    }
  }

  private sendingPart(to: Address, message: V['message'], fact: RoundFact, at: number): TraceContext | undefined {
    switch (fact.part) {
      case 'proposal':
        return this.leader.publishing(fact, this.parts.kindOf(message), at);
      case 'reply':
        this.leader.replied(fact, at);
        if (!this.peer.isIdle) this.peer.replied(fact, at);
        return undefined;
      case 'candidacy':
        return this.election.asking(fact, this.parts.kindOf(message), at);
      case 'instanceQuestion':
        return this.instances.asking(fact, this.parts.kindOf(message), at);
      case 'vote': {
        const answer = this.peer.isIdle ? undefined : this.peer.answering(to, fact, this.parts.kindOf(message), at);
        const preferred = fact.promised === undefined ? undefined : this.rivals.of(fact.promised);
        return preferred === undefined ? answer : toTraceContext(preferred);
      }
      case 'acknowledgement':
      case 'instanceAnswer':
        return this.peer.isIdle ? undefined : this.peer.answering(to, fact, this.parts.kindOf(message), at);
      default:
        return undefined;
    }
  }

  private readonly ended = (ring: RoundRing, round: number): void => {
    const { identity, log, now } = this.parts;
    if (!log.tellsRounds) return;
    const self = identity.members.indexOf(identity.self);
    log.round(summarize(ring, round, identity.members, self, now(), this.spans.epoch));
  };

  private readonly takeSampled = (request: object): SampledRequest | undefined => {
    const sampled = this.sampled.get(request);
    if (sampled === undefined) return undefined;
    this.sampled.delete(request);
    this.sampledCount = Math.max(0, this.sampledCount - 1);
    this.lastRound = sampled.context;
    return sampled;
  };

  private readonly takeWanting = (request: object): SampledRequest | undefined => {
    const sampled = this.takeSampled(request) ?? this.instances.remembered(request);
    return sampled && this.instances.remember(request, sampled);
  };

  private reject(from: Address, reason: string, at: number, count = 1): void {
    this.parts.metrics.rejected.of(reason).value += count;
    this.parts.log.rejected(from, reason, at, count);
  }

  /** Replicas hear each other all the time, so their messages are the sweeper's clock. */
  private sweepSometimes(at: number): void {
    if (at - this.sweptAt < sweepEveryMs) return;
    this.sweptAt = at;
    this.sweep(at);
  }

  private sweep(at: number): void {
    try {
      if (this.sampledCount > 0 && at - this.sampledAt > forgetSampledMs) this.sampledCount = 0;
      this.spans.measureOffset();
      this.leader.sweep(at);
      this.peer.sweep(at);
      this.election.sweep(at);
      this.instances.sweep(at);
      this.parts.log.sweep(at);
    } catch (error) {
      this.failed(error, at);
    }
  }

  private failed(error: unknown, at: number): void {
    this.parts.metrics.telemetryErrors.value++;
    this.parts.log.telemetryFailed(error, at);
  }
}

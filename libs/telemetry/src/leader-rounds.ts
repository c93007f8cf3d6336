import type { SpanContext } from '@opentelemetry/api';
import type { RoundFact } from '@synod/actor';
import type { TraceContext } from '@synod/actor-host';
import type { ReplicaMetrics } from './replica-metrics.js';
import { RoundRing } from './round-ring.js';
import { stageTime, summarize } from './round-summary.js';
import type { Rival } from './rivals.js';
import type { RoundSummary } from './round-summary.js';
import { TokenBucket, samplingRates } from './sampling.js';
import { TracedRound } from './traced-round.js';
import type { RoundOrigin, RoundSpans, SampledRequest } from './traced-round.js';

type Fact<P extends RoundFact['part']> = Extract<RoundFact, { part: P }>;

const capacity = 1024;
const tracedMax = 256;
const linksMax = 32;
/** An applied round whose last answers do not show up is taken for answered. */
const answersWithinMs = 1000;
const laggardsWithinMs = 2000;
/** The sync of our own disk may end later and is counted when it does. */
const beforeAnswer = ['publish', 'quorum', 'apply', 'reply'] as const;
const [open, decided, done, failed] = [0, 1, 2, 3] as const;

/**
 * The rounds that this replica leads. Positions rise from round to round, so each kind of progress is a cursor that moves
 * over them once. Whether a round is traced is decided when it opens; all else is writing stamps.
 */
export class LeaderRounds {
  private readonly ring: RoundRing;
  /** The first round of the present leadership, and how far each kind of progress has come. */
  private since = 0;
  private nextDecided = 0;
  private nextApplied = 0;
  private nextSynced = 0;
  private nextDone = 0;
  private readonly nextAcknowledged: number[];
  private lastReplied = -1;
  private readonly positions: ReadonlyMap<string, number>;
  /** Of the last round: those whose votes count, and their bits. */
  private voters: Fact<'opened'>['voters'];
  private voterBits: number;
  private readonly traced = new Map<number, TracedRound>();
  private readonly tracedPerSecond = new TokenBucket(samplingRates.rounds);
  private readonly afterwardsPerSecond = new TokenBucket(samplingRates.afterwards);
  /** The kind of message that carries entries, as it was last seen. */
  private publishKind = '';

  constructor(
    private readonly shared: RoundSpans,
    private readonly metrics: ReplicaMetrics,
    private readonly slowMs: number,
    /** The sampled request in a message that was received, if it is one. */
    private readonly sampled: (request: object) => SampledRequest | undefined,
    private readonly anySampled: () => boolean,
    /** A round was answered, or never will be. */
    private readonly ended: (ring: RoundRing, round: number) => void,
  ) {
    this.ring = new RoundRing(capacity, shared.members.length);
    this.positions = new Map(shared.members.map((member, position) => [member, position]));
    this.nextAcknowledged = shared.members.map(() => 0);
    this.voterBits = this.bitsOf('voters');
  }

  /** `cause` is what a round without requests follows from: the election. */
  opened({ era, first, last, requests, voters }: Fact<'opened'>, cause: SpanContext | undefined, at: number): void {
    if (voters !== this.voters) this.awaits(voters);
    const round = this.ring.open(era, first, last, requests.length, at);
    if (this.traced.size >= tracedMax) return;
    const origin =
      requests.length > 0
        ? this.originOf(requests)
        : cause && { parent: undefined, others: [], cause, afterwards: false };
    if (origin && this.tracedPerSecond.take(at)) this.trace(round, origin);
  }

  stored(fact: Fact<'stored'>, token: number): void {
    const round = this.ring.head - 1;
    if (round < this.since || this.ring.first[this.ring.slotOf(round)] !== fact.first) return;
    this.ring.token[this.ring.slotOf(round)] = token;
    const traced = this.traced.get(round);
    if (traced) traced.token = token;
  }

  durable(token: number, startedAt: number, endedAt: number): void {
    const { ring } = this;
    this.nextSynced = Math.max(this.nextSynced, ring.oldest);
    for (; this.nextSynced < ring.head; this.nextSynced++) {
      const slot = ring.slotOf(this.nextSynced);
      if (ring.token[slot] === 0 || ring.token[slot]! > token) break;
      ring.syncStartedAt[slot] = startedAt;
      ring.syncEndedAt[slot] = endedAt;
      if (this.shared.self >= 0) ring.acknowledge(slot, this.shared.self, endedAt);
      this.metrics.round.sync.observe((endedAt - ring.openedAt[slot]!) / 1000);
    }
    for (const [round, traced] of this.traced) {
      if (traced.token > 0 && traced.token <= token)
        this.settle(round, traced, () => traced.synced(startedAt, endedAt));
    }
  }

  /** Entries leave; what is returned goes into the headers. */
  publishing(fact: Fact<'proposal'>, kind: string, at: number): TraceContext | undefined {
    this.publishKind = kind;
    const newest = this.ring.find(fact.last, this.since);
    if (newest < 0) return undefined;
    const slot = this.ring.slotOf(newest);
    if (this.ring.publishedAt[slot] === 0) this.ring.publishedAt[slot] = at;
    const traced = this.traced.get(newest);
    if (traced === undefined) return undefined;
    // Several rounds at once, or a part of one, are for somebody who catches up.
    if (fact.rounds > 1 || fact.first !== traced.first) return void traced.retransmitted(at);
    return traced.publish(kind, this.bitsOf(fact.followers), at);
  }

  /** An acknowledgement came with the context it was sent from. */
  answered(from: string, fact: Fact<'acknowledgement'>, context: SpanContext): void {
    const member = this.positions.get(from);
    if (member === undefined) return;
    for (const traced of this.traced.values()) {
      if (traced.last <= fact.last && traced.context.traceId === context.traceId) traced.answeredFrom(member, context);
    }
  }

  counted({ era, first = 0, last, by, phase = '', early }: Fact<'counted'>, at: number): void {
    if (early) return this.tracedAt(era, last)?.voted(by, phase, at);
    const member = this.positions.get(by);
    if (member === undefined || member === this.shared.self) return;
    const { ring } = this;
    let next = first > 0 ? this.roundAt(first) : Math.max(this.nextAcknowledged[member]!, ring.oldest);
    for (; next < ring.head && ring.last[ring.slotOf(next)]! <= last; next++)
      ring.acknowledge(ring.slotOf(next), member, at);
    if (first === 0) this.nextAcknowledged[member] = next;
    for (const [round, traced] of this.traced) {
      if (traced.era !== era || traced.first < first || traced.last > last) continue;
      this.settle(round, traced, () => traced.acknowledged(member, at));
    }
  }

  prepared({ era, last, completedBy }: Fact<'prepared'>, at: number): void {
    this.tracedAt(era, last)?.prepared(completedBy, at);
  }

  private tracedAt(era: number, position: number): TracedRound | undefined {
    if (this.traced.size === 0) return undefined;
    const traced = this.traced.get(this.roundAt(position));
    return traced?.era === era ? traced : undefined;
  }

  /** The round that this position is in; none that is forgotten. */
  private roundAt(position: number): number {
    const round = this.ring.find(position, this.since);
    return round < 0 ? this.ring.head : round;
  }

  decided({ first = 0, last, completedBy }: Fact<'decided'>, at: number): void {
    const { ring } = this;
    const member = this.positions.get(completedBy) ?? -1;
    this.nextDecided = Math.max(this.nextDecided, ring.oldest);
    let round = first > 0 ? this.roundAt(first) : this.nextDecided;
    for (; round < ring.head && ring.last[ring.slotOf(round)]! <= last; round++) {
      const slot = ring.slotOf(round);
      if (ring.state[slot] !== open) continue;
      ring.decidedAt[slot] = at;
      ring.completedBy[slot] = member;
      ring.state[slot] = decided;
      this.traced.get(round)?.decided(completedBy, at);
    }
    // What is decided out of turn is applied in turn.
    while (this.nextDecided < ring.head && ring.state[ring.slotOf(this.nextDecided)] !== open) this.nextDecided++;
  }

  /** Whether it is of rounds that we lead. */
  applied({ last }: Fact<'applied'>, at: number): boolean {
    const { ring } = this;
    this.nextApplied = Math.max(this.nextApplied, ring.oldest);
    const before = this.nextApplied;
    for (; this.nextApplied < this.nextDecided; this.nextApplied++) {
      const slot = ring.slotOf(this.nextApplied);
      if (ring.last[slot]! > last) break;
      ring.appliedAt[slot] = at;
      if (ring.unanswered[slot] === 0) this.finish(this.nextApplied, slot);
    }
    return this.nextApplied > before;
  }

  replied({ last }: Fact<'reply'>, at: number): void {
    const { ring } = this;
    if (!this.covers(this.lastReplied, last)) this.lastReplied = ring.find(last, this.since);
    if (this.lastReplied < 0) return;
    const slot = ring.slotOf(this.lastReplied);
    if (ring.unanswered[slot] === 0) return;
    if (ring.firstReplyAt[slot] === 0) ring.firstReplyAt[slot] = at;
    ring.lastReplyAt[slot] = at;
    ring.unanswered[slot]!--;
    if (ring.unanswered[slot] === 0 && ring.appliedAt[slot]! > 0) this.finish(this.lastReplied, slot);
  }

  /** Leads no longer, or anew: what is open stays without an outcome. */
  over(why: string, at: number, rival?: Rival): void {
    const { ring } = this;
    for (let round = Math.max(this.nextDone, this.since, ring.oldest); round < ring.head; round++) {
      const slot = ring.slotOf(round);
      if (ring.state[slot] === open || ring.state[slot] === decided) this.abandon(round, slot, why, at, rival);
    }
    for (const traced of this.traced.values()) traced.giveUp(at);
    this.traced.clear();
    this.since = this.nextDecided = this.nextApplied = this.nextSynced = this.nextDone = ring.head;
    this.nextAcknowledged.fill(ring.head);
    this.lastReplied = -1;
  }

  /** Ends what waits too long. */
  sweep(at: number): void {
    const { ring } = this;
    this.nextDone = Math.max(this.nextDone, ring.oldest);
    for (; this.nextDone < this.nextApplied; this.nextDone++) {
      const slot = ring.slotOf(this.nextDone);
      if (ring.state[slot] === done) continue;
      if (at - ring.appliedAt[slot]! < answersWithinMs) break;
      this.finish(this.nextDone, slot);
    }
    for (const [round, traced] of this.traced) {
      if (traced.endedAt > 0 && at - traced.endedAt > laggardsWithinMs) traced.giveUp(at);
      else if (traced.endedAt === 0 && round < ring.oldest) traced.fail('overtaken', at);
      if (traced.isClosed) this.traced.delete(round);
    }
  }

  /** The newest first. */
  last(count: number, now: number): readonly RoundSummary[] {
    const { ring, shared } = this;
    const summaries: RoundSummary[] = [];
    for (let round = ring.head - 1; round >= ring.oldest && summaries.length < count; round--) {
      summaries.push(summarize(ring, round, shared.members, shared.self, now, shared.spans.epoch));
    }
    return summaries;
  }

  /** They seldom change, and one whose vote does not count is not waited for. */
  private awaits(voters: Fact<'opened'>['voters']): void {
    this.voters = voters;
    const named = new Set(voters?.map(({ address }) => address) ?? this.shared.members);
    this.voterBits = this.bitsOf(this.shared.members.filter((member) => named.has(member)));
  }

  private originOf(requests: readonly { readonly request: object }[]): RoundOrigin | undefined {
    if (!this.anySampled()) return undefined;
    const found: SampledRequest[] = [];
    for (let at = 0; at < requests.length && found.length <= linksMax; at++) {
      const sampled = this.sampled(requests[at]!.request);
      if (sampled) found.push(sampled);
    }
    const [parent, ...others] = found;
    return parent && { parent, others, cause: undefined, afterwards: false };
  }

  private trace(round: number, origin: RoundOrigin): TracedRound | undefined {
    const { ring, shared } = this;
    const slot = ring.slotOf(round);
    const key = [
      ring.era[slot]!,
      ring.first[slot]!,
      ring.last[slot]!,
      ring.requests[slot]!,
      ring.openedAt[slot]!,
    ] as const;
    const traced = new TracedRound(shared, ...key, this.voterBits, origin);
    if (!traced.isRecording) return undefined;
    traced.token = ring.token[slot]!;
    ring.traceId[slot] = traced.context.traceId;
    this.traced.set(round, traced);
    this.metrics.roundsTraced.value++;
    return traced;
  }

  private finish(round: number, slot: number): void {
    const { ring, metrics } = this;
    ring.state[slot] = done;
    ring.endedAt[slot] = Math.max(ring.lastReplyAt[slot]!, ring.appliedAt[slot]!);
    const durationMs = ring.endedAt[slot]! - ring.openedAt[slot]!;
    for (const stage of beforeAnswer) {
      const time = stageTime(ring, slot, stage);
      if (time >= 0) metrics.round[stage].observe(time / 1000);
    }
    metrics.round.total.observe(durationMs / 1000);
    const traced =
      this.traced.get(round) ?? (durationMs >= this.slowMs ? this.traceAfterwards(round, slot) : undefined);
    if (traced) this.settle(round, traced, () => traced.finish(ring, slot));
    this.ended(ring, round);
  }

  private abandon(round: number, slot: number, why: string, at: number, rival: Rival | undefined): void {
    const { ring } = this;
    ring.state[slot] = failed;
    ring.endedAt[slot] = at;
    this.metrics.roundsFailed.value++;
    (this.traced.get(round) ?? this.traceAfterwards(round, slot))?.fail(why, at, rival);
    this.ended(ring, round);
  }

  private traceAfterwards(round: number, slot: number): TracedRound | undefined {
    if (this.traced.size >= tracedMax || !this.afterwardsPerSecond.take(this.ring.endedAt[slot]!)) return undefined;
    const traced = this.trace(round, { parent: undefined, others: [], cause: undefined, afterwards: true });
    traced?.replay(this.ring, slot, this.publishKind);
    return traced;
  }

  private settle(round: number, traced: TracedRound, step: () => void): void {
    step();
    if (traced.isClosed) this.traced.delete(round);
  }

  private covers(round: number, index: number): boolean {
    if (round < this.ring.oldest) return false;
    const slot = this.ring.slotOf(round);
    return this.ring.first[slot]! <= index && index <= this.ring.last[slot]!;
  }

  private bitsOf(members: readonly string[] | 'voters'): number {
    if (members === 'voters') return 2 ** this.shared.members.length - 1;
    let bits = 0;
    for (const member of members) bits |= 1 << (this.positions.get(member) ?? 31);
    return bits;
  }
}

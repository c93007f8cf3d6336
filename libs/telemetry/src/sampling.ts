import { ParentBasedSampler, SamplingDecision } from '@opentelemetry/sdk-trace-node';
import type { Sampler, SamplingResult } from '@opentelemetry/sdk-trace-node';

/** At most `perSecond` on average, with bursts of `atOnce`. Times are milliseconds of any monotonic clock. */
export class TokenBucket {
  private tokens: number;
  private at = -Infinity;

  constructor(
    private readonly perSecond: number,
    private readonly atOnce = perSecond,
  ) {
    this.tokens = atOnce;
  }

  take(now: number): boolean {
    if (now > this.at) {
      if (this.at > -Infinity)
        this.tokens = Math.min(this.atOnce, this.tokens + ((now - this.at) * this.perSecond) / 1000);
      this.at = now;
    }
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}

/** Rates of what is traced without being asked. */
export const samplingRates = {
  /** Client roots per second and process, and the share of those above, of which there are so many per second at most. */
  clientRoots: 10,
  ratioAbove: 0.01,
  clientRootsAbove: 40,
  /** Rounds of one replica's leadership per second that are traced because a client's request was. */
  rounds: 100,
  /** Messages of peers handled in spans, per second. */
  peerMessages: 400,
  elections: 5,
  /**
   * Elections that only ask whether others would support them: a member that is cut off begins one after the other, for as long as it is, and they
   * must not push all else out of the store.
   */
  canvasses: 0.5,
  canvassesAtOnce: 5,
  /** State transfers of one replica. */
  transfers: 2,
  /** Unsampled rounds per second that are slow or failed and emit their spans afterwards. */
  afterwards: 5,
} as const;

type RootRates = Readonly<Record<'clientRoots' | 'ratioAbove' | 'clientRootsAbove', number>>;

/** For the roots of traces: everything up to a rate, and a share of what is above, up to another rate. */
export class RateLimitedSampler implements Sampler {
  private readonly all: TokenBucket;
  private readonly above: TokenBucket;
  private readonly ratioAbove: number;
  private isDecided = false;

  constructor(
    rates: RootRates,
    private readonly now: () => number = () => performance.now(),
    private readonly chance: () => number = Math.random,
  ) {
    this.all = new TokenBucket(rates.clientRoots);
    this.above = new TokenBucket(rates.clientRootsAbove);
    this.ratioAbove = rates.ratioAbove;
  }

  /** Asked before anything is made for a root: of many thousands a second, only those that are wanted cost something. */
  wantsNext(): boolean {
    return (this.isDecided = this.decide());
  }

  shouldSample(): SamplingResult {
    const sampled = this.isDecided || this.decide();
    this.isDecided = false;
    return { decision: sampled ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD };
  }

  toString(): string {
    return `RateLimitedSampler{above=${this.ratioAbove}}`;
  }

  private decide(): boolean {
    const now = this.now();
    return this.all.take(now) || (this.chance() < this.ratioAbove && this.above.take(now));
  }
}

/** `clients`: roots are requests, of which there are many. `replicas`: whoever starts a root has already decided. */
export type RootKind = 'clients' | 'replicas';

export interface RootSampling {
  /** Undefined: the SDK's own, by the standard variables. */
  readonly sampler: Sampler | undefined;
  /** Whether the next root is wanted, before anything is made for it. */
  readonly wantsNext: () => boolean;
}

/** When OTEL_TRACES_SAMPLER is set the SDK reads it, and it decides everywhere. */
export function chooseSampling(roots: RootKind, environment: NodeJS.ProcessEnv): RootSampling {
  const wantsNext = (): boolean => true;
  if (environment['OTEL_TRACES_SAMPLER']) return { sampler: undefined, wantsNext };
  if (roots === 'replicas') return { sampler: new ParentBasedSampler({ root: decided }), wantsNext };
  const root = new RateLimitedSampler(samplingRates);
  return { sampler: new ParentBasedSampler({ root }), wantsNext: () => root.wantsNext() };
}

const decided: Sampler = {
  shouldSample: () => ({ decision: SamplingDecision.RECORD_AND_SAMPLED }),
  toString: () => 'Decided',
};

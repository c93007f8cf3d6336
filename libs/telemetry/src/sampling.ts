import type { Context } from '@opentelemetry/api';
import { ParentBasedSampler, SamplingDecision } from '@opentelemetry/sdk-trace-node';
import type { Sampler, SamplingResult } from '@opentelemetry/sdk-trace-node';

/** At most `perSecond` on average, with bursts of as many. Times are milliseconds of any monotonic clock. */
export class TokenBucket {
  private tokens: number;
  private at = -Infinity;

  constructor(private readonly perSecond: number) {
    this.tokens = perSecond;
  }

  take(now: number): boolean {
    if (now > this.at) {
      if (this.at > -Infinity)
        this.tokens = Math.min(this.perSecond, this.tokens + ((now - this.at) * this.perSecond) / 1000);
      this.at = now;
    }
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}

/** Rates of what is traced without being asked. */
export const samplingRates = {
  /** Client roots per second and process, and the share of those above. */
  clientRoots: 10,
  ratioAbove: 0.01,
  /** Rounds of one replica's leadership per second that are traced because a client's request was. */
  rounds: 100,
  /** Messages of peers handled in spans, per second. */
  peerMessages: 400,
  elections: 5,
  /** Unsampled rounds per second that are slow or failed and emit their spans afterwards. */
  afterwards: 5,
} as const;

/** For the roots of traces: everything up to a rate, and a share of what is above. */
export class RateLimitedSampler implements Sampler {
  private readonly bucket: TokenBucket;

  constructor(
    perSecond: number,
    private readonly ratioAbove: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.bucket = new TokenBucket(perSecond);
  }

  shouldSample(_context: Context, traceId: string): SamplingResult {
    const sampled = this.bucket.take(this.now()) || parseInt(traceId.slice(0, 8), 16) < this.ratioAbove * 0x1_0000_0000;
    return { decision: sampled ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD };
  }

  toString(): string {
    return `RateLimitedSampler{above=${this.ratioAbove}}`;
  }
}

/** `clients`: roots are requests, of which there are many. `replicas`: whoever starts a root has already decided. */
export type RootKind = 'clients' | 'replicas';

/** Undefined when OTEL_TRACES_SAMPLER is set: the SDK reads it, and it decides everywhere. */
export function chooseSampler(roots: RootKind, environment: NodeJS.ProcessEnv): Sampler | undefined {
  if (environment['OTEL_TRACES_SAMPLER']) return undefined;
  const root =
    roots === 'clients'
      ? new RateLimitedSampler(samplingRates.clientRoots, samplingRates.ratioAbove)
      : { shouldSample: () => ({ decision: SamplingDecision.RECORD_AND_SAMPLED }), toString: () => 'Decided' };
  return new ParentBasedSampler({ root });
}

import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import { RateLimitedSampler, TokenBucket } from '../src/sampling.js';

test('a bucket gives its rate, with bursts of one second, and nothing when the clock stands', () => {
  const bucket = new TokenBucket(10);
  const taken = (at: number): number => Array.from({ length: 50 }, () => bucket.take(at)).filter(Boolean).length;
  expect([taken(0), taken(0), taken(500), taken(10_000)]).toEqual([10, 0, 5, 10]);
});

test('a bucket for what is seldom gives some at once, and then one in so many seconds', () => {
  const bucket = new TokenBucket(0.5, 5);
  const taken = (at: number): number => Array.from({ length: 50 }, () => bucket.take(at)).filter(Boolean).length;
  expect([taken(0), taken(1000), taken(2000), taken(3000), taken(60_000)]).toEqual([5, 0, 1, 0, 5]);
});

test('client roots: ten a second, one in a hundred above that, and of those no more than a bound', () => {
  let now = 0;
  let chance = 0;
  const spread = (): number => (chance += 0.618) % 1;
  const sampler = new RateLimitedSampler(
    { clientRoots: 10, ratioAbove: 0.01, clientRootsAbove: 40 },
    () => now,
    spread,
  );
  const sampled = (requests: number): number => {
    let count = 0;
    for (let n = 0; n < requests; n++)
      if (sampler.shouldSample().decision === SamplingDecision.RECORD_AND_SAMPLED) count++;
    return count;
  };
  expect(sampled(1010)).toBe(20);
  now = 1000;
  expect(sampled(100_000)).toBe(50);
});

test('what was asked about beforehand is decided once', () => {
  const sampler = new RateLimitedSampler({ clientRoots: 1, ratioAbove: 0, clientRootsAbove: 0 }, () => 0);
  expect(sampler.wantsNext()).toBe(true);
  expect(sampler.shouldSample().decision).toBe(SamplingDecision.RECORD_AND_SAMPLED);
  expect(sampler.wantsNext()).toBe(false);
  expect(sampler.shouldSample().decision).toBe(SamplingDecision.NOT_RECORD);
});

test('what was asked about beforehand is decided for one root, not for those after it', () => {
  const sampler = new RateLimitedSampler({ clientRoots: 1, ratioAbove: 0, clientRootsAbove: 0 }, () => 0);
  expect(sampler.wantsNext()).toBe(true);
  expect(sampler.shouldSample().decision).toBe(SamplingDecision.RECORD_AND_SAMPLED);
  expect(sampler.shouldSample().decision).toBe(SamplingDecision.NOT_RECORD);
});

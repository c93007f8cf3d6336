import { ROOT_CONTEXT } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import { RateLimitedSampler, TokenBucket } from '../src/sampling.js';

test('a bucket gives its rate, with bursts of one second, and nothing when the clock stands', () => {
  const bucket = new TokenBucket(10);
  const taken = (at: number): number => Array.from({ length: 50 }, () => bucket.take(at)).filter(Boolean).length;
  expect([taken(0), taken(0), taken(500), taken(10_000)]).toEqual([10, 0, 5, 10]);
});

test('client roots: ten a second, and one in a hundred above that', () => {
  let now = 0;
  const sampler = new RateLimitedSampler(10, 0.01, () => now);
  // Trace ids spread evenly over their range.
  const id = (n: number): string =>
    Math.ceil((n / 10_000) * 2 ** 32)
      .toString(16)
      .padStart(8, '0') + '1'.repeat(24);
  let sampled = 0;
  for (let n = 0; n < 10_000; n++) {
    if (sampler.shouldSample(ROOT_CONTEXT, id(n)).decision === SamplingDecision.RECORD_AND_SAMPLED) sampled++;
  }
  // The first ten are among the lowest one per cent.
  expect(sampled).toBe(100);
  now = 1000;
  expect(sampler.shouldSample(ROOT_CONTEXT, 'f'.repeat(32)).decision).toBe(SamplingDecision.RECORD_AND_SAMPLED);
});

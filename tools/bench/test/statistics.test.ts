import { describe, expect, test } from '@jest/globals';
import { Latency } from '../src/load/latency.js';
import { fitLine, quantile, spread } from '../src/statistics.js';

test('median, lowest and highest', () => {
  expect(spread([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(quantile([], 0.5)).toBeNaN();
});

describe('the line through rounds of different sizes', () => {
  test('is found again, whatever the weights', () => {
    const points = [1, 8, 64, 500].map((x) => ({ x, y: 300 + 2.5 * x }));
    expect(fitLine(points)!.fixed).toBeCloseTo(300, 6);
    expect(fitLine(points)!.each).toBeCloseTo(2.5, 6);
  });

  test('is not drawn through sizes that hardly differ', () => {
    expect(
      fitLine([
        { x: 500, y: 1 },
        { x: 536, y: 2 },
      ]),
    ).toBeUndefined();
    expect(
      fitLine([
        { x: 64, y: 1 },
        { x: 64, y: 2 },
      ]),
    ).toBeUndefined();
    expect(fitLine([])).toBeUndefined();
  });
});

describe('latencies in buckets', () => {
  test('quantiles are within a bucket of the truth', () => {
    const latency = new Latency();
    for (let ms = 0.01; ms <= 10; ms += 0.01) latency.record(ms);
    const { p50, p99, p999, max } = latency.quantiles();
    expect(Math.abs(p50 / 5 - 1)).toBeLessThan(0.03);
    expect(Math.abs(p99 / 9.9 - 1)).toBeLessThan(0.03);
    expect(Math.abs(p999 / 9.99 - 1)).toBeLessThan(0.03);
    expect(max).toBeCloseTo(10, 6);
  });

  test('none were recorded, or all was cleared', () => {
    const latency = new Latency();
    latency.record(7);
    latency.clear();
    expect(latency.quantiles()).toEqual({ p50: 0, p99: 0, p999: 0, max: 0 });
  });

  test('an hour still has a bucket', () => {
    const latency = new Latency();
    latency.record(3_600_000);
    expect(latency.quantile(1)).toBeGreaterThan(3_000_000);
  });
});

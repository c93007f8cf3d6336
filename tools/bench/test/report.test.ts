import { describe, expect, test } from '@jest/globals';
import { optionsOf } from '../src/options.js';
import { barChart } from '../src/report/chart.js';
import { cpuModel, summarize } from '../src/report/summary.js';
import { aligned, count, modelText, precise } from '../src/report/text.js';
import type { Outcome } from '../src/load/orders.js';
import type { Sample } from '../src/measure.js';
import type { Result } from '../src/run-section.js';
import { parseMetrics } from '../src/scrape.js';
import { sections } from '../src/sections.js';
import { isAtLeast } from '../src/systems/programs.js';

test('counters are summed by name, and by each label', () => {
  const metrics = parseMetrics(
    '# TYPE a counter\na{group="g",kind="x"} 2\na{group="g",kind="y"} 3\nb 1.5e3\nc_bucket{le="+Inf",stage="total"} 7\n',
  );
  expect(metrics.get('a')).toBe(5);
  expect(metrics.get('a{kind="y"}')).toBe(3);
  expect(metrics.get('b')).toBe(1500);
  expect(metrics.get('c_bucket{stage="total"}')).toBe(7);
});

test('versions are compared by number', () => {
  expect(isAtLeast('2.9.10', '2.10')).toBe(false);
  expect(isAtLeast('2.10.27', '2.10')).toBe(true);
  expect(isAtLeast('3.0', '2.10')).toBe(true);
});

test('figures have as many digits as they deserve', () => {
  expect([count(432_100), count(12_345), count(987)]).toEqual(['432k', '12.3k', '987']);
  expect([precise(0.0123), precise(1.234), precise(12.34), precise(123.4)]).toEqual(['0.012', '1.23', '12.3', '123']);
  expect(
    aligned([
      ['', 'a'],
      ['name', '123'],
      ['x', '4'],
    ]),
  ).toEqual(['        a', 'name  123', 'x       4']);
});

test('a plot is one element, with what is written into it escaped', () => {
  const svg = barChart('a < b & c', 'note', 'one', [
    { title: 'put', bars: [{ label: '"one"', value: 1234, min: 1000, max: 2000 }] },
  ]);
  expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  expect(svg).toContain('a &lt; b &amp; c');
  expect(svg).toContain('1,234');
  expect(svg).toContain('prefers-color-scheme: dark');
});

describe('CPU by role', () => {
  /** Milliseconds for 10,000 writes, of which a round has `n`. */
  const sample = (n: number, cpu: Readonly<Record<string, number>>): Sample => {
    const quantiles = { p50: 1, p99: 1, p999: 1 };
    const none = { elapsedMs: 1, reads: 0, staleReads: 0, verified: 0 };
    const outcome = { ...none, writes: n, write: quantiles, read: quantiles } as Outcome;
    return { outcome, perSecond: 1, cpu, cores: 1, perOperation: {}, roundSize: n };
  };
  const result = (samples: readonly Sample[]): Result => {
    const cell = { name: 'put', writers: 1, readers: 0, valueBytes: 128, quick: true };
    return { cell, contender: 'c', samples };
  };

  test('all acceptors are one column, and none of it is in the followers’', () => {
    const samples = [sample(1, { leader: 5, 'follower 1': 1, 'acceptor 1': 2, 'acceptor 2': 3 })];
    expect(summarize(result(samples)).cpu).toMatchObject({ leader: 5, followers: 1, acceptors: 5 });
  });

  test('the model is of one acceptor; who has none has no line for them', () => {
    const samples = [1, 100].map((n) =>
      sample(n, { leader: 1, 'acceptor 1': ((100 + 2 * n) * 10) / n, 'acceptor 2': ((100 + 2 * n) * 10) / n }),
    );
    const model = cpuModel([result(samples)]);
    expect(model.acceptor!.fixed).toBeCloseTo(100);
    expect(model.acceptor!.each).toBeCloseTo(2);
    expect(modelText('c', model)).toContain('acceptor 100 + 2.00n');
    expect(modelText('c', cpuModel([result([1, 100].map((n) => sample(n, { leader: 1 })))]))).not.toContain('acceptor');
  });
});

describe('options', () => {
  test('by default everything, five times', () => {
    expect(optionsOf([])).toMatchObject({ rounds: 5, measureMs: 3000, kills: 50, quick: false, memory: undefined });
    expect(optionsOf([]).only).toEqual([...sections.map(({ name }) => name), 'failover']);
  });

  test('a quick run has few sections, and those that are asked for', () => {
    expect(optionsOf(['--quick']).only).toEqual(['writes', 'reads', 'byzantine', 'failover']);
    expect(optionsOf(['--quick', '--only', 'floods']).only).toEqual(['floods']);
  });

  test('what is wrong says what would be right', () => {
    expect(() => optionsOf(['--only', 'writs'])).toThrow('there are writes, reads');
    expect(() => optionsOf(['--rounds', '0'])).toThrow('--rounds is a whole number from 1, not "0"');
    expect(() => optionsOf(['20'])).toThrow('unexpected: 20');
    expect(() => optionsOf(['--no-such'])).toThrow('--no-such');
  });

  test('who asks for loads that are not there is told which there are, before anything starts', () => {
    expect(() => optionsOf(['--only', 'writes', '--cell', 'nomatch'])).toThrow(
      '--cell "nomatch": there is no such load in writes; there are "put ×1", "put ×64", "put ×500"',
    );
    expect(() => optionsOf(['--cell', 'nomatch'])).toThrow('there is no such load in writes, reads');
    expect(() => optionsOf(['--only', 'failover', '--cell', '×1'])).toThrow('in failover; there are none');
    expect(() => optionsOf(['--only', 'reads', '--cell', '×64', '--quick'])).toThrow(
      'in reads of a quick run; there are "get ×500"',
    );
    expect(() => optionsOf(['--only', 'disk', '--quick'])).toThrow('there is no such load in disk of a quick run');
    expect(optionsOf(['--only', 'writes', '--cell', '×64']).cell).toBe('×64');
    expect(optionsOf(['--only', 'failover', '--quick']).only).toEqual(['failover']);
    expect(optionsOf(['--memory', '--cell', 'nomatch']).memory).toBe(10_000_000);
  });

  test('memory takes the number of writes', () => {
    expect(optionsOf(['--memory', '5000']).memory).toBe(5000);
    expect(optionsOf(['--memory']).memory).toBe(10_000_000);
  });
});

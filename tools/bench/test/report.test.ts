import { describe, expect, test } from '@jest/globals';
import { optionsOf } from '../src/options.js';
import { barChart } from '../src/report/chart.js';
import { aligned, count, precise } from '../src/report/text.js';
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

describe('options', () => {
  test('by default everything, five times', () => {
    expect(optionsOf([])).toMatchObject({ rounds: 5, measureMs: 3000, kills: 50, quick: false, memory: undefined });
    expect(optionsOf([]).only).toEqual([...sections.map(({ name }) => name), 'failover']);
  });

  test('what is wrong says what would be right', () => {
    expect(() => optionsOf(['--only', 'writs'])).toThrow('there are writes, reads');
    expect(() => optionsOf(['--rounds', '0'])).toThrow('--rounds is a whole number from 1, not "0"');
    expect(() => optionsOf(['20'])).toThrow('unexpected: 20');
    expect(() => optionsOf(['--no-such'])).toThrow('--no-such');
  });

  test('memory takes the number of writes', () => {
    expect(optionsOf(['--memory', '5000']).memory).toBe(5000);
    expect(optionsOf(['--memory']).memory).toBe(10_000_000);
  });
});

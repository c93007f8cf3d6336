export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN };
}

/** Of values in rising order; between two of them it is interpolated. */
export function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return NaN;
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  return below + (above - below) * (place - Math.floor(place));
}

/** A line `fixed + each · x`. */
export interface Line {
  readonly fixed: number;
  readonly each: number;
}

/**
 * The CPU model: microseconds per round of n entries are R + c·n. Least squares of the relative error, so that small rounds count as
 * much as large ones. Undefined when the largest x is not at least twice the smallest: noise would draw the line.
 */
export function fitLine(points: readonly { readonly x: number; readonly y: number }[]): Line | undefined {
  const used = points.filter(({ y }) => y > 0);
  const sizes = used.map(({ x }) => x);
  if (used.length < 2 || Math.max(...sizes) < 2 * Math.min(...sizes)) return undefined;
  let [weight, x1, y1, xx, xy] = [0, 0, 0, 0, 0];
  for (const { x, y } of used) {
    const w = 1 / (y * y);
    weight += w;
    x1 += w * x;
    y1 += w * y;
    xx += w * x * x;
    xy += w * x * y;
  }
  const each = (weight * xy - x1 * y1) / (weight * xx - x1 * x1);
  return { each, fixed: (y1 - each * x1) / weight };
}

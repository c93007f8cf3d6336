/** One bar: the median and how far the runs spread. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
}

export interface BarGroup {
  readonly title: string;
  readonly bars: readonly Bar[];
}

const width = 760;
const left = 170;
const right = 110;
const barHeight = 18;
const gap = 6;
const headHeight = 58;
const groupHead = 30;

/** Both of them readable on white and on black. */
const style = `<style>
  text { font: 13px system-ui, sans-serif; fill: #24292f; }
  .title { font-size: 16px; font-weight: 600; } .group { font-weight: 600; } .note { font-size: 12px; fill: #57606a; }
  .bar { fill: #0969da; } .base { fill: #1a7f37; } .spread { stroke: #57606a; stroke-width: 1.5; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .note { fill: #9198a1; } .bar { fill: #4493f8; } .base { fill: #3fb950; } .spread { stroke: #d1d7e0; }
  }
</style>`;

/** Horizontal bars in groups, each group on a scale of its own; a whisker from the lowest run to the highest. */
export function barChart(title: string, note: string, base: string, groups: readonly BarGroup[]): string {
  const parts: string[] = [];
  let y = headHeight;
  for (const group of groups) {
    parts.push(text(16, y + 16, group.title, 'group'));
    y += groupHead;
    const most = Math.max(...group.bars.map(({ max }) => max), Number.MIN_VALUE);
    for (const bar of group.bars) {
      parts.push(...barParts(bar, y, most, bar.label === base));
      y += barHeight + gap;
    }
    y += 10;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y + 6}" role="img" aria-label="${escape(title)}">
${style}
${text(16, 26, title, 'title')}
${text(16, 46, note, 'note')}
${parts.join('\n')}
</svg>
`;
}

function barParts({ label, value, min, max }: Bar, y: number, most: number, isBase: boolean): string[] {
  const x = (of: number) => left + (of / most) * (width - left - right);
  const middle = y + barHeight / 2;
  return [
    text(left - 8, middle + 4, label, '', 'end'),
    `<rect class="${isBase ? 'base' : 'bar'}" x="${left}" y="${y}" width="${round(x(value) - left)}" height="${barHeight}" rx="2"/>`,
    `<line class="spread" x1="${round(x(min))}" x2="${round(x(max))}" y1="${middle}" y2="${middle}"/>`,
    text(round(x(max)) + 8, middle + 4, Math.round(value).toLocaleString('en-US'), ''),
  ];
}

function text(x: number, y: number, content: string, className: string, anchor = 'start'): string {
  const attributes = `${className && ` class="${className}"`}${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}`;
  return `<text x="${x}" y="${y}"${attributes}>${escape(content)}</text>`;
}

function escape(content: string): string {
  return content.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

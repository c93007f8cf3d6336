import type { Output, Style } from './output.js';

export interface Column {
  readonly title: string;
  /** Numbers stand on the right. */
  readonly right?: boolean;
}

/** A text, or one in a colour. */
export type Cell = string | { readonly text: string; readonly style: Style };

const gap = '  ';

/** Aligned columns. On a terminal the last one is cut at its edge. */
export function table(columns: readonly Column[], rows: readonly (readonly Cell[])[], output: Output): string[] {
  const widths = columns.map(({ title }, place) =>
    Math.max(title.length, ...rows.map((row) => textOf(row[place]).length)),
  );
  const lineOf = (cells: readonly Cell[]): string => {
    let room = output.columns ?? Infinity;
    const parts = columns.map(({ right }, place) => {
      const text = fit(textOf(cells[place]), Math.max(0, room));
      room -= Math.max(widths[place]!, text.length) + gap.length;
      const padded = right
        ? text.padStart(widths[place]!)
        : text.padEnd(place === columns.length - 1 ? 0 : widths[place]!);
      return paint(cells[place], padded, output);
    });
    return parts.join(gap).trimEnd();
  };
  const heading = columns.map(({ title }): Cell => ({ text: title, style: 'bold' }));
  return [heading, ...rows].map(lineOf);
}

export function fit(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`;
}

function textOf(cell: Cell | undefined): string {
  return typeof cell === 'object' ? cell.text : (cell ?? '');
}

function paint(cell: Cell | undefined, padded: string, output: Output): string {
  return typeof cell === 'object' ? output.paint(cell.style, padded) : padded;
}

/** Something that happened at one place, or (without a place) everywhere. */
export interface SpaceTimeEvent {
  readonly time: string;
  readonly place: string | undefined;
  readonly text: string;
}

const timeWidth = 10;
const gap = 2;

/** A table with a column for each place: what happened there, downwards in time. Fits `width`; long texts go on below. */
export function spaceTime(places: readonly string[], events: readonly SpaceTimeEvent[], width = 120): string[] {
  const column = Math.floor((width - timeWidth) / places.length) - gap;
  const lines = [row('ms', places.map((place) => place.padEnd(column)), column), '─'.repeat(width)]; // prettier-ignore
  let before = '';
  for (const { time, place, text } of events) {
    const shown = time === before ? '' : time;
    before = time;
    if (place === undefined) {
      lines.push(`${shown.padStart(timeWidth - gap)}  ── ${text} `.padEnd(width, '─'));
      continue;
    }
    const at = places.indexOf(place);
    wrapped(text, column).forEach((line, i) => {
      const cells = places.map((_, j) => (j === at ? line : '│'));
      lines.push(row(i === 0 ? shown : '', cells, column));
    });
  }
  return lines;
}

function row(time: string, cells: readonly string[], column: number): string {
  const padded = cells.map((cell) => cell.padEnd(column)).join(' '.repeat(gap));
  return `${time.padStart(timeWidth - gap)}${' '.repeat(gap)}${padded}`.trimEnd();
}

/** At spaces where possible; what follows the first line is indented. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    for (let rest = word; rest !== ''; ) {
      const room = width - line.length - (line === '' ? 0 : 1);
      if (rest.length <= room) {
        line = line === '' ? rest : `${line} ${rest}`;
        break;
      }
      if (line.trim() !== '') lines.push(line);
      else {
        lines.push(rest.slice(0, width));
        rest = rest.slice(width);
      }
      line = ' ';
    }
  }
  return line.trim() === '' ? lines : [...lines, line];
}

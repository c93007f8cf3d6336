import type { Report } from './report.js';

const onTerminal = process.stderr.isTTY === true;
const progressEveryMs = onTerminal ? 200 : 5000;

/** Lines on standard output; progress on standard error, in place on a terminal and now and then elsewhere. */
export function consoleReport(quiet: boolean): Report {
  let toldAt = performance.now();
  let dirty = false;
  return {
    line: (text) => {
      if (dirty) process.stderr.write('\n');
      dirty = false;
      console.log(text);
    },
    progress: (text, last) => {
      if (quiet || (performance.now() - toldAt < progressEveryMs && !last)) return;
      toldAt = performance.now();
      dirty = onTerminal && !last;
      process.stderr.write(onTerminal ? `\r\x1b[K${text}${last ? '\n' : ''}` : `${text}\n`);
    },
  };
}

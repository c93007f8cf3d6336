import { createLogger } from '../../src/index.js';

/*
 * A program that logs. Its words: `lines N` logs so many at once, `flood` until told `end` on standard input, turn by turn; then it fails,
 * as services do.
 */
const logger = createLogger({ service: 'talker', environment: process.env });
const text = 'x'.repeat(1000);
let n = 0;

function fail(): never {
  process.stderr.write(`${n}`);
  process.exit(3);
}

function flood(lines: number): void {
  for (let i = 0; i < lines; i++) logger.info({ n: n++, text });
}

const [what, count = '0'] = process.argv.slice(2);
if (what === 'lines') {
  flood(Number(count));
  fail();
}
const timer = setInterval(() => flood(1000), 5);
process.stdin.once('data', () => {
  clearInterval(timer);
  setTimeout(fail, 100);
});

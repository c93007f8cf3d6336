import { Random } from '@synod/simulator';
import { judge } from '../src/index.js';
import { generate } from './generate.js';

/** How fast histories are judged; run by hand, see the README. Exit code 1 when one that is linearizable is not found so. */
const operations = Number(process.argv[2] ?? 1_000_000);
const shape = { operations, keys: 1000, clients: 64, unknown: 0.001 };
const history = generate(new Random('speed'), shape);
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
const { verdict, problems } = judge(history);
const wallMs = performance.now() - startedAt;
const { user, system } = process.cpuUsage(cpuBefore);
const { steps, parts } = verdict.figures;
console.log(
  `${operations} operations of ${shape.clients} clients on ${parts} keys: ${verdict.kind}, ${steps} steps; ` +
    `judged in ${(wallMs / 1000).toFixed(2)} s, of which the search took ${(verdict.figures.ms / 1000).toFixed(2)} s; ` +
    `${((user + system) / 1e6).toFixed(2)} s of processor time`,
);
if (problems.length > 0) process.exitCode = 1;

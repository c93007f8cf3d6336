import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@synod/process-group';
import { gated, measureGate } from './gate.js';
import { machineText, thisMachine } from './machine.js';

/**
 * Writes what the gate compares with, for all protocols or those named:
 * `node --import tsx -C @synod/source tools/bench/src/record-gate.ts [raft] [paxos] [pbft]`, on a quiet machine.
 */
async function record(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !(gated as readonly string[]).includes(name));
  if (unknown !== undefined) throw new Error(`${unknown} is not gated, but ${gated.join(', ')}`);
  const path = join(workspaceRoot(), 'tools/bench/test/recorded.json');
  for (const protocol of gated.filter((one) => names.length === 0 || names.includes(one))) {
    const machine = thisMachine();
    const measurement = await measureGate(protocol);
    console.log(JSON.stringify(measurement, null, 1));
    const recorded = JSON.parse(readFileSync(path, 'utf8')) as object;
    const all = { ...recorded, [protocol]: { machine: machineText(machine), date: machine.date, ...measurement } };
    writeFileSync(path, `${JSON.stringify(all, null, 2)}\n`);
  }
}

await record(process.argv.slice(2));

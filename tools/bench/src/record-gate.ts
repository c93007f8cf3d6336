import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@synod/process-group';
import { measureGate } from './gate.js';
import { machineText, thisMachine } from './machine.js';

/** Writes what the gate compares with: `node --import tsx -C @synod/source tools/bench/src/record-gate.ts`, on a quiet machine. */
async function record(): Promise<void> {
  const machine = thisMachine();
  const measurement = await measureGate();
  const path = join(workspaceRoot(), 'tools/bench/test/recorded.json');
  writeFileSync(
    path,
    `${JSON.stringify({ machine: machineText(machine), date: machine.date, ...measurement }, null, 2)}\n`,
  );
  console.log(JSON.stringify(measurement, null, 1));
}

await record();

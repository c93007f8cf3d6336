import type { SeedTask } from './crew.js';
import { protocols } from './protocols.js';
import { runSeed } from './seed-run.js';

type Task = SeedTask & { readonly name: string; readonly mutant: string | undefined };

async function work({ name, mutant, seed, twice }: Task): Promise<void> {
  process.send!(await runSeed(protocols[name]!, seed, mutant, twice));
}

process.on('message', (task) => void work(task as Task));

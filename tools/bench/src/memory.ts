import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Contender, Contenders } from './contenders.js';
import { machineText, thisMachine } from './machine.js';
import { residentBytes } from './processor-time.js';
import { Progress } from './progress.js';
import { aligned, count } from './report/text.js';
import { Synod } from './systems/synod.js';

/** What one replica held during a part of the writes, in MiB. */
interface Window {
  readonly writes: number;
  readonly replica: string;
  /** The lowest is next after a collection: what is really held. */
  readonly heapLow: number;
  readonly heapHigh: number;
  readonly external: number;
  readonly residentHigh: number;
}

const writers = 500;
const valueBytes = 128;
const keys = 10_000;
const parts = 10;
const everyMs = 250;
const MiB = 1024 * 1024;

/** Writes very much to few keys: what a replica holds must not grow with what it has done. */
export async function watchMemory(contenders: Contenders, writes: number, json: string | undefined): Promise<void> {
  const machine = thisMachine();
  console.log(
    `${machineText(machine)}\n${count(writes)} writes of ${valueBytes} bytes over ${count(keys)} keys, in MiB`,
  );
  const progress = new Progress();
  const windows: Window[] = [];
  const startedAt = performance.now();
  const operations = Math.ceil(writes / parts);
  for (const name of ['synod', 'synod paxos'] as const) {
    const [contender] = await contenders.only([name]);
    for (let part = 1; part <= parts; part++) {
      progress.now(`memory: ${count((part - 1) * operations)} of ${count(writes)} writes on ${name}`);
      windows.push(...(await watchPart(contender!, operations, part * operations)));
    }
  }
  progress.clear();
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`in ${seconds.toFixed(0)} s\n${aligned([head, ...windows.map(row)]).join('\n')}`);
  if (json === undefined) return;
  mkdirSync(dirname(json), { recursive: true });
  writeFileSync(json, `${JSON.stringify({ machine, seconds, windows }, null, 1)}\n`);
}

const head = ['replica', 'writes', 'heap low', 'heap high', 'external', 'resident'];

function row({ replica, writes, heapLow, heapHigh, external, residentHigh }: Window): string[] {
  return [replica, count(writes), ...[heapLow, heapHigh, external, residentHigh].map((value) => value.toFixed(0))];
}

async function watchPart({ system, load }: Contender, operations: number, writes: number): Promise<readonly Window[]> {
  if (!(system instanceof Synod)) throw new Error('only replicas of our own are watched');
  const watching = new Watching(system, writes);
  const timer = setInterval(() => void watching.look().catch(() => undefined), everyMs);
  try {
    await load.run(
      { writers, readers: 0, valueBytes, keys, warmUpMs: 0, measure: { operations } },
      { measuring: () => undefined, measured: () => undefined },
    );
    await watching.look();
  } finally {
    clearInterval(timer);
  }
  return watching.windows;
}

class Watching {
  private readonly held = new Map<string, Window>();

  constructor(
    private readonly system: Synod,
    private readonly writes: number,
  ) {}

  get windows(): readonly Window[] {
    return [...this.held.values()];
  }

  async look(): Promise<void> {
    const all = await this.system.metrics();
    this.system.group.replicas.forEach(({ name, pid }, index) => {
      const of = (kind: string) => (all[index]!.get(`synod_memory_bytes{kind="${kind}"}`) ?? NaN) / MiB;
      const heap = of('heapUsed');
      const before = this.held.get(name);
      this.held.set(name, {
        replica: name,
        writes: this.writes,
        heapLow: Math.min(before?.heapLow ?? Infinity, heap),
        heapHigh: Math.max(before?.heapHigh ?? 0, heap),
        external: Math.max(before?.external ?? 0, of('external')),
        residentHigh: Math.max(before?.residentHigh ?? 0, residentBytes(pid!) / MiB),
      });
    });
  }
}

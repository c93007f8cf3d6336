import { cpus, loadavg, release, totalmem } from 'node:os';

/** What the figures hold for. */
export interface Machine {
  readonly date: string;
  readonly cores: number;
  readonly processor: string;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  /** Load of the last minute before the run: far above 0 means that others were busy, too. */
  readonly loadBefore: number;
}

export function thisMachine(): Machine {
  const all = cpus();
  return {
    date: new Date().toISOString(),
    cores: all.length,
    processor: all[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    system: `${process.platform} ${release()}`,
    node: process.version,
    loadBefore: Math.round(loadavg()[0]! * 100) / 100,
  };
}

export function machineText({ cores, processor, memoryGiB, system, node, loadBefore }: Machine): string {
  return `${cores} × ${processor}, ${memoryGiB} GiB, ${system}, Node ${node}, load before ${loadBefore}`;
}

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where a function begins; lines and columns from 0. */
export interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** What of V8's format is read here. */
export interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[];
  /** The node that ran at each sample. */
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
  /** Ours: it begins when the group served, so long after the start. */
  readonly servedAfterMs?: number;
}

const listed = 20;

/** Where the time of each replica went, by function, the most first: share of the time in which it did anything. */
export function profilesText(directory: string): string {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.cpuprofile'),
  );
  return files
    .sort()
    .map((name) => `${name}\n${profileText(JSON.parse(readFileSync(join(directory, name), 'utf8')) as CpuProfile)}`)
    .join('\n\n');
}

export function profileText({ nodes, samples, timeDeltas }: CpuProfile): string {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const spent = new Map<string, number>();
  samples.forEach((id, i) => {
    const name = names.get(id) ?? '?';
    spent.set(name, (spent.get(name) ?? 0) + Math.max(0, timeDeltas[i] ?? 0));
  });
  spent.delete('(idle)');
  const busy = [...spent.values()].reduce((sum, us) => sum + us, 0);
  const lines = [...spent]
    .sort(([, a], [, b]) => b - a)
    .slice(0, listed)
    .map(([name, us]) => `  ${((100 * us) / busy).toFixed(1).padStart(5)} %  ${name}`);
  return [`  busy for ${(busy / 1e6).toFixed(2)} s`, ...lines].join('\n');
}

function nameOf({ functionName, url, lineNumber }: CallFrame): string {
  const name = functionName === '' ? '(anonymous)' : functionName;
  if (url === '') return name;
  const file = url.startsWith('file:') ? relative(process.cwd(), fileURLToPath(url)) : url;
  return `${name}  ${file}:${lineNumber + 1}`;
}

import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import type { SourceMapPayload } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CallFrame, CpuProfile } from './profile.js';

/**
 * Makes of the profiles in a folder what people look for: nothing of how processes started, and the lines of the sources instead of
 * those of the bundle, whose map is gone when the group is. Profiles of an earlier group, which are done, stay as they are.
 */
export function finishProfiles(directory: string, servedAfterMs: number): void {
  const names = existsSync(directory) ? readdirSync(directory) : [];
  for (const name of names.filter((one) => one.endsWith('.cpuprofile'))) {
    const path = join(directory, name);
    const profile = JSON.parse(readFileSync(path, 'utf8')) as CpuProfile;
    if (profile.servedAfterMs === undefined)
      writeFileSync(path, JSON.stringify(inSources(sinceServing(profile, servedAfterMs))));
  }
}

/** Counted from when the process was called, which is a little before its profile begins. */
export function sinceServing<P extends CpuProfile>(profile: P, servedAfterMs: number): P {
  const { samples, timeDeltas } = profile;
  let [first, us] = [0, 0];
  while (first < samples.length && (us += timeDeltas[first] ?? 0) < servedAfterMs * 1000) first++;
  return { ...profile, servedAfterMs, samples: samples.slice(first), timeDeltas: timeDeltas.slice(first) };
}

export function inSources<P extends CpuProfile>(profile: P): P {
  const maps = new Map<string, SourceMap | undefined>();
  const nodes = profile.nodes.map((node) => ({ ...node, callFrame: inSource(node.callFrame, maps) }));
  return { ...profile, nodes };
}

function inSource(frame: CallFrame, maps: Map<string, SourceMap | undefined>): CallFrame {
  const { url, lineNumber, columnNumber } = frame;
  if (!url.startsWith('file:')) return frame;
  if (!maps.has(url)) maps.set(url, mapOf(fileURLToPath(url)));
  const entry = maps.get(url)?.findEntry(lineNumber, columnNumber);
  if (entry === undefined || !('originalSource' in entry)) return frame;
  const source = resolve(dirname(fileURLToPath(url)), entry.originalSource);
  return {
    ...frame,
    url: pathToFileURL(source).href,
    lineNumber: entry.originalLine,
    columnNumber: entry.originalColumn,
  };
}

function mapOf(path: string): SourceMap | undefined {
  const map = `${path}.map`;
  return existsSync(map) ? new SourceMap(JSON.parse(readFileSync(map, 'utf8')) as SourceMapPayload) : undefined;
}

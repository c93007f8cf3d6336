import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

export const howToGetPromtool =
  'no promtool: put its program (`go build ./cmd/promtool` in the sources of Prometheus, or from its releases) on the PATH, or name it by SYNOD_PROMTOOL';

/** Undefined when it is not installed. */
export function findPromtool(): string | undefined {
  const named = process.env['SYNOD_PROMTOOL'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = named === undefined ? folders.map((folder) => join(folder, 'promtool')) : [named];
  return places.find((place) => spawnSync(place, ['--version']).status === 0);
}

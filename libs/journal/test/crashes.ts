import { sectorBytes } from '../src/index.js';
import type { Crash, MemoryDisk } from '../src/index.js';

/** Every way in which the power may be cut: see `crash-states.test.ts`. */
export function* crashesOf(disk: MemoryDisk): Generator<{ what: string; crash: Crash }> {
  const writes = [...disk.unsynced].flatMap(([path, content]) =>
    content.unsynced.map((written, write) => ({ path, write, ...written })),
  );
  for (const names of [0, 1, 2, 3]) {
    const keepsName: Crash['keepsName'] = (change) => ((names >> change % 2) & 1) === 1;
    for (let subset = 0; subset < 2 ** Math.min(writes.length, 6); subset++) {
      const kept = (path: string, write: number): boolean => {
        const rank = writes.findIndex((other) => other.path === path && other.write === write);
        return ((subset >> rank % 6) & 1) === 1;
      };
      yield { what: `subset ${subset}, names ${names}`, crash: { keepsSector: kept, keepsName } };
      for (const torn of writes) {
        if (!kept(torn.path, torn.write)) continue;
        const first = Math.floor(torn.position / sectorBytes);
        const last = Math.floor((torn.position + torn.bytes.length - 1) / sectorBytes);
        for (let sector = first; sector <= last; sector++) {
          for (const alone of [true, false]) {
            const keepsSector: Crash['keepsSector'] = (path, write, at) =>
              path === torn.path && write === torn.write ? (at === sector) === alone : kept(path, write);
            const what = `subset ${subset}, names ${names}, ${torn.path} torn at ${sector}, ${alone ? 'alone' : 'missing'}`;
            yield { what, crash: { keepsSector, keepsName } };
          }
        }
      }
    }
  }
}

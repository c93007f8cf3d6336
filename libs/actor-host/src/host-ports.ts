import { performance } from 'node:perf_hooks';
import { hash, randomFillSync } from 'node:crypto';
import type { Clock, Dice, Scheduler } from './ports.js';

/** The longest wait that setTimeout takes; a longer one would fire at once. */
const longestTimeoutMs = 2 ** 31 - 1;

/** The host's monotonic clock. */
export const monotonicClock: Clock = {
  now: () => performance.now(),
  schedule(delayMs, fire) {
    const deadline = performance.now() + delayMs;
    let handle: NodeJS.Timeout;
    // setTimeout counts whole milliseconds from a cached time, so it may call early: then it waits for the rest.
    const wait = (remainingMs: number): void => {
      handle = setTimeout(check, Math.min(Math.max(Math.ceil(remainingMs), 1), longestTimeoutMs));
    };
    const check = (): void => {
      const remainingMs = deadline - performance.now();
      if (remainingMs > 0) wait(remainingMs);
      else fire();
    };
    wait(delayMs);
    return () => clearTimeout(handle);
  },
};

/** After the poll phase of the same turn of the event loop: work of many sockets gathers, and an idle loop adds no wait. */
export const eventLoop: Scheduler = { soon: (run) => void setImmediate(run) };

/** The system's random source, drawn in blocks because each call costs as much as a kilobyte. */
export function systemDice(): Dice {
  const block = Buffer.alloc(3072);
  let used = block.length;
  return {
    between(min, max) {
      if (used === block.length) {
        randomFillSync(block);
        used = 0;
      }
      const draw = block.readUIntBE(used, 6);
      used += 6;
      return min + (max - min) * (draw / (2 ** 48 - 1));
    },
  };
}

/** For cores and state machines, which know no cryptography. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer');
}

import { Problem } from '../http/problem.js';
import { decodePercent, shown } from '../http/target.js';
import { httpLimits } from '../http/limits.js';

/** The register's key in a path. */
export function parseRegisterKey(encoded: string): string {
  const key = decodePercent(encoded, 'key').toString('latin1');
  if (/^[A-Za-z0-9._/-]+$/.test(key) && key.length <= httpLimits.registerKeyBytes) return key;
  const right = `a register's key is 1 to ${httpLimits.registerKeyBytes} of A-Z a-z 0-9 . _ / -`;
  throw new Problem('invalid-key', `${right}, not ${shown(encoded)}`);
}

import { httpLimits } from '../http/limits.js';
import { Problem } from '../http/problem.js';
import { decodePercent } from '../http/target.js';

/** The key in a path: any 1 to 1024 bytes. */
export function parseKey(encoded: string): Uint8Array {
  const key = decodePercent(encoded, 'key');
  if (key.length === 0) {
    throw new Problem('invalid-key', 'the key is empty; without a key, GET /v1/groups/{group}/kv lists keys');
  }
  return requireShort(key, 'the key', 'invalid-key');
}

/** Keys, and what they begin with or come after. */
export function requireShort(key: Uint8Array, what: string, problem: 'invalid-key' | 'invalid-parameter'): Uint8Array {
  const limit = httpLimits.keyBytes;
  if (key.length <= limit) return key;
  throw new Problem(problem, `${what} has ${key.length} bytes; at most ${limit} are allowed`, { members: { limit } });
}

import { expect, test } from '@jest/globals';
import { DecidedRegisters } from '../src/proposer/decided-registers.js';

test('of registers that were decided four megabytes are remembered, the latest', () => {
  const decided = new DecidedRegisters();
  const value = new Uint8Array(4096 - 128 - 'k0000'.length);
  const keyOf = (i: number): string => `k${String(i).padStart(4, '0')}`;
  for (let i = 0; i < 2000; i++) decided.add(keyOf(i), { value, ballot: i });
  const known = Array.from({ length: 2000 }, (_, i) => i).filter((i) => decided.at(keyOf(i)) !== undefined);
  expect([known.length, known[0], known.at(-1)]).toEqual([1024, 976, 1999]);
});

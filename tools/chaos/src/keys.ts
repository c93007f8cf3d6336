import type { Operation } from '@synod/linearizability';
import type { Random } from '@synod/simulator';

const SHARED = 6;
const PAIRED = 3;

/** One that everybody writes and reads. */
export function sharedKey(phase: string, random: Random): string {
  return `${phase}/${random.below(SHARED)}`;
}

/** Those that transactions change, two at once, and ranges show: judged together, so they are few and apart from the others. */
export function pairedPrefix(phase: string): string {
  return `${phase}/pair/`;
}

export function pairedKey(phase: string, random: Random): string {
  return pairedPrefix(phase) + random.below(PAIRED);
}

/** What an operation names: its key; those that a transaction may write; of a range what they begin with. */
export function namesIn(operation: Operation): readonly string[] {
  if (operation.kind === 'range') return [operation.prefix];
  if (operation.kind === 'transaction') return operation.success.map(({ key }) => key);
  return [operation.key];
}

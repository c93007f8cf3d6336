import type { Operation, Seen } from './history.js';

/** The operation with no more of its answer than values: what a weaker store would tell. */
export function withoutDetails(operation: Operation): Operation {
  const { result } = operation;
  if (operation.kind === 'put' || operation.kind === 'delete') return { ...operation, ...(result && { result: {} }) };
  if (operation.kind !== 'get' || operation.result?.entry === undefined) return operation;
  return { ...operation, result: { entry: valueOnly(operation.result.entry) } };
}

function valueOnly({ value }: Seen): Seen {
  return value === undefined ? {} : { value };
}

/**
 * Of writes that may have happened or not, those that could matter to the answers. When these tell values only, and only
 * of single keys, a put whose value none of them shows can be taken out of any order that explains them.
 */
export function observable(unknown: readonly Operation[], answers: readonly Operation[]): readonly Operation[] {
  const shown = new Set<string>();
  for (const answer of answers) {
    if (answer.kind === 'put' || answer.kind === 'delete') {
      if (answer.result?.existed !== undefined || answer.result?.revision !== undefined) return unknown;
    } else if (answer.kind !== 'get' || answer.result === undefined) return unknown;
    else {
      const { entry } = answer.result;
      if (entry && (entry.value === undefined || Object.keys(entry).length > 1)) return unknown;
      shown.add(placeOf(answer.key, entry?.value));
    }
  }
  return unknown.filter((write) => {
    if (write.kind === 'transaction') return true;
    return !('key' in write) || shown.has(placeOf(write.key, 'value' in write ? write.value : undefined));
  });
}

const placeOf = (key: string, value: string | undefined) => `${key}\u{ffff}${value === undefined ? '' : `=${value}`}`;

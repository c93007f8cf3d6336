import type { Model, Timed } from './model.js';

/** The operations of each part, in the order of the history. */
export function divide<O extends Timed>(history: readonly O[], model: Model<O>): O[][] {
  const parts: O[][] = [];
  const partOf = model.partition(history);
  for (let i = 0; i < history.length; i++) {
    const part = partOf[i]!;
    if (part < 0) continue;
    while (parts.length <= part) parts.push([]);
    parts[part]!.push(history[i]!);
  }
  return parts;
}

import type { Entry } from '@synod/log';

/** Hash of who asked and what: values with the same print are the same value. A no-op is 0. */
export function printOf(entry: Entry): number {
  if (entry.kind === 'noOp') return 0;
  const from = entry.kind === 'request' ? entry.from : '(configuration)';
  let hash = 0x811c9dc5;
  for (let i = 0; i < from.length; i++) hash = Math.imul(hash ^ from.charCodeAt(i), 0x01000193);
  for (let i = 0; i < entry.bytes.length; i++) hash = Math.imul(hash ^ entry.bytes[i]!, 0x01000193);
  return hash;
}

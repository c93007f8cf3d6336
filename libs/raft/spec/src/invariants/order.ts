import { fail } from './claims.js';
import type { Watched } from './group-view.js';

const growing = ['term', 'commitIndex', 'lastApplied', 'snapshotIndex', 'purgedIndex'] as const;

/** How a replica's own indexes stand to each other, and that none of them ever goes back. */
export function checkOrder({ address, now, before, spokenTerm }: Watched): void {
  const { purgedIndex, snapshotIndex, lastApplied, commitIndex, lastIndex } = now;
  const restored = now.installing || snapshotIndex <= lastApplied;
  const inOrder =
    purgedIndex <= snapshotIndex && restored && snapshotIndex <= commitIndex && lastApplied <= commitIndex;
  if (!inOrder || commitIndex > lastIndex)
    fail('order', `${address}: purged ${purgedIndex}, snapshot ${snapshotIndex}, applied ${lastApplied}, committed ${commitIndex}, last ${lastIndex}`); // prettier-ignore
  for (const name of growing)
    if (now[name] < before[name])
      fail('monotonic', `${address}: ${name} goes back from ${before[name]} to ${now[name]}`);
  if (now.term < spokenTerm && now.standing !== 'empty' && now.standing !== 'lost')
    fail('monotonic', `${address} is in term ${now.term} and has spoken in term ${spokenTerm}`);
}

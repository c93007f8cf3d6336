import type { LogIndex } from '@synod/log';
import type { Record, Term } from '@synod/raft-core';
import { fail } from './claims.js';
import type { GroupView, Watched } from './group-view.js';
import type { EntryPrint } from './log-view.js';

interface Known extends Pick<EntryPrint, 'term' | 'print'> {
  readonly prevTerm: Term;
}

/** What replicas write into their logs, and what they take out again. */
export class Logs {
  /** Every entry that was ever in a log, by position: one for each term that had an entry there. */
  private readonly known: Known[][] = [];

  constructor(private readonly group: GroupView) {}

  persisted(watched: Watched, record: Record): void {
    const { address, written } = watched;
    if (record.kind === 'truncate') this.checkTruncation(watched, record.from);
    else if (record.kind === 'hardState') checkHardState(watched, record.term, record.votedFor);
    else if (record.kind === 'entries' && record.batch.first <= written.lastIndex)
      fail('logMatching', `${address} writes entry ${record.batch.first} over one that it has`);
    written.add(record);
    if (record.kind === 'entries') this.checkMatching(watched, record.batch.first, record.batch.last);
  }

  private checkTruncation({ address, written, leads, now }: Watched, from: LogIndex): void {
    const entry = written.at(from);
    if (leads && from <= written.lastIndex)
      fail('leaderAppendOnly', `${address} leads and deletes its entries from ${from}`);
    if (entry === undefined) return;
    if (from <= now.commitIndex)
      fail('committedImmutable', `${address} deletes entry ${from}; it had committed through ${now.commitIndex}`);
    const committed = this.group.committed[from - 1];
    if (committed !== undefined && committed.term === entry.term)
      fail('committedImmutable', `${address} deletes entry ${from} of term ${entry.term}, which is committed`);
  }

  /** Same position and term: same entry, and by induction the same log before it. */
  private checkMatching({ address, written }: Watched, first: LogIndex, last: LogIndex): void {
    for (let index = first; index <= last; index++) {
      const { term, print } = written.at(index)!;
      const prevTerm = written.termAt(index - 1);
      if (prevTerm === undefined) fail('logMatching', `${address} has entry ${index} and no entry ${index - 1}`);
      const here = (this.known[index] ??= []);
      const known = here.find((other) => other.term === term);
      if (known === undefined) here.push({ term, print, prevTerm });
      else if (known.print !== print || known.prevTerm !== prevTerm)
        fail('logMatching', `entry ${index} of term ${term} at ${address} is not the one that another log has there`);
    }
  }
}

function checkHardState({ address, written }: Watched, term: Term, votedFor: string | undefined): void {
  const before = written.hardState;
  if (before === undefined) return;
  if (term < before.term) fail('monotonic', `${address} goes back from term ${before.term} to ${term}`);
  if (term === before.term && before.votedFor !== undefined && votedFor !== before.votedFor)
    fail('oneVote', `${address} changes its vote of term ${term} from ${before.votedFor} to ${votedFor}`);
}

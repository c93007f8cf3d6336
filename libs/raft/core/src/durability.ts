import { none } from '@synod/actor';
import type { Token } from '@synod/actor';
import type { EntryBatch, LogIndex } from '@synod/log';
import { measureSync } from './disk.js';
import type { Term } from './log.js';
import type { HardState } from './records.js';
import type { Raft } from './state.js';

/** Figure 2's currentTerm and votedFor, "updated on stable storage before responding to RPCs". */
export function persistHardState(raft: Raft): Token {
  raft.hardStateToken = raft.out.persist(hardStateOf(raft));
  note(raft, raft.hardStateToken);
  return raft.hardStateToken;
}

export function hardStateOf(raft: Raft): HardState {
  const { currentTerm: term, votedFor, clusterId, floor, standing } = raft;
  return {
    kind: 'hardState',
    term,
    votedFor,
    clusterId,
    floor,
    standing: standing === 'empty' || standing === 'lost' ? 'formed' : standing,
  };
}

/** Adds a batch to the log, in memory now and on disk when its token comes back. */
export function persistEntries(raft: Raft, batch: EntryBatch): void {
  raft.log.append(batch);
  note(raft, raft.out.persist({ kind: 'entries', batch }));
}

/** Raft §5.3: "delete the existing entry and all that follow it". What was under way for them is void. */
export function persistTruncation(raft: Raft, from: LogIndex): void {
  raft.log.truncate(from);
  raft.durableIndex = Math.min(raft.durableIndex, from - 1);
  for (const persist of raft.unsynced) persist.last = Math.min(persist.last, from - 1);
  note(raft, raft.out.persist({ kind: 'truncate', from }));
  raft.out.observe({ kind: 'truncated', from });
}

export function note(raft: Raft, token: Token): void {
  raft.unsynced.push({ token, last: raft.log.lastIndex, at: raft.now });
}

/** Everything up to `token` is on disk. */
export function synced(raft: Raft, token: Token): void {
  raft.durableToken = token;
  while (raft.unsynced.length > 0 && raft.unsynced[0]!.token <= token) {
    const { last, at } = raft.unsynced.shift()!;
    raft.durableIndex = Math.max(raft.durableIndex, last);
    measureSync(raft, at);
  }
}

/**
 * What an answer about the log through `index` rests on: nothing new if our disk has it, else the last persist. Our term
 * always has to be there.
 */
export function restsOn(raft: Raft, index: LogIndex): Token | undefined {
  if (index > raft.durableIndex) return undefined;
  return raft.hardStateToken > raft.durableToken ? raft.hardStateToken : none;
}

/** A newer term voids the vote of the older one. The caller persists. */
export function adoptTerm(raft: Raft, term: Term): void {
  raft.currentTerm = term;
  raft.votedFor = undefined;
}

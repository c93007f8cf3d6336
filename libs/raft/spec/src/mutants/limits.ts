import type { Mutants } from './tampering.js';
import { received, mutant, unlimited } from './tampering.js';

/** LIMIT of the core: a term above this is not believed. */
const termMost = 2 ** 52;

/** What is bounded. */
export const limits: Mutants = {
  'uncommitted-without-end': unlimited(
    'what is proposed and not committed has no bound',
    'replication/too-much-at-once-is-refused',
    'uncommittedBytes',
  ),
  'requests-of-any-size': unlimited(
    'a request of any size is taken',
    'replication/a-request-above-the-limit-is-refused',
    'requestBytes',
  ),
  'reads-without-end': unlimited(
    'any number of reads may wait',
    'reads/too-many-waiting-reads-are-not-taken',
    'waitingReads',
  ),
  'applies-all-at-once': unlimited(
    'all that is committed is applied in one step',
    'replication/a-long-stretch-is-applied-in-parts',
    'applyBytes',
  ),
  'chunks-without-window': unlimited(
    'a snapshot is sent at once, without a window',
    'snapshots/a-follower-behind-the-log-gets-the-snapshot',
    'chunksInFlight',
  ),
  'believes-any-term': mutant(
    'a term from which no election could go on is believed',
    'elections/an-absurd-term-is-not-believed',
    () => ({
      ...received((message, _from, raft) => {
        if (!('term' in message) || message.term <= termMost) return {};
        absurd.set(raft, message.term);
        return { message: { ...message, term: termMost } };
      }),
      after: (effects, _input, raft) => {
        const term = absurd.get(raft);
        if (term !== undefined && raft.currentTerm === termMost) raft.currentTerm = term;
        return effects;
      },
    }),
  ),
};

const absurd = new WeakMap<object, number>();

import { none } from '@synod/actor';
import type { Address, Effect, Input } from '@synod/actor';
import { RaftReplica } from '@synod/raft-core';
import type { LogIndex, Message, RaftVocabulary, Record } from '@synod/raft-core';
import type { MakeReplica } from './group.js';

type E = Effect<RaftVocabulary>;
type I = Input<RaftVocabulary>;
type Raft = RaftReplica['raft'];

/** A replica with one deliberate mistake, which the evidence must notice. */
export interface Mutant {
  readonly mistake: string;
  readonly make: MakeReplica;
}

/** A replica whose steps are tampered with from outside; `raft` is the honest one's own state. */
class Tampered extends RaftReplica {
  before: (input: I, raft: Raft) => I = (input) => input;
  after: (effects: readonly E[], input: I, raft: Raft) => readonly E[] = (effects) => effects;

  override step(input: I): readonly E[] {
    const seen = this.before(input, this.raft);
    return this.after(super.step(seen), seen, this.raft);
  }

  /** Lets the honest code apply what the tampering has declared committed. */
  commit(index: LogIndex, at: number): readonly E[] {
    this.raft.commitIndex = index;
    const { currentTerm: term, self } = this.raft;
    const committed: E = { kind: 'observe', event: { kind: 'committed', term, index, completedBy: self } };
    return [committed, ...super.step({ kind: 'timeout', timer: 'apply', at })];
  }
}

type Tampering = (replica: Tampered) => { before?: Tampered['before']; after?: Tampered['after'] };

function mutant(mistake: string, tampering: Tampering): Mutant {
  const make: MakeReplica = (configuration, service) => {
    const replica = new Tampered(configuration, service);
    return Object.assign(replica, tampering(replica));
  };
  return { mistake, make };
}

function eachRecord(change: (record: Record) => Record): ReturnType<Tampering> {
  return {
    after: (effects) =>
      effects.map((effect) => (effect.kind === 'persist' ? { ...effect, record: change(effect.record) } : effect)),
  };
}

function eachMessage(change: (message: Message, raft: Raft) => Message): ReturnType<Tampering> {
  return {
    after: (effects, _input, raft) =>
      effects.map((effect) => (effect.kind === 'send' ? { ...effect, message: change(effect.message, raft) } : effect)),
  };
}

function atOnce(kind: Message['kind']): ReturnType<Tampering> {
  return {
    after: (effects) =>
      effects.map((effect) =>
        effect.kind === 'send' && effect.message.kind === kind ? { ...effect, after: none } : effect,
      ),
  };
}

function received(
  change: (message: Message, from: Address, raft: Raft) => { from?: Address; message?: Message },
): ReturnType<Tampering> {
  return {
    before: (input, raft) =>
      input.kind === 'receive' ? { ...input, ...change(input.message, input.from, raft) } : input,
  };
}

/** Mistakes that real implementations made. */
export const mutants: { readonly [name: string]: Mutant } = {
  'unsynced-vote': mutant('a vote leaves before it is on disk', () => atOnce('requestVoteReply')),
  'forgotten-vote': mutant('the vote is not written with the term', () =>
    eachRecord((record) => (record.kind === 'hardState' ? { ...record, votedFor: undefined } : record)),
  ),
  'unsynced-ack': mutant('entries are acknowledged before they are on disk', () => atOnce('appendEntriesReply')),
  'own-ack-unsynced': mutant('the leader counts itself before its own disk has the entries', () => ({
    before: (input, raft) => {
      if (raft.role.kind === 'leader') raft.durableIndex = raft.log.lastIndex;
      return input;
    },
  })),
  'commits-old-terms': mutant('entries of older terms are committed by counting (Figure 8)', (replica) => ({
    after: (effects, input, raft) => {
      if (raft.role.kind !== 'leader') return effects;
      const matches = [raft.durableIndex, ...[...raft.role.followers.values()].map(({ match }) => match)].sort(
        (a, b) => b - a,
      );
      const index = matches[Math.floor(matches.length / 2)]!;
      return index > raft.commitIndex ? [...effects, ...replica.commit(index, input.at)] : effects;
    },
  })),
  'counts-messages': mutant('votes are counted by message, not by voter', () =>
    received((message, from, raft) => {
      if (message.kind !== 'requestVoteReply' || raft.role.kind !== 'candidate') return {};
      const heard = [...raft.role.votes.granted, ...raft.role.votes.refused];
      return heard.includes(from) ? { from: raft.others.find((other) => !heard.includes(other)) ?? from } : {};
    }),
  ),
  'ignores-logs': mutant('votes for candidates with an older log', () =>
    received((message) =>
      message.kind === 'requestVote' ? { message: { ...message, lastTerm: Number.MAX_SAFE_INTEGER } } : {},
    ),
  ),
  'commits-own-last': mutant(
    "a follower commits up to its own last entry, not up to what the leader's message verified",
    (replica) => ({
      after: (effects, input, raft) => {
        if (input.kind !== 'receive' || input.message.kind !== 'appendEntries' || input.from !== raft.leader)
          return effects;
        const index = Math.min(input.message.commit, raft.log.lastIndex);
        return index > raft.commitIndex ? [...effects, ...replica.commit(index, input.at)] : effects;
      },
    }),
  ),
  'acks-own-last': mutant('an acknowledgement names the last entry, verified or not', () =>
    eachMessage((message, raft) =>
      message.kind === 'appendEntriesReply' && message.outcome.kind === 'matched'
        ? { ...message, outcome: { kind: 'matched', index: raft.log.lastIndex } }
        : message,
    ),
  ),
  'truncates-always': mutant('an append cuts off what follows it, conflict or not', () => ({
    after: (effects, input, raft) => {
      if (input.kind !== 'receive' || input.message.kind !== 'appendEntries' || input.from !== raft.leader)
        return effects;
      const last = input.message.batches.at(-1)?.last;
      if (last === undefined || last >= raft.log.lastIndex || last < raft.commitIndex || last <= raft.log.base.index)
        return effects;
      raft.log.truncate(last + 1);
      raft.durableIndex = Math.min(raft.durableIndex, last);
      for (const persist of raft.unsynced) persist.last = Math.min(persist.last, last);
      raft.unsynced.push({ token: raft.out.persist({ kind: 'truncate', from: last + 1 }), last, at: input.at });
      return [...effects, ...raft.out.drain()];
    },
  })),
  'reads-without-round': mutant('the leader answers reads without asking whether it still leads', () => ({
    after: (effects, input, raft) => {
      if (input.kind !== 'receive' || input.message.kind !== 'read' || raft.role.kind !== 'leader') return effects;
      const { client, sequence, queries } = input.message;
      const results = raft.service.query(input.from, queries);
      const answer = { kind: 'results', results, index: raft.lastApplied, term: raft.currentTerm, ageMs: 0 } as const;
      return [
        ...effects,
        { kind: 'send', to: input.from, message: { kind: 'reply', client, session: 0, sequence, answer }, after: none },
      ];
    },
  })),
  'reads-too-early': mutant('a new leader answers reads before an entry of its term is committed', () => ({
    before: (input, raft) => {
      if (raft.role.kind === 'leader') Object.assign(raft.role, { firstOfTerm: 0 });
      return input;
    },
  })),
  'empty-disk-votes': mutant('a replica without anything on its disk votes', (replica) => ({
    before: (input, raft) => {
      if (input.kind !== 'recovered' || !input.empty) return input;
      const record: Record = {
        kind: 'hardState',
        term: 0,
        votedFor: undefined,
        clusterId: 1,
        standing: 'active',
        floor: 0,
      };
      RaftReplica.prototype.step.call(replica, { kind: 'recover', record, at: input.at });
      raft.unsynced.push({ token: raft.out.persist(record), last: 0, at: input.at });
      return input;
    },
  })),
  'truncates-before-mark': mutant('a snapshot of the leader voids the log before its mark is written', () => ({
    after: (effects) => {
      const mark = effects.findIndex((effect) => effect.kind === 'persist' && effect.record.kind === 'snapshotMark');
      const voided = effects.findIndex((effect) => effect.kind === 'persist' && effect.record.kind === 'truncate');
      if (mark < 0 || voided < mark) return effects;
      const swapped = [...effects];
      const [first, second] = [
        effects[mark] as Extract<E, { kind: 'persist' }>,
        effects[voided] as Extract<E, { kind: 'persist' }>,
      ];
      swapped[mark] = { ...first, record: second.record };
      swapped[voided] = { ...second, record: first.record };
      return swapped;
    },
  })),
};

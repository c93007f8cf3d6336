import { none } from '@synod/actor';
import { isMessage, leaderState, mutant, received, state, without, eachMessage } from './tampering.js';
import type { E, I, Leader, Mutants, Raft, Tampered } from './tampering.js';

/** Who may lead. */
export const elections: Mutants = {
  'ignores-logs': mutant('votes for candidates with an older log', 'elections/a-vote-is-refused-to-an-older-log', () =>
    received((message) =>
      message.kind === 'requestVote' ? { message: { ...message, lastTerm: Number.MAX_SAFE_INTEGER } } : {},
    ),
  ),
  'compares-lengths': mutant(
    'logs are compared by their length alone, not by the last term first',
    'elections/a-vote-is-refused-to-an-older-log',
    () =>
      received((message, _from, raft) =>
        message.kind === 'requestVote' ? { message: { ...message, lastTerm: raft.log.lastTerm } } : {},
      ),
  ),
  'counts-messages': mutant('votes are counted by message, not by voter', 'elections/a-doubled-vote-counts-once', () =>
    received((message, from, raft) => {
      if (message.kind !== 'requestVoteReply' || raft.role.kind !== 'candidate') return {};
      const heard = [...raft.role.votes.granted, ...raft.role.votes.refused];
      return heard.includes(from) ? { from: raft.others.find((other) => !heard.includes(other)) ?? from } : {};
    }),
  ),
  'counts-late-votes': mutant(
    'a vote of an older term counts',
    'elections/a-late-vote-of-an-older-term-does-not-count',
    () =>
      received((message, _from, { currentTerm }) =>
        message.kind === 'requestVoteReply' && message.phase === 'vote' && message.term < currentTerm
          ? { message: { ...message, term: currentTerm } }
          : {},
      ),
  ),
  'counts-pre-votes': mutant(
    'a pre-vote that comes late counts as a vote',
    'elections/a-late-pre-vote-does-not-count-as-a-vote',
    () =>
      received((message, _from, { role, currentTerm }) =>
        message.kind === 'requestVoteReply' && message.granted && role.kind === 'candidate'
          ? { message: { ...message, phase: 'vote', term: currentTerm } }
          : {},
      ),
  ),
  'elected-by-half': mutant(
    'one vote less than a majority elects',
    'elections/a-split-vote-ends-without-a-leader',
    () =>
      state(({ role }) => {
        if (role.kind === 'candidate') Object.assign(role.votes, { quorum: role.votes.granted.length > 0 ? 1 : 2 });
      }),
  ),
  'votes-twice': mutant(
    'whether the vote is given is looked up before the last vote is stored: two requests at once both pass',
    'elections/one-vote-in-a-term-while-the-first-is-not-on-disk',
    () =>
      state((raft, input) => {
        const underWay = raft.hardStateToken > raft.durableToken && raft.role.kind === 'follower';
        if (underWay && isMessage(input, 'requestVote') && input.message.term === raft.currentTerm)
          raft.votedFor = undefined;
      }),
  ),
  'pre-vote-raises-term': mutant(
    'a request for a pre-vote raises the term of whoever is asked',
    'elections/a-pre-vote-does-not-raise-the-term-of-the-asked',
    (replica) => ({
      before: (input, raft) => {
        if (!isMessage(input, 'requestVote') || input.message.phase !== 'preVote') return input;
        if (input.message.term <= raft.currentTerm) return input;
        pending.set(replica, learns(replica, input, input.from, input.message.term));
        return input;
      },
      after: (effects) => [...taken(replica), ...effects],
    }),
  ),
  'pre-vote-own-term': mutant(
    "a granted pre-vote carries the voter's term, not the one asked for",
    'elections/a-candidate-with-a-majority-leads',
    () =>
      eachMessage((message, raft) =>
        message.kind === 'requestVoteReply' && message.phase === 'preVote'
          ? { ...message, term: raft.currentTerm }
          : message,
      ),
  ),
  'pre-vote-teaches-nothing': mutant(
    'the newer term in a refused pre-vote is disregarded',
    'elections/a-refused-pre-vote-teaches-the-newer-term',
    () =>
      received((message) =>
        message.kind === 'requestVoteReply' && message.phase === 'preVote' && !message.granted
          ? { message: { ...message, term: 0 } }
          : {},
      ),
  ),
  'pre-vote-not-cancelled': mutant(
    'a pre-vote goes on although a leader was heard',
    'elections/a-pre-vote-ends-when-a-leader-is-heard',
    (replica) => ({
      before: (input, raft) => {
        if (raft.role.kind === 'preCandidate') asking.set(replica, { role: raft.role, term: raft.currentTerm });
        const was = asking.get(replica);
        const goesOn = raft.role.kind === 'follower' && was?.term === raft.currentTerm;
        if (goesOn && isMessage(input, 'requestVoteReply')) raft.role = was.role;
        return input;
      },
    }),
  ),
  'no-pre-vote': mutant(
    'a candidate raises its term without asking first',
    'elections/a-pre-vote-raises-no-term',
    (replica) => ({
      after: (effects, input, raft) => {
        if (raft.role.kind !== 'preCandidate' || input.kind !== 'timeout') return effects;
        const message = {
          kind: 'requestVoteReply',
          phase: 'preVote',
          term: raft.currentTerm + 1,
          granted: true,
        } as const;
        const granted = raft.others.flatMap((from) =>
          raft.role.kind === 'preCandidate' ? replica.honestly({ kind: 'receive', from, message, at: input.at }) : [],
        );
        return [...effects.filter(({ kind }) => kind !== 'send'), ...granted];
      },
    }),
  ),
  'no-check-quorum': mutant(
    'a leader that hears no majority goes on',
    'elections/a-leader-without-a-majority-steps-down',
    () => leaderState(({ followers }, _raft, { at }) => followers.forEach((progress) => (progress.heardAt = at))),
  ),
  'heard-by-the-recovering': mutant(
    'who recovers from a lost disk counts among those that a leader hears',
    'elections/who-recovers-keeps-no-leader',
    () =>
      leaderState(({ followers }, _raft, { kind }) => {
        if (kind !== 'timeout') return;
        const recovering = [...followers.values()].filter(({ voting }) => !voting);
        const heardAt = Math.max(...recovering.map((progress) => progress.heardAt));
        for (const progress of followers.values()) progress.heardAt = Math.max(progress.heardAt, heardAt);
      }),
  ),
  'not-sticky': mutant(
    'whoever hears a leader votes all the same',
    'elections/who-hears-a-leader-disregards-candidates',
    () =>
      state((raft, input) => {
        if (isMessage(input, 'requestVote')) raft.heardLeaderAt = Number.NEGATIVE_INFINITY;
      }),
  ),
  'silent-to-older-leaders': mutant(
    'a leader of an older term gets no answer',
    'replication/an-append-of-an-older-term-is-refused',
    () =>
      received((message, _from, raft) =>
        message.kind === 'appendEntries' && message.term < raft.currentTerm ? undefined : {},
      ),
  ),
  'hand-over-meets-stickiness': mutant(
    'who hears the leader refuses the candidate that the leader itself asked to stand',
    'elections/leadership-is-handed-over',
    () => received((message) => (message.kind === 'requestVote' ? { message: { ...message, handover: false } } : {})),
  ),
  'hands-over-too-early': mutant(
    'leadership is handed over to a follower that does not have the last entry on its disk',
    'elections/leadership-is-handed-over',
    () => ({
      after: (effects, _input, raft) => {
        if (raft.role.kind !== 'leader' || !raft.role.handOver || raft.role.handOver.asked) return effects;
        const { handOver } = raft.role;
        handOver.asked = true;
        const message = { kind: 'timeoutNow', term: raft.currentTerm } as const;
        return [...effects, { kind: 'send', to: handOver.to, message, after: none }];
      },
    }),
  ),
  'hands-over-to-the-recovering': mutant(
    'leadership is handed over to a follower that recovers from a lost disk, which may not stand',
    'elections/a-recovering-follower-is-no-heir',
    () => ({
      before: (input, raft) => {
        if (input.kind !== 'stopping' || raft.role.kind !== 'leader') return input;
        for (const progress of raft.role.followers.values()) {
          if (!progress.voting) Object.assign(progress, { voting: true, match: raft.log.lastIndex });
        }
        return input;
      },
    }),
  ),
  'hands-over-to-the-silent': mutant(
    'leadership is handed over to the follower that has most, whether it was heard lately or not',
    'elections/a-silent-follower-is-no-heir',
    () =>
      leaderState(({ followers }, _raft, { kind, at }) => {
        if (kind === 'stopping') followers.forEach((progress) => (progress.heardAt = at));
      }),
  ),
  'takes-requests-while-handing-over': mutant(
    'a leader that hands over goes on taking requests',
    'elections/a-leader-that-hands-over-takes-no-requests',
    (replica) => ({
      before: (input, raft) => {
        if (!isMessage(input, 'request') || raft.role.kind !== 'leader') return input;
        handingOver.set(replica, raft.role.handOver);
        raft.role.handOver = undefined;
        return input;
      },
      after: (effects, input, raft) => {
        if (isMessage(input, 'request') && raft.role.kind === 'leader') raft.role.handOver = handingOver.get(replica);
        return effects;
      },
    }),
  ),
  'obeys-any-hand-over': mutant(
    'whoever says so, of whatever term, a follower that is told to take over stands',
    'elections/a-late-hand-over-starts-no-election',
    () =>
      received((message, from, raft) =>
        message.kind === 'timeoutNow'
          ? { from: raft.leader ?? from, message: { ...message, term: raft.currentTerm } }
          : {},
      ),
  ),
  'hand-over-for-ever': mutant(
    'a hand-over whose target does not take over never ends',
    'elections/a-hand-over-that-fails-times-out',
    () => without((effect) => effect.kind === 'startTimer' && effect.timer === 'handOver'),
  ),
};

const pending = new WeakMap<Tampered, readonly E[]>();
const handingOver = new WeakMap<Tampered, Leader['handOver']>();
const asking = new WeakMap<Tampered, { readonly role: Raft['role']; readonly term: number }>();

/** The honest code adopts a term, as from somebody's refusal. */
function learns(replica: Tampered, { at }: I, from: string, term: number): readonly E[] {
  const message = { kind: 'requestVoteReply', phase: 'vote', term, granted: false } as const;
  return replica.honestly({ kind: 'receive', from, message, at });
}

function taken(replica: Tampered): readonly E[] {
  const effects = pending.get(replica) ?? [];
  pending.delete(replica);
  return effects;
}

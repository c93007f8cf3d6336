import type { Commit, Message, Prepare, PrePrepare } from '@synod/pbft-core';
import {
  altered,
  eachMessage,
  isMessage,
  quorumWhile,
  received,
  replica,
  setQuorum,
  state,
  without,
} from './tampering.js';
import type { Mutants, Pbft, Slot, Tampering } from './tampering.js';

type VoteMessage = Prepare | Commit;

function votesIn(slot: Slot | undefined, { kind }: VoteMessage) {
  return kind === 'prepare' ? slot?.prepares : slot?.commits;
}

function withVote({ kind, signed }: VoteMessage, change: Parameters<typeof altered>[1]): Message {
  return { kind, signed: altered<never>(signed as never, change as never) } as unknown as Message;
}

function isVote(message: Message): message is VoteMessage {
  return message.kind === 'prepare' || message.kind === 'commit';
}

/** §4.2: what prepares, what commits, what is executed. */
export const ordering: Mutants = {
  'counts-vote-messages': replica(
    'votes are counted by message: one that comes twice is taken for another member’s',
    'normal-case/a-vote-counts-once',
    () =>
      lookingAtAll((message, { log, group, view, self }: Pbft) => {
        if (!isVote(message)) return message;
        const votes = votesIn(log.at(message.signed.statement.sequence), message);
        if (votes?.has(message.signed.signer) !== true) return message;
        const other = group.members.find((member) => !votes.has(member) && member !== self && member !== group.primary(view)); // prettier-ignore
        return other === undefined ? message : withVote(message, { signer: other });
      }),
  ),
  'counts-the-primary-twice': replica(
    'the primary’s proposal counts as its PREPARE, too',
    'normal-case/prepared-by-the-primary-and-2f-backups',
    () =>
      received((message, _from, { log, group, self }) => {
        if (message.kind !== 'prepare') return message;
        const { view, sequence } = message.signed.statement;
        const slot = log.at(sequence);
        const primary = group.primary(view);
        if (slot?.proposal !== undefined && self !== primary)
          slot.prepares.set(primary, altered(message.signed, { signer: primary }));
        return message;
      }),
  ),
  'prepared-by-one-less': replica(
    'one PREPARE less than a quorum prepares',
    'normal-case/prepared-by-the-primary-and-2f-backups',
    () => state((of) => setQuorum(of, of.group.f * 2)),
  ),
  'two-f-plus-one-literally': replica(
    'a quorum is 2f + 1, also where that is not enough for two of them to share a correct member',
    'normal-case/a-quorum-of-six-is-four',
    () => state((of) => setQuorum(of, of.group.f * 2 + 1)),
  ),
  'does-not-compare-digests': replica(
    'a vote counts whatever digest it names',
    'normal-case/votes-for-another-digest-do-not-count',
    () =>
      received((message, _from, { log }) => {
        if (!isVote(message)) return message;
        const proposal = log.at(message.signed.statement.sequence)?.proposal;
        return proposal === undefined
          ? message
          : withVote(message, { statement: { digest: proposal.statement.digest } });
      }),
  ),
  'does-not-compute-digests': replica(
    'the digest of a proposal is believed, whatever came with it',
    'normal-case/a-digest-is-computed-anew',
    () =>
      received((message) => {
        if (message.kind === 'prePrepare') believeDigest(message);
        return message;
      }),
  ),
  'accepts-any-proposer': replica('any member proposes', 'normal-case/only-the-primary-proposes', () =>
    lookingAtAll((message, { group }) => {
      if (message.kind !== 'prePrepare') return message;
      const primary = group.primary(message.signed.statement.view);
      return { ...message, signed: altered(message.signed, { signer: primary }) };
    }),
  ),
  'takes-the-latest-proposal': replica(
    'a second proposal for a place takes the place of the first',
    'normal-case/one-proposal-per-place',
    () =>
      received((message, _from, { log, view }) => {
        if (message.kind !== 'prePrepare' || message.signed.statement.view !== view) return message;
        const slot = log.at(message.signed.statement.sequence);
        if (slot?.proposal !== undefined && slot.proposal.statement.digest !== message.signed.statement.digest) {
          slot.proposal = slot.batch = slot.ownPrepare = slot.ownCommit = undefined;
        }
        return message;
      }),
  ),
  'commits-what-is-proposed': replica(
    'COMMIT follows the proposal, without a certificate',
    'normal-case/prepared-by-the-primary-and-2f-backups',
    () => ({
      after: (effects, _input, { cryptography, configuration }) =>
        effects.flatMap((effect) => {
          if (effect.kind !== 'observe' || effect.event.kind !== 'prePrepared') return [effect];
          const { view, sequence, digest } = effect.event;
          const signed = cryptography.sign({ type: 'commit', view, sequence, digest });
          return [effect, { kind: 'send', to: configuration.everyone, message: { kind: 'commit', signed }, after: 0 }];
        }),
    }),
  ),
  'executes-what-prepared': replica(
    'what prepared is executed, without waiting for COMMITs',
    'normal-case/a-commit-leaves-when-the-certificate-is-on-disk',
    (member) => ({
      after: (effects, { at }, { group, self }) => [
        ...effects,
        ...effects.flatMap((effect) => {
          if (effect.kind !== 'observe' || effect.event.kind !== 'prepared') return [];
          const { view, sequence, digest } = effect.event;
          return group.members.flatMap((signer) => {
            if (signer === self) return [];
            const signed = { statement: { type: 'commit', view, sequence, digest }, signer, bytes: nothing, signature: nothing } as const; // prettier-ignore
            return member.honestly({ kind: 'receive', from: signer, message: { kind: 'commit', signed }, at });
          });
        }),
      ],
    }),
  ),
  'committed-by-one-less': replica('one COMMIT less than a quorum commits', 'normal-case/a-vote-counts-once', () =>
    quorumWhile('commit', ({ group }) => group.quorum - 1),
  ),
  'executes-over-gaps': replica(
    'what is committed is executed, whatever comes before it',
    'normal-case/executed-in-order',
    () =>
      state((of) => {
        const next = of.executed.sequence + 1;
        if (of.log.at(next)?.committed !== undefined) return;
        const later = [...of.log.all].filter(({ committed, sequence }) => committed !== undefined && sequence > next);
        const first = Math.min(...later.map(({ sequence }) => sequence));
        if (Number.isFinite(first)) of.executed = { ...of.executed, sequence: first - 1 };
      }),
  ),
  'beyond-the-water-marks': replica('the log has no high water mark', 'normal-case/between-the-water-marks', () =>
    state(({ configuration }) => {
      if (!(configuration.limits as { unbound?: boolean }).unbound)
        Object.assign(configuration, { limits: { ...configuration.limits, logSize: 1000, unbound: true } });
    }),
  ),
  'votes-across-views': replica(
    'votes of other views count in this one',
    'view-changes/votes-of-an-older-view-do-not-count',
    () =>
      lookingAtAll((message, { view, active }) =>
        isVote(message) && active ? withVote(message, { statement: { view } }) : message,
      ),
  ),
  'accuses-once': replica(
    'who was accused of one contradiction is accused of none that ends its view',
    'normal-case/a-lesser-lie-buys-nothing-off',
    () =>
      received((message, _from, { accused, primary, log }) => {
        if (message.kind !== 'prePrepare' || !accused.has(primary)) return message;
        return log.at(message.signed.statement.sequence)?.proposal === undefined ? message : undefined;
      }),
  ),
  'accuses-nobody': replica('who contradicts himself is not told of', 'normal-case/one-proposal-per-place', () =>
    state(({ accused, group }) => {
      for (const member of group.members) accused.add(member);
    }),
  ),
  'never-helps': replica('what others lack by their own word is not sent again', 'view-changes/heard-is-by-view', () =>
    without((effect, _of, input) => isMessage(input, 'status') && effect.kind === 'send'),
  ),
  'says-it-once-more': replica(
    'a batch that was executed is proposed again when it is asked for again',
    'clients/a-request-is-executed-once',
    () =>
      state(({ service }) => {
        (service as { recall: unknown }).recall = () => undefined;
      }),
  ),
  'answers-as-the-last': replica('an answer is that to another request', undefined, () => {
    let before: Uint8Array | undefined;
    return eachMessage((message) => {
      if (message.kind !== 'reply' || message.answer.kind !== 'results') return message;
      const results = before ?? message.answer.results;
      before = message.answer.results;
      return { ...message, answer: { ...message.answer, results } };
    });
  }),
};

function lookingAtAll(change: (message: Message, state: Pbft) => Message): Tampering {
  return { ...received((message, _from, of) => change(message, of)), looksAtAll: true };
}

const nothing = new Uint8Array(0);

/** As if the batch had the digest that the proposal says. */
function believeDigest({ signed, batch }: PrePrepare): void {
  const { digest } = signed.statement;
  Object.assign(batch, { known: { digest, requests: batch.requests.map((_, place) => `${digest.slice(4)}${place}000`.slice(0, 64)) } }); // prettier-ignore
}

import type { StandingClaim } from '@synod/pbft-core';
import { altered, atOnce, eachMessage, received, replica, state, without } from './tampering.js';
import type { Mutants, Pbft, Tampering } from './tampering.js';

/** To a hello something else is answered, and signed. */
function answering(change: (claim: StandingClaim, of: Pbft) => StandingClaim): Tampering {
  return eachMessage((message, of) => {
    if (message.kind !== 'helloReply') return message;
    return { ...message, signed: of.cryptography.sign(change(message.signed.statement, of)) };
  });
}

/** Departure 1: what is signed is on disk before it is heard, and is never contradicted. */
export const durability: Mutants = {
  'unsynced-prepare': replica(
    'PREPARE leaves before the proposal is on disk',
    'normal-case/a-prepare-leaves-when-it-is-on-disk',
    () => atOnce('prepare'),
  ),
  'unsynced-commit': replica(
    'COMMIT leaves before the certificate is on disk',
    'normal-case/a-commit-leaves-when-the-certificate-is-on-disk',
    () => atOnce('commit'),
  ),
  'unsynced-proposal': replica(
    'the primary’s proposal leaves before it is on disk',
    'normal-case/a-proposal-leaves-when-it-is-on-disk',
    () => atOnce('prePrepare'),
  ),
  'unsynced-view-change': replica(
    'VIEW-CHANGE leaves before it is on disk',
    'view-changes/a-view-change-leaves-when-it-is-on-disk',
    () => atOnce('viewChange'),
  ),
  'counts-itself-early': replica(
    'its own vote counts before it is on disk',
    'normal-case/a-commit-leaves-when-the-certificate-is-on-disk',
    (member) => ({
      after: (effects, { at }) => {
        const last = effects.findLast((effect) => effect.kind === 'persist');
        return last === undefined ? effects : [...effects, ...member.honestly({ kind: 'persisted', token: last.token, at })]; // prettier-ignore
      },
    }),
  ),
  'forgets-what-it-signed': replica(
    'a restart forgets what was signed and is not executed yet',
    'normal-case/a-restart-signs-nothing-else',
    () => ({
      before: (input) => {
        const forgotten = input.kind === 'recover' && ['accepted', 'certificate', 'batch'].includes(input.record.kind);
        return forgotten ? undefined : input;
      },
    }),
  ),
  'forgets-the-view': replica(
    'a restart begins in the first view',
    'view-changes/a-view-change-leaves-when-it-is-on-disk',
    () => ({
      before: (input) => {
        const forgotten = input.kind === 'recover' && ['viewChange', 'newView'].includes(input.record.kind);
        return forgotten ? undefined : input;
      },
    }),
  ),
  'forgets-the-promise-at-a-mark': replica(
    'a restart finds the view in the mark of a snapshot, and not that the replica had asked to leave it',
    'view-changes/a-mark-remembers-who-asked-for-a-view',
    () => ({
      before: (input) => {
        if (input.kind !== 'recover' || input.record.kind !== 'snapshotMark') return input;
        return { ...input, record: { ...input.record, viewChange: undefined } };
      },
    }),
  ),
  'cuts-before-the-mark': replica(
    'the journal is cut when the mark of a snapshot is written, and not when it is on disk',
    'checkpoints/the-journal-is-cut-when-the-mark-is-on-disk',
    () => ({
      after: (effects, _input, of) => {
        const { marked } = of;
        if (marked === undefined || marked.token <= of.durableToken) return effects;
        of.marked = undefined;
        const { token, sequence } = marked;
        return [...effects, { kind: 'cut', through: sequence, keep: token, snapshot: { index: sequence, era: 0 } }];
      },
    }),
  ),
  'counts-answers-to-an-earlier-life': replica(
    'an answer to a hello counts, whichever life it answers',
    'standing/an-answer-to-an-earlier-life-does-not-count',
    () =>
      received((message, _from, { incarnation }) => {
        if (message.kind !== 'helloReply') return message;
        return { ...message, signed: altered(message.signed, { statement: { nonce: incarnation } }) };
      }),
  ),
  'takes-who-is-late-for-old': replica(
    'who has taken its place in the group vouches for nobody any more',
    'standing/who-comes-late-is-vouched-for',
    () => answering((claim, { standing }) => ({ ...claim, founder: claim.founder && standing === 'empty' })),
  ),
  'vouches-for-whoever-asks': replica(
    'whatever life asks is vouched for, though an earlier one of the same member was',
    'standing/a-second-life-is-vouched-for-by-nobody',
    () => answering((claim) => ({ ...claim, founder: true })),
  ),
  'forgets-whom-it-vouched-for': replica(
    'a restart forgets for which lives the replica vouched',
    'standing/a-second-life-is-vouched-for-by-nobody',
    () => ({
      before: (input, { self }) => {
        if (input.kind !== 'recover' || input.record.kind !== 'standing') return input;
        const founders = input.record.founders.filter(({ member }) => member === self);
        return { ...input, record: { ...input.record, founders } };
      },
    }),
  ),
  'vouches-before-it-is-on-disk': replica(
    'that a life is vouched for leaves before it is on disk',
    'standing/vouching-is-on-disk-before-it-is-heard',
    () => atOnce('helloReply'),
  ),
  'vouches-without-its-own-beginning': replica(
    'who lost its disk, and is back, vouches for whatever life it hears of first',
    'standing/who-lost-its-disk-vouches-for-nobody',
    () =>
      state((of) => {
        if (of.standing === 'recovering') of.founders = [{ member: of.self, incarnation: of.incarnation }];
      }),
  ),
  'stays-primary-without-a-disk': replica(
    'a primary that lost its disk waits until somebody complains of it',
    'standing/a-primary-that-lost-its-disk-is-relieved',
    () => without((effect, { standing }) => effect.kind === 'send' && effect.message.kind === 'complaint' && standing === 'recovering'), // prettier-ignore
  ),
  'fills-up-for-ever': replica(
    'whoever says that it lost its disk is given null requests without end',
    'standing/a-false-floor-is-helped-for-a-while',
    () =>
      state(({ peers }) => {
        for (const peer of peers.values()) peer.filledUp = 0;
      }),
  ),
  'empty-disk-votes': replica(
    'a replica without anything on its disk takes part at once',
    'standing/a-group-starts-for-the-first-time',
    (member) => ({
      before: (input) => {
        if (input.kind !== 'recovered' || !input.empty) return input;
        const record = { kind: 'standing', standing: 'active', floor: 0, firstView: 0, founders: [] } as const;
        member.honestly({ kind: 'recover', record, at: input.at });
        return input;
      },
    }),
  ),
  'back-by-any-commit': replica(
    'a replica that lost its disk is back beyond its floor by whatever is committed, be it from before the loss',
    'standing/an-old-commit-brings-nobody-back',
    () => ({
      after: (effects, _input, of) => {
        const committed = [...of.log.all].filter(({ committed }) => committed !== undefined);
        if (of.standing !== 'recovering' || of.low < of.floor || committed.length === 0) return effects;
        const views = committed.map(({ prepared }) => prepared!.certificate.proposal.statement.view);
        Object.assign(of, { standing: 'active', floor: 0, firstView: Math.min(...views) + 1 });
        return effects;
      },
    }),
  ),
  'comes-back-at-once': replica(
    'a replica that lost its disk signs again as soon as it has heard of the others',
    'standing/a-lost-disk-listens-first',
    () => ({
      before: (input, of) => {
        if (of.standing === 'recovering') {
          of.standing = 'active';
          of.floor = 0;
        }
        return input;
      },
    }),
  ),
};

import type { Message } from '@synod/paxos-core';
import { acceptor, atOnce, eachMessage, eachRecord, proposer, received, state } from './tampering.js';
import type { Acceptor, Mutants, Proposer } from './tampering.js';

/** Single-decree Paxos, and how registers follow the acceptors. */
export const registers: Mutants = {
  'wants-its-own-value': proposer(
    'whoever writes a register proposes its own value, whatever phase 1 found',
    'registers/a-register-has-one-value',
    () => received((message) => (message.kind === 'registerPromised' ? { message: { ...message, accepted: 0 } } : {})),
  ),
  'unsynced-register': acceptor(
    'promises and votes of registers leave before they are on disk',
    'registers/a-register-vote-leaves-when-it-is-on-disk',
    () => atOnce(({ kind }) => kind === 'registerPromised' || kind === 'registerAccepted'),
  ),
  'reused-register-ballot': proposer(
    'rounds of registers are not reserved on disk',
    'registers/a-register-ballot-is-not-used-again',
    () =>
      eachRecord((record) =>
        record.kind === 'proposerState' && record.round > 1000 ? { ...record, round: record.round - 1001 } : record,
      ),
  ),
  'reads-what-was-told-before': proposer(
    'who asks while acceptors are being asked is told what those had said before',
    'registers/who-asks-while-others-ask-is-asked-for-anew',
    () => state(({ registerReads }: Proposer) => [...registerReads.values()].forEach(joinAtOnce)),
  ),
  'joins-a-round-at-once': proposer(
    'who joins a round is told that it found nothing',
    'registers/who-joins-a-round-is-not-told-that-it-found-nothing',
    () => state(({ registerRounds }: Proposer) => [...registerRounds.values()].forEach(joinAtOnce)),
  ),
  'registers-hold-up-elections': acceptor(
    'acceptors grant nobody a canvass whose ballot is not above every one that was used for a register',
    'registers/registers-hold-up-no-election',
    () =>
      eachMessage((message, { highestRegisterBallot }: Acceptor) =>
        message.kind === 'canvassReply'
          ? { ...message, granted: message.granted && message.ballot > highestRegisterBallot }
          : message,
      ),
  ),
  'registers-stay-behind': acceptor(
    'acceptors that are left tell nothing of the registers they have',
    'registers/registers-follow-the-acceptors',
    () => eachMessage((message) => (message.kind === 'registersPage' ? { ...message, registers: [] } : message)),
  ),
  'votes-in-old-epochs': acceptor(
    'acceptors that have told what they have go on voting in the old epoch',
    'registers/registers-follow-the-acceptors',
    () => received((message, _from, { registersEpoch }: Acceptor) => ({ message: inEpoch(message, registersEpoch) })),
  ),
};

function joinAtOnce({ waiting, joined }: { readonly waiting: readonly unknown[]; readonly joined: unknown[] }): void {
  (waiting as unknown[]).push(...joined.splice(0));
}

function inEpoch(message: Message, epoch: number): Message {
  return message.kind === 'registerPrepare' || message.kind === 'registerAccept'
    ? { ...message, epoch: Math.max(message.epoch, epoch) }
    : message;
}

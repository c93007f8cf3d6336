import type { Message } from '@synod/paxos-core';
import { acceptor, atOnce, eachMessage, eachRecord, proposer, received } from './tampering.js';
import type { Acceptor, Mutants } from './tampering.js';

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

function inEpoch(message: Message, epoch: number): Message {
  return message.kind === 'registerPrepare' || message.kind === 'registerAccept'
    ? { ...message, epoch: Math.max(message.epoch, epoch) }
    : message;
}

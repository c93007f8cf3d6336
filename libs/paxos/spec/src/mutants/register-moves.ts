import { meetsEveryQuorum } from '@synod/paxos-core';
import type { Message } from '@synod/paxos-core';
import { acceptor, atOnce, eachMessage, eachRecord, isMessage, leaderState, proposer, state } from './tampering.js'; // prettier-ignore
import type { Acceptor, I, Mutants, Proposer } from './tampering.js';

/** When registers are said to have moved, what is remembered of it; and what is said to be nothing. */
export const registerMoves: Mutants = {
  'moves-to-one': proposer(
    'the log says that registers have moved when one of the new acceptors has them',
    'registers/a-move-is-said-when-enough-have-stored',
    () =>
      state(({ role }: Proposer, input) => {
        const move = role.kind === 'leader' ? role.move : undefined;
        if (move?.parts === undefined || !isMessage(input, 'registersStored')) return;
        const { length: parts } = move.parts;
        for (const { address, disk } of move.target.acceptors)
          if (address !== input.from && !move.stored.has(address)) move.stored.set(address, { disk, parts });
      }),
  ),
  'forgets-latecomers': proposer(
    'a leader brings registers to nobody whom the move of one before it did not reach',
    'registers/whom-a-move-did-not-reach-is-brought-the-registers',
    () =>
      leaderState(({ heard }, { registerSet }) => {
        for (const one of heard.values()) one.registersEpoch = Math.max(one.registersEpoch, registerSet!.version);
      }),
  ),
  'hangs-in-other-epochs': acceptor(
    'an acceptor in another epoch of registers says nothing to whoever asks',
    'registers/who-is-in-another-epoch-says-so',
    () => eachMessage((message) => (message.kind === 'registerNack' && message.ballot === 0 ? undefined : message)),
  ),
  'forgets-its-epoch': acceptor(
    'the mark that stands for what was cut says that registers are in the epoch of the founders',
    'registers/the-epoch-of-registers-survives-a-cut',
    () =>
      eachRecord((record, { founding }: Acceptor) =>
        record.kind === 'acceptorMark'
          ? { ...record, state: { ...record.state, registersEpoch: founding?.version ?? 0 } }
          : record,
      ),
  ),
  'tells-registers-before-it-syncs': acceptor(
    'what an acceptor has in registers leaves before it is on disk that their epoch is over',
    'registers/registers-are-told-when-the-new-epoch-is-on-disk',
    () => atOnce(({ kind }) => kind === 'registersPage'),
  ),
  'numbers-questions-from-one': proposer(
    'each life numbers its questions for registers alike, so that answers to the one before count for it',
    'registers/an-answer-to-a-former-life-says-nothing-of-a-register',
    () => ({
      after: (effects, input, of) => {
        if (input.kind === 'recovered') of.registerNonce = 0;
        return effects;
      },
    }),
  ),
  'finds-nothing-by-a-phase-1-quorum': proposer(
    'that nothing is chosen is said when so many have told so that they meet every phase-1 quorum',
    'registers/nothing-is-chosen-when-every-phase-2-quorum-is-met',
    (member) => ({
      after: (effects, input, of) =>
        isMessage(input, 'registerTold')
          ? [...effects, ...othersThatAgree(of, input).flatMap((word) => member.honestly(word))]
          : effects,
    }),
  ),
};

/** When so many have told that they meet every phase-1 quorum, the words of as many more as it takes. */
function othersThatAgree(
  { registerReads }: Proposer,
  { from, message, at }: I & { kind: 'receive'; message: Extract<Message, { kind: 'registerTold' }> },
): I[] {
  const read = registerReads.get(message.key);
  if (read === undefined || !read.told.has(from) || meetsEveryQuorum(read.told.size, read.set)) return [];
  const { acceptors, phase1 } = read.set;
  if (read.told.size <= acceptors.length - phase1) return [];
  const silent = acceptors.filter(({ address }) => !read.told.has(address));
  return silent.map(({ address, disk }) => ({
    ...{ kind: 'receive', from: address, at },
    message: { ...message, disk, accepted: 0 },
  }));
}

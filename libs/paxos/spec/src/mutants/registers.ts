import { meetsEveryQuorum } from '@synod/paxos-core';
import type { AcceptorId, Message } from '@synod/paxos-core';
import { acceptor, atOnce, eachMessage, eachRecord, isMessage, proposer, received, state } from './tampering.js';
import type { Acceptor, I, Mutants, Proposer } from './tampering.js';

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
  'meets-no-other-phase-1-quorum': proposer(
    'a phase-1 quorum of promises begins a round and ends a move, whether it meets every other one or not',
    'registers/a-move-hears-enough-to-meet-every-round',
    (member) => ({
      after: (effects, input, of) =>
        input.kind === 'receive'
          ? [...effects, ...standIns(of, input).flatMap((word) => member.honestly(word))]
          : effects,
    }),
  ),
  'merges-by-promise': acceptor(
    'of a register that is stored and one that is there, the one with the higher promise stays, with its vote',
    'registers/a-stored-register-keeps-the-vote-of-the-highest-ballot',
    () =>
      received((message, _from, { registers: ours }: Acceptor) => {
        if (message.kind !== 'storeRegisters') return {};
        const registers = message.registers.filter(({ key, promised }) => promised > (ours.at(key)?.promised ?? 0));
        return { message: { ...message, registers } };
      }),
  ),
  'cuts-young-votes': acceptor(
    'a snapshot of the registers stands for what was promised and accepted after it was asked for',
    'registers/votes-after-a-snapshot-stay-in-the-journal',
    () => ({
      after: (effects, _input, { votes }) =>
        effects.map((effect) => (effect.kind === 'cut' ? { ...effect, through: votes.unneededThrough } : effect)),
    }),
  ),
  'forgets-where-registers-are': proposer(
    'a snapshot’s mark does not tell which acceptors have the registers',
    'snapshots/a-snapshot-tells-where-the-registers-are',
    () =>
      eachRecord((record, { founding }: Proposer) =>
        record.kind === 'proposerMark' ? { ...record, registers: founding! } : record,
      ),
  ),
  'tells-what-it-adopts': proposer(
    'whoever asks is told what a round has found accepted, before it is chosen',
    'registers/what-a-round-adopts-is-told-when-it-is-chosen',
    () => ({
      after: (effects, _input, { registerRounds, decidedRegisters }) => {
        for (const effect of effects) {
          if (effect.kind !== 'observe' || effect.event.kind !== 'registerAccepting' || !effect.event.adopted) continue;
          const { key, ballot } = effect.event;
          const value = registerRounds.get(key)?.proposed;
          if (value !== undefined) decidedRegisters.add(key, { value, ballot });
        }
        return effects;
      },
    }),
  ),
  'moves-what-names-tell': proposer(
    'when registers move, a new disk tells what the lost one of its name had',
    'registers/a-new-disk-does-not-tell-for-a-lost-one',
    () =>
      received((message, from, { registerSet }: Proposer) => {
        const old = registerSet?.acceptors.find(({ address }) => address === from);
        return message.kind === 'registersPage' && old ? { message: { ...message, disk: old.disk } } : {};
      }),
  ),
  'finds-nothing-by-one-less': proposer(
    'that nothing is chosen is said when one acceptor less has told so than meets every quorum',
    'registers/nothing-is-chosen-when-enough-have-told',
    (member) => ({
      after: (effects, input, of) =>
        isMessage(input, 'registerTold')
          ? [...effects, ...oneMore(of, input).flatMap((word) => member.honestly(word))]
          : effects,
    }),
  ),
  'forgets-register-ballots': acceptor(
    'an acceptor that was started again does not tell a proposer that lost its disk of the ballots of registers',
    'registers/who-lost-its-disk-is-told-of-register-ballots',
    () => ({
      after: (effects, input, of) => {
        if (input.kind === 'recovered' || input.kind === 'snapshotInstalled') of.highestRegisterBallot = 0;
        return effects;
      },
    }),
  ),
  'writes-registers-without-asking': proposer(
    'a proposer that lost its disk writes registers before it knows which ballots were promised',
    'registers/who-lost-its-disk-asks-before-it-writes-a-register',
    () => {
      let pretends = false;
      return {
        before: (input, of) => {
          pretends = isMessage(input, 'decide') && of.founding !== undefined && !of.remembers;
          of.remembers ||= pretends;
          return input;
        },
        after: (effects, _input, of) => {
          if (pretends) of.remembers = false;
          return effects;
        },
      };
    },
  ),
  'deposed-leaders-move-registers': acceptor(
    'acceptors tell and store registers for whoever asks, though they have promised a higher ballot',
    'registers/a-deposed-leader-moves-no-registers',
    () => {
      let promised = 0;
      return {
        before: (input, of) => {
          ({ promised } = of);
          if (isMessage(input, 'freezeRegisters') || isMessage(input, 'storeRegisters'))
            of.promised = Math.min(promised, input.message.ballot);
          return input;
        },
        after: (effects, input, of) => {
          if (isMessage(input, 'freezeRegisters') || isMessage(input, 'storeRegisters')) of.promised = promised;
          return effects;
        },
      };
    },
  ),
  'forgets-promises': acceptor(
    'a promise without a value is forgotten for another one, and nothing is promised in its place',
    'registers/a-promise-that-is-forgotten-is-kept',
    () => ({
      after: (effects, _input, { registers: ours }) => {
        ours.floor = 0;
        return effects;
      },
    }),
  ),
  'leaves-promises-behind': acceptor(
    'when registers move, what was promised to all of them is not told',
    'registers/what-is-promised-to-all-registers-moves-with-them',
    () => eachMessage((message) => (message.kind === 'registersPage' ? { ...message, floor: 0 } : message)),
  ),
  'has-no-room-for-what-is-chosen': proposer(
    'acceptors are not told that a value was accepted before, and take none when they are full',
    'registers/what-is-decided-finds-room',
    () => eachMessage((message) => (message.kind === 'registerAccept' ? { ...message, adopted: false } : message)),
  ),
  'waits-as-long-each-time': proposer(
    'who is preempted again over a register waits no longer than the first time',
    'registers/who-is-preempted-again-waits-twice-as-long',
    () =>
      state(({ registerRounds, configuration }: Proposer, { at }) => {
        for (const round of registerRounds.values()) {
          if (round.ballot === 0 && at - round.waitsSince >= configuration.heartbeatMs)
            round.waitsSince = Number.NEGATIVE_INFINITY;
        }
      }),
  ),
  'votes-in-old-epochs': acceptor(
    'acceptors that have told what they have go on voting in the old epoch',
    'registers/registers-follow-the-acceptors',
    () => received((message, _from, { registersEpoch }: Acceptor) => ({ message: inEpoch(message, registersEpoch) })),
  ),
};

/** When a phase-1 quorum has promised or told, words of others that make it enough. */
function standIns(
  { registerRounds, registerSet, role }: Proposer,
  { from, message, at }: I & { kind: 'receive' },
): I[] {
  const say = (other: AcceptorId, word: Message): I => ({ kind: 'receive', from: other.address, message: word, at });
  if (message.kind === 'registerPromised') {
    const round = registerRounds.get(message.key);
    if (round?.promises.size !== round?.set.phase1 || !round?.promises.has(from)) return [];
    const silent = round.set.acceptors.filter(({ address }) => !round.promises.has(address));
    return silent.map((other) => say(other, { ...message, disk: other.disk, accepted: 0, value: new Uint8Array(0) }));
  }
  const move = role.kind === 'leader' ? role.move : undefined;
  if (message.kind !== 'registersPage' || move === undefined || move.told.size !== registerSet!.phase1) return [];
  const silent = registerSet!.acceptors.filter(({ address }) => !move.told.has(address));
  return silent.map((other) => say(other, { ...message, disk: other.disk, after: '', registers: [], isLast: true }));
}

/** When all but one of those that must tell have told, the word of another one. */
function oneMore(
  { registerReads }: Proposer,
  { from, message, at }: I & { kind: 'receive'; message: Extract<Message, { kind: 'registerTold' }> },
): I[] {
  const read = registerReads.get(message.key);
  if (read === undefined || !read.told.has(from) || !meetsEveryQuorum(read.told.size + 1, read.set)) return [];
  const silent = read.set.acceptors.find(({ address }) => !read.told.has(address))!;
  const word = { ...message, disk: silent.disk, accepted: 0 };
  return [{ kind: 'receive', from: silent.address, message: word, at }];
}

function joinAtOnce({ waiting, joined }: { readonly waiting: readonly unknown[]; readonly joined: unknown[] }): void {
  (waiting as unknown[]).push(...joined.splice(0));
}

function inEpoch(message: Message, epoch: number): Message {
  return message.kind === 'registerPrepare' || message.kind === 'registerAccept'
    ? { ...message, epoch: Math.max(message.epoch, epoch) }
    : message;
}

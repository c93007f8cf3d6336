import { acceptor, atOnce, eachRecord, members, proposer } from './tampering.js';
import type { Acceptor, Mutants } from './tampering.js';

/** What must be on disk, and when. */
export const durability: Mutants = {
  'unsynced-promise': acceptor(
    'a promise leaves before it is on disk',
    'phase-1/a-promise-leaves-when-it-is-on-disk',
    () => atOnce(({ kind }) => kind === 'promised'),
  ),
  'unsynced-vote': acceptor('a vote leaves before it is on disk', 'phase-2/a-vote-leaves-when-it-is-on-disk', () =>
    atOnce(({ kind }) => kind === 'accepted'),
  ),
  'forgotten-promise': acceptor('a promise is not written', 'phase-1/a-promise-survives-a-crash', () =>
    eachRecord((record) => (record.kind === 'acceptorState' ? { ...record, promised: 0 } : record)),
  ),
  'forgotten-vote': acceptor('a vote is not written', 'phase-2/a-vote-survives-a-crash', () =>
    eachRecord((record, { standing, registers: { floor: registerFloor }, ...state }: Acceptor) => {
      if (record.kind !== 'vote') return record;
      const { clusterId, disk, founding, promised, trimmedThrough, registersEpoch } = state;
      const place = { clusterId, disk, founding, promised, trimmedThrough, registersEpoch, registerFloor };
      return { kind: 'acceptorState', standing: standing as 'active', ...place };
    }),
  ),
  'expired-promise': acceptor(
    'a promise on disk is disregarded after a restart',
    'phase-1/a-promise-survives-a-crash',
    () => ({
      before: (input) =>
        input.kind === 'recover' && input.record.kind === 'acceptorState'
          ? { ...input, record: { ...input.record, promised: 0 } }
          : input,
    }),
  ),
  'unsynced-round': proposer(
    'a proposer asks for promises before its round is on disk',
    'phase-1/a-ballot-is-not-used-again',
    () => atOnce(({ kind }) => kind === 'prepare'),
  ),
  'reused-ballot': proposer(
    'a proposer does not write its round, and uses it again in its next life',
    'phase-1/a-ballot-is-not-used-again',
    () => eachRecord((record) => (record.kind === 'proposerState' ? { ...record, round: 0 } : record)),
  ),
  'sends-before-syncs': members(
    'a host lets messages leave without waiting for what they rest on',
    'phase-2/a-vote-leaves-when-it-is-on-disk',
    () => atOnce(() => true),
  ),
  'believes-damage': members('damage of what had been synced is taken for a torn tail', undefined, () => ({
    before: (input) => (input.kind === 'recovered' && input.tail === 'corrupt' ? { ...input, tail: 'torn' } : input),
  })),
};

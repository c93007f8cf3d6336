import { acceptor, eachMessage, proposer, received, state } from './tampering.js';
import type { Mutants, Proposer } from './tampering.js';

/** What becomes of wishes for which acceptors have no room. */
export const registerRoom: Mutants = {
  'denies-what-an-attempt-proposed': proposer(
    'who wants a register is told that there is no room for its value, though an attempt before has proposed it',
    'registers/a-wish-that-was-proposed-is-not-refused-for-want-of-room',
    () =>
      state(({ registerRounds }: Proposer) => {
        for (const round of registerRounds.values()) round.isOpen = false;
      }),
  ),
  'promises-without-room': acceptor(
    'an acceptor without room for another register promises it all the same, also to who does not insist',
    'registers/a-wish-without-room-leaves-no-promise',
    () => received((message) => (message.kind === 'registerPrepare' ? { message: { ...message, insists: true } } : {})),
  ),
  'insists-on-nothing': proposer(
    'acceptors without room are not asked again when those that have room are too few to promise',
    'registers/what-is-decided-finds-room',
    () => eachMessage((message) => (message.kind === 'registerPrepare' ? { ...message, insists: false } : message)),
  ),
  'counts-refusals-as-promises': proposer(
    'an acceptor that says that it has no room is taken to have promised',
    'registers/what-is-decided-finds-room',
    () =>
      received((message, from, { registerRounds }: Proposer) => {
        const round =
          message.kind === 'registerNack' && message.why === 'full' ? registerRounds.get(message.key) : undefined;
        if (message.kind !== 'registerNack' || round === undefined || round.proposed !== undefined) return {};
        const { key, ballot, epoch, clusterId } = message;
        const { disk = 0 } = round.set.acceptors.find(({ address }) => address === from) ?? {};
        const nothing = { accepted: 0, value: new Uint8Array(0), isFull: true };
        return { message: { kind: 'registerPromised', key, ballot, epoch, clusterId, disk, ...nothing } };
      }),
  ),
};

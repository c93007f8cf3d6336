import { eachMessage, isMessage, leaderState, proposer, received, state, unlimited, without } from './tampering.js';
import type { Mutants, Proposer } from './tampering.js';

/** What proposers learn, and what acceptors may forget because of it. */
export const learning: Mutants = {
  'learns-from-any-ballot': proposer(
    'what was heard of one ballot is taken for what another ballot’s leader says is chosen',
    'learning/a-value-of-another-ballot-is-not-learned',
    () =>
      state(({ heard, leaderBallot }: Proposer, input) => {
        if (!isMessage(input, 'accept') || input.message.ballot <= leaderBallot) return;
        Object.assign(heard, { ballot: input.message.ballot });
      }),
  ),
  'learns-what-is-proposed': proposer(
    'a proposer takes for chosen what it hears proposed',
    'learning/proposers-learn-what-the-leader-says-is-chosen',
    () =>
      received((message) => {
        if (message.kind !== 'accept') return {};
        const last = message.batches.at(-1)?.last ?? 0;
        return { message: { ...message, chosenThrough: Math.max(message.chosenThrough, last) } };
      }),
  ),
  'never-asks': proposer(
    'a proposer that misses what was chosen does not ask for it',
    'learning/a-proposer-that-missed-values-asks-for-them',
    () => without((effect) => effect.kind === 'send' && effect.message.kind === 'learn'),
  ),
  'asks-in-vain': proposer(
    'whoever gave no answer is asked again, and nobody else',
    'learning/a-proposer-that-missed-values-asks-for-them',
    () =>
      state((of: Proposer, input) => {
        if (input.kind === 'timeout' && input.timer === 'learn' && of.learning) of.learning = undefined;
      }),
  ),
  'trims-at-one': proposer(
    'acceptors forget what the leader alone has on disk',
    'trimming/acceptors-forget-what-enough-proposers-have',
    () =>
      state(({ role, chosen, others, now }: Proposer) => {
        if (role.kind !== 'leader') return;
        for (const other of others) role.progress.set(other, { durableThrough: chosen.durableThrough, at: now });
      }),
  ),
  'trims-at-two-of-any': proposer(
    'acceptors forget what two proposers have, however many acceptors phase 2 can do without',
    'trimming/f-is-what-phase-2-can-do-without',
    () =>
      state(({ role, others, now }: Proposer) => {
        if (role.kind !== 'leader') return;
        const most = Math.max(0, ...Array.from(role.progress.values(), ({ durableThrough }) => durableThrough));
        for (const other of others) role.progress.set(other, { durableThrough: most, at: now });
      }),
  ),
  'trims-at-f-of-a-majority': proposer(
    'acceptors forget what more proposers than half of all acceptors have, though phase 2 can do without more',
    'trimming/f-is-what-phase-2-can-do-without',
    () =>
      state(({ role, chosen, others, sets, now }: Proposer) => {
        if (role.kind !== 'leader') return;
        const told = others.map((other) => role.progress.get(other)?.durableThrough ?? 0);
        const { length } = sets!.at(chosen.through + 1).acceptors;
        const durableThrough = [chosen.durableThrough, ...told].sort((a, b) => b - a)[Math.floor(length / 2)] ?? 0;
        others.forEach(
          (other, i) => told[i]! < durableThrough && role.progress.set(other, { durableThrough, at: now }),
        );
      }),
  ),
  'believes-in-lost-disks': proposer(
    'what a proposer had before it lost its disk counts on',
    'trimming/what-a-lost-disk-held-does-not-count',
    () =>
      received((message, from, { role }: Proposer) => {
        if (message.kind !== 'progress' || role.kind !== 'leader') return {};
        const before = role.progress.get(from)?.durableThrough ?? 0;
        return { message: { ...message, durableThrough: Math.max(before, message.durableThrough) } };
      }),
  ),
  'counts-dead-acceptors': proposer(
    'what an acceptor held that is dead by now is a reason to wait for no silent proposer',
    'trimming/what-a-dead-acceptor-held-is-no-reason-to-trim',
    () =>
      leaderState(({ heard }, _of, input) => {
        if (input.kind !== 'timeout') return;
        const heldBytes = Math.max(0, ...Array.from(heard.values(), (one) => one.heldBytes));
        for (const one of heard.values()) one.heldBytes = heldBytes;
      }),
  ),
  'waits-until-all-hold-too-much': proposer(
    'silent proposers are waited for until every acceptor holds too much, also those that held nothing',
    'trimming/one-acceptor-that-holds-too-much-is-enough',
    () =>
      leaderState(({ heard }, _of, input) => {
        if (input.kind !== 'timeout') return;
        const heldBytes = Math.min(...Array.from(heard.values(), (one) => one.heldBytes));
        for (const one of heard.values()) one.heldBytes = heldBytes;
      }),
  ),
  'lends-what-is-cut': proposer(
    'who asks for the last slot that is cut away is told what comes after it',
    'snapshots/who-misses-the-last-slot-that-is-cut-gets-a-snapshot',
    () =>
      received((message, _from, { chosen }: Proposer) =>
        message.kind === 'learn' && message.from === chosen.base && chosen.base > 0
          ? { message: { ...message, from: chosen.base + 1 } }
          : {},
      ),
  ),
  'waits-for-nobody-when-full': proposer(
    'when acceptors hold too much they forget what the leader alone has, though others live',
    'trimming/proposers-that-live-are-waited-for-however-much-is-held',
    () =>
      leaderState(({ heard, progress }, { chosen, configuration, others, now }, input) => {
        const { heldBytes } = configuration.limits;
        if (input.kind !== 'timeout' || ![...heard.values()].some((one) => one.heldBytes > heldBytes)) return;
        for (const other of others) progress.set(other, { durableThrough: chosen.durableThrough, at: now });
      }),
  ),
  'counts-copies-of-the-dead': proposer(
    'when acceptors hold too much they forget what as many proposers as live have on disk, dead ones among them',
    'trimming/what-a-silent-proposer-has-is-no-copy-when-too-much-is-held',
    () =>
      leaderState((role, { chosen, configuration, sets }, input) => {
        const { limits, electionTimeout } = configuration;
        if (input.kind !== 'timeout' || ![...role.heard.values()].some((one) => one.heldBytes > limits.heldBytes))
          return;
        const { acceptors, phase2 } = sets!.at(chosen.through + 1);
        const told = [...role.progress.values()];
        const live = 1 + told.filter(({ at }) => input.at - at <= 2 * electionTimeout.maxMs).length;
        const durable = [chosen.durableThrough, ...told.map(({ durableThrough }) => durableThrough)].sort(
          (a, b) => b - a,
        );
        role.trimThrough = Math.max(role.trimThrough, durable[Math.min(live, acceptors.length - phase2 + 1) - 1] ?? 0);
      }),
  ),
  'waits-for-the-silent': unlimited(
    'acceptors keep for silent proposers whatever it takes',
    'trimming/a-silent-proposer-does-not-fill-the-acceptors-disks',
    'heldBytes',
  ),
  'tells-what-is-not-written': proposer(
    'a proposer says that its disk has what it has learned',
    'learning/proposers-learn-what-the-leader-says-is-chosen',
    () =>
      eachMessage((message, { chosen }: Proposer) =>
        message.kind === 'progress' ? { ...message, durableThrough: chosen.through } : message,
      ),
  ),
  'snapshot-before-executed': proposer(
    'a snapshot is marked as of the last slot that is known to be chosen, executed or not',
    undefined,
    () => ({
      after: (effects, _input, { chosen }) =>
        effects.map((effect) =>
          effect.kind === 'takeSnapshot' && chosen.durableThrough > effect.snapshot.index
            ? { ...effect, snapshot: { ...effect.snapshot, index: chosen.durableThrough } }
            : effect,
        ),
    }),
  ),
  'snapshot-without-acceptors': proposer(
    'a snapshot’s mark does not tell the acceptors of the slots after it',
    'snapshots/a-snapshot-tells-the-acceptors-of-later-slots',
    () => ({
      after: (effects, _input, { founding }) =>
        effects.map((effect) =>
          effect.kind === 'persist' && effect.record.kind === 'proposerMark'
            ? { ...effect, record: { ...effect.record, sets: [{ from: 1, set: founding! }] } }
            : effect,
        ),
    }),
  ),
  'snapshot-keeps-older-sets': proposer(
    'whoever installs another one’s snapshot goes on with the acceptors that it knew before',
    'snapshots/an-offer-tells-the-acceptors-of-later-slots',
    () =>
      received((message, _from, { sets }: Proposer) =>
        message.kind === 'snapshotOffer' ? { message: { ...message, sets: [...sets!.known] } } : {},
      ),
  ),
  'snapshot-forgets-registers': proposer(
    'whoever installs another one’s snapshot looks for registers where they were before',
    'snapshots/an-offer-tells-where-the-registers-are',
    () =>
      received((message, _from, { registerSet }: Proposer) =>
        message.kind === 'snapshotOffer' ? { message: { ...message, registers: registerSet! } } : {},
      ),
  ),
  'lost-chunks-stay-lost': proposer(
    'a chunk of a snapshot is asked for once',
    'snapshots/a-lost-chunk-is-asked-for-again',
    () =>
      without(
        (effect, _of, input) =>
          input.kind === 'timeout' && effect.kind === 'send' && effect.message.kind === 'fetchChunk',
      ),
  ),
  'chunks-without-window': unlimited(
    'a snapshot is fetched at once, without a window',
    'snapshots/a-proposer-behind-the-log-gets-a-snapshot',
    'chunksInFlight',
  ),
  'applies-all-at-once': unlimited(
    'all that is chosen is executed in one step',
    'learning/a-long-stretch-is-executed-in-parts',
    'applyBytes',
  ),
};

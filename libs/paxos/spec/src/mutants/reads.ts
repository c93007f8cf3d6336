import { none } from '@synod/actor';
import {
  asIfNothingWereInstalled,
  eachMessage,
  isMessage,
  leaderState,
  proposer,
  received,
  unlimited,
} from './tampering.js';
import type { Mutants, Proposer } from './tampering.js';
import { lastFound } from './phase-1.js';

/** Reads without the log. */
export const reads: Mutants = {
  'reads-without-round': proposer(
    'a leader answers reads at once, without asking whether it still leads',
    'reads/a-deposed-leader-answers-no-read',
    (_member, service) => ({
      after: (effects, input, of) => {
        if (!isMessage(input, 'read') || input.message.level !== 'linearizable' || of.role.kind !== 'leader')
          return effects;
        const { client, sequence, queries } = input.message;
        of.role.reads.gathered.pop();
        const results = service.query(input.from, queries);
        const answer = { kind: 'results', results, index: of.lastApplied, ballot: of.leaderBallot, ageMs: 0 } as const;
        const message = { kind: 'reply', client, session: 0, sequence, answer } as const;
        return [...effects, { kind: 'send', to: input.from, message, after: none }];
      },
    }),
  ),
  'any-echo-confirms': proposer(
    'the echo of an earlier round confirms the present one',
    'reads/a-late-echo-confirms-no-later-round',
    () =>
      received((message, _from, { role }: Proposer) =>
        message.kind === 'accepted' && role.kind === 'leader'
          ? { message: { ...message, round: role.reads.round } }
          : {},
      ),
  ),
  'reads-too-early': proposer(
    'a new leader reads before everything that phase 1 found is chosen',
    'reads/what-was-found-is-chosen-before-anything-is-read',
    () => lastFound(({ hasAdopted }) => hasAdopted),
  ),
  'reads-before-new-acceptors-promise': proposer(
    'a new leader reads before the acceptors of the next slot have told what they accepted',
    'reads/a-new-leader-reads-when-the-acceptors-of-the-next-slot-have-promised',
    () =>
      leaderState(({ promises, next }, { chosen }) => {
        const honest = Object.getPrototypeOf(promises) as typeof promises;
        promises.isOpen = (slot, set) =>
          (slot === chosen.through + 1 && slot === next && slot > promises.last) || honest.isOpen.call(promises, slot, set); // prettier-ignore
      }),
  ),
  'confirmed-by-those-to-come': proposer(
    'a round is confirmed by acceptors that are chosen and not in force yet',
    'reads/those-to-come-confirm-no-read',
    () =>
      leaderState(({ reads: { confirming } }, { sets }) => {
        if (confirming !== undefined) Object.assign(confirming, { set: sets!.newest });
      }),
  ),
  'joins-the-round-under-way': proposer(
    'a read joins a round that began before it came',
    'reads/one-round-confirms-all-that-wait',
    () => ({
      after: (effects, input, { role }) => {
        if (role.kind !== 'leader' || !isMessage(input, 'read')) return effects;
        const { reads: queue } = role;
        if (queue.confirming === undefined) return effects;
        queue.confirming = { ...queue.confirming, reads: [...queue.confirming.reads, ...queue.gathered] };
        queue.gathered = [];
        return effects;
      },
    }),
  ),
  'confirmed-by-one-less': proposer(
    'one echo less than a phase-2 quorum confirms a round',
    'reads/a-late-echo-confirms-no-later-round',
    () =>
      leaderState(({ reads: queue }) => {
        const { confirming } = queue;
        if (confirming === undefined || confirming.set.version === 0) return;
        const set = { ...confirming.set, version: 0, phase2: confirming.set.phase2 - 1 };
        queue.confirming = { ...confirming, set };
      }),
  ),
  'reads-before-executed': proposer(
    'a confirmed read is answered before the state machine has got to its slot',
    undefined,
    () =>
      leaderState(({ reads: queue }) => {
        if (queue.confirming) queue.confirming = { ...queue.confirming, readSlot: 0 };
        queue.confirmed = queue.confirmed.map((group) => ({ ...group, readSlot: 0 }));
      }),
  ),
  'lies-about-age': proposer('a stale read is said to be of this very moment', 'reads/a-stale-read-tells-its-age', () =>
    eachMessage((message) =>
      message.kind === 'reply' && message.answer.kind === 'results'
        ? { ...message, answer: { ...message.answer, ageMs: 0 } }
        : message,
    ),
  ),
  'age-of-the-last-word': proposer(
    'the age of a stale read counts from when the leader was heard, however far behind it this proposer is',
    'reads/a-lagging-proposer-tells-the-age-of-its-state',
    () => ({
      after: (effects, input, of) => {
        if (isMessage(input, 'accept') && of.leader === input.from) of.currentAt = input.at;
        return effects;
      },
    }),
  ),
  'age-since-it-came': proposer(
    "the leader's word is as old as the time since it came, however long it was under way",
    'reads/a-word-that-waited-tells-its-age',
    () => ({
      before: (input, { clock }) => {
        if (!isMessage(input, 'accept') || !input.message.beat) return input;
        const { at, echoes } = input.message.beat;
        const beat = { at, echoes: echoes.map((echo) => echo && clock.stamp(input.at)) };
        return { ...input, message: { ...input.message, beat } };
      },
    }),
  ),
  'leads-since-it-heard': proposer(
    'the leader has led at the moment at which answers came, however long they were under way',
    'reads/answers-that-waited-tell-a-leader-their-age',
    () => ({
      before: (input, { clock }) =>
        isMessage(input, 'accepted') && input.message.echo > 0
          ? { ...input, message: { ...input.message, echo: clock.stamp(input.at) } }
          : input,
    }),
  ),
  'echoes-what-it-hears': proposer(
    "a leader repeats a proposer's clock before a quorum has shown that it had promised no higher ballot",
    'reads/a-deposed-leaders-word-makes-nobody-fresh',
    () =>
      leaderState(({ echoes }) => {
        for (const echo of echoes.values()) echo.settle(() => true);
      }),
  ),
  'fresh-by-a-new-leader': proposer(
    'a state is fresh by the word of a leader for whom not all is chosen yet that phase 1 found',
    'reads/a-new-leaders-word-tells-no-age-before-what-it-found-is-chosen',
    () =>
      eachMessage((message, { role, others }) => {
        if (message.kind !== 'accept' || !message.beat || role.kind !== 'leader') return message;
        const echoes = others.map((other) => role.echoes.get(other)?.settle(() => false) ?? 0);
        return { ...message, beat: { ...message.beat, echoes } };
      }),
  ),
  'fresh-as-a-new-leader': proposer(
    'a new leader tells the age of a state without all that phase 1 found',
    'reads/a-new-leaders-word-tells-no-age-before-what-it-found-is-chosen',
    () => ({
      before: (input, of) => {
        const { role } = of;
        if (!isMessage(input, 'read') || role.kind !== 'leader') return input;
        const shown = [...role.heard.values()].map(({ inBallotAt }) => inBallotAt).sort((a, b) => b - a);
        of.currentAt = Math.max(of.currentAt, shown[1] ?? of.currentAt);
        return input;
      },
    }),
  ),
  'fresh-by-a-phase-1-quorum': proposer(
    'a leader is as fresh as the last heartbeat that a phase-1 quorum has answered',
    'reads/a-leader-is-as-fresh-as-the-beat-that-a-phase-2-quorum-answered',
    () =>
      leaderState(({ heard }, { sets, chosen }) => {
        const { phase1 } = sets!.at(chosen.through + 1);
        const shown = Array.from(heard.values(), ({ inBallotAt }) => inBallotAt).sort((a, b) => b - a);
        for (const one of heard.values())
          one.inBallotAt = Math.max(one.inBallotAt, shown[phase1 - 1] ?? one.inBallotAt);
      }),
  ),
  'reads-while-it-installs': proposer(
    'a stale read is answered from a state that is being replaced by a snapshot',
    'reads/nothing-is-read-while-a-snapshot-is-installed',
    () => asIfNothingWereInstalled('read'),
  ),
  'one-clock-for-all-lives': proposer(
    'the clock that is echoed begins at the same base in every life',
    'reads/an-echo-of-a-former-life-tells-nothing',
    () => ({
      before: (input) => (input.kind === 'recovered' ? { ...input, incarnation: 0 } : input),
    }),
  ),
  'keeps-no-stale-bound': proposer(
    'a stale read is answered however old the state is',
    'reads/a-stale-read-tells-its-age',
    () => received((message) => (message.kind === 'read' ? { message: { ...message, maxAgeMs: 0 } } : {})),
  ),
  'reads-without-end': unlimited(
    'any number of reads may wait',
    'reads/too-many-waiting-reads-are-not-taken',
    'waitingReads',
  ),
};

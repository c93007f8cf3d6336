import { Group } from '@synod/pbft-core';
import type { Message, NewViewClaim, PreparedCertificate, Signed, ViewChangeClaim } from '@synod/pbft-core';
import { honest } from '../group.js';
import type { MakeMembers } from '../group.js';
import { altered, eachMessage, isMessage, quorumWhile, received, replica, state, without } from './tampering.js';
import type { E, Mutants, Pbft } from './tampering.js';

/** §4.4, §4.5.2: when a view ends, what the next one begins with. */
export const views: Mutants = {
  'moved-by-what-a-former-life-heard': replica(
    'who restarts takes for new whatever complaint it hears',
    'view-changes/what-a-former-life-heard-moves-nobody',
    () =>
      state((of) => {
        of.wokeIn = undefined;
      }),
  ),
  'keeps-one-earlier-batch': replica(
    'of batches that were proposed in earlier views only the latest is kept, whatever was signed for the others',
    'view-changes/whoever-prepared-can-give-the-batch',
    () =>
      state(({ log }) => {
        for (const slot of log.all) slot.earlier = slot.earlier.slice(0, 1);
      }),
  ),
  'shows-nothing': replica(
    'the log is cleared when a view is left: VIEW-CHANGE shows nothing of what prepared',
    'view-changes/what-prepared-is-proposed-again',
    () => ({
      before: (input, { log }) => {
        if (
          input.kind === 'timeout' ||
          isMessage(input, 'status') ||
          isMessage(input, 'proof') ||
          isMessage(input, 'viewChange')
        )
          // prettier-ignore
          for (const slot of log.all) slot.prepared = undefined;
        return input;
      },
    }),
  ),
  'is-done-with-what-it-executed': replica(
    'who executed a batch in an earlier view does not ask for what prepares it in this one',
    'view-changes/what-was-executed-is-prepared-in-this-view',
    () =>
      eachMessage((message) =>
        message.kind === 'status'
          ? { ...message, open: message.open.filter(({ sequence }) => sequence > message.executed) }
          : message,
      ),
  ),
  'any-certificate-counts': replica(
    'of two certificates for a place that of the earlier view counts',
    'view-changes/the-certificate-of-the-highest-view-counts',
    () => ({
      before: (input, of) => {
        if (isMessage(input, 'viewChange')) keepEarliest(of, input.message.signed);
        return input;
      },
    }),
  ),
  'leaves-gaps': replica(
    'a new view proposes what prepared, and nothing for the gaps before it',
    'view-changes/gaps-are-filled-with-null-requests',
    () => ({
      after: (effects, _input, { cryptography }) =>
        effects.map((effect): E => {
          if (effect.kind !== 'send' || effect.message.kind !== 'newView') return effect;
          const { statement } = effect.message.signed;
          const proposals = statement.proposals.filter(({ statement: { digest } }) => !digest.startsWith('e3b0c442'));
          return { ...effect, message: { kind: 'newView', signed: cryptography.sign({ ...statement, proposals }) } };
        }),
    }),
  ),
  'believes-new-views': replica(
    'a new view is entered without computing what it has to propose',
    'view-changes/a-new-view-is-checked-in-full',
    () => ({
      before: (input, of) => {
        if (input.kind === 'receive') believeProposals(of, isMessage(input, 'newView') ? input.message.signed : undefined); // prettier-ignore
        return input;
      },
    }),
  ),
  'any-number-of-view-changes': replica(
    'a new view that names one view change less than a quorum is entered',
    'view-changes/a-new-view-names-a-quorum',
    () => quorumWhile('newView', ({ group }) => group.quorum - 1),
  ),
  'believes-what-new-views-propose': {
    mistake: 'of a new view its own signature is verified, and not those of what it proposes',
    scenario: 'view-changes/a-new-view-signs-what-it-proposes',
    make: verifying((message) =>
      message.kind === 'newView' ? { kind: 'prepare', signed: message.signed as never } : message,
    ),
    swarm: { traitors: { r2: 'worthless-new-view' }, replicas: 4 },
  },
  'believes-shown-checkpoints': {
    mistake: 'of a view change the votes for its checkpoint are not verified',
    scenario: 'view-changes/a-view-change-signs-no-votes-of-others',
    make: verifying((message) => {
      if (message.kind !== 'viewChange') return message;
      const { statement } = message.signed;
      const stable = { ...statement.stable, votes: [] };
      return { ...message, signed: { ...message.signed, statement: { ...statement, stable } } };
    }),
    swarm: { traitors: { r4: 'forged-checkpoint' }, replicas: 4 },
  },
  'believes-complaints': {
    mistake: 'who sends a complaint is believed to be who complains',
    scenario: 'view-changes/a-complaint-is-of-who-signed-it',
    make: verifying((message) =>
      message.kind === 'complaint'
        ? { kind: 'read', client: '', sequence: 0, level: 'stale', maxAgeMs: 0, queries: new Uint8Array() }
        : message,
    ),
    swarm: { traitors: { r4: 'forged-sender' }, replicas: 4 },
  },
  'joins-nobody': replica(
    'f + 1 view changes to later views move nobody',
    'view-changes/f-plus-1-later-view-changes-are-joined',
    () =>
      received((message, _from, { view, active }) =>
        message.kind === 'viewChange' && active && message.signed.statement.view > view ? undefined : message,
      ),
  ),
  'moved-by-one': replica(
    'one complaint, or one view change, is enough to leave a view',
    'clients/a-backup-complains-and-two-leave',
    () => state(({ group }) => void Object.assign(group, { weak: 1 })),
  ),
  'bears-everything': replica(
    'nobody complains of a primary that does nothing',
    'clients/a-backup-complains-and-two-leave',
    () => ({ before: (input) => (input.kind === 'timeout' && input.timer === 'request' ? undefined : input) }),
  ),
  'bears-slowness': replica(
    'a primary that keeps just below the timer is borne',
    'view-changes/a-slow-primary-is-replaced',
    () =>
      state(({ patience }) => {
        patience.toleranceMs = Number.POSITIVE_INFINITY;
      }),
  ),
  'keeps-requests-to-itself': replica('what waits is not relayed to the primary', 'clients/what-waits-is-relayed', () =>
    without((effect) => effect.kind === 'send' && effect.message.kind === 'relay'),
  ),
  'relays-what-fits': replica(
    'a request above the size of a batch is not relayed',
    'clients/a-request-larger-than-a-batch-is-relayed',
    () =>
      without(
        (effect, { configuration }) =>
          effect.kind === 'send' &&
          effect.message.kind === 'relay' &&
          effect.message.signed.bytes.length + effect.message.signed.signature.length > configuration.limits.batchBytes,
      ),
  ),
  'waits-for-what-is-over': replica(
    'a request that was executed under other bytes waits for ever',
    'clients/what-was-executed-under-other-bytes-waits-for-nobody',
    () => {
      let recall: Pbft['service']['recall'] | undefined;
      return {
        before: (input, { service }) => {
          recall ??= service.recall.bind(service);
          const honest = recall;
          const isTick = input.kind === 'timeout' && input.timer === 'status';
          service.recall = isTick ? () => undefined : (user, request) => honest(user, request);
          return input;
        },
      };
    },
  ),
  'heard-of-any-view': replica(
    'the view changes that a replica says it has are of whatever view',
    'view-changes/heard-is-by-view',
    () => ({
      after: (effects, _input, { viewChanges, group, active }) =>
        effects.map((effect): E => {
          if (effect.kind !== 'send' || effect.message.kind !== 'status' || active) return effect;
          const heard = [...viewChanges.keys()].map((member) => group.placeOf(member));
          return { ...effect, message: { ...effect.message, heard } };
        }),
    }),
  ),
  'votes-on-after-leaving': replica('who asked for another view goes on in the old one', undefined, () => {
    let left: number | undefined;
    return {
      before: (input, of) => {
        if (left !== undefined && !of.active && of.view === left + 1 && of.newView?.signed.statement.view !== of.view) {
          of.view = left;
          of.active = true;
        }
        left = of.active ? of.view : undefined;
        return input;
      },
      after: (effects, _input, of) => {
        if (left !== undefined && of.active) left = of.view;
        return effects;
      },
    };
  }),
  'deaf-while-changing': replica(
    'checkpoints do not count while a view changes',
    'checkpoints/checkpoints-count-while-a-view-changes',
    () => received((message, _from, { active }) => (message.kind === 'checkpoint' && !active ? undefined : message)),
  ),
  'complains-of-whoever-is-next': replica(
    'complaints of a primary count for those that come after it',
    'view-changes/a-complaint-is-of-its-view',
    () => {
      let known = new Map<string, unknown>();
      return {
        after: (effects, _input, { complaints }) => {
          const members: Map<string, unknown> = complaints['members'];
          for (const [member, said] of known) if (!members.has(member)) members.set(member, said);
          known = new Map(members);
          return effects;
        },
      };
    },
  ),
  'blames-while-it-fetches': replica(
    'who fetches what it lacks complains that nothing is executed',
    'transfer/who-fetches-blames-nobody',
    () => {
      let hidden: Pbft['transfer'];
      return {
        before: (input, of) => {
          hidden = input.kind === 'timeout' && input.timer === 'request' ? of.transfer : undefined;
          if (hidden !== undefined) of.transfer = undefined;
          return input;
        },
        after: (effects, _input, of) => {
          if (hidden !== undefined) of.transfer = hidden;
          return effects;
        },
      };
    },
  ),
  'meets-nobody': replica(
    'a primary goes on in its view though a member has left it alone',
    'view-changes/who-left-alone-is-met',
    () =>
      state(({ patience }, { at }) => {
        patience.viewSince = at;
      }),
  ),
  'clings-to-the-view': replica(
    'a primary that is asked to stop is not relieved before a timer fires',
    'view-changes/a-primary-that-stops-is-relieved',
    () =>
      received((message, _from, { primary }) =>
        message.kind === 'complaint' && message.signed.signer === primary ? undefined : message,
      ),
  ),
};

/** The signatures of another message are verified than of the one that came. */
function verifying(instead: (message: Message) => Message): MakeMembers {
  return {
    ...honest,
    authenticator: (ring) => {
      const whole = honest.authenticator(ring);
      return {
        ...whole,
        verify: (from, payload, done, message) => whole.verify(from, payload, done, instead(message)),
      };
    },
  };
}

/** Of what all view changes show for a place, that of the earliest view is kept. */
function keepEarliest({ viewChanges }: Pbft, latest: Signed<ViewChangeClaim>): void {
  const all = [...viewChanges.values()].map(({ signed }) => signed.statement);
  const earliest = new Map<number, number>();
  for (const { proposal } of [...all, latest.statement].flatMap(({ prepared }) => prepared)) {
    const { sequence, view } = proposal.statement;
    earliest.set(sequence, Math.min(view, earliest.get(sequence) ?? view));
  }
  const keep = ({ proposal: { statement } }: PreparedCertificate): boolean =>
    statement.view === earliest.get(statement.sequence);
  for (const [member, known] of viewChanges) {
    const prepared = known.signed.statement.prepared.filter(keep);
    viewChanges.set(member, { ...known, signed: altered(known.signed, { statement: { prepared } }) });
  }
}

/** Makes the view changes that a new view names say what it proposes. */
function believeProposals(of: Pbft, signed: Signed<NewViewClaim> | undefined): void {
  lenient(of);
  const pending = signed === undefined ? of.pending.all : [signed, ...of.pending.all];
  for (const { statement } of pending) {
    const own = of.viewChanges.get(of.self);
    if (own === undefined || statement.view !== of.view || own.signed.statement.view !== of.view) continue;
    const prepared = statement.proposals.map(({ statement: { sequence, digest } }) => certificateFor(of.group, sequence, digest)); // prettier-ignore
    for (const [member, known] of of.viewChanges) {
      const change = member === of.self ? { prepared } : { prepared: [] };
      of.viewChanges.set(member, { ...known, signed: altered(known.signed, { statement: change }) });
    }
  }
}

function certificateFor(group: Group, sequence: number, digest: string): PreparedCertificate {
  const statement = { type: 'prePrepare', view: 0, sequence, digest } as const;
  const bytes = new Uint8Array(0);
  return { proposal: { statement, signer: group.primary(0), bytes, signature: bytes }, prepares: [] };
}

/** A quorum of one, for whoever checks by these rules. */
function lenient({ rules, group }: Pbft): void {
  if (rules.group !== group) return;
  const easy = new Group(group.members);
  Object.assign(easy, { quorum: 1 });
  Object.assign(rules, { group: easy });
}

import { Sessions } from '@synod/state-machine';
import type { ReplicatedService, SessionBatch } from '@synod/state-machine';
import { isMessage, leaderState, mutant } from './tampering.js';
import type { Mutant, Mutants } from './tampering.js';

/** What of the sessions the tampering touches. */
interface Opened {
  readonly sessions: Map<number, Session>;
  readonly users: { add(session: Session): void };
  readonly limits: { readonly window: number };
  decode(request: Uint8Array): SessionBatch | undefined;
}

interface Session {
  readonly id: number;
  readonly user: string;
  readonly answers: Map<number, { readonly results: Uint8Array }>;
  acknowledge(through: number): void;
  copy(epoch: number): Session;
}

type Apply = ReplicatedService['apply'];

/** Changes how batches are applied; `honest` is what the sessions do of themselves. */
function applying(
  mistake: string,
  scenario: string,
  change: (honest: Apply, opened: Opened) => (batch: SessionBatch, ...args: Parameters<Apply>) => Uint8Array,
): Mutant {
  return mutant(mistake, scenario, (_replica, service) => {
    if (!(service instanceof Sessions)) return {};
    const opened = service as unknown as Opened;
    const honest = service.apply.bind(service);
    const changed = change(honest, opened);
    service.apply = (...args) => {
      const batch = opened.decode(args[2]);
      return batch === undefined ? honest(...args) : changed(batch, ...args);
    };
    return {};
  });
}

/** Changes what a restored snapshot leaves. */
function restored(mistake: string, scenario: string, change: (opened: Opened) => void): Mutant {
  return mutant(mistake, scenario, (_replica, service) => {
    if (!(service instanceof Sessions)) return {};
    const honest = service.restore.bind(service);
    service.restore = () => {
      const target = honest();
      return {
        page: (bytes) => target.page(bytes),
        finish: () => {
          target.finish();
          change(service as unknown as Opened);
        },
      };
    };
    return {};
  });
}

/** Exactly-once execution (Raft §8). */
export const sessions: Mutants = {
  'applies-duplicates': applying(
    'a batch that comes again is executed again',
    'sessions/a-batch-that-comes-again-is-executed-once',
    (honest, { sessions: all }) =>
      (batch, ...args) => {
        all.get(batch.session)?.answers.delete(batch.sequence);
        return honest(...args);
      },
  ),
  'accepts-other-bytes': applying(
    'another batch under a sequence that was used is answered as the first one was',
    'sessions/a-sequence-names-one-batch',
    (honest, { sessions: all }) =>
      (batch, ...args) => {
        const kept = all.get(batch.session)?.answers.get(batch.sequence);
        const results = honest(...args);
        return kept?.results ?? results;
      },
  ),
  'proposes-copies': mutant(
    'a copy of a batch that waits to be committed becomes another entry',
    'sessions/a-copy-of-what-waits-is-no-second-entry',
    () => leaderState((role) => role.asked.clear()),
  ),
  'takes-others-for-copies': mutant(
    'whatever comes under the session and sequence of a batch that waits is dropped as a copy of it',
    'sessions/a-copy-of-what-waits-is-no-second-entry',
    () => ({
      before: (input, raft) => {
        if (raft.role.kind !== 'leader' || !isMessage(input, 'request')) return input;
        const { session, sequence } = input.message;
        const waits = [...raft.role.asked.values()].some(
          ({ request }) => request.session === session && request.sequence === sequence,
        );
        return waits ? undefined : input;
      },
    }),
  ),
  'drops-answers-early': applying(
    'answers are dropped before the client has said that it has them',
    'sessions/a-batch-that-comes-again-is-executed-once',
    (honest, { sessions: all }) =>
      (batch, ...args) => {
        const results = honest(...args);
        all.get(batch.session)?.acknowledge(batch.sequence);
        return results;
      },
  ),
  'keeps-answers-for-ever': applying(
    'any number of batches may be in flight, and their answers are kept',
    'sessions/the-window-of-a-session-is-bounded',
    (honest, opened) => {
      Object.assign(opened, { limits: { ...opened.limits, window: Number.MAX_SAFE_INTEGER } });
      return (_batch, ...args) => honest(...args);
    },
  ),
  'sessions-of-others': applying(
    'whoever names a session may use it',
    'sessions/a-session-belongs-to-its-user',
    (honest, { sessions: all }) =>
      (batch, index, user, request) =>
        honest(index, all.get(batch.session)?.user ?? user, request),
  ),
  'opens-what-expired': applying(
    'a session that was evicted is opened again, as if nothing had been executed in it',
    'sessions/an-evicted-session-is-an-error',
    (honest, { sessions: all, users }) =>
      (batch, index, user, request) => {
        const any = [...all.values()][0];
        if (batch.session > 0 && any !== undefined && !all.has(batch.session)) {
          const again = Object.assign(any.copy(-1), { id: batch.session, user });
          again.answers.clear();
          all.set(batch.session, again);
          users.add(again);
        }
        return honest(index, user, request);
      },
  ),
  'sessions-outside-snapshots': restored(
    'sessions are not part of the snapshot',
    'sessions/sessions-are-part-of-the-snapshot',
    (opened) => opened.sessions.clear(),
  ),
  'answers-outside-snapshots': restored(
    'the answers that a session keeps are not part of the snapshot',
    'sessions/sessions-are-part-of-the-snapshot',
    (opened) => opened.sessions.forEach(({ answers }) => answers.clear()),
  ),
};

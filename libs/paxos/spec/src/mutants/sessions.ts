import { Sessions } from '@synod/state-machine';
import type { SessionBatch } from '@synod/state-machine';
import { proposer } from './tampering.js';
import type { Mutants } from './tampering.js';

/** What of the sessions the tampering touches. */
interface Opened {
  readonly sessions: Map<number, { readonly answers: Map<number, unknown> }>;
  decode(request: Uint8Array): SessionBatch | undefined;
}

/** Exactly-once execution. That of sessions themselves is the kernel's; `libs/raft/spec` holds more mutants of it. */
export const sessions: Mutants = {
  'executes-duplicates': proposer(
    'a command that is chosen in two slots is executed in both',
    'sessions/a-command-that-is-chosen-twice-is-executed-once',
    (_member, service) => {
      if (!(service instanceof Sessions)) return {};
      const opened = service as unknown as Opened;
      const honest = service.apply.bind(service);
      service.apply = (...args) => {
        const batch = opened.decode(args[2]);
        if (batch !== undefined) opened.sessions.get(batch.session)?.answers.delete(batch.sequence);
        return honest(...args);
      };
      return {};
    },
  ),
};

import { atOnce, mutant } from './tampering.js';
import type { Mutants } from './tampering.js';

/** A host that breaks the law of effects under an honest core. */
export const host: Mutants = {
  'sends-before-syncs': mutant(
    'messages leave without waiting for what they rest on',
    'replication/an-acknowledgement-leaves-when-the-entry-is-on-disk',
    () => atOnce(() => true),
  ),
  'durable-when-written': mutant(
    'what is written is reported as durable before it is synced',
    'elections/a-vote-leaves-when-it-is-on-disk',
    (replica) => ({
      after: (effects, { at }) => {
        const tokens = effects.flatMap((effect) => (effect.kind === 'persist' ? [effect.token] : []));
        const told = tokens.length === 0 ? [] : replica.honestly({ kind: 'persisted', token: Math.max(...tokens), at });
        return [...effects, ...told].map((effect) => (effect.kind === 'send' ? { ...effect, after: 0 } : effect));
      },
    }),
  ),
  'believes-damage': mutant('damage of what had been synced is taken for a torn tail', undefined, () => ({
    before: (input) => (input.kind === 'recovered' && input.tail === 'corrupt' ? { ...input, tail: 'torn' } : input),
  })),
  'reports-later-writes': mutant('a sync is reported for what was written after it began', undefined, () => ({
    before: (input, raft) =>
      input.kind === 'persisted' ? { ...input, token: raft.unsynced.at(-1)?.token ?? input.token } : input,
  })),
};

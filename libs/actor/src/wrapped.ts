import type { Actor } from './actor.js';
import type { Vocabulary } from './vocabulary.js';

type Questions<V extends Vocabulary> = Omit<Actor<V>, 'step'>;

/** What may stand in an actor's place before a host: it answers all that one is asked, and steps in its own way. */
export function wrapped<V extends Vocabulary, S>(actor: Actor<V>, step: S): Questions<V> & { readonly step: S } {
  // Each by its name, for a question that is added to `Actor` and not here does not compile.
  const questions: { readonly [Q in keyof Required<Questions<V>>]: Questions<V>[Q] | undefined } = {
    inspect: () => actor.inspect(),
    worth: actor.worth && ((from, message) => actor.worth!(from, message)),
    isExcessive: actor.isExcessive && ((from, message) => actor.isExcessive!(from, message)),
    takesClients: actor.takesClients && (() => actor.takesClients!()),
    serves: actor.serves && ((kind) => actor.serves!(kind)),
  };
  const asked = Object.entries(questions).filter(([, answer]) => answer !== undefined);
  return { ...(Object.fromEntries(asked) as unknown as Questions<V>), step };
}

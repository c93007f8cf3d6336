import type { Condition } from '@synod/client';
import { Problem } from '../http/problem.js';
import type { Precondition } from '../http/entity-tag.js';

/** Preconditions of a write as conditions of one transaction, so that test and write are one step of the group. */
export function conditionsOf(key: Uint8Array, preconditions: readonly Precondition[]): readonly Condition[] {
  return preconditions.flatMap(({ header, revisions }): readonly Condition[] => {
    if (header === 'If-None-Match') {
      if (revisions === 'any') return [{ key, is: 'equal', revision: 0 }];
      return revisions.filter((revision) => revision > 0).map((revision) => ({ key, is: 'notEqual', revision }));
    }
    if (revisions === 'any') return [{ key, is: 'greater', revision: 0 }];
    const [revision, ...more] = revisions;
    if (more.length > 0) {
      throw new Problem('invalid-precondition', 'If-Match of a write may name one revision only, or be *');
    }
    // No key has revision 0, so "0" matches nothing; for the group it would mean "no such key".
    return [{ key, is: 'equal', revision: revision === 0 ? Number.MAX_SAFE_INTEGER : revision! }];
  });
}

/** `revision` 0: there is no such key. */
export function preconditionFailed(preconditions: readonly Precondition[], revision: number): Problem {
  const headers = preconditions.map(({ header }) => header).join(' and ');
  const present = revision === 0 ? 'there is no such key' : `the key's revision is ${revision}`;
  return new Problem('precondition-failed', `${headers}: ${present}`, {
    members: { revision },
    ...(revision > 0 && { headers: { etag: `"${revision}"` } }),
  });
}

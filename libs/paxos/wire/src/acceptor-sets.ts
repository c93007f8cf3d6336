import { DecodeError, isToken, nested, number, shape, token, uint32 } from '@synod/api';
import { mostAcceptors, quorumFault } from '@synod/paxos-core';
import type { AcceptorSet, Slot } from '@synod/paxos-core';
import type { synod } from './gen/paxos.js';
import { wireLimits } from './limits.js';

type Body = synod.paxos.v1.AcceptorSet.$Properties;
type SetFromBody = synod.paxos.v1.SetFrom.$Properties;

/** A set, and from which slot on it is in force. */
export interface SetFrom {
  readonly from: Slot;
  readonly set: AcceptorSet;
}

const acceptor = nested(shape('Acceptor', [token, number]), mostAcceptors);
export const acceptorSetShape = shape('AcceptorSet', [number, acceptor, uint32, uint32]);
export const setsField = nested(shape('SetFrom', [number, nested(acceptorSetShape)]), wireLimits.sets);

export function bodyOfSet({ version, acceptors, phase1, phase2 }: AcceptorSet): Body {
  return { version, acceptors: [...acceptors], phase1, phase2 };
}

/** Throws `DecodeError` for a set whose quorums need not meet. */
export function setOf(body: Body): AcceptorSet {
  const acceptors = (body.acceptors ?? []).map(({ address, disk }) => {
    if (!isToken(address ?? '')) throw new DecodeError('an acceptor that has no name');
    return { address: address!, disk: disk ?? 0 };
  });
  const set = { version: body.version ?? 0, acceptors, phase1: body.phase1 ?? 0, phase2: body.phase2 ?? 0 };
  if (set.version === 0) throw new DecodeError('an AcceptorSet without its version');
  const fault = quorumFault(set);
  if (fault !== undefined) throw new DecodeError(`an AcceptorSet that cannot be: ${fault}`);
  return set;
}

export function bodiesOfSets(sets: readonly SetFrom[]): SetFromBody[] {
  return sets.map(({ from, set }) => ({ from, set: bodyOfSet(set) }));
}

/** At least one, in the order of their slots and versions. */
export function setsOf(bodies: readonly SetFromBody[]): readonly SetFrom[] {
  if (bodies.length === 0) throw new DecodeError('no acceptors for the slots after a snapshot');
  const sets = bodies.map(({ from, set }) => {
    if (!set) throw new DecodeError('a SetFrom without its set');
    return { from: from ?? 0, set: setOf(set) };
  });
  for (let i = 1; i < sets.length; i++) {
    const [before, after] = [sets[i - 1]!, sets[i]!];
    if (after.from <= before.from || after.set.version !== before.set.version + 1) {
      throw new DecodeError('sets of acceptors that do not follow one another');
    }
  }
  return sets;
}

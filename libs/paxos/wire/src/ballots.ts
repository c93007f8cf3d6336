import { DecodeError } from '@synod/api';
import type { SnapshotId } from '@synod/actor';
import type { Ballot } from '@synod/paxos-core';
import type { synod } from './gen/paxos.js';
import { wireLimits } from './limits.js';

/** Throws `DecodeError` for what is no proposer's ballot. */
export function ballotOf(number: number): Ballot {
  if (number === 0) throw new DecodeError('a message without its ballot');
  return promiseOf(number);
}

/** Where 0 stands for no promise. */
export function promiseOf(number: number): Ballot {
  if (number > wireLimits.ballot) throw new DecodeError('a ballot above 2^52');
  return number;
}

export function snapshotIdOf(id: synod.paxos.v1.SnapshotId.$Properties | null | undefined): SnapshotId {
  if (!id) throw new DecodeError('something about a snapshot that does not say which');
  return { index: id.index ?? 0, era: promiseOf(id.era ?? 0) };
}

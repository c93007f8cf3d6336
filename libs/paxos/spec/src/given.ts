import { EntryBatch, sizeOf } from '@synod/log';
import type { Entry } from '@synod/log';
import { ballot } from '@synod/paxos-core';
import type { AcceptorSet, Ballot, Record } from '@synod/paxos-core';
import { RegisterService } from '@synod/scenario';
import type { Options } from '@synod/scenario';

/*
 * Disks as scenarios write them down. A value is `x=1`, as a client's request, or `-`, a no-op. A ballot is `round.proposer`.
 */

const clusterId = 1;

/** `promised=3.1 votes=1@1.0:x=1,2…4@2.1:- trimmed=0 disk=7`; slots of one vote have the same value. */
export function acceptorDisk(given: Options, founding: AcceptorSet | undefined): Record[] {
  const state: Record = {
    kind: 'acceptorState',
    standing: 'active',
    clusterId,
    disk: Number(given.get('disk') ?? 0),
    founding: given.has('disk') ? undefined : founding,
    promised: ballotIn(given.get('promised') ?? '0.0'),
    trimmedThrough: Number(given.get('trimmed') ?? 0),
    registersEpoch: given.has('disk') ? 0 : 1,
    registerFloor: 0,
  };
  return [state, ...listIn(given, 'votes').map((text, i) => voteIn(text, i + 1))];
}

/** `round=3 chosen=x=1,-,y=2`: values from slot 1 on. */
export function proposerDisk(given: Options, founding: AcceptorSet, number: number): Record[] {
  const round = Number(given.get('round') ?? 0);
  const values = listIn(given, 'chosen').map(entryIn);
  const state: Record = { kind: 'proposerState', number, round, remembers: true, clusterId, founding };
  if (values.length === 0) return [state];
  return [state, { kind: 'chosenValues', batch: new EntryBatch(ballot(1, 0), 1, values, sizeOf(values)) }];
}

function voteIn(text: string, number: number): Record {
  const [, first = '', last = first, era = '', value = ''] =
    /^(\d+)(?:…(\d+))?@([\d.]+):(.+)$/.exec(text) ?? wrong(text);
  const entries = Array.from({ length: Number(last) - Number(first) + 1 }, () => entryIn(value));
  return { kind: 'vote', number, batch: new EntryBatch(ballotIn(era), Number(first), entries, sizeOf(entries)) };
}

function entryIn(text: string): Entry {
  if (text === '-') return { kind: 'noOp' };
  const [key = '', value = ''] = text.split('=');
  return { kind: 'request', from: 'c0', bytes: RegisterService.write({ sequence: Number(value), key, value }) };
}

function ballotIn(text: string): Ballot {
  const [round, proposer] = text.split('.').map(Number);
  return ballot(round!, proposer!);
}

function listIn(given: Options, name: string): readonly string[] {
  return (given.get(name) ?? '').split(',').filter((text) => text !== '');
}

function wrong(text: string): never {
  throw new Error(`${text} is no vote: slot@round.proposer:value`);
}

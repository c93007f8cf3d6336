import { encodeRequestBatch } from '@synod/api';
import { Batch, Group, defaultLimits, messageLimits, nullBatch } from '@synod/pbft-core';
import type { Message, PreparedCertificate, Signed, StableCheckpoint, Status } from '@synod/pbft-core';
import { pbftMessages, wireLimits } from '@synod/pbft-wire';
import { replica, user } from './keys.js';

/*
 * What a correct member sends, every correct member must be able to read: the others say the same, so whoever refuses it gets it
 * from nobody. Each bound on the sender's side, by as much of the smallest things as it lets into one message.
 */

const small = { cluster: 'a', group: 'b', epoch: 'c' };
const wire = pbftMessages(small);

function read<M extends Message>(message: M): M {
  const bytes = Uint8Array.from(wire.encode(message));
  expect(bytes.length).toBeLessThanOrEqual(wireLimits.messageBytes);
  return wire.decode(wire.kindOf(message), bytes) as M;
}

const digests = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => i.toString(16).padStart(64, '0'));

/** The largest group that there can be. */
const members = Array.from({ length: wireLimits.members }, (_, place) => `m${place}`);
const { quorum } = new Group(members);
const signers = members.map((name) => replica(name, small));
const { digest } = nullBatch.identity(signers[0]!);

function prepared(sequence: number): PreparedCertificate {
  const proposal = signers[0]!.sign({ type: 'prePrepare', view: 0, sequence, digest });
  const prepares = signers.slice(1, quorum).map((each) => each.sign({ type: 'prepare', view: 0, sequence, digest }));
  return { proposal, prepares };
}

function stable(): StableCheckpoint {
  const state = { sequence: 50, position: 50, history: digest, state: 'x'.repeat(wireLimits.stateHashBytes) };
  return {
    state,
    votes: signers.slice(0, quorum).map((each) => each.sign({ type: 'checkpoint', sequence: 50, digest })),
  };
}

describe('The most that a sender puts into one message is understood', () => {
  test('history, of batches that are next to nothing', () => {
    const batches = Array.from({ length: messageLimits.batches }, () => nullBatch);
    expect(read({ kind: 'history', first: 1, digests: [], batches } as const).batches).toHaveLength(batches.length);
  });

  test('history, of digests', () => {
    const all = digests(messageLimits.digests);
    expect(read({ kind: 'history', first: 1, digests: all, batches: [] } as const).digests).toEqual(all);
  });

  test('a status, of all that one can lack', () => {
    const names = digests(messageLimits.names);
    const places = members.map((_, place) => place);
    const slot = { hasProposal: false, prepares: places, commits: places };
    const status: Status = {
      ...{ kind: 'status', view: 1, active: true, stable: 0, executed: 0, snapshot: 0, floor: 0, prepared: 150 },
      open: Array.from({ length: defaultLimits.statusSlots }, (_, i) => ({ sequence: i + 1, ...slot })),
      ...{ batches: names, viewChanges: names, heard: places },
    };
    expect(read(status)).toEqual(status);
  });

  test('a batch of the smallest requests', () => {
    const signed = user('d', small).sign({
      ...{ type: 'request', client: 'e', session: 0, sequence: 1, holds: 'operations' },
      batch: encodeRequestBatch({ client: 'e', session: 0, sequence: 1, acknowledgedThrough: 0, operations: [] }),
    } as const);
    const requests: Signed<typeof signed.statement>[] = [signed];
    const one = new Batch(requests).sizeBytes;
    while (one * (requests.length + 1) <= defaultLimits.batchBytes) requests.push(signed);
    const batch = new Batch(requests);
    const proposal = signers[0]!.sign({
      type: 'prePrepare',
      view: 0,
      sequence: 1,
      digest: batch.identity(signers[0]!).digest,
    });
    expect(read({ kind: 'prePrepare', signed: proposal, batch } as const).batch.requests).toHaveLength(requests.length);
  });

  test('a view change and a new view with all that fits between the water marks, of the largest group', () => {
    const places = Array.from({ length: defaultLimits.logSize }, (_, i) => 51 + i);
    const claim = { type: 'viewChange', view: 1, stable: stable(), prepared: places.map(prepared) } as const;
    const viewChange = { kind: 'viewChange', signed: signers[0]!.sign(claim) } as const;
    expect(read(viewChange).signed.statement.prepared).toHaveLength(places.length);
    const proposals = claim.prepared.map(({ proposal }) => proposal);
    const viewChanges = members.slice(0, quorum).map((name) => ({ replica: name, digest }));
    const newView = signers[1]!.sign({ type: 'newView', view: 1, viewChanges, proposals });
    expect(read({ kind: 'newView', signed: newView } as const).signed.statement.proposals).toHaveLength(places.length);
  });

  test('an answer of as many as a batch, or the reads of a turn, can be', () => {
    const answers = Math.max(defaultLimits.waitingReads, wireLimits.requests);
    expect(Math.ceil(Math.log2(answers))).toBeLessThanOrEqual(wireLimits.path);
  });
});

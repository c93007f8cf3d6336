import type { Input } from '@synod/actor';
import { FlightRecorder, SegmentReader, decodeRecording, encodeRecording } from '@synod/actor-host/recording';
import { encodeRequestBatch, keyValueCodec } from '@synod/api';
import { EntryBatch } from '@synod/log';
import { ballot } from '@synod/paxos-core';
import type { PaxosVocabulary } from '@synod/paxos-core';
import { acceptor, paxosRecording } from '@synod/paxos-wire';
import type { RaftVocabulary } from '@synod/raft-core';
import { raft, raftRecording } from '@synod/raft-wire';
import { KeyValueStore } from '@synod/state-machine';
import type { Decoder } from './decoders.js';

// A recording as it lies on the disk, and a segment of one alone: the file's checksums refuse almost all that is mangled.

const snapshot = { index: 7, era: 2 };
const chunk = { snapshot, offset: 0, totalBytes: 9, bytes: new Uint8Array(3), checksum: 5 };
const bytes = encodeRequestBatch({ client: 'c1', session: 0, sequence: 1, acknowledgedThrough: 0, operations: [] });

/** The life of the only replica of a group: it is elected, and one request is committed and applied. */
const inputs: readonly Input<RaftVocabulary>[] = [
  { at: 1, kind: 'recover', record: { kind: 'hardState', term: 1, votedFor: undefined, clusterId: 4, standing: 'active', floor: 0 } }, // prettier-ignore
  { at: 2, kind: 'recovered', tail: 'clean', empty: false, incarnation: 6 },
  { at: 400, kind: 'timeout', timer: 'election' },
  { at: 401, kind: 'persisted', token: 1 },
  { at: 402, kind: 'persisted', token: 2 },
  { at: 403, kind: 'receive', from: 'c1', message: { kind: 'request', client: 'c1', session: 0, sequence: 1, bytes } },
  { at: 404, kind: 'timeout', timer: 'batch' },
  { at: 405, kind: 'persisted', token: 3 },
  { at: 406, kind: 'logRead', id: 99, batches: [new EntryBatch(1, 1, [{ kind: 'noOp' }], 16)] },
  { at: 407, kind: 'chunkRead', id: 98, chunk },
  { at: 408, kind: 'chunkWritten', id: 97, heldBytes: 3 },
  { at: 409, kind: 'snapshotTaken', id: 96, snapshot, sizeBytes: 9 },
  { at: 410, kind: 'snapshotInstalled', id: 95, ok: false },
  { at: 411, kind: 'stopping' },
];

function recordedLife() {
  const recorder = new FlightRecorder<RaftVocabulary>(raftRecording, 1024 * 1024, (why) => {
    throw why;
  });
  const settings = { self: 'r1', members: ['r1'], snapshotMiB: 64, setAside: false };
  const timing = { electionTimeout: { minMs: 150, maxMs: 300 }, heartbeatMs: 50 };
  const { make } = raft(() => new KeyValueStore(keyValueCodec));
  const actor = recorder.actor(make(settings, timing, (service) => recorder.service(service)).actor);
  for (const input of inputs) actor.step(input);
  if (actor.inspect()['lastApplied'] !== 2) throw new Error('the life that is to be recorded is not lived');
  return recorder.recorded!;
}

const accepted = new EntryBatch(ballot(1, 0), 1, [{ kind: 'noOp' }], 16);

/** An acceptor of one proposer: it votes in a slot and for a register, which its host has restored before. */
const votes: readonly Input<PaxosVocabulary>[] = [
  { at: 1, kind: 'recover', record: { kind: 'acceptorState', standing: 'active', clusterId: 4, disk: 0, founding: undefined, promised: 0, trimmedThrough: 0, registersEpoch: 1, registerFloor: 0 } }, // prettier-ignore
  { at: 2, kind: 'recovered', tail: 'clean', empty: false, incarnation: 6 },
  { at: 3, kind: 'snapshotInstalled', id: 99, ok: true },
  { at: 4, kind: 'receive', from: 'p1', message: { kind: 'prepare', ballot: ballot(1, 0), from: 1, clusterId: 4 } },
  { at: 5, kind: 'persisted', token: 1 },
  { at: 6, kind: 'receive', from: 'p1', message: { kind: 'accept', ballot: ballot(1, 0), chosenThrough: 0, trimThrough: 0, round: 0, clusterId: 4, batches: [accepted] } }, // prettier-ignore
  { at: 7, kind: 'receive', from: 'p1', message: { kind: 'registerAccept', key: 'k', ballot: ballot(1, 0), epoch: 1, clusterId: 4, value: bytes, adopted: false } }, // prettier-ignore
  { at: 8, kind: 'persisted', token: 3 },
  { at: 9, kind: 'logRead', id: 98, batches: [accepted] },
];

function recordedVotes() {
  const recorder = new FlightRecorder<PaxosVocabulary>(paxosRecording, 1024 * 1024, (why) => {
    throw why;
  });
  const settings = { self: 'a1', proposers: ['p1'], acceptors: ['a1'], phase1: undefined, phase2: undefined };
  const { actor: core } = acceptor().make(settings, { electionTimeout: { minMs: 150, maxMs: 300 } });
  const actor = recorder.actor(core);
  for (const input of votes) actor.step(input);
  const { heldVotes, registers } = core.inspect();
  if (heldVotes !== 1 || registers !== 1) throw new Error('the votes that are to be recorded are not cast');
  return recorder.recorded!;
}

const recorded = recordedLife();
const voted = recordedVotes();
const header = { protocol: 'raft', release: '0.1.0', cluster: 'c', group: 'g', replica: 'r1', settings: {}, writtenAt: '', why: '' }; // prettier-ignore
const isUnreadable = ({ name }: Error): boolean => name === 'UnreadableRecording';

export const recordedDecoders: readonly Decoder[] = [
  {
    name: 'decodeRecording',
    valid: [Buffer.concat(encodeRecording(header, recorded))],
    decode: decodeRecording,
    documented: isUnreadable,
  },
  {
    name: 'a segment of a recording',
    valid: recorded.segments.map((pieces) => Buffer.concat(pieces)),
    decode: (segment) => [...new SegmentReader<RaftVocabulary>(segment, raftRecording, { service: {} }).steps()],
    documented: isUnreadable,
  },
  {
    name: 'a segment of an acceptor’s recording',
    valid: voted.segments.map((pieces) => Buffer.concat(pieces)),
    decode: (segment) => [...new SegmentReader<PaxosVocabulary>(segment, paxosRecording, {}).steps()],
    documented: isUnreadable,
  },
];

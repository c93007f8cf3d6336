import type { Actor } from '@synod/actor';
import { ActorHost } from '@synod/actor-host';
import {
  MemoryJournal,
  MemoryLoop,
  MemoryNetwork,
  MemorySnapshots,
  blindObserver,
  lowDice,
} from '@synod/actor-host/memory';
import { FlightRecorder, encodeRecording } from '@synod/actor-host/recording';
import type { Recordable, RecordingHeader } from '@synod/actor-host/recording';
import { batchCodec, encodeOperation, encodeRequestBatch, keyValueCodec } from '@synod/api';
import { RaftReplica, defaultLimits } from '@synod/raft-core';
import type { RaftVocabulary } from '@synod/raft-core';
import { raftMessages, raftRecording, raftRecords } from '@synod/raft-wire';
import { KeyValueStore, Sessions } from '@synod/state-machine';

type V = RaftVocabulary;

export const header: RecordingHeader = {
  protocol: 'raft',
  release: '0.1.0',
  cluster: 'local',
  group: 'kv',
  replica: 'r1',
  settings: {},
  writtenAt: '2026-08-01T12:00:00.000Z',
  why: 'SIGUSR2',
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const configuration = {
  self: 'r1',
  members: ['r1'],
  everyone: 'replicas',
  electionTimeout: { minMs: 150, maxMs: 300 },
  heartbeatMs: 50,
  limits: defaultLimits,
};

/** The production host over memory ports: the only replica of a group forms it, leads, and is asked to write twice. */
export async function recordedLife(
  changed: Partial<RecordingHeader> = {},
  Replica: typeof RaftReplica = RaftReplica,
): Promise<Buffer> {
  const loop = new MemoryLoop();
  const network = new MemoryNetwork(loop);
  const recordable: Recordable<V> = { ...raftRecording, classes: { ...raftRecording.classes, RaftReplica: Replica } };
  const recorder = new FlightRecorder<V>(recordable, 1024 * 1024, (why) => {
    throw why;
  });
  const state = new Sessions(new KeyValueStore(keyValueCodec), batchCodec);
  const actor: Actor<V> = recorder.actor(new Replica(configuration, recorder.service(state)));
  const host = new ActorHost<V>({
    ...{ actor, state, messages: raftMessages, records: raftRecords, members: new Set(['r1']) },
    ...{ transport: network.transport('r1'), journal: new MemoryJournal(loop), snapshots: new MemorySnapshots(loop) },
    ...{ clock: loop, scheduler: loop, dice: lowDice, observer: blindObserver, onFailed: () => undefined },
  });
  await host.start();
  loop.advance(1000);
  const ask = (session: number, sequence: number, operations: readonly Uint8Array[]): void => {
    const payload = encodeRequestBatch({ client: 'c', session, sequence, acknowledgedThrough: 0, operations });
    network.post({ from: 'app', to: 'r1', kind: 'request', payload });
    loop.advance(10);
  };
  ask(0, 1, []);
  ask(2, 1, [encodeOperation({ kind: 'put', key: bytes('greeting'), value: bytes('hello\u001b[2J') })]);
  return Buffer.concat(encodeRecording({ ...header, ...changed }, recorder.recorded!));
}

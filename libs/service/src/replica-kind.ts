import type { Actor, RoundVocabulary, Vocabulary } from '@synod/actor';
import type { Authenticator, MessageCodec, RecordCodec } from '@synod/actor-host';
import type { Recordable } from '@synod/actor-host/recording';
import type { SnapshotSource } from '@synod/state-machine';
import type { Settings, Values } from './environment.js';
import type { Evidence } from './evidence.js';
import type { Between } from './replica-recorder.js';
import type { ReplicaSettings, Timing } from './replica-settings.js';

/** What write-once registers a member holds, of protocols that have some. */
export interface RegisterKeys {
  /** In the order of their keys, beyond this one. */
  after(
    key: string,
    maxBytes: number,
  ): { readonly registers: readonly { readonly key: string }[]; readonly isLast: boolean };
}

/** What makes a process one of its protocol and role; `S` is what its role is told beside what all are told, `T` how long it waits. */
export interface ReplicaKind<V extends Vocabulary, S extends Settings, T = Timing> {
  /** `raft-replica` */
  readonly app: string;
  /** The multicast name of all members. */
  readonly everyone: string;
  readonly messages: MessageCodec<V>;
  readonly records: RecordCodec<V>;
  readonly rounds: RoundVocabulary<V>;
  /** For protocols that believe signatures, and not the transport's word for who sent what. */
  readonly authenticator?: Authenticator<V>;
  /** What an event proves to anybody: kept as a file in the data directory. */
  readonly evidenceOf?: (event: V['event']) => Evidence | undefined;
  /** What the flight recorder must know of it; without it nothing can be recorded. */
  readonly recording?: Recordable<V>;
  /** What a replay must be told beside the recording, for its header. */
  readonly recordingFacts?: Readonly<Record<string, string>>;
  /** Kinds of message that are long and can wait: they get a connection of their own. */
  readonly bulkKinds: ReadonlySet<string>;
  /** A new state and the actor that replicates it; asked again when the disk's state had to be set aside. */
  readonly make: (
    settings: ReplicaSettings & Values<S> & { readonly setAside: boolean },
    timing: T,
    between?: Between,
  ) => { readonly actor: Actor<V>; readonly service: SnapshotSource & Partial<RegisterKeys> };
}

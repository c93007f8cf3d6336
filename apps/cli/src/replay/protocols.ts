import type { Printer, Vocabulary } from '@synod/actor';
import type { Recordable } from '@synod/actor-host/recording';
import { paxosRecording } from '@synod/paxos-wire';
import { raftRecording } from '@synod/raft-wire';

/** What a replay must know of one protocol. */
export type Replayable<V extends Vocabulary> = Recordable<V> & { readonly printer: Printer<V> };

/** By the name that recordings have for them. Another protocol is one line more. */
export const replayable: Readonly<Record<string, Replayable<Vocabulary>>> = {
  raft: generally(raftRecording),
  paxos: generally(paxosRecording),
};

/** A recording of one protocol never meets the words of another. */
function generally<V extends Vocabulary>(protocol: Replayable<V>): Replayable<Vocabulary> {
  return protocol as unknown as Replayable<Vocabulary>;
}

import type { Printer, Vocabulary } from '@synod/actor';
import { UnreadableRecording } from '@synod/actor-host/recording';
import type { Recordable, RecordingHeader } from '@synod/actor-host/recording';
import { sha256 } from '@synod/keys';
import { paxosRecording } from '@synod/paxos-wire';
import { pbftRecording } from '@synod/pbft-wire';
import { raftRecording } from '@synod/raft-wire';

/** What a replay must know of one protocol. */
export type Replayable<V extends Vocabulary> = Recordable<V> & { readonly printer: Printer<V> };

/** By the name that recordings have for them. Another protocol is one line more. */
export const replayable: Readonly<Record<string, (header: RecordingHeader) => Replayable<Vocabulary>>> = {
  raft: () => generally(raftRecording),
  paxos: () => generally(paxosRecording),
  pbft: ({ cluster, group, replica, settings: { epoch } }) => {
    if (typeof epoch !== 'string') throw new UnreadableRecording('it does not say of which keys it is');
    return generally(pbftRecording({ cluster, group, epoch }, replica, sha256));
  },
};

/** A recording of one protocol never meets the words of another. */
function generally<V extends Vocabulary>(protocol: Replayable<V>): Replayable<Vocabulary> {
  return protocol as unknown as Replayable<Vocabulary>;
}

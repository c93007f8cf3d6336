import type { Settings, Values } from '../environment.js';
import type { ReplicaSettings, Timing } from '../replica-settings.js';

/** What a process is in its group: what it must be told beside what all are told, and what follows from that. */
export interface Role<S extends Settings, T = Timing> {
  readonly name: 'replica' | 'proposer' | 'acceptor';
  readonly settings: S;
  /** Throws an `EnvironmentError` when the settings do not fit together. */
  readonly membership: (settings: ReplicaSettings & Values<S>) => Membership;
  /** How long it waits for others; throws as `membership` does. */
  readonly timing: (settings: ReplicaSettings & Values<S>) => T;
  /** Kinds of message that others than peers send it. */
  readonly askedKinds: readonly string[];
  /** Why it cannot do its part now, for people; undefined when it can. */
  readonly unready: (situation: Situation) => string | undefined;
  /** What becomes of it after its damaged state was set aside, and what is to be done if that fails. */
  readonly afterDamage: string;
}

/** Who is in the group, as this process was told. */
export interface Membership {
  /** All who speak to each other, this process included. */
  readonly members: readonly string[];
  /** Those of them that acknowledge what a leader proposes. */
  readonly voters: readonly string[];
  /** Those of them that hold what this one holds, itself included. The only one cannot get it back from anybody. */
  readonly copies: readonly string[];
  /** The members by what they are, for status. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
}

/** How a running process is. */
export interface Situation {
  /** What its actor shows. */
  readonly state: Readonly<Record<string, unknown>>;
  readonly leader: string | undefined;
}

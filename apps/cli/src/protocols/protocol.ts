import type { Overview, Known } from '../status/overview.js';
import type { Report } from '../status/report.js';
import type { Values } from '../status/statistics.js';
import type { Fact } from '../tap/facts.js';

/** What the command line must know of one protocol: its words, its messages, and how its groups are. */
export interface Protocol {
  /** As groups call it when they are asked. */
  readonly name: string;
  readonly words: Words;
  readonly messages: PeerMessages;
  readonly status: Status;
  /** Its groups have write-once registers. */
  readonly hasRegisters: boolean;
  /** Who its members are, where they can be changed; out of what they answer. Missing where they are fixed. */
  readonly membership?: (reports: ReadonlyMap<string, Report>) => Membership | undefined;
}

/** What a leadership and a position of the log are called. */
export interface Words {
  /** `term`, `ballot` */
  readonly era: string;
  /** `index`, `slot` */
  readonly position: string;
  /** What its rounds are numbered by, where that is not the position. */
  readonly round?: string;
  /** An era as the protocol's people write it: `2`, `3.1`. */
  readonly printEra: (era: number) => string;
}

/** What members of a group say to each other. */
export interface PeerMessages {
  /** The last tokens of the subjects. */
  readonly kinds: ReadonlySet<string>;
  /** Those of the steady state, which a line need not stress. */
  readonly routine: ReadonlySet<string>;
  /** Those of them that a quiet group says all the time: left out unless they say something new. */
  readonly chatter: ReadonlySet<string>;
  /** Throws what is wrong with the bytes. `values`: also what clients wrote. */
  readonly facts: (kind: string, payload: Uint8Array, values: boolean) => readonly Fact[];
  /** Where clients' messages and their answers are wrapped: in signatures, say. Throws what is wrong with the bytes. */
  readonly unwrap?: (kind: string, payload: Uint8Array) => Unwrapped;
}

/** A client's message or an answer as all protocols have it. */
export interface Unwrapped {
  readonly kind: string;
  readonly payload: Uint8Array;
  readonly signer?: string;
}

/** How a group is, out of what its members answer. */
export interface Status {
  readonly overview: (reports: ReadonlyMap<string, Report>, known: Known) => Overview;
  /** Of one member, for `status --verbose`. */
  readonly life: (report: Report) => Values;
  readonly journal: (report: Report) => Values;
  /** What is last in its log; none where members of its role have no log. */
  readonly lastEntries: (report: Report) => readonly LogEntry[];
}

/** The members whose quorums decide, and a change of them. */
export interface Membership {
  readonly now: MemberSet;
  /** Chosen and not in force yet. */
  readonly next: (MemberSet & { readonly from: number | undefined }) | undefined;
  /** Ready to be added. */
  readonly spares: readonly string[];
  /** Known to the group, and silent: they can be added when they answer, or by force. */
  readonly silent: readonly string[];
  /** What moves after the log has reached the members of this version. */
  readonly followed: number;
  /** Members before those of this version are needed no more: they may go, and the next change may come. */
  readonly seenThrough: number;
  /** What the newest change waits for, for people. */
  readonly awaited: string | undefined;
}

export interface MemberSet {
  readonly version: number;
  readonly members: readonly string[];
  /** Which disk of each counts. */
  readonly disks: Readonly<Record<string, number>>;
  readonly quorums: Quorums;
  /** For people: names, version, quorums. */
  readonly text: string;
}

/** How many members elect a leader, and how many make a value chosen; the same number where a protocol knows no difference. */
export interface Quorums {
  readonly phase1: number;
  readonly phase2: number;
}

/** What an entry is and whose, never what it holds. */
export interface LogEntry {
  readonly position: number;
  readonly era: number;
  readonly kind: string;
  readonly from: string;
  readonly sizeBytes: number;
}

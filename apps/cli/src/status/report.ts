/** What a replica answers to the admin's `status`: the parts that are shown. Everything may be missing but its name. */
export interface Report {
  readonly replica: string;
  readonly protocol?: string;
  readonly version?: string;
  readonly members?: readonly string[];
  readonly uptimeMs?: number;
  readonly state?: State;
  readonly journal?: Counts;
  readonly sent?: Counts;
  readonly received?: Counts;
  readonly rejected?: Counts;
  readonly elections?: number;
  readonly rounds?: readonly Round[];
  readonly cutOff?: readonly string[];
}

export type Counts = Readonly<Record<string, number>>;

export interface State {
  readonly role?: string;
  readonly standing?: string;
  readonly term?: number;
  readonly leader?: string;
  readonly votedFor?: string;
  readonly firstIndex?: number;
  readonly lastIndex?: number;
  readonly durableIndex?: number;
  readonly commitIndex?: number;
  readonly lastApplied?: number;
  readonly snapshotIndex?: number;
  readonly stateHash?: string;
  readonly diskStalled?: boolean;
  /** The newest first. */
  readonly lastEntries?: readonly LogEntry[];
  /** At a leader. */
  readonly followers?: Readonly<Record<string, { readonly lag?: number; readonly state?: string }>>;
}

/** What an entry is and whose, never what it holds. */
export interface LogEntry {
  readonly index: number;
  readonly term: number;
  readonly kind: string;
  readonly from: string;
  readonly sizeBytes: number;
}

/** One round as its leader saw it. */
export interface Round {
  readonly era: number;
  readonly first: number;
  readonly last: number;
  readonly requests: number;
  readonly state: string;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly slowestStage?: string;
  readonly completedBy?: string;
  readonly traceId?: string;
}

/** An answer that is an object and names its replica; the sender's name is the broker's word. */
export function readReport(replica: string, answer: unknown): Report | undefined {
  if (typeof answer !== 'object' || answer === null || 'error' in answer) return undefined;
  return { ...answer, replica } as Report;
}

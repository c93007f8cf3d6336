/** What a member answers to the admin's `status`: what is alike in all protocols. Everything may be missing but its name. */
export interface Report {
  readonly replica: string;
  readonly protocol?: string;
  /** What it is in its group: `replica`, `proposer`, `acceptor`. */
  readonly kind?: string;
  readonly version?: string;
  readonly members?: readonly string[];
  /** Members by what they are, where they are not all alike. */
  readonly proposers?: readonly string[];
  readonly acceptors?: readonly string[];
  readonly spares?: readonly string[];
  readonly uptimeMs?: number;
  /** What its core shows of itself; the protocol's own. */
  readonly state?: Readonly<Record<string, unknown>>;
  readonly journal?: Counts;
  readonly sent?: Counts;
  readonly received?: Counts;
  readonly rejected?: Counts;
  readonly elections?: number;
  readonly rounds?: readonly Round[];
  readonly cutOff?: readonly string[];
}

export type Counts = Readonly<Record<string, number>>;

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

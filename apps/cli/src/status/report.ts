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
  /** What it does that earlier versions may not. */
  readonly features?: readonly string[];
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

/** An answer that is an object; what in it is of another type than it must be is left out. The sender's name is the broker's word. */
export function readReport(replica: string, answer: unknown): Report | undefined {
  if (typeof answer !== 'object' || answer === null || 'error' in answer) return undefined;
  const said = answer as Readonly<Record<string, unknown>>;
  return {
    ...defined('text', said, ['protocol', 'kind', 'version']),
    ...defined('texts', said, ['members', 'proposers', 'acceptors', 'spares', 'features', 'cutOff']),
    ...defined('number', said, ['uptimeMs', 'elections']),
    ...defined('object', said, ['state']),
    ...defined('counts', said, ['journal', 'sent', 'received', 'rejected']),
    ...defined('rounds', said, ['rounds']),
    replica,
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isRound = (value: unknown): boolean =>
  isObject(value) &&
  ['era', 'first', 'last', 'requests', 'durationMs'].every((name) => typeof value[name] === 'number');

const is: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  texts: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  number: (value) => typeof value === 'number',
  object: isObject,
  counts: (value) => isObject(value) && Object.values(value).every((count) => typeof count === 'number'),
  rounds: (value) => Array.isArray(value) && value.every(isRound),
};

function defined(type: string, said: Readonly<Record<string, unknown>>, names: readonly string[]): Partial<Report> {
  return Object.fromEntries(names.filter((name) => is[type]!(said[name])).map((name) => [name, said[name]]));
}

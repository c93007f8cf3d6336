/** What one replica says of itself, as far as the gateway understands it. Everything may be missing or wrong. */
export interface Report {
  readonly replica: string;
  readonly protocol: string;
  readonly version: string;
  readonly members: readonly string[];
  readonly uptimeMs: number;
  readonly role: string;
  readonly standing: string;
  readonly leader: string | undefined;
  readonly term: number;
  readonly lastIndex: number;
  readonly commitIndex: number;
  readonly lastApplied: number;
  readonly stateHash: string;
  readonly diskStalled: boolean;
  /** As a leader: by member, how many entries it has not acknowledged. */
  readonly lagOf: Readonly<Record<string, number>>;
  readonly rounds: readonly Round[];
  readonly cutOff: readonly string[];
}

/** A round as its leader saw it; durations in milliseconds. */
export interface Round {
  readonly leader: string;
  readonly term: number;
  readonly first: number;
  readonly last: number;
  readonly requests: number;
  readonly state: string;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly stages: Readonly<Record<string, number>>;
  readonly slowestStage: string | undefined;
  readonly completedBy: string | undefined;
  readonly acknowledgedMs: Readonly<Record<string, number>>;
  readonly traceId: string | undefined;
}

const mostMembers = 64;
const mostRounds = 32;

type Fields = Readonly<Record<string, unknown>>;

/** Undefined when it is no report of `from`. */
export function readReport(from: string, payload: Uint8Array): Report | undefined {
  let said: Fields;
  try {
    said = fieldsOf(JSON.parse(Buffer.from(payload).toString()));
  } catch {
    return undefined;
  }
  const state = fieldsOf(said['state']);
  if (said['replica'] !== from || textOf(state['role']) === '') return undefined;
  return {
    replica: from,
    protocol: textOf(said['protocol']),
    version: textOf(said['version']),
    members: textsOf(said['members']),
    uptimeMs: numberOf(said['uptimeMs']),
    role: textOf(state['role']),
    standing: textOf(state['standing']),
    leader: textOf(state['leader']) || undefined,
    term: numberOf(state['term']),
    lastIndex: numberOf(state['lastIndex']),
    commitIndex: numberOf(state['commitIndex']),
    lastApplied: numberOf(state['lastApplied']),
    stateHash: textOf(state['stateHash']),
    diskStalled: state['diskStalled'] === true,
    lagOf: numbersOf(mapOf(state['followers'], (follower) => fieldsOf(follower)['lag'])),
    rounds: listOf(said['rounds'], mostRounds).map((round) => readRound(from, fieldsOf(round))),
    cutOff: textsOf(said['cutOff']),
  };
}

function readRound(leader: string, round: Fields): Round {
  return {
    leader,
    term: numberOf(round['era']),
    first: numberOf(round['first']),
    last: numberOf(round['last']),
    requests: numberOf(round['requests']),
    state: textOf(round['state']),
    startedAt: numberOf(round['startedAt']),
    durationMs: numberOf(round['durationMs']),
    stages: numbersOf(fieldsOf(round['stages'])),
    slowestStage: textOf(round['slowestStage']) || undefined,
    completedBy: textOf(round['completedBy']) || undefined,
    acknowledgedMs: numbersOf(fieldsOf(round['acknowledgedMs'])),
    traceId: /^[0-9a-f]{32}$/.test(textOf(round['traceId'])) ? textOf(round['traceId']) : undefined,
  };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 128) : '';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function listOf(value: unknown, most: number): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, most) : [];
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value, mostMembers).map(textOf);
}

function mapOf(value: unknown, pick: (value: unknown) => unknown): Fields {
  return Object.fromEntries(Object.entries(fieldsOf(value)).map(([name, inner]) => [name, pick(inner)]));
}

function numbersOf(fields: Fields): Readonly<Record<string, number>> {
  const entries = Object.entries(fields).slice(0, mostMembers);
  return Object.fromEntries(entries.filter(([, value]) => typeof value === 'number') as [string, number][]);
}

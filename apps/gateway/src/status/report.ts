import type { Era } from '../era.js';
import { fieldsOf, listOf, numberOf, numbersOf, textOf, textsOf } from './fields.js';
import type { Fields } from './fields.js';

/** What one member says of itself: what is alike in all protocols. Everything may be missing or wrong. */
export interface Report {
  readonly replica: string;
  readonly protocol: string;
  readonly kind: Kind;
  readonly version: string;
  readonly members: readonly Member[];
  readonly uptimeMs: number;
  readonly role: string;
  readonly standing: string;
  /** The protocol's own. */
  readonly state: Fields;
  readonly rounds: readonly ToldRound[];
  readonly cutOff: readonly string[];
}

/** What a member is in its group. */
export type Kind = 'replica' | 'proposer' | 'acceptor';

export interface Member {
  readonly name: string;
  readonly kind: Kind;
}

/** A round as its leader saw it; durations in milliseconds. */
export interface ToldRound {
  readonly leader: string;
  readonly era: number;
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

/** In the words of its protocol. */
export type Round = Omit<ToldRound, 'era'> & Era;

const mostRounds = 32;

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
  const kind = kindOf(said['kind']);
  return {
    replica: from,
    protocol: textOf(said['protocol']),
    kind,
    version: textOf(said['version']),
    members: membersIn(said, kind),
    uptimeMs: numberOf(said['uptimeMs']),
    role: textOf(state['role']),
    standing: textOf(state['standing']),
    state,
    rounds: listOf(said['rounds'], mostRounds).map((round) => readRound(from, fieldsOf(round))),
    cutOff: textsOf(said['cutOff']),
  };
}

function kindOf(value: unknown): Kind {
  return value === 'proposer' || value === 'acceptor' ? value : 'replica';
}

/** Where members are not all alike there is a list for each kind. */
function membersIn(said: Fields, own: Kind): readonly Member[] {
  const proposers = new Set(textsOf(said['proposers']));
  const acceptors = new Set([...textsOf(said['acceptors']), ...textsOf(said['spares'])]);
  return textsOf(said['members']).map((name) => {
    return { name, kind: proposers.has(name) ? 'proposer' : acceptors.has(name) ? 'acceptor' : own };
  });
}

function readRound(leader: string, round: Fields): ToldRound {
  return {
    leader,
    era: numberOf(round['era']),
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

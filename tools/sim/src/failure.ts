import { shrink } from '@synod/simulator';
import type { Strike, Trial, WholeTrial } from '@synod/simulator';
import { spaceTime } from '@synod/space-time';
import type { SpaceTimeEvent } from '@synod/space-time';
import type { Outcome, Protocol, RetoldRun } from './protocols.js';
import { textOf } from './seed-run.js';
import type { FailureText } from './seed-run.js';

/** A failing run, and the smallest one that fails in the same way. */
export interface Failure {
  readonly trial: WholeTrial;
  readonly failure: FailureText;
  readonly table: readonly string[];
  /** Or why there is none. */
  readonly scenario: RetoldRun | string;
  /** How many strikes the seed had drawn. */
  readonly strikesDrawn: number;
}

export interface Shrinking {
  readonly protocol: Protocol;
  readonly mutant: string | undefined;
  /** Rows of the table. */
  readonly rows: number;
  readonly width: number;
  progress(runs: number, strikes: number): void;
}

/** LIMIT: a failure is worth so many runs; most are quick, since a run ends where it fails. */
const runsMax = 150;

export async function examine(trial: Trial, { protocol, mutant, rows, width, progress }: Shrinking): Promise<Failure> {
  const run = ({ seed, ...change }: Trial): Promise<Outcome> => protocol.run(seed, mutant, change);
  const whole = await run(trial);
  const { failure, strikes, virtualMs } = whole;
  if (failure === undefined) throw new Error(`seed ${trial.seed} does not fail when it is run again`);
  const { swarm = {} } = trial;
  const small = await shrink({ seed: trial.seed, swarm, strikes }, { invariant: textOf(failure).invariant, atMs: virtualMs }, {
    runsMax,
    progress,
    run: async (smaller) => {
      const { failure: error, virtualMs: atMs } = await run(smaller);
      return error && { invariant: textOf(error).invariant, atMs };
    },
  }); // prettier-ignore
  const last = await run(small);
  const told = textOf(last.failure ?? failure);
  const events = eventsOf(last).slice(-rows);
  const table = spaceTime(last.replicas, [...events, { time: '', place: undefined, text: told.invariant }], width);
  const scenario = await retold(small, mutant, protocol);
  return { trial: small, failure: told, table, scenario, strikesDrawn: strikes.length };
}

/** The failure itself must be told, whatever becomes of this. */
async function retold(trial: Trial, mutant: string | undefined, protocol: Protocol): Promise<RetoldRun | string> {
  try {
    return (await protocol.retell(trial, mutant)) ?? 'the run does not fail when it is watched';
  } catch (error) {
    return (error as Error).message;
  }
}

const noise = / (⏲|durable through|timeout (batch|apply)|read \d+ batches)/;

/** What replicas did; what clients say shows where it arrives. */
function eventsOf({ replicas, tail }: Outcome): SpaceTimeEvent[] {
  return tail().flatMap((line): SpaceTimeEvent[] => {
    const [, time = '', at = '', text = ''] = /^ *([\d.]+) {2}(\S+) +(.*)$/.exec(line) ?? [];
    if (at === '#') return [{ time, place: undefined, text }];
    return replicas.includes(at) && !noise.test(` ${text}`) ? [{ time, place: at, text }] : [];
  });
}

/** One line for a strike: `at 3120 ms crash r2 downMs=310`. */
export function strikeLine({ atMs, fault, target, detail }: Strike): string {
  const words = Object.entries(detail).map(([name, value]) => `${name}=${typeof value === 'number' ? Math.round(value) : String(value)}`); // prettier-ignore
  return ['at', Math.round(atMs), 'ms', fault, ...(target === undefined ? [] : [target]), ...words].join(' ');
}

import { defaultLimits } from '@synod/raft-core';
import type { Message, RaftVocabulary, Request } from '@synod/raft-core';
import { raftPrinter } from '@synod/raft-wire';
import { Chronicle, endsOf, retell } from '@synod/scenario';
import type { Deed, Retold, Telling } from '@synod/scenario';
import type { World } from '@synod/simulator';
import { claims } from './invariants/claims.js';
import { limitNames, raftIn } from './scenario.js';
import { simulate } from './simulation.js';
import type { SimulationOptions, SimulationResult } from './simulation.js';
import type { RaftSwarm } from './swarm.js';

type V = RaftVocabulary;

const formation = new Set(['hello', 'helloReply', 'form', 'formed', 'activate']);

export interface RetoldRun extends Retold {
  /** What scenarios cannot judge: whether it ends as the run did. */
  readonly endsAlike: boolean;
}

/** A seed's run that fails, as a scenario; undefined when it does not fail. `claim` tells what it shows. */
export async function retellSimulation(
  seed: number,
  options: SimulationOptions,
  claim: (failure: Error) => string,
): Promise<RetoldRun | undefined> {
  const watched: { world?: World<V>; chronicle?: Chronicle<V> } = {};
  const witness = (world: World<V>): Chronicle<V> => {
    watched.world = world;
    return (watched.chronicle = new Chronicle(world, raftPrinter.message));
  };
  const { failure, swarm, replicas: members } = await simulate(seed, { ...options, witness });
  if (failure === undefined) return undefined;
  const protocol = { ...raftIn(options.make), tamper: options.tamper };
  const violated = (failure as { readonly invariant?: string }).invariant ?? failure.name;
  const { deeds } = watched.chronicle!;
  const { manners, faithful } = tellingsOf(swarm, members, deeds);
  const ends = endsOf(protocol, watched.world!.machines.values()).join();
  const told = { name: 'raft', claim: claim(failure), protocol, members, violated, faithful };
  const retold = await retell({ ...told, manners: isJudged(failure, violated) ? manners : [] });
  return { ...retold, endsAlike: retold.ends.join() === ends };
}

/** Histories and liveness are judged by those who see a whole run. */
function isJudged(failure: Error, violated: string): boolean {
  return failure.name !== 'Violation' || Object.values(claims).some(([name]) => name === violated);
}

/** From the plainest on: a group that is formed already, disks that are quick, no limits, no time. */
function tellingsOf(
  swarm: SimulationResult['swarm'],
  members: readonly string[],
  deeds: readonly Deed<V>[],
): { readonly manners: readonly Telling<V>[]; readonly faithful: Telling<V> } {
  const limits = limitsOf(swarm);
  const later = afterFormation(members, deeds);
  const fresh = { words: ['fresh'], deeds: [...hellos(members), ...deeds] };
  const beginnings = later === undefined ? [fresh] : [{ words: [], deeds: later }, fresh];
  const manners: Telling<V>[] = [];
  for (const syncs of [false, true])
    for (const { words, deeds: all } of beginnings)
      for (const otherwise of ['asYoung', 'oldest'] as const)
        for (const waits of [false, true])
          for (const limited of limits.length > 0 ? [false, true] : [false]) {
            const options = [...words, ...(limited ? limits : []), 'judged'];
            manners.push({ syncs, otherwise, waits, options, asks: asking(limited), deeds: all });
          }
  const faithful = manners.findLast(({ otherwise }) => otherwise === 'asYoung')!;
  return { manners, faithful };
}

/** A scenario's replicas are silent when they start. */
function hellos(members: readonly string[]): Deed<V>[] {
  return members.map((at) => ({ timeMs: 0, at, kind: 'timeout', timer: 'hello', crashAfter: undefined }));
}

/** Without the messages by which the group was formed; undefined when it never was. */
function afterFormation(members: readonly string[], deeds: readonly Deed<V>[]): readonly Deed<V>[] | undefined {
  const waiting = new Set(members.slice(1));
  const formedAt = deeds.findIndex((deed) => {
    if (deed.kind === 'received' && deed.message.kind === 'activate') waiting.delete(deed.at);
    return waiting.size === 0;
  });
  if (formedAt < 0) return undefined;
  return deeds.filter((deed, place) => place > formedAt || !isFormation(deed));
}

function isFormation(deed: Deed<V>): boolean {
  if (deed.kind === 'timeout') return deed.timer === 'hello';
  return deed.kind === 'synced' || (deed.kind === 'received' && formation.has(deed.message.kind));
}

/** `window=300`, where the run had another limit than production. */
function limitsOf({ limits }: RaftSwarm): string[] {
  return Object.entries(limitNames).flatMap(([name, limit]) => {
    const value = limits[limit];
    return value === undefined || value === defaultLimits[limit] ? [] : [`${name}=${value}`];
  });
}

/** Each write of a run is another value of one register; as long as the client's batch was, where limits count bytes. */
function asking(sameLength: boolean): Telling<V>['asks'] {
  const values = new Map<string, number>();
  return (said, sequence) => {
    const message = said as Message;
    if (message.kind === 'read') return reading(message.level, message.kind === 'read' ? message.maxAgeMs : 0);
    if (message.kind !== 'request') return undefined;
    const key = Buffer.from(message.bytes).toString('latin1');
    const value = values.get(key) ?? values.size + 1;
    values.set(key, value);
    return `request "x=${value}${sameLength ? filling(message, `${sequence} x ${value}`) : ''}"`;
  };
}

/** What is to follow `written`, which is what `RegisterService` writes down, to be as long as the batch. */
function filling({ bytes }: Request, written: string): string {
  return '.'.repeat(Math.max(0, bytes.length - written.length));
}

function reading(level: 'linearizable' | 'stale' | 'discover', maxAgeMs: number): string | undefined {
  if (level === 'discover') return undefined;
  return `read "x"${level === 'stale' ? ' stale' : ''}${maxAgeMs > 0 ? ` maxAge=${maxAgeMs}` : ''}`;
}

import type { Address } from '@synod/actor';
import { defaultAcceptorLimits, defaultProposerLimits } from '@synod/paxos-core';
import type { Message, PaxosVocabulary } from '@synod/paxos-core';
import { paxosPrinter } from '@synod/paxos-wire';
import { Chronicle, askingOneRegister, endsOf, isJudged, retell, tellingsOf } from '@synod/scenario';
import type { Deed, Retold, Telling } from '@synod/scenario';
import type { World } from '@synod/simulator';
import { claims } from './invariants/claims.js';
import { acceptorLimitNames, paxosIn, proposerLimitNames } from './scenario.js';
import { simulate } from './simulation.js';
import type { SimulationOptions } from './simulation.js';
import { addressesOf } from './swarm.js';
import type { PaxosSwarm, Shape } from './swarm.js';

type V = PaxosVocabulary;

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
    return (watched.chronicle = new Chronicle(world, paxosPrinter.message));
  };
  const { failure, swarm, replicas: members } = await simulate(seed, { ...options, witness });
  if (failure === undefined) return undefined;
  const protocol = { ...paxosIn(options.make), tamper: options.tamper };
  const violated = (failure as { readonly invariant?: string }).invariant ?? failure.name;
  const { deeds } = watched.chronicle!;
  const { founders, proposers } = addressesOf(swarm.shape);
  const [words, limits] = [wordsOf(swarm.shape), limitsOf(swarm)];
  const knowing = (all: readonly Deed<V>[]): readonly Deed<V>[] => withoutAsking(all, proposers);
  const { manners, faithful } = tellingsOf<V>({ deeds, founders, words, limits, asking, knowing });
  const ends = endsOf(protocol, watched.world!.machines.values()).join();
  const told = { name: 'paxos', claim: claim(failure), protocol, members, violated, faithful };
  const sentences = Object.values(claims).map(([name]) => name);
  const retold = await retell({ ...told, manners: isJudged(failure, sentences) ? manners : [] });
  return { ...retold, endsAlike: retold.ends.join() === ends };
}

/** Until an acceptor has told a proposer who founded the group it does nothing but ask for that. */
function withoutAsking(deeds: readonly Deed<V>[], proposers: readonly Address[]): readonly Deed<V>[] {
  const asking = new Set(proposers);
  return deeds.filter((deed) => {
    if (!asking.has(deed.at)) return true;
    const message = deed.kind === 'received' ? deed.message : undefined;
    if (message?.kind === 'canvassReply' && message.founding !== undefined) asking.delete(deed.at);
    return message === undefined ? deed.kind !== 'timeout' : message.kind === 'request' || message.kind === 'read';
  });
}

/** Who is no founder, and quorums that are no majorities. */
function wordsOf(shape: Shape): string[] {
  const { spares } = addressesOf(shape);
  const words = spares.length === 0 ? [] : [`spare=${spares.join(',')}`];
  if (shape.phase1 !== undefined) words.push(`phase1=${shape.phase1}`);
  if (shape.phase2 !== undefined) words.push(`phase2=${shape.phase2}`);
  return words;
}

/** `window=300`, where the run had another limit than production. */
function limitsOf({ proposerLimits, acceptorLimits }: PaxosSwarm): string[] {
  return [
    ...unusual(proposerLimitNames, proposerLimits, defaultProposerLimits),
    ...unusual(acceptorLimitNames, acceptorLimits, defaultAcceptorLimits),
  ];
}

function unusual<L>(
  names: { readonly [name: string]: keyof L & string },
  limits: Partial<L>,
  production: L,
): readonly string[] {
  return Object.entries(names).flatMap(([name, limit]) => {
    const value = limits[limit];
    return value === undefined || value === production[limit] ? [] : [`${name}=${String(value)}`];
  });
}

function asking(sameLength: boolean): Telling<V>['asks'] {
  const ofRegister = askingOneRegister(sameLength);
  return (said, sequence) => {
    const message = said as Message;
    if (message.kind === 'decide') return deciding(message.key, message.value);
    if (message.kind === 'reconfigure') return changing(message);
    return ofRegister(said, sequence);
  };
}

function deciding(key: string, value: Uint8Array | undefined): string {
  return `request "decide ${key}${value === undefined ? '' : ` ${new TextDecoder().decode(value)}`}"`;
}

function changing({ version, add, remove, phase1, phase2 }: Message & { kind: 'reconfigure' }): string {
  const words = [`member version=${version}`];
  if (add.length > 0) words.push(`add=${add.join(',')}`);
  if (remove.length > 0) words.push(`remove=${remove.join(',')}`);
  if (phase1 !== undefined) words.push(`phase1=${phase1}`);
  if (phase2 !== undefined) words.push(`phase2=${phase2}`);
  return `request "${words.join(' ')}"`;
}

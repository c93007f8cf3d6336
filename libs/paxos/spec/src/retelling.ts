import type { Address } from '@synod/actor';
import { defaultAcceptorLimits, defaultProposerLimits } from '@synod/paxos-core';
import type { Message, PaxosVocabulary } from '@synod/paxos-core';
import { paxosPrinter } from '@synod/paxos-wire';
import { askingOneRegister, retellRun, tellingsOf, unusualLimits } from '@synod/scenario';
import type { Deed, RetoldRun, Telling } from '@synod/scenario';
import { claims } from './invariants/claims.js';
import { acceptorLimitNames, paxosIn, proposerLimitNames } from './scenario.js';
import { simulate } from './simulation.js';
import type { SimulationOptions } from './simulation.js';
import { addressesOf } from './swarm.js';
import type { PaxosSwarm, Shape } from './swarm.js';

type V = PaxosVocabulary;

/** A seed's run that fails, as a scenario; undefined when it does not fail. `claim` tells what it shows. */
export function retellSimulation(
  seed: number,
  options: SimulationOptions,
  claim: (failure: Error) => string,
): Promise<RetoldRun | undefined> {
  return retellRun<V, PaxosSwarm>(
    {
      name: 'paxos',
      printer: paxosPrinter,
      protocol: { ...paxosIn(options.make), tamper: options.tamper },
      sentences: Object.values(claims).map(([name]) => name),
      run: (witness) => simulate(seed, { ...options, witness }),
      tellings: (deeds, { swarm }) => {
        const { founders, proposers } = addressesOf(swarm.shape);
        const [words, limits] = [wordsOf(swarm.shape), limitsOf(swarm)];
        const knowing = (all: readonly Deed<V>[]): readonly Deed<V>[] => withoutAsking(all, proposers);
        return tellingsOf({ deeds, founders, words, limits, asking, knowing });
      },
    },
    claim,
  );
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
    ...unusualLimits(proposerLimitNames, proposerLimits, defaultProposerLimits),
    ...unusualLimits(acceptorLimitNames, acceptorLimits, defaultAcceptorLimits),
  ];
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

function changing({ version, add, remove, phase1, phase2, force }: Message & { kind: 'reconfigure' }): string {
  const words = [`member version=${version}`];
  if (add.length > 0) words.push(`add=${add.join(',')}`);
  if (remove.length > 0) words.push(`remove=${remove.join(',')}`);
  if (phase1 !== undefined) words.push(`phase1=${phase1}`);
  if (phase2 !== undefined) words.push(`phase2=${phase2}`);
  if (force === true) words.push('force');
  return `request "${words.join(' ')}"`;
}

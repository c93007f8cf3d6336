import type { Address } from '@synod/actor';
import { defaultProposerLimits, foundingSet, printBallot } from '@synod/paxos-core';
import type { AcceptorLimits, PaxosProposer, PaxosVocabulary, ProposerLimits, Slot } from '@synod/paxos-core';
import { paxosMessages, paxosPrinter, paxosRecords, printEntry } from '@synod/paxos-wire';
import { RegisterService, registerMessages, textBatch, textSessions } from '@synod/scenario';
import type { Cluster, Options, Protocol } from '@synod/scenario';
import type { Machine } from '@synod/simulator';
import type { ReplicatedService } from '@synod/state-machine';
import { acceptorDisk, proposerDisk } from './given.js';
import { acceptorBorn, acceptorConfiguration, everyone, honest, isAcceptor, proposerConfiguration } from './group.js'; // prettier-ignore
import type { AcceptorInspection, MakeMembers, Membership, ProposerInspection } from './group.js';
import { AcceptorView } from './invariants/acceptor-view.js';
import { PaxosInvariants } from './invariants/paxos-invariants.js';

type V = PaxosVocabulary;

export const proposerLimitNames = { alpha: 'alpha', batch: 'batchBytes', request: 'requestBytes', window: 'windowBytes', clients: 'clientBytes', gathered: 'gatheredBytes', reads: 'waitingReads', apply: 'applyBytes', unwritten: 'unwrittenBytes', snapshotAfter: 'snapshotAfterBytes', trailing: 'trailingSlots', held: 'heldBytes', learn: 'learnBytes', chunk: 'chunkBytes', chunks: 'chunksInFlight' } as const satisfies { readonly [name: string]: keyof ProposerLimits }; // prettier-ignore
export const acceptorLimitNames = { page: 'pageBytes', recent: 'recentBytes', cutAfter: 'cutAfterBytes', registers: 'registers', promises: 'registerPromises' } as const satisfies { readonly [name: string]: keyof AcceptorLimits }; // prettier-ignore

/**
 * Multi-Paxos in scenarios. `paxos a1 a2 a3 p1 p2` starts a formed group of three acceptors and two proposers, `… fresh` one
 * that starts for the first time; acceptors have names like a1. `spare=a4` is not among the founders; `phase1=3 phase2=2` are
 * flexible quorums; `alpha=3 page=100 snapshotAfter=100 …` set limits in slots and bytes. `given a1 …` and `given p1 …` restart
 * one from a disk (`given.ts`). `judged` checks the invariants of the simulation as well. `sessions=2` puts the production sessions, so many of them, around a state machine that counts:
 * then a request is `open`, or `session.sequence operation`.
 */
export function paxosIn(make: MakeMembers = honest): Protocol<V> {
  let given: Options = new Map();
  return {
    printer: paxosPrinter,
    cluster: (members, options) => cluster(members, (given = options), make),
    request: (client, sequence, text) => requestOf(client, sequence, text),
    read: (client, sequence, text, options) => {
      const level = options.has('stale') ? 'stale' : options.has('discover') ? 'discover' : 'linearizable';
      const maxAgeMs = Number(options.get('maxAge') ?? 0);
      return { kind: 'read', client, sequence, level, maxAgeMs, queries: RegisterService.query(text) };
    },
    state: (machine) => (isAcceptor(machine.address) ? acceptorState(machine) : proposerState(machine)),
    log: (machine) => (isAcceptor(machine.address) ? votesOf(machine) : chosenOf(machine)),
    judge: (world) => {
      const limits = { ...defaultProposerLimits, ...limitsIn<ProposerLimits>(given, proposerLimitNames) };
      const reference = serviceIn(given);
      return new PaxosInvariants(world, { isAcceptor, reference, ...limits });
    },
  };
}

/**
 * `x=1`, a session's batch, a change of the acceptors: `member version=1 add=a4 remove=a1 phase1=2 phase2=2 force`, or a wish for a
 * register: `decide key value`, `decide key` only asks.
 */
function requestOf(client: Address, sequence: number, text: string): V['message'] {
  const [verb, ...words] = text.split(' ');
  if (verb === 'member') return reconfigureOf(client, sequence, words);
  if (verb === 'decide') {
    const [name = '', wish] = words;
    const value = wish === undefined ? undefined : new TextEncoder().encode(wish);
    return { kind: 'decide', client, sequence, key: name, value };
  }
  const [key = '', value = ''] = text.split('=');
  const bytes = textBatch(text, sequence)?.bytes ?? RegisterService.write({ sequence, key, value });
  return { kind: 'request', client, session: 1, sequence, bytes };
}

function reconfigureOf(client: Address, sequence: number, words: readonly string[]): V['message'] {
  const given = new Map(words.map((word) => word.split('=') as [string, string]));
  const list = (name: string): readonly Address[] => given.get(name)?.split(',') ?? [];
  const number = (name: string): number | undefined => (given.has(name) ? Number(given.get(name)) : undefined);
  const [version, phase1, phase2] = [number('version') ?? 1, number('phase1'), number('phase2')];
  const force = words.includes('force');
  const names = { add: list('add'), remove: list('remove') };
  return { kind: 'reconfigure', client, sequence, version, ...names, phase1, phase2, ...(force && { force }) };
}

function cluster(members: readonly Address[], options: Options, make: MakeMembers): Cluster<V> {
  const spare = options.get('spare')?.split(',') ?? [];
  const quorum = (name: string): number | undefined => (options.has(name) ? Number(options.get(name)) : undefined);
  const membership: Membership = {
    proposers: members.filter((address) => !isAcceptor(address)),
    founders: members.filter((address) => isAcceptor(address) && !spare.includes(address)),
    phase1: quorum('phase1'),
    phase2: quorum('phase2'),
  };
  const proposerLimits = limitsIn<ProposerLimits>(options, proposerLimitNames);
  const acceptorLimits = limitsIn<AcceptorLimits>(options, acceptorLimitNames);
  return {
    multicast: new Map([[everyone, members]]),
    messages: registerMessages<V>(paxosMessages),
    records: paxosRecords,
    make: (address) => {
      if (isAcceptor(address))
        return acceptorBorn(make.acceptor(acceptorConfiguration(address, membership, acceptorLimits)));
      const service = serviceIn(options);
      return { actor: make.proposer(proposerConfiguration(address, membership, proposerLimits), service), service };
    },
    disk: (address, given) => {
      if (given.has('fresh') || (spare.includes(address) && !given.has('disk'))) return [];
      const founding = foundingSet(acceptorConfiguration(address, membership));
      if (isAcceptor(address)) return acceptorDisk(given, founding);
      return proposerDisk(given, founding, membership.proposers.indexOf(address));
    },
  };
}

function serviceIn(options: Options): ReplicatedService {
  return options.has('sessions') ? textSessions(Number(options.get('sessions'))) : new RegisterService();
}

function limitsIn<L>(options: Options, names: { readonly [name: string]: keyof L }): Partial<L> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, limit]) => (options.has(name) ? [[limit, Number(options.get(name))]] : [])),
  ) as Partial<L>;
}

function acceptorState(machine: Machine<V>): string {
  const { standing, promised } = machine.life!.actor.inspect() as AcceptorInspection;
  return `${printBallot(promised)}${standing === 'active' ? '' : ` ${standing}`}`;
}

function proposerState(machine: Machine<V>): string {
  const { role, ballot, leader, standing } = machine.life!.actor.inspect() as ProposerInspection;
  if (standing === 'empty') return `${role} empty`;
  if (role !== 'follower') return `${role} ${printBallot(ballot)}`;
  return `follower${leader === undefined ? '' : ` of ${leader} ${printBallot(ballot)}`}`;
}

/** What is accepted in each slot that is not trimmed: `1@1.0 2@2.1`. */
function votesOf(machine: Machine<V>): string {
  const { trimmedThrough } = machine.life!.actor.inspect() as AcceptorInspection;
  const { votes } = AcceptorView.of(machine.disk.written.map(({ record }) => record));
  const held = [...votes].filter(([slot]) => slot > trimmedThrough).sort(([a], [b]) => a - b);
  const words = held.map(([slot, { ballot }]) => `${slot}@${printBallot(ballot)}`);
  return [...(trimmedThrough > 0 ? [`[${trimmedThrough}]`] : []), ...words].join(' ') || 'nothing';
}

/** The values it knows to be chosen, a bar behind those that are executed; what is cut away stands as `[9]`. */
function chosenOf(machine: Machine<V>): string {
  const { proposer } = machine.life!.actor as unknown as { readonly proposer: PaxosProposer['proposer'] };
  const { chosen, lastApplied } = proposer;
  const words = chosen.base > 0 ? [`[${chosen.base}]`] : [];
  const bar = (slot: Slot): readonly string[] => (slot === lastApplied ? ['|'] : []);
  words.push(...bar(chosen.base));
  for (const { first, entries } of chosen.recentFrom(chosen.base + 1, Number.POSITIVE_INFINITY) ?? [])
    entries.forEach((entry, i) => words.push(printEntry(entry), ...bar(first + i)));
  return words.join(' ');
}

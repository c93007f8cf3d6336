import type { Address } from '@synod/actor';
import { encodeReadBatch, encodeRequestBatch } from '@synod/api';
import { defaultLimits } from '@synod/pbft-core';
import type { Command, PbftLimits, PbftReplica, PbftVocabulary } from '@synod/pbft-core';
import { Traitor, stagedTreasons } from '@synod/pbft-traitors';
import type { StagedTreason } from '@synod/pbft-traitors';
import { pbftMessages, pbftPrinter, pbftRecords } from '@synod/pbft-wire';
import type { Cluster, Options, Protocol } from '@synod/scenario';
import type { Born, Machine } from '@synod/simulator';
import { configurationOf, everyone, honest } from './group.js';
import type { Inspection, MakeMembers } from './group.js';
import { PbftInvariants } from './invariants/pbft-invariants.js';
import { KeyRing, domain } from './keys.js';
import { ScenarioService } from './scenario-service.js';

type V = PbftVocabulary;

export const limitNames = { k: 'checkpointInterval', log: 'logSize', inFlight: 'inFlight', batch: 'batchBytes', request: 'requestBytes', waiting: 'waitingRequests', reads: 'waitingReads', execute: 'executeBytes', snapshotAfter: 'snapshotAfterBatches', chunk: 'chunkBytes', chunks: 'chunksInFlight', early: 'earlyVotes' } as const satisfies { readonly [name: string]: keyof PbftLimits }; // prettier-ignore

/**
 * PBFT in scenarios. `pbft r1 r2 r3 r4` starts a founded group, `… fresh` one that starts for the first time. `k=5 log=10 …` set
 * limits. `traitors=r1:equivocating-primary,r2:silent` names members that do not keep to the protocol. `judged` checks the
 * invariants of the simulation as well. A request is `x=1`, or `3 x=1` to repeat the client's third; `order x` is a read that goes
 * through the order; a read is `x`.
 */
export function pbftIn(make: MakeMembers = honest): Protocol<V> {
  let members: readonly Address[] = [];
  let given: Options = new Map();
  return {
    printer: pbftPrinter,
    cluster: (of, options) => cluster((members = of), (given = options), make),
    request: (client, sequence, text) => requestOf(members, client, sequence, text),
    read: (client, sequence, text, options) => {
      const level = options.has('stale') ? 'stale' : options.has('discover') ? 'discover' : 'linearizable';
      const maxAgeMs = Number(options.get('maxAge') ?? 0);
      return { kind: 'read', client, sequence, level, maxAgeMs, queries: queriesOf(client, sequence, text, level, maxAgeMs) }; // prettier-ignore
    },
    state: stateOf,
    log: logOf,
    judge: (world) =>
      new PbftInvariants(world, {
        members,
        traitors: new Set(traitorsIn(given).keys()),
        logSize: limitsIn(given).logSize ?? defaultLimits.logSize,
        ring: new KeyRing('quick', members),
        reference: new ScenarioService(),
      }),
  };
}

function queriesOf(
  client: string,
  sequence: number,
  text: string,
  level: 'linearizable' | 'stale' | 'discover',
  maxAgeMs = 0,
): Uint8Array {
  // prettier-ignore
  const queries = level === 'discover' ? [] : [new TextEncoder().encode(text)];
  return encodeReadBatch({ client, sequence, level, maxAgeMs, queries });
}

function requestOf(members: readonly Address[], client: Address, next: number, text: string): V['message'] {
  const ring = new KeyRing('quick', members);
  const cryptography = ring.cryptographyOf('user', client);
  const [, ordered, number, operation = ''] = /^(order )?(?:(\d+) )?(.+)$/.exec(text) ?? [];
  const sequence = number === undefined ? next : Number(number);
  const statement: Command =
    ordered === undefined
      ? { ...operations(client, sequence, operation), type: 'request', holds: 'operations' }
      : { type: 'request', client, session: 0, sequence, holds: 'queries', batch: queriesOf(client, sequence, operation, 'linearizable') }; // prettier-ignore
  return { kind: 'request', signed: cryptography.sign(statement) };
}

function operations(client: string, sequence: number, text: string) {
  const header = { client, session: 1, sequence };
  const operation = new TextEncoder().encode(text);
  const batch = encodeRequestBatch({ ...header, acknowledgedThrough: 0, operations: [operation] });
  return { ...header, batch };
}

function cluster(members: readonly Address[], options: Options, make: MakeMembers): Cluster<V> {
  const ring = new KeyRing('quick', members);
  const traitors = traitorsIn(options);
  return {
    multicast: new Map([[everyone, members]]),
    messages: pbftMessages(domain),
    records: pbftRecords(domain),
    make: (address): Born<V> => {
      const service = new ScenarioService();
      const configuration = configurationOf(address, members, limitsIn(options), false);
      const cryptography = ring.cryptographyOf('replica', address);
      const treason = traitors.get(address);
      const actor =
        treason === undefined
          ? make.replica(configuration, service, cryptography)
          : new Traitor(stagedTreasons[treason], {
              ...{ configuration, service, cryptography },
              impersonate: (name) => ring.cryptographyOf('replica', name, address),
              newService: () => new ScenarioService(),
            });
      return { actor, service, authenticator: make.authenticator(ring) };
    },
    disk: (_address, given) =>
      given.has('fresh') ? [] : [{ kind: 'standing', standing: 'active', floor: 0, firstView: 0, founders: [] }],
  };
}

function traitorsIn(options: Options): ReadonlyMap<Address, StagedTreason> {
  const words = (options.get('traitors') ?? '').split(',').filter((word) => word !== '');
  return new Map(words.map((word) => word.split(':') as [Address, StagedTreason]));
}

function limitsIn(options: Options): Partial<PbftLimits> {
  return Object.fromEntries(
    Object.entries(limitNames).flatMap(([name, limit]) =>
      options.has(name) ? [[limit, Number(options.get(name))]] : [],
    ),
  ) as Partial<PbftLimits>;
}

function stateOf(machine: Machine<V>): string {
  const { role, view, lastExecuted, lowWaterMark } = machine.life!.actor.inspect() as Inspection;
  return `${role} v${view} ${lastExecuted}${lowWaterMark > 0 ? `/${lowWaterMark}` : ''}`;
}

/** What is above the low water mark: `2 prepared 3 committed | 4 proposed`, a bar behind what is executed. */
function logOf(machine: Machine<V>): string {
  const actor = machine.life!.actor as unknown as { readonly pbft?: PbftReplica['pbft'] };
  if (actor.pbft === undefined) return 'a traitor';
  const { log, executed, low } = actor.pbft;
  const slots = [...log.all].sort((a, b) => a.sequence - b.sequence);
  const words = slots.map(({ sequence, committed, prepared, proposal }) => {
    const state = committed ? 'committed' : prepared ? 'prepared' : proposal ? 'proposed' : 'voted';
    return `${sequence} ${state}`;
  });
  return [`[${low}]`, ...words, `| ${executed.sequence}`].join(' ');
}

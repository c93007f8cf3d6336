import type { Address } from '@synod/actor';
import { EntryBatch, sizeOf } from '@synod/log';
import type { Entry } from '@synod/log';
import type { RaftVocabulary, Record } from '@synod/raft-core';
import { Misspelt, RegisterService, registerMessages, textBatch, textSessions } from '@synod/scenario';
import type { Cluster, Options, Protocol } from '@synod/scenario';
import type { Machine } from '@synod/simulator';
import { raftMessages, raftPrinter, raftRecords } from '@synod/raft-wire';
import { configurationOf, everyone, honest } from './group.js';
import type { Inspection, MakeReplica } from './group.js';
import { RaftInvariants } from './invariants/raft-invariants.js';
import { LogView } from './invariants/log-view.js';
import { mutants } from './mutants/index.js';

type V = RaftVocabulary;

/** What scenarios call the limits. */
export const limitNames = { trailing: 'trailingEntries', snapshotAfter: 'snapshotAfterBytes', chunk: 'chunkBytes', chunks: 'chunksInFlight', window: 'inFlightBytes', clients: 'clientBytes', batch: 'batchBytes', uncommitted: 'uncommittedBytes', request: 'requestBytes', reads: 'waitingReads', apply: 'applyBytes' } as const; // prettier-ignore

/**
 * Raft in scenarios. `raft r1 r2 r3` starts a formed group, `raft r1 r2 r3 fresh` one that starts for the first time;
 * `snapshotAfter=100 trailing=1 chunk=50 …` set limits in bytes and entries. `given r1 term=6 votedFor=r2 log=1,1,4`
 * restarts a replica from that disk: the terms of its entries, from position 1 on. `mutant=name` runs a wrong variant.
 * `judged` checks the invariants of the simulation as well: the first that is violated stands below the rule, after ✗.
 * `sessions=2` puts the production sessions, so many of them, around a state machine that counts: then a request is `open`, or
 * `session.sequence operation`.
 */
export function raftIn(make: MakeReplica = honest): Protocol<V> {
  return {
    printer: raftPrinter,
    cluster: (members, options) => cluster(members, options, make),
    request: (client, sequence, text) => {
      const batch = textBatch(text, sequence);
      if (batch !== undefined) return { kind: 'request', client, ...batch };
      const [key = '', value = ''] = text.split('=');
      const bytes = RegisterService.write({ sequence, key, value });
      return { kind: 'request', client, session: 1, sequence, bytes };
    },
    read: (client, sequence, text, options) => {
      const level = options.has('stale') ? 'stale' : 'linearizable';
      const maxAgeMs = Number(options.get('maxAge') ?? 0);
      return { kind: 'read', client, sequence, level, maxAgeMs, queries: RegisterService.query(text) };
    },
    state: (machine) => {
      const { role, term, standing, leader } = inspect(machine);
      return `${role} t${term}${standing === 'active' ? '' : ` ${standing}`}${role === 'follower' && leader !== undefined ? ` of ${leader}` : ''}`;
    },
    log: logOf,
    judge: (world) => new RaftInvariants(world),
  };
}

function inspect(machine: Machine<V>): Inspection {
  return machine.life!.actor.inspect() as Inspection;
}

function cluster(members: readonly Address[], options: Options, make: MakeReplica): Cluster<V> {
  const limits = Object.fromEntries(
    Object.entries(limitNames).flatMap(([name, limit]) =>
      options.has(name) ? [[limit, Number(options.get(name))]] : [],
    ),
  );
  const makeReplica = options.has('mutant') ? mutantNamed(options.get('mutant')!) : make;
  return {
    multicast: new Map([[everyone, members]]),
    messages: registerMessages(raftMessages),
    records: raftRecords,
    make: (address) => {
      const service = options.has('sessions') ? textSessions(Number(options.get('sessions'))) : new RegisterService();
      return { actor: makeReplica(configurationOf(address, members, limits), service), service };
    },
    disk: (_address, given) => (given.has('fresh') ? [] : diskOf(given)),
  };
}

function mutantNamed(name: string): MakeReplica {
  const mutant = mutants[name];
  if (mutant === undefined)
    throw new Misspelt(`there is no mutant ${name}; there are ${Object.keys(mutants).join(', ')}`);
  return mutant.make;
}

function diskOf(given: Options): Record[] {
  const term = Number(given.get('term') ?? 0);
  const votedFor = given.get('votedFor');
  const records: Record[] = [{ kind: 'hardState', term, votedFor, clusterId: 1, standing: 'active', floor: 0 }];
  const terms = (given.get('log') ?? '')
    .split(',')
    .filter((word) => word !== '')
    .map(Number);
  terms.forEach((termOfEntry, i) => {
    const entries: Entry[] = [{ kind: 'noOp' }];
    records.push({ kind: 'entries', batch: new EntryBatch(termOfEntry, i + 1, entries, sizeOf(entries)) });
  });
  return records;
}

/** The terms of all entries, a bar after the last committed one: `1 1 4 | 5`. A snapshot stands for what it holds. */
function logOf(machine: Machine<V>): string {
  const { commitIndex } = inspect(machine);
  const view = LogView.of(machine.disk.written.map(({ record }) => record));
  const words = view.snapshotIndex > 0 ? [`[${view.snapshotTerm}.${view.snapshotIndex}]`] : [];
  if (commitIndex <= view.snapshotIndex) words.push('|');
  for (let index = view.snapshotIndex + 1; index <= view.lastIndex; index++) {
    words.push(String(view.termAt(index)));
    if (index === commitIndex) words.push('|');
  }
  return words.join(' ');
}

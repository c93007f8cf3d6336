import type { Vocabulary } from '@synod/actor';
import { keyValueCodec } from '@synod/api';
import * as paxos from '@synod/paxos-spec';
import * as pbft from '@synod/pbft-spec';
import * as raft from '@synod/raft-spec';
import { simulate } from '@synod/simulation';
import type { Birth, Subject } from '@synod/simulation';
import { Violation } from '@synod/simulator';
import type { Swarm, Witness } from '@synod/simulator';
import { KeyValueStore } from '@synod/state-machine';
import type { StateMachine } from '@synod/state-machine';

/** Puts another store in the place of each replica's, which `overhear` listens to. */
type Swap = (store: StateMachine, overhear: Birth<Swarm>['overhear']) => StateMachine;

const subjects: { readonly [protocol: string]: Subject<Vocabulary> } = {
  raft: raft.raftSubject(raft.honest) as unknown as Subject<Vocabulary>,
  paxos: paxos.paxosSubject(paxos.honest) as unknown as Subject<Vocabulary>,
  pbft: pbft.pbftSubject(pbft.honest) as unknown as Subject<Vocabulary>,
};

const seed = 1;
/** Nothing befalls the group: nobody but clients notices anything. */
const quiet = { strikes: [], swarm: { multiKey: false, virtualMs: 2000, traitors: {}, network: 'nats' } } as const;

type Apply = StateMachine['apply'];

/** The same store, which does otherwise what it is to execute. */
function applying(
  store: StateMachine,
  change: (honest: Apply, ...args: Parameters<Apply>) => Uint8Array,
): StateMachine {
  const honest: Apply = (...args) => store.apply(...args);
  return {
    apply: (...args) => change(honest, ...args),
    query: (query, user) => store.query(query, user),
    hash: () => store.hash(),
    snapshot: () => store.snapshot(),
    restore: () => store.restore(),
  };
}

/** Some protocols execute what is chosen once more, beside the replicas: the history is to tell without that. */
function silent(witness: Witness<Vocabulary>): Witness<Vocabulary> {
  return new Proxy(witness, {
    get: (target, name) => {
      const hook: unknown = Reflect.get(target, name);
      if (typeof hook !== 'function') return hook;
      return (...args: unknown[]): void => {
        try {
          Reflect.apply(hook, target, args);
        } catch (complaint) {
          if (!(complaint instanceof Violation)) throw complaint;
        }
      };
    },
  });
}

async function complaint(protocol: string, swap: Swap): Promise<string | undefined> {
  const subject = subjects[protocol]!;
  const make: typeof subject.make = (birth) =>
    subject.make({ ...birth, overhear: (store) => swap(store, (swapped) => birth.overhear(swapped)) });
  const watch: typeof subject.watch = (world, swarm) => {
    const eyes = subject.watch(world, swarm);
    return Object.assign(eyes, { witnesses: eyes.witnesses.map(silent) });
  };
  return (await simulate({ ...subject, make, watch }, seed, quiet)).failure?.message;
}

/** The last log position at which anything changes: nobody looks at it afterwards. */
async function lastChange(protocol: string): Promise<number> {
  let last = 0;
  const listening: Swap = (store, overhear) =>
    applying(overhear(store), (apply, operation, index, user) => {
      const before = store.hash();
      const answer = apply(operation, index, user);
      if (store.hash() !== before) last = Math.max(last, index);
      return answer;
    });
  expect(await complaint(protocol, listening)).toBeUndefined();
  return last;
}

/** Answers what comes at that position, and does nothing of it. */
function losing(store: StateMachine, lost: number): StateMachine {
  const twin: StateMachine = new KeyValueStore(keyValueCodec);
  return applying(store, (apply, operation, index, user) => {
    const answer = twin.apply(operation, index, user);
    return index === lost ? answer : apply(operation, index, user);
  });
}

describe.each(Object.keys(subjects))(
  'a write that %s acknowledges and loses, and that nobody reads again, is noticed',
  (protocol) => {
    test('where no replica executed it, in the log', async () => {
      const lost = await lastChange(protocol);
      expect(await complaint(protocol, (store, overhear) => losing(overhear(store), lost))).toMatch(
        /^Acknowledged is Executed /,
      );
    }, 60_000);

    test('where all executed it and none has it, by reading everything at the end', async () => {
      const lost = await lastChange(protocol);
      expect(await complaint(protocol, (store, overhear) => overhear(losing(store, lost)))).toMatch(
        /^Linearizability /,
      );
    }, 60_000);
  },
);

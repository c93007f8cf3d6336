import type { Actor } from '@synod/actor';
import { ActorHost } from '@synod/actor-host';
import {
  MemoryJournal,
  MemoryLoop,
  MemoryNetwork,
  MemorySnapshots,
  blindObserver,
  lowDice,
} from '@synod/actor-host/memory';
import { FlightRecorder, encodeRecording } from '@synod/actor-host/recording';
import { batchCodec, encodeOperation, encodeRegisterRequest, encodeRequestBatch, keyValueCodec } from '@synod/api';
import { PaxosAcceptor, PaxosProposer, defaultAcceptorLimits, defaultProposerLimits } from '@synod/paxos-core';
import type { PaxosVocabulary } from '@synod/paxos-core';
import { paxosMessages, paxosRecording, paxosRecords } from '@synod/paxos-wire';
import { KeyValueStore, Sessions } from '@synod/state-machine';
import type { SnapshotSource } from '@synod/state-machine';
import { header } from './recorded-life.js';

type V = PaxosVocabulary;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const everyone = 'replicas';
const group = { proposers: ['p1'], acceptors: ['a1'], everyone, electionTimeout: { minMs: 150, maxMs: 300 } };

/** Every register's vote is more than the journal keeps, so each of them comes out of a snapshot in the next life. */
const acceptor = { ...group, self: 'a1', limits: { ...defaultAcceptorLimits, cutAfterBytes: 1 } };
const proposer = { ...group, self: 'p1', heartbeatMs: 50, limits: defaultProposerLimits };

const newRecorder = (): FlightRecorder<V> =>
  new FlightRecorder<V>(paxosRecording, 1024 * 1024, (why) => {
    throw why;
  });

/** One acceptor and one proposer in the production host over memory ports. */
class SmallGroup {
  readonly loop = new MemoryLoop();
  private readonly network = new MemoryNetwork(this.loop);
  private readonly snapshots = new MemorySnapshots(this.loop);
  private asked = 0;

  constructor() {
    this.network.group(everyone, ['p1', 'a1']);
  }

  async startAcceptor(
    journal: MemoryJournal,
  ): Promise<{ readonly host: ActorHost<V>; readonly recorder: FlightRecorder<V> }> {
    const recorder = newRecorder();
    const actor = new PaxosAcceptor(acceptor);
    const host = this.host('a1', recorder.actor(actor), actor.state, journal, this.snapshots);
    await host.start();
    return { host, recorder };
  }

  async startProposer(): Promise<FlightRecorder<V>> {
    const recorder = newRecorder();
    const state = new Sessions(new KeyValueStore(keyValueCodec), batchCodec);
    const actor = recorder.actor(new PaxosProposer(proposer, recorder.service(state)));
    await this.host('p1', actor, state, new MemoryJournal(this.loop), new MemorySnapshots(this.loop)).start();
    return recorder;
  }

  decide(key: string, value?: string): void {
    const wish = { client: 'c', sequence: ++this.asked, key, value: value === undefined ? undefined : bytes(value) };
    this.post('decide', encodeRegisterRequest(wish));
  }

  request(session: number, operations: readonly Uint8Array[]): void {
    this.post('request', encodeRequestBatch({ client: 'c', session, sequence: 1, acknowledgedThrough: 0, operations }));
  }

  private post(kind: string, payload: Uint8Array): void {
    this.network.post({ from: 'app', to: 'p1', kind, payload });
    this.loop.advance(10);
  }

  private host(
    self: string,
    actor: Actor<V>,
    state: SnapshotSource,
    journal: MemoryJournal,
    snapshots: MemorySnapshots,
  ) {
    const { loop, network } = this;
    return new ActorHost<V>({
      ...{ actor, state, messages: paxosMessages, records: paxosRecords, members: new Set(['p1', 'a1']) },
      ...{ transport: network.transport(self), journal, snapshots },
      ...{ clock: loop, scheduler: loop, dice: lowDice, observer: blindObserver, onFailed: () => undefined },
    });
  }
}

/** The recordings of a proposer that leads, and of an acceptor's second life, to which its registers come out of a snapshot. */
export async function recordedPaxos(): Promise<{ readonly proposer: Buffer; readonly acceptor: Buffer }> {
  const small = new SmallGroup();
  const journal = new MemoryJournal(small.loop);
  const first = await small.startAcceptor(journal);
  const leading = await small.startProposer();
  small.loop.advance(2000);
  small.decide('leader/today', 'alice');
  small.request(0, []);
  const stopped = first.host.stop(1000);
  small.loop.advance(1000);
  await stopped;
  const { recorder } = await small.startAcceptor(new MemoryJournal(small.loop, journal.synced));
  small.loop.advance(2000);
  small.decide('leader/today', 'bob');
  const written = (replica: string, { recorded }: FlightRecorder<V>): Buffer =>
    Buffer.concat(encodeRecording({ ...header, protocol: 'paxos', replica }, recorded!));
  small.request(1, [encodeOperation({ kind: 'put', key: bytes('greeting'), value: bytes('hello') })]);
  return { proposer: written('p1', leading), acceptor: written('a1', recorder) };
}

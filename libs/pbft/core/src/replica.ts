import { DamagedState } from '@synod/actor';
import type { Actor, Address, Effect, Input, SnapshotInstalled } from '@synod/actor';
import { onProof } from './accusation.js';
import { onCheckpoint, onCheckpointProof } from './checkpoints.js';
import { onBatchTimeout, onRelay, onRequest } from './clients.js';
import { onComplaint } from './complaints.js';
import type { PbftConfiguration } from './configuration.js';
import type { Cryptography } from './cryptography.js';
import { spread } from './delays.js';
import { synced } from './durability.js';
import { onExecuteTimeout } from './execution.js';
import { beginFirstLife, onHello, onHelloReply, onHelloTimeout } from './formation.js';
import { onStopping, onStopTimeout } from './handover.js';
import { inspect } from './inspection.js';
import type { Message, PeerMessage } from './messages.js';
import { onNewView } from './new-view.js';
import { onCommit, onPrePrepare, onPrepare } from './normal-case.js';
import { onRequestTimeout } from './patience.js';
import { hasRoomForReads, onRead, onReadsTimeout } from './reads.js';
import { Recovery, onOwnSnapshotInstalled, resumeLife } from './recovery.js';
import { reject } from './rejection.js';
import { onMissing } from './retransmission.js';
import type { PbftService } from './service.js';
import { onFetch, onFetchChunk, onServedChunkRead } from './serving.js';
import { cutAfterMark, onOwnChunkRead, onSnapshot, onSnapshotTaken, takeDueSnapshot } from './snapshots.js';
import { Pbft } from './state.js';
import {
  onChunkWritten,
  onHistory,
  onSnapshotChunk,
  onSnapshotInstalled,
  onSnapshotOffer,
  onTransferTimeout,
} from './state-transfer.js';
import { onStatus, onStatusTimeout } from './status.js';
import { countOwnViewChange, onViewChange, onViewChangeTimeout } from './view-change.js';
import type { PbftVocabulary, Timer } from './vocabulary.js';
import { isExcessive, isWorth } from './worth.js';

/** A PBFT replica, primary or backup: the table of contents of this folder. */
export class PbftReplica implements Actor<PbftVocabulary> {
  protected readonly pbft: Pbft;
  /** What the journal tells, until all of it has been told. */
  private recovery: Recovery | undefined = new Recovery();

  constructor(configuration: PbftConfiguration, service: PbftService, cryptography: Cryptography) {
    this.pbft = new Pbft(configuration, service, cryptography);
  }

  step(input: Input<PbftVocabulary>): readonly Effect<PbftVocabulary>[] {
    const { pbft } = this;
    pbft.now = input.at;
    this.react(input);
    takeDueSnapshot(pbft);
    const effects = pbft.out.drain();
    for (const { kind } of effects) if (kind === 'send') pbft.statistics.sent++;
    return effects;
  }

  private react(input: Input<PbftVocabulary>): void {
    const { pbft } = this;
    switch (input.kind) {
      case 'recover':
        return this.recovery?.record(input.record);
      case 'recovered':
        if (input.tail === 'corrupt') throw new DamagedState('the journal holds damage below what was synced');
        onRecovered(pbft, this.recovery ?? new Recovery(), input.incarnation);
        this.recovery = undefined;
        return;
      case 'receive':
        return receive(pbft, input.from, input.message);
      case 'timeout':
        return onTimeout(pbft, input.timer);
      case 'persisted':
        synced(pbft, input.token);
        countOwnViewChange(pbft);
        return cutAfterMark(pbft);
      case 'logRead':
        return undefined;
      case 'snapshotTaken':
        return onSnapshotTaken(pbft, input.id, input.sizeBytes);
      case 'chunkRead':
        if (!onOwnChunkRead(pbft, input.id, input.chunk)) onServedChunkRead(pbft, input.id, input.chunk);
        return;
      case 'chunkWritten':
        return onChunkWritten(pbft, input.id, input.heldBytes);
      case 'snapshotInstalled':
        return onInstalled(pbft, input);
      case 'stopping':
        return onStopping(pbft);
    }
  }

  worth(from: Address, message: Message): boolean {
    return isWorth(this.pbft, from, message);
  }

  isExcessive(from: Address, message: Message): boolean {
    return isExcessive(this.pbft, from, message);
  }

  /** More than keeps the disks busy would only wait here, where nobody can pass it. */
  takesClients(): boolean {
    const { waiting, configuration } = this.pbft;
    const { clientBytes, waitingRequests } = configuration.limits;
    const { requests, bytes } = waiting.ofClients;
    return bytes < clientBytes && requests < waitingRequests && hasRoomForReads(this.pbft);
  }

  inspect() {
    return inspect(this.pbft);
  }
}

function onRecovered(pbft: Pbft, recovery: Recovery, incarnation: number): void {
  pbft.incarnation = incarnation;
  pbft.clock.begin(pbft.now, incarnation);
  pbft.startedAt = pbft.now;
  if (!recovery.restore(pbft)) beginFirstLife(pbft);
  pbft.out.observe({ kind: 'standing', standing: pbft.standing, floor: pbft.floor, view: pbft.view });
  pbft.out.startTimer('status', spread(pbft.configuration.timings.statusMs));
  if (pbft.follows) resumeLife(pbft);
  else onHelloTimeout(pbft);
}

function onInstalled(pbft: Pbft, installed: SnapshotInstalled): void {
  const { installing } = pbft;
  if (installing?.id !== installed.id) return;
  pbft.installing = undefined;
  if (installing.own) onOwnSnapshotInstalled(pbft, installing.manifest, installed);
  else onSnapshotInstalled(pbft, installed.ok);
  cutAfterMark(pbft);
}

function receive(pbft: Pbft, from: Address, message: Message): void {
  pbft.statistics.received++;
  if (message.kind === 'request') return onRequest(pbft, from, message);
  if (message.kind === 'read') return onRead(pbft, from, message);
  if (message.kind === 'reply' || !pbft.group.has(from) || from === pbft.self) return reject(pbft, from, 'notAMember');
  onPeerMessage(pbft, from, message);
}

function onPeerMessage(pbft: Pbft, from: Address, message: PeerMessage): void {
  if (message.kind === 'hello') return onHello(pbft, from, message);
  if (message.kind === 'helloReply') return onHelloReply(pbft, from, message);
  // Nobody takes part before it knows whether it may.
  if (!pbft.follows) return;
  switch (message.kind) {
    case 'prePrepare':
      return onPrePrepare(pbft, from, message);
    case 'prepare':
      return onPrepare(pbft, from, message);
    case 'commit':
      return onCommit(pbft, from, message);
    case 'checkpoint':
      return onCheckpoint(pbft, from, message);
    case 'checkpointProof':
      return onCheckpointProof(pbft, from, message);
    case 'snapshot':
      return onSnapshot(pbft, from, message);
    case 'viewChange':
      return onViewChange(pbft, from, message);
    case 'newView':
      return onNewView(pbft, from, message);
    case 'complaint':
      return onComplaint(pbft, from, message);
    case 'status':
      return onStatus(pbft, from, message);
    case 'missing':
      return onMissing(pbft, from, message);
    case 'relay':
      return onRelay(pbft, from, message);
    case 'proof':
      return onProof(pbft, from, message);
    case 'fetch':
      return onFetch(pbft, from, message);
    case 'history':
      return onHistory(pbft, from, message);
    case 'snapshotOffer':
      return onSnapshotOffer(pbft, from, message);
    case 'fetchChunk':
      return onFetchChunk(pbft, from, message);
    case 'snapshotChunk':
      return onSnapshotChunk(pbft, from, message);
  }
}

function onTimeout(pbft: Pbft, timer: Timer): void {
  switch (timer) {
    case 'batch':
      return onBatchTimeout(pbft);
    case 'execute':
      return onExecuteTimeout(pbft);
    case 'reads':
      return onReadsTimeout(pbft);
    case 'request':
      return onRequestTimeout(pbft);
    case 'viewChange':
      return onViewChangeTimeout(pbft);
    case 'status':
      return onStatusTimeout(pbft);
    case 'transfer':
      return onTransferTimeout(pbft);
    case 'hello':
      return onHelloTimeout(pbft);
    case 'stop':
      return onStopTimeout(pbft);
  }
}

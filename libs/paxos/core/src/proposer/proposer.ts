import { DamagedState, invariant } from '@synod/actor';
import type { Actor, Address, Effect, Input } from '@synod/actor';
import type { ReplicatedService } from '@synod/state-machine';
import { AcceptorSets } from '../acceptor-set.js';
import type { ProposerConfiguration } from '../configuration.js';
import type { Decide, Message, Read, Reconfigure, Request, Slot } from '../messages.js';
import type { ProposerState, Record } from '../records.js';
import { decodeMove, decodeSet } from '../set-codec.js';
import type { PaxosVocabulary, Timer } from '../vocabulary.js';
import { isOutlived } from './another-group.js';
import { onChosen, onLearn, onLearnTimeout, onLentRead } from './catch-up.js';
import { onBatchTimeout, onRequest, refuse } from './clients.js';
import { applyChosen, onApplyTimeout, onChosenRead } from './execution.js';
import { onHandOverTimeout, onStopping, onTakeOver } from './hand-over.js';
import { onHeartbeatTimeout } from './leadership.js';
import { onAccept } from './learning.js';
import { onPromised } from './phase1.js';
import { onAccepted } from './phase2.js';
import { onRead } from './reads.js';
import { awaitedByChange, onJoin, onReconfigure, settledVersion } from './reconfiguration.js';
import { onRegistersPage, onRegistersStored } from './register-move.js';
import { onRegisterTold } from './register-reads.js';
import { onDecide, onRegisterAccepted, onRegisterNack, onRegisterPromised, onRegistersTimeout } from './registers.js';
import {
  considerSnapshot,
  cutAfterMark,
  onChunkRead,
  onChunkWritten,
  onFetchChunk,
  onSnapshotChunk,
  onSnapshotInstalled,
  onSnapshotOffer,
  onSnapshotTaken,
} from './snapshots.js';
import {
  askForFounding,
  becomeFollower,
  onAcceptBeforeFounding,
  onCanvass,
  onCanvassReply,
  onElectionTimeout,
  onNack,
  onHello,
} from './standing.js';
import { Proposer } from './state.js';
import { onProgress } from './trimming.js';

/** A proposer of Multi-Paxos, and a learner: the table of contents of this folder. */
export class PaxosProposer implements Actor<PaxosVocabulary> {
  protected readonly proposer: Proposer;

  constructor(configuration: ProposerConfiguration, service: ReplicatedService) {
    this.proposer = new Proposer(configuration, service);
  }

  step(input: Input<PaxosVocabulary>): readonly Effect<PaxosVocabulary>[] {
    const { proposer } = this;
    proposer.now = input.at;
    this.react(input);
    if (input.kind !== 'recover') considerSnapshot(proposer);
    return proposer.out.drain();
  }

  private react(input: Input<PaxosVocabulary>): void {
    const { proposer } = this;
    switch (input.kind) {
      case 'recover':
        return onRecover(proposer, input.record);
      case 'recovered':
        if (input.tail === 'corrupt') throw new DamagedState('the journal holds damage below what was synced');
        return onRecovered(proposer, input.incarnation);
      case 'receive':
        return receive(proposer, input.from, input.message);
      case 'timeout':
        return onTimeout(proposer, input.timer);
      case 'persisted':
        proposer.durableToken = input.token;
        proposer.chosen.synced(input.token);
        return cutAfterMark(proposer);
      case 'logRead':
        if (!onChosenRead(proposer, input.id, input.batches)) onLentRead(proposer, input.id, input.batches);
        return;
      case 'snapshotTaken':
        return onSnapshotTaken(proposer, input.snapshot, input.sizeBytes);
      case 'chunkRead':
        return onChunkRead(proposer, input.id, input.chunk);
      case 'chunkWritten':
        return onChunkWritten(proposer, input.id, input.heldBytes);
      case 'snapshotInstalled':
        return onSnapshotInstalled(proposer, input);
      case 'stopping':
        return onStopping(proposer);
    }
  }

  /** What answers a ballot that is not ours any more cannot matter. */
  worth(_from: Address, message: Message): boolean {
    if (message.kind !== 'accepted' && message.kind !== 'promised') return true;
    const { role } = this.proposer;
    return (role.kind === 'leader' || role.kind === 'preparing') && role.ballot === message.ballot;
  }

  /** More than keeps the acceptors busy would only wait here, where nobody can pass it. */
  takesClients(): boolean {
    const { role, configuration } = this.proposer;
    if (role.kind !== 'leader') return true;
    const { alpha, clientBytes, waitingReads } = configuration.limits;
    if (this.proposer.waiting.size >= 2 * alpha) return false; // much is chosen and not executed
    return role.instances.bytes + role.gatheredBytes < clientBytes && role.reads.gathered.length < waitingReads;
  }

  inspect() {
    const { proposer } = this;
    const { role, chosen, sets } = proposer;
    return {
      role: role.kind,
      standing: standingOf(proposer),
      clusterId: proposer.clusterId,
      ballot: role.kind === 'follower' ? proposer.leaderBallot : role.ballot,
      round: proposer.round,
      highestBallot: proposer.highest,
      leader: proposer.leader,
      firstSlot: chosen.base + 1,
      nextSlot: role.kind === 'leader' ? role.next : chosen.through + 1,
      chosenThrough: chosen.through,
      knownThrough: proposer.knownThrough,
      durableThrough: chosen.durableThrough,
      lastApplied: proposer.lastApplied,
      snapshotSlot: proposer.snapshot?.index ?? 0,
      underWay: role.kind === 'leader' ? role.instances.bytes + role.gatheredBytes : 0,
      trimThrough: role.kind === 'leader' ? role.trimThrough : 0,
      stateHash: proposer.service.hash(),
      acceptors: sets?.at(chosen.through + 1),
      nextAcceptors: sets !== undefined && sets.newestFrom > chosen.through + 1 ? sets.newest : undefined,
      nextAcceptorsFrom: sets?.newestFrom,
      joining: Object.fromEntries(proposer.joining),
      registersVersion: proposer.registerSet?.version ?? 0,
      registerRounds: proposer.registerRounds.size,
      registerReads: proposer.registerReads.size,
      lastEntries: chosen.tail,
      heard: role.kind === 'leader' ? heardBy(proposer) : {},
      ...(role.kind === 'leader' && {
        settledVersion: settledVersion(proposer, role),
        changeAwaits: awaitedByChange(proposer, role),
      }),
    };
  }
}

/** `outlived`: its acceptors are of another group. */
function standingOf(proposer: Proposer): 'empty' | 'active' | 'outlived' {
  if (proposer.founding === undefined) return 'empty';
  return isOutlived(proposer) ? 'outlived' : 'active';
}

function heardBy({ role, now }: Proposer) {
  if (role.kind !== 'leader') return {};
  return Object.fromEntries(
    [...role.heard].map(([address, { disk, at, heldBytes }]) => [
      address,
      { disk, heardAgoMs: Math.round(now - at), heldBytes },
    ]),
  );
}

/** Which rounds were used, who founded the group, and what is known to be chosen, as the journal tells it, oldest first. */
function onRecover(proposer: Proposer, record: Record): void {
  switch (record.kind) {
    case 'proposerState':
      return recoverState(proposer, record);
    case 'chosenValues': {
      proposer.chosen.recover(record.batch);
      record.batch.entries.forEach((entry, i) => {
        if (entry.kind === 'configuration') recoverChange(proposer, record.batch.first + i, entry.bytes);
      });
      return;
    }
    case 'proposerMark':
      recoverState(proposer, record.state);
      proposer.snapshot = record.snapshot;
      proposer.sets = AcceptorSets.of(record.sets);
      proposer.registerSet = record.registers;
      return proposer.chosen.recoverMark(record.snapshot);
    default:
      throw new DamagedState(`a record of kind ${record.kind} is no proposer's`);
  }
}

function recoverState(proposer: Proposer, { number, round, remembers, clusterId, founding }: ProposerState): void {
  invariant(
    number === proposer.number,
    `this proposer was number ${number} and is configured as number ${proposer.number}: proposers are added at the end of the list, never moved`,
  );
  proposer.round = Math.max(proposer.round, round);
  Object.assign(proposer, { remembers, clusterId, founding });
  proposer.sets ??= new AcceptorSets(founding);
  proposer.registerSet ??= founding;
  proposer.registerRound = proposer.round;
}

function recoverChange(proposer: Proposer, slot: Slot, bytes: Uint8Array): void {
  const move = decodeMove(bytes);
  if (move !== undefined && move.version > (proposer.registerSet?.version ?? 0)) proposer.registerSet = move;
  const set = decodeSet(bytes);
  if (set !== undefined) proposer.sets?.decided(set, slot + proposer.configuration.limits.alpha);
}

/** The journal has been told; a proposer that knows a snapshot restores it before anything is executed. */
function onRecovered(proposer: Proposer, incarnation: number): void {
  proposer.incarnation = incarnation;
  proposer.clock.begin(proposer.now, incarnation);
  proposer.registerNonce = incarnation;
  proposer.chosen.recovered(proposer.snapshot);
  proposer.knownThrough = proposer.chosen.through;
  const { snapshot } = proposer;
  if (snapshot) proposer.installing = { id: proposer.out.installSnapshot(snapshot), snapshot, given: undefined };
  becomeFollower(proposer, undefined, 'started');
  applyChosen(proposer);
  askForFounding(proposer);
}

function receive(proposer: Proposer, from: Address, message: Message): void {
  if (isClients(message) && isOutlived(proposer)) return refuse(proposer, from, message, 'unavailable');
  switch (message.kind) {
    case 'request':
      return onRequest(proposer, from, message);
    case 'read':
      return onRead(proposer, from, message);
    case 'reconfigure':
      return proposer.sets === undefined
        ? refuse(proposer, from, message, 'unavailable')
        : onReconfigure(proposer, from, message);
    case 'decide':
      return onDecide(proposer, from, message);
    case 'canvassReply':
      return onCanvassReply(proposer, from, message);
    case 'canvass':
      return onCanvass(proposer, from, message);
    case 'hello':
      return onHello(proposer, from, message);
    case 'activate':
      return askForFounding(proposer); // before anybody leads, so that we remember that nobody did
    // Others' phase 1, and how acceptors come to be: the business of acceptors.
    case 'prepare':
    case 'helloReply':
    case 'form':
    case 'formed':
    case 'registerAsk':
    case 'registerPrepare':
    case 'registerAccept':
    case 'freezeRegisters':
    case 'storeRegisters':
      return;
  }
  if (proposer.sets !== undefined) return onGroupMessage(proposer, from, message);
  if (message.kind === 'accept') onAcceptBeforeFounding(proposer); // nothing can be learned before that is known
}

function isClients(message: Message): message is Request | Read | Reconfigure | Decide {
  const { kind } = message;
  return (
    kind === 'request' ||
    kind === 'reconfigure' ||
    kind === 'decide' ||
    (kind === 'read' && message.level !== 'discover')
  );
}

/** What is of another group is nothing to us: its slots, ballots and disks bear the same numbers and are others (README, departure 2). */
function onGroupMessage(proposer: Proposer, from: Address, message: Message): void {
  if ('clusterId' in message && message.clusterId !== proposer.clusterId)
    return proposer.reject(from, 'ofAnotherCluster');
  switch (message.kind) {
    case 'promised':
      return onPromised(proposer, from, message);
    case 'accept':
      return onAccept(proposer, from, message);
    case 'accepted':
      return onAccepted(proposer, from, message);
    case 'nack':
      return onNack(proposer, from, message);
    case 'progress':
      return onProgress(proposer, from, message);
    case 'learn':
      return onLearn(proposer, from, message);
    case 'chosen':
      return onChosen(proposer, from, message);
    case 'snapshotOffer':
      return onSnapshotOffer(proposer, from, message);
    case 'fetchChunk':
      return onFetchChunk(proposer, from, message);
    case 'snapshotChunk':
      return onSnapshotChunk(proposer, from, message);
    case 'takeOver':
      return onTakeOver(proposer, from, message);
    case 'join':
      return onJoin(proposer, from, message);
    case 'registerTold':
      return onRegisterTold(proposer, from, message);
    case 'registerPromised':
      return onRegisterPromised(proposer, from, message);
    case 'registerAccepted':
      return onRegisterAccepted(proposer, from, message);
    case 'registerNack':
      return onRegisterNack(proposer, from, message);
    case 'registersPage':
      return onRegistersPage(proposer, from, message);
    case 'registersStored':
      return onRegistersStored(proposer, from, message);
    default:
      return proposer.reject(from, 'notForProposers');
  }
}

function onTimeout(proposer: Proposer, timer: Timer): void {
  switch (timer) {
    case 'election':
      return onElectionTimeout(proposer);
    case 'heartbeat':
      return onHeartbeatTimeout(proposer);
    case 'batch':
      return onBatchTimeout(proposer);
    case 'apply':
      return onApplyTimeout(proposer);
    case 'learn':
      return onLearnTimeout(proposer);
    case 'registers':
      return onRegistersTimeout(proposer);
    case 'handOver':
      return onHandOverTimeout(proposer);
    case 'hello':
      return; // an acceptor's
  }
}

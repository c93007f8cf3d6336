import { DamagedState } from '@synod/actor';
import type { Actor, Address, Effect, Input } from '@synod/actor';
import type { ReplicatedService } from '@synod/state-machine';
import { onApplyTimeout, onCommittedRead } from './application.js';
import { waitsAlready } from './copies.js';
import { onBatchTimeout, onRequest } from './clients.js';
import { countOwnDisk } from './commitment.js';
import type { RaftConfiguration } from './configuration.js';
import { synced } from './durability.js';
import { becomeFollower, countOwnVote, onElectionTimeout, onRequestVote, onRequestVoteReply } from './election.js';
import { onActivate, onForm, onFormed, onHello, onHelloReply, onHelloTimeout } from './formation.js';
import { onHandOverTimeout, onStopping, onTimeoutNow } from './handover.js';
import { onHeartbeatTimeout } from './leadership.js';
import { LogRecovery } from './log-recovery.js';
import type { Term } from './log.js';
import type { HardState, Record } from './records.js';
import type { Message, PeerMessage } from './messages.js';
import { onRead } from './reads.js';
import { onRejoin } from './recovery.js';
import { onAppendEntries, onAppendEntriesReply, onEntriesRead } from './replication.js';
import {
  considerSnapshot,
  cutAfterMark,
  onChunkRead,
  onChunkWritten,
  onInstallSnapshot,
  onInstallSnapshotReply,
  onSnapshotInstalled,
  onSnapshotTaken,
} from './snapshots.js';
import { Raft } from './state.js';
import type { RaftVocabulary, Timer } from './vocabulary.js';

/** A Raft server: the table of contents of this folder. */
export class RaftReplica implements Actor<RaftVocabulary> {
  protected readonly raft: Raft;
  private readonly recovery: LogRecovery;

  constructor(configuration: RaftConfiguration, service: ReplicatedService) {
    this.raft = new Raft(configuration, service);
    this.recovery = new LogRecovery(this.raft.log);
  }

  step(input: Input<RaftVocabulary>): readonly Effect<RaftVocabulary>[] {
    const { raft } = this;
    raft.now = input.at;
    this.react(input);
    considerSnapshot(raft);
    return raft.out.drain();
  }

  private react(input: Input<RaftVocabulary>): void {
    const { raft } = this;
    switch (input.kind) {
      case 'recover':
        return onRecover(raft, this.recovery, input.record);
      case 'recovered':
        if (input.tail === 'corrupt') throw new DamagedState('the journal holds damage below what was synced');
        return onRecovered(raft, input.incarnation);
      case 'receive':
        return receive(raft, input.from, input.message);
      case 'timeout':
        return onTimeout(raft, input.timer);
      case 'persisted':
        synced(raft, input.token);
        countOwnVote(raft);
        countOwnDisk(raft);
        return cutAfterMark(raft);
      case 'logRead':
        if (!onCommittedRead(raft, input.id, input.batches)) onEntriesRead(raft, input.id, input.batches);
        return;
      case 'snapshotTaken':
        return onSnapshotTaken(raft, input.snapshot, input.sizeBytes);
      case 'chunkRead':
        return onChunkRead(raft, input.id, input.chunk);
      case 'chunkWritten':
        return onChunkWritten(raft, input.id, input.heldBytes);
      case 'snapshotInstalled':
        return onSnapshotInstalled(raft, input);
      case 'stopping':
        return onStopping(raft);
    }
  }

  /** A message of an older term cannot matter; a client's may, unless it is a copy of what waits already. */
  worth(from: Address, message: Message): boolean {
    const { role } = this.raft;
    if (message.kind === 'request') return role.kind !== 'leader' || !waitsAlready(role, from, message);
    const term = termOf(message);
    return term === undefined || term >= this.raft.currentTerm;
  }

  /** More than keeps the disks busy would only wait in the log, where nobody can pass it. */
  takesClients(): boolean {
    const { role, configuration, log, commitIndex } = this.raft;
    if (role.kind !== 'leader') return true;
    const { clientBytes, clientRequests, waitingReads } = configuration.limits;
    if (role.uncommittedBytes + role.gatheredBytes >= clientBytes) return false;
    if (log.lastIndex - commitIndex + role.gathered.length >= clientRequests) return false;
    return role.reads.gathered.length < waitingReads;
  }

  /** Writes are the leader's; reads have levels that any replica answers. */
  serves(kind: string): boolean {
    return kind !== 'request' || this.raft.role.kind === 'leader';
  }

  inspect() {
    const { raft } = this;
    const { role, log } = raft;
    return {
      role: role.kind,
      standing: raft.standing,
      clusterId: raft.clusterId,
      term: raft.currentTerm,
      votedFor: raft.votedFor,
      leader: raft.leader,
      firstIndex: log.base.index + 1,
      lastIndex: log.lastIndex,
      lastTerm: log.lastTerm,
      durableIndex: raft.durableIndex,
      commitIndex: raft.commitIndex,
      lastApplied: raft.lastApplied,
      snapshotIndex: raft.snapshot?.index ?? 0,
      stateHash: raft.service.hash(),
      diskStalled: raft.diskStalled,
      lastEntries: log.tail(10),
      underWay: role.kind === 'leader' ? role.uncommittedBytes + role.gatheredBytes : 0,
      followers: role.kind === 'leader' ? followersOf(raft, role.followers) : {},
    };
  }
}

function followersOf(
  raft: Raft,
  followers: ReadonlyMap<
    Address,
    { state: string; match: number; next: number; heardAt: number; voting: boolean; inFlightBytes: number }
  >,
) {
  return Object.fromEntries(
    [...followers].map(([address, { state, match, next, heardAt, voting, inFlightBytes }]) => [
      address,
      {
        state,
        match,
        next,
        lag: raft.log.lastIndex - match,
        heardAgoMs: Math.round(raft.now - heardAt),
        voting,
        inFlightBytes,
      },
    ]),
  );
}

/** Figure 2's persistent state, as the journal tells it, oldest record first. */
function onRecover(raft: Raft, log: LogRecovery, record: Record): void {
  switch (record.kind) {
    case 'hardState':
      return recoverHardState(raft, record);
    case 'entries':
      return log.entries(record.batch);
    case 'truncate':
      return log.truncate(record.from);
    case 'snapshotMark':
      recoverHardState(raft, record.hardState);
      raft.snapshot = record.snapshot;
      log.snapshot(record.snapshot);
  }
}

function recoverHardState(raft: Raft, { term, votedFor, clusterId, standing, floor }: HardState): void {
  Object.assign(raft, { currentTerm: term, votedFor, clusterId, standing, floor });
}

/** The journal has been told; a replica that knows its snapshot restores it before anything is applied. */
function onRecovered(raft: Raft, incarnation: number): void {
  raft.incarnation = incarnation;
  raft.clock.begin(raft.now, incarnation);
  if (raft.standing === 'empty' && raft.configuration.setAside) raft.standing = 'lost';
  raft.durableIndex = raft.log.lastIndex;
  if (raft.snapshot) {
    raft.commitIndex = raft.snapshot.index;
    raft.installing = { id: raft.out.installSnapshot(raft.snapshot), snapshot: raft.snapshot, given: undefined };
  }
  const { standing, clusterId, currentTerm: term } = raft;
  raft.out.observe({ kind: 'standing', standing, clusterId, term });
  becomeFollower(raft, undefined, 'started');
  onHelloTimeout(raft);
}

function receive(raft: Raft, from: Address, message: Message): void {
  if (message.kind === 'request') return onRequest(raft, from, message);
  if (message.kind === 'read') return onRead(raft, from, message);
  if (message.kind === 'reply' || !raft.isMember(from) || from === raft.self) {
    return raft.out.observe({ kind: 'rejected', from, reason: 'notAMember' });
  }
  if ((message.kind === 'rejoin' ? message.floor : (termOf(message) ?? 0)) > termMost) {
    return raft.out.observe({ kind: 'rejected', from, reason: 'absurdTerm' });
  }
  if (isOutdatedAgain(raft, from, message)) {
    return raft.out.observe({ kind: 'rejected', from, reason: 'outdatedAgain' });
  }
  onPeerMessage(raft, from, message);
}

/**
 * What a deposed leader or candidate sends is answered once in half a heartbeat: that tells it of the newer term. An answer
 * to each of many would make one member's flood everybody's.
 */
function isOutdatedAgain(raft: Raft, from: Address, message: PeerMessage): boolean {
  const { kind } = message;
  if (kind !== 'appendEntries' && kind !== 'requestVote' && kind !== 'installSnapshot') return false;
  if (message.term >= raft.currentTerm) return false;
  const answeredAt = raft.outdatedAnsweredAt.get(from) ?? Number.NEGATIVE_INFINITY;
  if (raft.now - answeredAt < raft.configuration.heartbeatMs / 2) return true;
  raft.outdatedAnsweredAt.set(from, raft.now);
  return false;
}

/**
 * Elections never get a group here. A term that is believed is the group's from then on, and at 2^53 nobody could stand for
 * election any more. (A member that lies on purpose may name this one: Raft assumes that members only crash.)
 */
const termMost = 2 ** 52;

/** The term its sender is in or asks for; not every message names one. */
function termOf(message: Message): Term | undefined {
  if (message.kind === 'helloReply') return message.era;
  return 'term' in message ? message.term : undefined;
}

function onPeerMessage(raft: Raft, from: Address, message: PeerMessage): void {
  switch (message.kind) {
    case 'hello':
      return onHello(raft, from, message);
    case 'helloReply':
      return onHelloReply(raft, from, message);
    case 'form':
      return onForm(raft, from, message);
    case 'formed':
      return onFormed(raft, from, message);
    case 'activate':
      return onActivate(raft, from, message);
  }
  // Nobody votes, follows or leads before the group is formed.
  if (raft.standing !== 'active' && raft.standing !== 'recovering') return;
  switch (message.kind) {
    case 'requestVote':
      return onRequestVote(raft, from, message);
    case 'requestVoteReply':
      return onRequestVoteReply(raft, from, message);
    case 'appendEntries':
      return onAppendEntries(raft, from, message);
    case 'appendEntriesReply':
      return onAppendEntriesReply(raft, from, message);
    case 'installSnapshot':
      return onInstallSnapshot(raft, from, message);
    case 'installSnapshotReply':
      return onInstallSnapshotReply(raft, from, message);
    case 'timeoutNow':
      return onTimeoutNow(raft, from, message);
    case 'rejoin':
      return onRejoin(raft, from, message);
  }
}

function onTimeout(raft: Raft, timer: Timer): void {
  switch (timer) {
    case 'election':
      return onElectionTimeout(raft);
    case 'heartbeat':
      return onHeartbeatTimeout(raft);
    case 'batch':
      return onBatchTimeout(raft);
    case 'apply':
      return onApplyTimeout(raft);
    case 'handOver':
      return onHandOverTimeout(raft);
    case 'hello':
      return onHelloTimeout(raft);
  }
}

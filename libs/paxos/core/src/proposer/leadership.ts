import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import { beatOf, currentAt } from './freshness.js';
import { handOver } from './hand-over.js';
import { Instances } from './instances.js';
import { adopt, askToPromise } from './phase1.js';
import { acceptRequest, resend } from './phase2.js';
import { askAcceptors, becomeFollower } from './standing.js';
import { heardSince } from './state.js';
import type { Leader, Preparing, Proposer } from './state.js';
import { fillUntilInForce } from './reconfiguration.js';
import { driveMove } from './register-move.js';
import { decideTrim } from './trimming.js';

/** A phase-1 quorum has promised: everything that may be chosen already is proposed again, then clients are served. */
export function becomeLeader(proposer: Proposer, completedBy: Address): void {
  const { ballot, promises, since } = proposer.role as Preparing;
  const { version } = proposer.sets!.at(proposer.chosen.through + 1);
  const role: Leader = {
    kind: 'leader',
    ballot,
    promises,
    next: proposer.chosen.through + 1,
    instances: new Instances(),
    heard: new Map(),
    quorum: { version, since: proposer.now },
    progress: new Map(),
    echoes: new Map(),
    trimThrough: promises.trimmedThrough,
    gathered: [],
    gatheredBytes: 0,
    reads: { round: 0, gathered: [], confirming: undefined, confirmed: [] },
    change: undefined,
    handOver: undefined,
    move: undefined,
    hasAdopted: false,
  };
  proposer.role = role;
  proposer.leader = proposer.self;
  proposer.leaderBallot = ballot;
  proposer.heardLeaderAt = proposer.now;
  proposer.failures = proposer.refusals = 0;
  proposer.learning = undefined;
  proposer.heard.clear();
  for (const { address, disk } of proposer.sets!.at(role.next).acceptors) {
    if (promises.hasPromised(address, disk)) {
      role.heard.set(address, {
        disk,
        at: proposer.now,
        round: 0,
        heldBytes: 0,
        registersEpoch: proposer.registerSet!.version,
        inBallotAt: since,
      });
    }
  }
  proposer.out.stopTimer('election');
  proposer.out.observe({ kind: 'becameLeader', ballot, completedBy });
  startHeartbeatTimer(proposer);
  sendHeartbeat(proposer, role);
  adopt(proposer, role);
  if (proposer.stopping) handOver(proposer, role);
}

/** Also the beat of one that stands: what it asked for may be lost. */
export function startHeartbeatTimer(proposer: Proposer): void {
  const { heartbeatMs } = proposer.configuration;
  proposer.out.startTimer('heartbeat', { minMs: heartbeatMs, maxMs: heartbeatMs });
}

/** Tells everybody that we lead, how far is chosen, and what the latest read round is. */
export function sendHeartbeat(proposer: Proposer, role: Leader): void {
  const heartbeat = acceptRequest(proposer, role, [], beatOf(proposer, role));
  proposer.out.send(proposer.configuration.everyone, heartbeat, none);
}

/**
 * The leader's beat: keeps others from standing, re-drives everything that may have been lost, and gives up when no phase-2
 * quorum answers: a leader must be connected to one, or another must be able to lead.
 *
 * @paper Paxos Made Simple §3; quorum-connected leadership: README, "Departures"
 */
export function onHeartbeatTimeout(proposer: Proposer): void {
  const { role } = proposer;
  if (role.kind === 'follower') return;
  startHeartbeatTimer(proposer);
  if (role.kind === 'canvassing') return askAcceptors(proposer, role.ballot);
  if (role.kind === 'preparing') return askToPromise(proposer, role, proposer.chosen.through + 1);
  if (!isConnected(proposer, role)) return becomeFollower(proposer, undefined, 'lostQuorum');
  proposer.heardLeaderAt = proposer.now;
  currentAt(proposer); // noted, for when we lead no longer
  decideTrim(proposer, role);
  sendHeartbeat(proposer, role);
  resend(proposer, role);
  const { newestFrom } = proposer.sets!;
  for (const slot of newestFrom > role.next ? [role.next, newestFrom] : [role.next]) askToPromise(proposer, role, slot);
  fillUntilInForce(proposer, role);
  driveMove(proposer, role);
}

/** A phase-2 quorum of the acceptors in force has answered within an election timeout; those that are new have that long, too. */
function isConnected(proposer: Proposer, role: Leader): boolean {
  const set = proposer.sets!.at(proposer.chosen.through + 1);
  const since = proposer.now - proposer.configuration.electionTimeout.maxMs;
  if (role.quorum.version < set.version) role.quorum = { version: set.version, since: proposer.now };
  return role.quorum.since > since || heardSince(role, set, since) >= set.phase2;
}

/**
 * Everything that an earlier leader may have had chosen is chosen and known: reads and changes of acceptors may go on. The next
 * slot may have other acceptors than those that promised first; they must have told that they accepted nothing in it.
 */
export function isSettled({ chosen, sets }: Proposer, { promises }: Leader): boolean {
  const next = chosen.through + 1;
  return chosen.through >= promises.last && promises.isOpen(next, sets!.at(next));
}

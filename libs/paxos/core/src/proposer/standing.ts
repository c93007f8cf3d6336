import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import type { Hello } from '@synod/formation';
import { proposerOfBallot, roundOfBallot } from '../ballot.js';
import type { Ballot } from '../ballot.js';
import type { ElectionReason, FollowerReason, Rival } from '../events.js';
import type { Canvass, CanvassReply, Nack } from '../messages.js';
import { AcceptorSets, isAmong, meetsEveryQuorum } from '../acceptor-set.js';
import { isOutlived, noteGroupOf } from './another-group.js';
import { releaseClients } from './clients.js';
import { leave, takeOver } from './hand-over.js';
import { startHeartbeatTimer } from './leadership.js';
import { prepare } from './phase1.js';
import type { Canvassing, Follower, Proposer } from './state.js';

/** LIMIT: the wait doubles so many times, then stays: 16 election timeouts. */
const mostDoublings = 4;

/*
 * Who stands for leader, and when. Two proposers that prepare in turns could go on for ever (Paxos Made Simple §2.4), so:
 * nobody prepares while the acceptors hear a leader (canvass), waits are random, and double with each failure.
 */

/** Leads no longer, or stands no longer. */
export function becomeFollower(proposer: Proposer, leader: Address | undefined, why: FollowerReason, by?: Rival): void {
  const was = proposer.role;
  proposer.role = { kind: 'follower', why };
  proposer.leader = leader;
  if (was.kind !== 'follower') proposer.out.stopTimer('heartbeat');
  if (was.kind === 'leader') {
    proposer.out.stopTimer('handOver');
    releaseClients(proposer, was);
  }
  proposer.out.observe({ kind: 'becameFollower', ballot: proposer.highest, leader, why, ...(by && { by }) });
  startElectionTimer(proposer);
  if (proposer.stopping) leave(proposer);
}

/** An attempt to lead failed: the next one waits longer. */
export function standBack(proposer: Proposer, why: FollowerReason, by?: Rival): void {
  proposer.failures++;
  becomeFollower(proposer, undefined, why, by);
}

export function startElectionTimer(proposer: Proposer): void {
  const { minMs, maxMs } = proposer.configuration.electionTimeout;
  const attempts = Math.max(proposer.failures, proposer.refusals - 1);
  const factor = 2 ** Math.min(attempts, mostDoublings);
  proposer.out.startTimer('election', { minMs, maxMs: maxMs * factor });
}

/**
 * No leader heard for an election timeout. The timer is not started anew by every heartbeat; when it fires early, it waits
 * for what is left.
 *
 * @paper Paxos Made Simple §2.4 ("a distinguished proposer must be selected"), §3
 */
export function onElectionTimeout(proposer: Proposer): void {
  const { minMs, maxMs } = proposer.configuration.electionTimeout;
  const silence = proposer.now - proposer.heardLeaderAt;
  if (silence < minMs) return proposer.out.startTimer('election', { minMs: minMs - silence, maxMs: maxMs - silence });
  if (proposer.role.kind === 'leader') return;
  if (proposer.role.kind === 'preparing') return standBack(proposer, 'notPromised');
  if (proposer.role.kind === 'canvassing') return askedInVain(proposer);
  startElectionTimer(proposer);
  if (proposer.founding === undefined) return askForFounding(proposer);
  // One that is getting a snapshot misses what only others can tell; it could not lead.
  if (!proposer.stopping && !proposer.installing && !proposer.fetching) {
    canvass(proposer, whyNobodyLeads(proposer.leader, proposer.role));
  }
}

function whyNobodyLeads(leader: Address | undefined, { why }: Follower): ElectionReason {
  if (leader !== undefined || why === 'heardLeader' || why === 'handedOver') return 'leaderSilent'; // the last one stops
  return why;
}

/**
 * A proposer without a journal must first be told who founded the group: any acceptor that did answers; and, before it uses a
 * round for a register, which ballots were promised.
 */
export function askForFounding(proposer: Proposer): void {
  if (!proposer.remembers) askAcceptors(proposer, proposer.nextBallot);
}

/**
 * A leader is heard, and we were not told who founded the group, so its values cannot be learned. Asked at once, and not when an
 * election timeout is over, little of what it proposes is missed. Once a heartbeat: answers may be lost.
 */
export function onAcceptBeforeFounding(proposer: Proposer): void {
  if (proposer.now - proposer.askedFoundingAt < proposer.configuration.heartbeatMs) return;
  proposer.askedFoundingAt = proposer.now;
  askForFounding(proposer);
}

/**
 * Another proposer asks the acceptors. When those that founded the group have all lost their disks, none of them can tell it by
 * whom that was; we can.
 *
 * @paper departure: a quorum-connected failure detector (README)
 */
export function onCanvass(proposer: Proposer, from: Address, { ballot, nonce }: Canvass): void {
  const { founding, sets, clusterId, highest: promised } = proposer;
  if (founding === undefined || sets!.newest.version === founding.version || isOutlived(proposer)) return;
  const answer = { granted: false, disk: 0, promised, founding, clusterId } as const;
  proposer.out.send(from, { kind: 'canvassReply', nonce, ballot, ...answer }, none);
}

/** LIMIT: a round is drawn out of so many; ballots suffice for millions of lost disks. */
const drawnRounds = 2 ** 24;

/**
 * A proposer without a word on its disk that it remembers its rounds may have lost them, and uses none before so many acceptors
 * have told it their highest ballots that they meet every quorum. What each told first counts: when none of those had promised
 * anything in this life, no former life of ours has led, nor got beyond phase 1 of a register, whatever is promised by now. Else the next one is above what they promised, which no former life of ours led above
 * with these acceptors. It may have with later ones, that we do not know of yet: so the round is drawn besides, as an acceptor
 * draws its disk. A proposer without its disk is another one, that has its own ballots. That a drawn round lies among those that a
 * former life used for registers is no ballot used again but for the same register, for each is an instance of its own: among 2^24
 * it must be drawn exactly.
 *
 * @paper departure: a proposer is a disk, too (README)
 */
function takeCensus(proposer: Proposer): void {
  const { census, chosen, sets, clusterId } = proposer;
  if (proposer.remembers || sets === undefined) return;
  const set = sets.at(chosen.through + 1);
  const told = set.acceptors.flatMap(({ address, disk }) => {
    const first = census.get(address);
    return first?.disk === disk && first.clusterId === clusterId ? [first.promised] : [];
  });
  if (!meetsEveryQuorum(told.length, set)) return;
  const highest = roundOfBallot(Math.max(proposer.highest, proposer.highestRegister));
  if (told.some((promised) => promised > 0)) proposer.round = highest + (proposer.incarnation % drawnRounds);
  proposer.registerRound = proposer.round;
  proposer.remembers = true;
  persistProposer(proposer);
}

function noteFirstWord({ census }: Proposer, from: Address, { disk, clusterId, promised }: CanvassReply): void {
  const first = census.get(from);
  if (first?.disk !== disk || first.clusterId !== clusterId) census.set(from, { disk, clusterId, promised });
}

/**
 * An acceptor with an empty disk asks whether there is a group. If all acceptors have lost their disks they cannot tell each other;
 * we can, and then they found none: what was chosen must not be forgotten unnoticed.
 *
 * @paper departure: an acceptor is a disk (README)
 */
export function onHello(proposer: Proposer, from: Address, { nonce }: Hello): void {
  const { incarnation, clusterId, highest: era } = proposer;
  if (clusterId === 0 || isOutlived(proposer)) return;
  proposer.out.send(from, { kind: 'helloReply', nonce, incarnation, standing: 'active', clusterId, era }, none);
}

/** Asks all acceptors, without raising a ballot that would unseat a leader others still hear. */
export function canvass(proposer: Proposer, why: ElectionReason): void {
  proposer.leader = undefined;
  const { nextBallot } = proposer;
  proposer.role = { kind: 'canvassing', ballot: nextBallot, why, answers: new Map() };
  proposer.out.observe({ kind: 'canvassing', ballot: nextBallot, why });
  askAcceptors(proposer, nextBallot);
  startHeartbeatTimer(proposer);
}

/** Whoever has answered answers again: it changes nothing. */
export function askAcceptors({ out, configuration, incarnation }: Proposer, ballot: Ballot): void {
  const message: Canvass = { kind: 'canvass', ballot, nonce: incarnation };
  out.send(configuration.everyone, message, none);
}

/**
 * Acceptors that grant are counted as those that promise will be.
 *
 * @paper departure: a quorum-connected failure detector (README)
 */
export function onCanvassReply(proposer: Proposer, from: Address, message: CanvassReply): void {
  const { role } = proposer;
  if (message.nonce !== proposer.incarnation) return;
  // Founded anew after all its acceptors' disks were lost: what we know was chosen by others.
  if (proposer.clusterId !== 0 && proposer.isAcceptor(from)) noteGroupOf(proposer, from, message.clusterId);
  if (proposer.clusterId !== 0 && message.clusterId !== proposer.clusterId)
    return proposer.reject(from, 'ofAnotherCluster');
  if (proposer.isProposer(from)) return learnFounding(proposer, message);
  if (!proposer.isAcceptor(from)) return proposer.rejectStranger(from, message.disk);
  proposer.highest = Math.max(proposer.highest, message.promised);
  proposer.highestRegister = Math.max(proposer.highestRegister, message.promised);
  noteFirstWord(proposer, from, message);
  learnFounding(proposer, message);
  takeCensus(proposer);
  takeOver(proposer);
  if (role.kind !== 'canvassing' || message.ballot !== role.ballot) return;
  const { ballot, granted } = message;
  role.answers.set(from, message);
  if (proposer.counts(from, message.disk)) {
    proposer.out.observe({ kind: 'canvassCounted', ballot, acceptor: from, granted });
  }
  concludeCanvass(proposer, role);
}

/** The acceptors have on disk who founded the group; what our own settings say is only whom to ask. */
function learnFounding(proposer: Proposer, { founding, clusterId }: CanvassReply): void {
  if (proposer.founding !== undefined || founding === undefined) return;
  proposer.founding = founding;
  proposer.clusterId = clusterId;
  proposer.sets ??= new AcceptorSets(founding);
  proposer.registerSet ??= founding;
  persistProposer(proposer);
  proposer.out.observe({ kind: 'founded', clusterId, founding });
}

export function persistProposer(proposer: Proposer): void {
  const { founding, remembers, round, number, clusterId } = proposer;
  if (founding === undefined) return;
  proposer.out.persist({ kind: 'proposerState', number, round, remembers, clusterId, founding });
}

function concludeCanvass(proposer: Proposer, { answers, why }: Canvassing): void {
  if (proposer.sets === undefined || proposer.installing) return;
  const set = proposer.sets.at(proposer.chosen.through + 1);
  let granted = 0;
  let refused = 0;
  for (const [address, answer] of answers) {
    if (!isAmong(set, address, answer.disk)) continue;
    if (answer.granted) granted++;
    else refused++;
  }
  if (granted >= set.phase1 && proposer.remembers) {
    proposer.refusals = 0;
    return prepare(proposer, why);
  }
  if (refused > set.acceptors.length - set.phase1) askedInVain(proposer);
}

/** Once in vain is soon: the acceptors may have heard the leader a little later than we. Time and again, less and less often. */
function askedInVain(proposer: Proposer): void {
  proposer.refusals++;
  becomeFollower(proposer, undefined, 'notPromised');
}

/**
 * An acceptor has promised a higher ballot: ours is over. The next one will be above that, whoever told it; but one that decides no slot,
 * a spare one or a disk that joins, keeps nothing of ours from being chosen, so its word ends nothing.
 *
 * @paper Paxos Made Simple §2.2 ("it is probably a good idea to abandon a proposal if some proposer has begun trying to issue
 * a higher-numbered one … the acceptor should probably inform the proposer")
 */
export function onNack(proposer: Proposer, from: Address, { ballot, promised, disk }: Nack): void {
  if (!proposer.isAcceptor(from)) return proposer.rejectStranger(from, disk);
  const { role } = proposer;
  proposer.highest = Math.max(proposer.highest, promised);
  if (!proposer.counts(from, disk)) return;
  if ((role.kind !== 'preparing' && role.kind !== 'leader') || role.ballot !== ballot || promised <= ballot) return;
  standBack(proposer, 'preempted', rivalOf(proposer, promised));
}

/** A ballot tells whose it is. */
function rivalOf({ configuration }: Proposer, ballot: Ballot): Rival | undefined {
  const name = configuration.proposers[proposerOfBallot(ballot)];
  return name === undefined ? undefined : { proposer: name, ballot };
}

import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import { persistHardState } from './durability.js';
import { startElectionTimer } from './election.js';
import type { Activate, Form, Formed, Hello, HelloReply } from './messages.js';
import { beginRecovering } from './recovery.js';
import type { Raft } from './state.js';

/*
 * First start (README, "Departures"): a replica with an empty journal cannot tell whether the group is new or its disk was
 * lost, so it must not vote. The first member asks all; when every one is empty it gives them a cluster id, and when every
 * one has that on disk, and not before, elections begin. Whoever is empty after that has lost its disk.
 */

/** Asks every member who they are, until this replica is active or recovering. */
export function onHelloTimeout(raft: Raft): void {
  if (raft.standing === 'active' || raft.standing === 'recovering') return;
  const { minMs } = raft.configuration.electionTimeout;
  raft.out.startTimer('hello', { minMs: minMs / 2, maxMs: minMs });
  if (raft.others.length === 0) return consider(raft);
  raft.out.send(raft.configuration.everyone, { kind: 'hello', nonce: raft.incarnation, standing: raft.standing }, none);
}

/**
 * A member asks who we are. If it lost its disk, what its former life acknowledged to us holds no more.
 *
 * @paper departure from Raft, which assumes that disks survive (§5.1)
 */
export function onHello(raft: Raft, from: Address, { nonce, standing }: Hello): void {
  // A new round tells the lives apart. If the hello was late, and its life has recovered since, its echo shows that.
  if ((standing === 'empty' || standing === 'lost') && raft.role.kind === 'leader') {
    raft.role.followers.get(from)!.forget(raft.now, ++raft.role.reads.round);
  }
  const { incarnation, clusterId, currentTerm: term } = raft;
  raft.out.send(from, { kind: 'helloReply', nonce, incarnation, standing: raft.standing, clusterId, term });
}

/**
 * @paper departure from Raft
 */
export function onHelloReply(raft: Raft, from: Address, message: HelloReply): void {
  if (message.nonce !== raft.incarnation) return;
  raft.answers.set(from, message);
  consider(raft);
}

/** Draws the conclusion from what the members have answered so far. */
function consider(raft: Raft): void {
  if (raft.standing === 'formed' && knowsActive(raft)) return activate(raft);
  if (raft.standing === 'active' || raft.standing === 'recovering' || raft.answers.size < raft.others.length) return;
  const { standing } = raft;
  if (standing !== 'formed' && othersAre(raft, 'some', 'active')) return considerLost(raft);
  const allKnown = standing !== 'lost' && !othersAre(raft, 'some', 'lost') && !othersAre(raft, 'some', 'recovering');
  if (allKnown && raft.self === raft.configuration.members[0]) form(raft);
}

/** Somebody votes already: our disk was lost. All others must have told the terms that our former life may have voted in. */
function considerLost(raft: Raft): void {
  if ((['recovering', 'empty', 'lost'] as const).some((standing) => othersAre(raft, 'some', standing))) return;
  const answers = [...raft.answers.values()];
  const { clusterId } = answers.find(({ standing }) => standing === 'active')!;
  beginRecovering(raft, clusterId, Math.max(...answers.map(({ term }) => term)));
  raft.out.stopTimer('hello');
}

/** Somebody of our own cluster votes already. */
function knowsActive(raft: Raft): boolean {
  return [...raft.answers.values()].some(
    ({ standing, clusterId }) => standing === 'active' && clusterId === raft.clusterId,
  );
}

function othersAre(raft: Raft, how: 'some' | 'every', standing: HelloReply['standing']): boolean {
  const is = (address: Address): boolean => raft.answers.get(address)?.standing === standing;
  return how === 'some' ? raft.others.some(is) : raft.others.every(is);
}

/** The first member: nobody votes yet. Brings everyone to the same cluster id, then starts elections. */
function form(raft: Raft): void {
  if (raft.standing === 'empty') {
    // Our record was durable before anyone else's: our disk was lost, and our former life may have activated the others.
    if (othersAre(raft, 'some', 'formed')) return reject(raft, 'diskLostWhileForming');
    record(raft, raft.incarnation);
  }
  for (const [address, { standing, incarnation }] of raft.answers) {
    if (standing === 'empty') raft.out.send(address, { kind: 'form', clusterId: raft.clusterId, incarnation });
  }
  if (!othersAre(raft, 'every', 'formed')) return;
  if ([...raft.answers.values()].some(({ clusterId }) => clusterId !== raft.clusterId)) {
    return reject(raft, 'membersOfDifferentClusters');
  }
  activate(raft);
  raft.out.send(raft.configuration.everyone, { kind: 'activate', clusterId: raft.clusterId });
}

function reject(raft: Raft, reason: string): void {
  raft.out.observe({ kind: 'rejected', from: raft.self, reason });
}

function record(raft: Raft, clusterId: number): void {
  raft.standing = 'formed';
  raft.clusterId = clusterId;
  persistHardState(raft);
  raft.out.observe({ kind: 'standing', standing: 'formed', clusterId, term: raft.currentTerm });
}

function activate(raft: Raft): void {
  raft.standing = 'active';
  persistHardState(raft);
  raft.out.stopTimer('hello');
  raft.out.observe({ kind: 'standing', standing: 'active', clusterId: raft.clusterId, term: raft.currentTerm });
  startElectionTimer(raft);
}

/**
 * The first member gives this very life of ours the cluster id; an earlier or later life disregards it.
 *
 * @paper departure from Raft
 */
export function onForm(raft: Raft, from: Address, { clusterId, incarnation }: Form): void {
  if (from !== raft.configuration.members[0])
    return raft.out.observe({ kind: 'rejected', from, reason: 'notTheFirstMember' });
  if (raft.standing === 'empty' && incarnation === raft.incarnation) record(raft, clusterId);
  if (raft.standing === 'formed' && raft.clusterId === clusterId) raft.out.send(from, { kind: 'formed', clusterId });
}

/**
 * @paper departure from Raft
 */
export function onFormed(raft: Raft, from: Address, { clusterId }: Formed): void {
  const answer = raft.answers.get(from);
  if (!answer || raft.standing !== 'formed' || raft.clusterId !== clusterId) return;
  raft.answers.set(from, { ...answer, standing: 'formed', clusterId });
  consider(raft);
}

/**
 * @paper departure from Raft
 */
export function onActivate(raft: Raft, _from: Address, { clusterId }: Activate): void {
  if (raft.standing === 'formed' && raft.clusterId === clusterId) activate(raft);
}

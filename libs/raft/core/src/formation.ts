import type { Address } from '@synod/actor';
import { Formation } from '@synod/formation';
import type { Activate, Form, Formed, Hello, HelloReply, Standing } from '@synod/formation';
import { persistHardState } from './durability.js';
import { startElectionTimer } from './election.js';
import { considerLost } from './recovery.js';
import type { Raft } from './state.js';

/*
 * First start (README, "Departures"): a replica with an empty journal cannot tell whether the group is new or its disk was
 * lost, so it must not vote. How a group is formed is the same for every protocol and is told in libs/formation; here is
 * what Raft makes of it. Elections begin when the group is active; who lost its disk recovers (recovery.ts).
 */
export function formationOf(raft: Raft): Formation {
  const { self, members, everyone, electionTimeout } = raft.configuration;
  const { minMs } = electionTimeout;
  return new Formation({ self, members, everyone, founding: new Uint8Array(0) }, raft, {
    era: () => raft.currentTerm,
    send: (to, message, after) => raft.out.send(to, message, after),
    startAsking: () => raft.out.startTimer('hello', { minMs: minMs / 2, maxMs: minMs }),
    stopAsking: () => raft.out.stopTimer('hello'),
    persist: () => persistStanding(raft),
    activated: () => startElectionTimer(raft),
    lost: () => considerLost(raft),
    heardHello: (from, standing) => heardHello(raft, from, standing),
    rejected: (from, reason) => raft.out.observe({ kind: 'rejected', from, reason }),
  });
}

function persistStanding(raft: Raft): void {
  persistHardState(raft);
  const { standing, clusterId, currentTerm: term } = raft;
  raft.out.observe({ kind: 'standing', standing, clusterId, term });
}

/** If the asker lost its disk, what its former life acknowledged to us holds no more. */
function heardHello(raft: Raft, from: Address, standing: Standing): void {
  // A new round tells the lives apart. If the hello was late, and its life has recovered since, its echo shows that.
  if ((standing === 'empty' || standing === 'lost') && raft.role.kind === 'leader') {
    raft.role.followers.get(from)!.forget(raft.now, ++raft.role.reads.round);
  }
}

/** Asks every member who they are, until this replica is active or recovering. */
export function onHelloTimeout(raft: Raft): void {
  raft.formation.ask();
}

/**
 * A member asks who we are.
 *
 * @paper departure from Raft, which assumes that disks survive (§5.1)
 */
export function onHello(raft: Raft, from: Address, message: Hello): void {
  raft.formation.onHello(from, message);
}

/**
 * @paper departure from Raft
 */
export function onHelloReply(raft: Raft, from: Address, message: HelloReply): void {
  raft.formation.onHelloReply(from, message);
}

/**
 * @paper departure from Raft
 */
export function onForm(raft: Raft, from: Address, message: Form): void {
  raft.formation.onForm(from, message);
}

/**
 * @paper departure from Raft
 */
export function onFormed(raft: Raft, from: Address, message: Formed): void {
  raft.formation.onFormed(from, message);
}

/**
 * @paper departure from Raft
 */
export function onActivate(raft: Raft, from: Address, message: Activate): void {
  raft.formation.onActivate(from, message);
}

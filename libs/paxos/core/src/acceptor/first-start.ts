import { Formation } from '@synod/formation';
import type { FormationHooks, FormationState, Founders } from '@synod/formation';
import { majorities } from '../acceptor-set.js';
import type { AcceptorSet } from '../acceptor-set.js';
import type { AcceptorConfiguration } from '../configuration.js';
import { encodeSet } from '../set-codec.js';
import { persistState } from './state.js';
import type { Acceptor } from './state.js';

/*
 * First start and lost disks (README, "Departures"). All founding acceptors have disk 0, once all of them were empty together.
 * An acceptor that is empty when others are active is a new one: it takes a disk number of its own, and counts for nothing until
 * a change of the acceptors, decided in the log, names it. What its former life promised and accepted stays with the old
 * number, which nobody can use any more.
 */

/** What the group is founded with, as this acceptor is configured. */
export function foundingSet({ acceptors, phase1, phase2 }: AcceptorConfiguration): AcceptorSet {
  const set = majorities(
    acceptors.map((address) => ({ address, disk: 0 })),
    1,
  );
  return { ...set, phase1: phase1 ?? set.phase1, phase2: phase2 ?? set.phase2 };
}

export function formationOf(acceptor: Acceptor): Formation {
  const { self, acceptors, everyone } = acceptor.configuration;
  const founders: Founders = {
    self,
    members: acceptors,
    everyone,
    founding: encodeSet(foundingSet(acceptor.configuration)),
  };
  return new Formation(founders, acceptor satisfies FormationState, hooksOf(acceptor));
}

function hooksOf(acceptor: Acceptor): FormationHooks {
  const { out, configuration } = acceptor;
  return {
    era: () => acceptor.promised,
    send: (to, message, after) => out.send(to, message, after),
    startAsking: () => {
      const { minMs } = configuration.electionTimeout;
      out.startTimer('hello', { minMs: minMs / 2, maxMs: minMs });
    },
    stopAsking: () => (acceptor.disk === 0 ? out.stopTimer('hello') : startJoining(acceptor)),
    persist: () => {
      acceptor.founding = foundingSet(configuration);
      acceptor.registersEpoch = acceptor.founding.version;
      persistState(acceptor);
      observeStanding(acceptor);
    },
    activated: () => undefined,
    lost: (answers) => {
      const active = [...answers.values()].find(({ standing }) => standing === 'active')!;
      acceptor.clusterId = active.clusterId;
      acceptor.disk = acceptor.incarnation;
      acceptor.standing = 'active';
      persistState(acceptor);
      observeStanding(acceptor);
    },
    heardHello: () => undefined,
    rejected: (from, reason) => acceptor.reject(from, reason),
  };
}

function observeStanding({ out, standing, clusterId, disk }: Acceptor): void {
  out.observe({ kind: 'standing', standing, clusterId, disk });
}

/** Asks who we are; later, as long as our disk is one that nobody counts, tells proposers which it is. */
export function onHelloTimeout(acceptor: Acceptor, formation: Formation): void {
  const { standing, clusterId, disk, configuration, out } = acceptor;
  if (standing !== 'active') formation.ask();
  else if (waitsToBeCounted(acceptor)) {
    out.send(configuration.everyone, { kind: 'join', disk, clusterId });
    startJoining(acceptor);
    acceptor.joins++;
  }
}

/** It hears that it is; one that was started anew after that says it again, seldom, and it changes nothing. */
export function waitsToBeCounted({ disk, isCounted }: Acceptor): boolean {
  return disk !== 0 && !isCounted;
}

/** LIMIT: the wait doubles so many times, then stays: a spare may wait for ever, and a lost disk should not wait long. */
const mostDoublings = 2;

function startJoining({ out, configuration, joins }: Acceptor): void {
  const maxMs = configuration.electionTimeout.maxMs * 2 ** Math.min(joins, mostDoublings);
  out.startTimer('hello', { minMs: maxMs, maxMs: 2 * maxMs });
}

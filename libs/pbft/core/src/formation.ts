import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import { faultOfCheckpoint } from './certificates.js';
import { spread } from './delays.js';
import type { Hello, HelloReply } from './messages.js';
import { reject } from './rejection.js';
import { stand } from './standing.js';
import type { Pbft } from './state.js';
import { sendStatus } from './status.js';

/** Asks every member who they are, until this replica is active or recovering. */
export function onHelloTimeout(pbft: Pbft): void {
  if (pbft.follows) return;
  pbft.out.startTimer('hello', spread(pbft.configuration.timings.statusMs));
  pbft.out.send(pbft.configuration.everyone, { kind: 'hello', nonce: pbft.incarnation }, none);
  consider(pbft);
}

/**
 * Answered under our signature: whether the asker may sign must not rest on the broker. Once in a while to each, because an
 * answer costs more than the question.
 *
 * @paper departure from PBFT, whose replicas remember what they said (§2)
 */
export function onHello(pbft: Pbft, from: Address, { nonce }: Hello): void {
  const peer = pbft.peers.get(from)!;
  if (pbft.now - peer.greetedAt < pbft.configuration.timings.statusMs / 2) return;
  peer.greetedAt = pbft.now;
  const { standing, incarnation, view, low: stable } = pbft;
  const founder = pbft.founders.some(({ member, incarnation: life }) => member === from && life === nonce);
  const claim = { type: 'standing', to: from, nonce, incarnation, standing, founder, view, stable } as const;
  pbft.out.send(from, { kind: 'helloReply', signed: pbft.cryptography.sign(claim), stable: pbft.stable });
}

/**
 * @paper departure from PBFT
 */
export function onHelloReply(pbft: Pbft, from: Address, message: HelloReply): void {
  const { signer, statement } = message.signed;
  if (signer !== from || statement.to !== pbft.self || statement.nonce !== pbft.incarnation || pbft.follows) return;
  const proven = message.stable.state.sequence === statement.stable;
  if (!proven || faultOfCheckpoint(pbft.group, pbft.cryptography, message.stable) !== undefined) {
    return reject(pbft, from, 'standingNotProven');
  }
  pbft.answers.set(from, message);
  consider(pbft);
}

/** Draws the conclusion from what the members have answered so far. */
function consider(pbft: Pbft): void {
  const answers = [...pbft.answers.values()].map(({ signed }) => signed.statement);
  // Who became active while this very life was empty speaks of the same beginning.
  const beginners = answers.filter(({ standing, founder }) => standing === 'empty' || founder).length + 1;
  if (pbft.standing === 'empty' && mayFound(pbft, beginners)) return found(pbft);
  const old = answers.filter(
    ({ standing, founder }) => (standing === 'active' || standing === 'recovering') && !founder,
  );
  const heard = answers.filter(({ standing }) => standing === 'active').length;
  if (old.length < pbft.group.weak || heard < pbft.group.n - 1 - pbft.group.f) return;
  const proven = Math.max(...answers.map(({ stable }) => stable));
  stand(pbft, 'recovering', proven + 2 * pbft.configuration.limits.logSize, 0);
  begin(pbft);
}

/**
 * All members are at their beginning; or, after a while, a quorum: as more than f correct members of a group that exists would
 * have to be empty for that, no group is founded twice.
 */
function mayFound(pbft: Pbft, beginners: number): boolean {
  if (beginners === pbft.group.n) return true;
  return beginners >= pbft.group.quorum && pbft.now - pbft.startedAt >= pbft.configuration.timings.foundingMs;
}

function found(pbft: Pbft): void {
  pbft.founders = [...pbft.answers.values()]
    .filter(({ signed }) => signed.statement.standing === 'empty')
    .map(({ signed }) => ({ member: signed.signer, incarnation: signed.statement.incarnation }));
  stand(pbft, 'active', 0, 0);
  begin(pbft);
}

function begin(pbft: Pbft): void {
  pbft.answers.clear();
  pbft.out.stopTimer('hello');
  sendStatus(pbft);
}

import type { Address } from '@synod/actor';
import { faultOfCheckpoint } from './certificates.js';
import { spread } from './delays.js';
import { persist } from './durability.js';
import type { Hello, HelloReply } from './messages.js';
import { reject } from './rejection.js';
import { stand, standingRecord } from './standing.js';
import type { Pbft } from './state.js';
import type { Standing } from './statements.js';
import { sendStatus } from './status.js';

/*
 * Who is new (README, departure 7). A replica with an empty journal cannot know whether it is new or has lost its disk. The others
 * can: each remembers the first life of every member that it hears of, on its disk, before it vouches for that life, and vouches for
 * no other one. Who is vouched for by a quorum, itself included, takes part, however late it comes: else a member that was
 * merely slow to be heard would count among the f, beside f traitors.
 *
 * Why nobody takes part in two lives: both would have been vouched for by quorum - 1 others. Two such sets share 2 (quorum - 1) -
 * (n - 1) ≥ f members. Of the f faulty members one is the asker, who lost its disk; so one at least of those in both is correct,
 * and vouched for one life. One that lost its own disk meanwhile knows of no beginning any more, and vouches for nobody.
 */

/** The journal tells of nothing: this life is the first, as far as anybody here knows. It is one life until something is signed. */
export function beginFirstLife(pbft: Pbft): void {
  if (pbft.configuration.setAside) pbft.standing = 'lost';
  else remember(pbft, pbft.self, pbft.incarnation);
}

/** Asks every member who they are, until this replica is active or recovering. */
export function onHelloTimeout(pbft: Pbft): void {
  if (pbft.follows) return;
  pbft.out.startTimer('hello', spread(pbft.configuration.timings.statusMs));
  const signed = pbft.cryptography.sign({ type: 'hello', nonce: firstLife(pbft) });
  pbft.out.send(pbft.configuration.everyone, { kind: 'hello', signed });
  consider(pbft);
}

/**
 * Answered under our signature: whether the asker may sign must not rest on the broker. Once in a while to each, because an answer costs more than
 * the question; and to its signer only, so that nobody uses up another's turn with a hello of an earlier life.
 *
 * @paper departure from PBFT, whose replicas remember what they said (§2)
 */
export function onHello(pbft: Pbft, from: Address, { signed }: Hello): void {
  if (signed.signer !== from) return reject(pbft, from, 'helloOfAnother');
  const peer = pbft.peers.get(from)!;
  if (pbft.now - peer.greetedAt < pbft.configuration.timings.statusMs / 2) return;
  peer.greetedAt = pbft.now;
  const { nonce } = signed.statement;
  const founder = vouchFor(pbft, from, nonce);
  const { standing, view, low: stable } = pbft;
  const incarnation = firstLife(pbft);
  const claim = { type: 'standing', to: from, nonce, incarnation, standing, founder, view, stable } as const;
  pbft.out.send(from, { kind: 'helloReply', signed: pbft.cryptography.sign(claim), stable: pbft.stable });
}

/** Only who remembers the beginning of the group, because its own journal goes back to it, knows that it never heard of another life. */
function vouchFor(pbft: Pbft, member: Address, life: number): boolean {
  const known = lifeOf(pbft, member);
  if (known === undefined && lifeOf(pbft, pbft.self) !== undefined) remember(pbft, member, life);
  return lifeOf(pbft, member) === life;
}

function lifeOf({ founders }: Pbft, member: Address): number | undefined {
  return founders.find((each) => each.member === member)?.incarnation;
}

/** What this replica is known by before it takes part. */
function firstLife(pbft: Pbft): number {
  return lifeOf(pbft, pbft.self) ?? pbft.incarnation;
}

function remember(pbft: Pbft, member: Address, incarnation: number): void {
  pbft.founders = [...pbft.founders, { member, incarnation }];
  persist(pbft, standingRecord(pbft));
}

/**
 * @paper departure from PBFT
 */
export function onHelloReply(pbft: Pbft, from: Address, message: HelloReply): void {
  const { signer, statement } = message.signed;
  if (signer !== from || statement.to !== pbft.self || statement.nonce !== firstLife(pbft) || pbft.follows) return;
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
  const vouchers = answers.filter(({ founder }) => founder).length + 1;
  if (pbft.standing === 'empty' && mayFound(pbft, vouchers)) return found(pbft);
  const old = answers.filter(({ standing, founder }) => takesPart(standing) && (pbft.standing === 'lost' || !founder));
  const heard = answers.filter(({ standing }) => standing === 'active').length;
  if (old.length < pbft.group.weak || heard < pbft.group.n - 1 - pbft.group.f) return;
  const proven = Math.max(...answers.map(({ stable }) => stable));
  pbft.founders = [];
  stand(pbft, 'recovering', proven + 2 * pbft.configuration.limits.logSize, 0);
  begin(pbft);
}

function takesPart(standing: Standing): boolean {
  return standing === 'active' || standing === 'recovering';
}

/** All members vouch for this life; or, after a while, a quorum. */
function mayFound(pbft: Pbft, vouchers: number): boolean {
  if (vouchers === pbft.group.n) return true;
  return vouchers >= pbft.group.quorum && pbft.now - pbft.startedAt >= pbft.configuration.timings.foundingMs;
}

/** Who answered has a life as well, which may never have said hello to this one. */
function found(pbft: Pbft): void {
  const answered = [...pbft.answers.values()].filter(({ signed }) => lifeOf(pbft, signed.signer) === undefined);
  const lives = answered.map(({ signed }) => ({ member: signed.signer, incarnation: signed.statement.incarnation }));
  pbft.founders = [...pbft.founders, ...lives];
  stand(pbft, 'active', 0, 0);
  begin(pbft);
}

function begin(pbft: Pbft): void {
  pbft.answers.clear();
  pbft.out.stopTimer('hello');
  sendStatus(pbft);
}

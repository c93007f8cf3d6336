import { decodeReply, decodeResults, type Discovery, type Refusal, type Reply } from '@synod/api';
import { AnyCourier } from './any-courier.js';
import type { Line } from './carrier.js';
import { Directory } from './directory.js';
import { Exchange, keyOf, plausible, type Envelope, type Outcome } from './exchange.js';
import { refused, withoutRegisters } from './failure.js';
import { jittered, timing } from './limits.js';
import type { Surroundings } from './surroundings.js';

/** Hints followed one after the other before a pause. */
const mostHops = 3;

/** Carries exchanges of one group to whoever leads it, as often as it takes, until an answer or a deadline. */
export class Courier extends AnyCourier<Exchange> {
  readonly directory: Directory;
  private discoverAt = 0;
  private discoverMs = timing.discoverMs;
  /** At the present sweep, somebody waits for an answer, or for a leader. */
  private unanswered = false;

  constructor(group: string, everyone: string, line: Line, surroundings: Surroundings) {
    super(group, everyone, line, surroundings);
    this.directory = new Directory(surroundings);
  }

  submit(envelope: Envelope, outcome: Outcome): Exchange {
    const exchange = new Exchange(envelope, outcome);
    this.underWay.set(keyOf(envelope), exchange);
    this.send(exchange, this.surroundings.now());
    this.keepSweeping();
    return exchange;
  }

  /** What was sent around the break may be lost: everything again, now. */
  reconnected(): void {
    const now = this.surroundings.now();
    this.discoverMs = timing.discoverMs;
    for (const exchange of this.underWay.values()) this.send(exchange, now);
    if (this.underWay.size > 0) this.discover(now);
  }

  override discover(now: number): void {
    if (!this.line.isConnected) return;
    super.discover(now);
    this.discoverAt = now + jittered(this.discoverMs, this.surroundings);
    this.discoverMs = Math.min(this.discoverMs * 1.5, timing.discoverMaxMs);
  }

  receive(from: string, bytes: Uint8Array): void {
    const reply = decodeReply(bytes);
    const { answer } = reply;
    if (answer.kind === 'discovery') return this.discovered(from, answer, reply);
    if (!this.directory.isMember(from)) return void this.statistics.foreignReplies++;
    this.heardAt = this.surroundings.now();
    const exchange = this.underWay.get(`${reply.session}/${reply.sequence}`);
    if (exchange === undefined) return void this.statistics.strayReplies++;
    if (answer.kind === 'refusal') return this.refused(exchange, from, answer, reply.term);
    const { envelope, outcome } = exchange;
    if (answer.kind === 'decided' && outcome.decided !== undefined) {
      this.settled(exchange, from);
      return outcome.decided(answer.value, from, reply);
    }
    if (answer.kind !== 'results' || outcome.results === undefined) return void this.statistics.malformedReplies++;
    const results = decodeResults(answer.encoded);
    if (!plausible(results, reply.index, envelope)) return void this.statistics.malformedReplies++;
    if (envelope.asks === 'leader') this.follow(from, reply.term);
    this.settled(exchange, from);
    outcome.results(results, from, reply);
  }

  /** What went there alone goes to others now. */
  override denied(to: string): boolean {
    if (super.denied(to)) return true;
    this.directory.notLeading(to);
    const now = this.surroundings.now();
    for (const exchange of this.underWay.values())
      if (exchange.awaiting && exchange.target === to) this.send(exchange, now);
    return false;
  }

  private settled(exchange: Exchange, from: string): void {
    this.discoverMs = timing.discoverMs;
    exchange.answeredBy(from);
    this.drop(exchange);
  }

  private discovered(from: string, discovery: Discovery, reply: Reply): void {
    const changes = this.directory.learn(from, discovery, reply.term);
    if (!this.directory.isMember(from)) return void this.statistics.foreignReplies++;
    this.heardAt = this.surroundings.now();
    if (changes) this.redirect();
    const { replica, protocol, role, leader, members } = discovery;
    const { term, index } = reply;
    for (const listener of this.listeners) {
      listener({ replica, protocol, role, leader: leader === '' ? undefined : leader, members, term, index });
    }
  }

  private follow(leader: string, term: number): void {
    if (this.directory.hint(leader, term)) this.redirect();
  }

  /** Somebody else leads: what waits for a leader, or went to another, goes there now. */
  private redirect(): void {
    this.statistics.leaderChanges++;
    const { leader } = this.directory;
    const now = this.surroundings.now();
    for (const exchange of this.underWay.values()) {
      const elsewhere = exchange.awaiting && exchange.envelope.asks === 'leader' && exchange.target !== leader;
      if (exchange.seeksLeader || (elsewhere && leader !== undefined)) this.send(exchange, now);
    }
  }

  private refused(exchange: Exchange, from: string, refusal: Refusal, term: number): void {
    if (!exchange.refusedBy(from, refusal)) return void this.statistics.strayReplies++;
    const now = this.surroundings.now();
    switch (refusal.reason) {
      case 'tooLarge':
      case 'unauthorized':
      case 'malformed':
        return this.fail(exchange, refused(this.group, refusal, exchange.mayHaveTakenEffect));
      case 'overloaded':
        return this.pause(exchange, now, refusal.retryAfterMs);
      case 'notLeader':
      case 'steppedDown':
      case 'lost':
      case 'unavailable':
        this.directory.notLeading(from);
        exchange.seeksLeader = exchange.envelope.asks === 'leader' && ++exchange.hops <= mostHops;
        this.follow(refusal.leader, term);
    }
    if (exchange.awaiting) return;
    if (exchange.seeksLeader && this.directory.leader !== undefined) return this.send(exchange, now);
    this.pause(exchange, now, 0);
    if (this.discoverAt <= now) this.discover(now);
  }

  private pause(exchange: Exchange, now: number, atLeastMs: number): void {
    exchange.hops = 0;
    exchange.nextSendAt = now + jittered(exchange.refusedMs, this.surroundings) + atLeastMs;
    exchange.refusedMs = Math.min(exchange.refusedMs * 2, timing.refusedMaxMs);
  }

  /** Without anybody to send to, the exchange waits for discovery; without a connection, for that. */
  private send(exchange: Exchange, now: number): void {
    const { envelope } = exchange;
    const target = this.targetOf(exchange);
    if (target !== undefined && !this.directory.answers(envelope.kind)) {
      return this.fail(exchange, withoutRegisters(this.group, this.directory.protocol));
    }
    if (target === undefined || !this.line.isConnected) {
      exchange.seeksLeader = true;
      exchange.nextSendAt = now + timing.discoverMs;
      return;
    }
    this.statistics.sent++;
    if (exchange.sends > 0) this.statistics.resent++;
    exchange.sentTo(target, now);
    exchange.nextSendAt = now + jittered(exchange.resendMs, this.surroundings);
    this.line.publish(target, envelope.kind, envelope.bytes, envelope.context);
  }

  /** Whoever wants a register to be decided asks the leader first: those who all ask one proposer do not get in each other's way. */
  private targetOf({ envelope, sends }: Exchange): string | undefined {
    const { leader } = this.directory;
    const wantsLeader = envelope.asks === 'leader' || (envelope.asks === 'leaderFirst' && sends === 0);
    if (wantsLeader && leader !== undefined && !this.isDenied(leader)) return leader;
    return this.directory.next((member) => !this.isDenied(member));
  }

  protected override lookAfter(exchange: Exchange, now: number): void {
    this.unanswered ||= exchange.seeksLeader || (exchange.awaiting && now - exchange.sentAt > timing.silenceMs);
    if (now >= exchange.nextSendAt) this.resend(exchange, now);
  }

  protected override swept(now: number): void {
    const { unanswered } = this;
    this.unanswered = false;
    if (unanswered && now >= this.discoverAt) this.discover(now);
  }

  /** A second silence in a row: the one we take for the leader may be gone, and nobody tells us. */
  private resend(exchange: Exchange, now: number): void {
    if (exchange.awaiting) {
      if (exchange.resendMs > timing.resendMs && exchange.target !== undefined) {
        this.directory.notLeading(exchange.target);
      }
      exchange.resendMs = Math.min(exchange.resendMs * 2, timing.resendMaxMs);
    }
    this.send(exchange, now);
  }
}

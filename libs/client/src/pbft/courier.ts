import { decodeResults, type Refusal } from '@synod/api';
import { sharedBy, vouchedFor } from '@synod/pbft-wire';
import type { Result } from '@synod/pbft-wire';
import { AnyCourier } from '../any-courier.js';
import type { Line } from '../carrier.js';
import type { Description } from '../description.js';
import { keyOf, plausible, type Envelope, type Exchange, type Outcome } from '../exchange.js';
import { refused, withoutRegisters } from '../failure.js';
import { jittered, timing } from '../limits.js';
import type { Surroundings } from '../surroundings.js';
import { agreeing, Consultation, type Question } from './consultation.js';
import { Questions } from './questions.js';
import type { Trust } from './trust.js';

const protocol = 'pbft';

/**
 * Carries messages to all members of a group of which some may lie, and believes what enough of them say alike, each under its own
 * signature. Who the members are is known beforehand; nothing that anybody says changes it.
 *
 * @paper PBFT §4.1; TOCS §5.1.3
 */
export class PbftCourier extends AnyCourier<Consultation> {
  readonly directory;
  private readonly questions: Questions;

  constructor(
    group: string,
    everyone: string,
    line: Line,
    surroundings: Surroundings,
    private readonly trust: Trust,
  ) {
    super(group, everyone, line, surroundings);
    const { members } = trust.keys;
    this.directory = { members, protocol };
    this.questions = new Questions(line.user, line.client, trust);
  }

  override nextOpening(from?: number): number {
    return this.trust.openingNumber(from);
  }

  submit(envelope: Envelope, outcome: Outcome): Exchange {
    const consultation = new Consultation(envelope, outcome);
    this.underWay.set(keyOf(envelope), consultation);
    if (envelope.kind === 'decide') {
      this.surroundings.soon(() => {
        if (this.underWay.has(keyOf(envelope))) this.fail(consultation, withoutRegisters(this.group, protocol));
      });
      return consultation;
    }
    const { questions } = this;
    consultation.questions.push(envelope.kind === 'read' ? questions.read(envelope) : questions.order(envelope));
    this.send(consultation, this.surroundings.now());
    this.keepSweeping();
    return consultation;
  }

  reconnected(): void {
    const now = this.surroundings.now();
    for (const consultation of this.underWay.values()) this.send(consultation, now);
  }

  receive(from: string, bytes: Uint8Array): void {
    const reply = this.questions.messages.decode(`reply.${this.line.client}`, bytes);
    if (!this.questions.answers.group.has(from)) return void this.statistics.foreignReplies++;
    if (reply.kind !== 'reply') return void this.statistics.malformedReplies++;
    this.heardAt = this.surroundings.now();
    const { answer, session, sequence } = reply;
    if (answer.kind === 'discovery') return this.tell(answer);
    const consultation = this.underWay.get(`${session}/${sequence}`);
    if (consultation === undefined) return void this.statistics.strayReplies++;
    if (answer.kind === 'results') return this.answered(consultation, from, answer);
    const { reason, retryAfterMs } = answer;
    this.refused(consultation, from, { kind: 'refusal', reason, retryAfterMs, leader: '', detail: '' });
  }

  /** One member's word about the group, for people: nothing here depends on it. */
  private tell(said: Omit<Description, 'protocol' | 'leader' | 'term' | 'index'> & { primary: string; view: number }) {
    const { replica, role, primary: leader, members, view: term } = said;
    for (const listener of this.listeners) listener({ replica, protocol, role, leader, members, term, index: 0 });
  }

  private answered(consultation: Consultation, from: string, result: Result): void {
    const { answers } = this.questions;
    const question = consultation.questions.find(({ digest }) => answers.isGenuine(from, result, digest));
    if (question === undefined) return void this.statistics.malformedReplies++;
    question.answers.set(from, result);
    const agreed = agreeing(question);
    if (agreed !== undefined) return this.settle(consultation, question, agreed);
    this.considerOrder(consultation);
  }

  private settle(consultation: Consultation, question: Question, agreed: ReadonlyMap<string, Result>): void {
    const { envelope, outcome } = consultation;
    const all = [...agreed.values()];
    const { weak } = this.questions.answers.group;
    const positions = all.map(({ index }) => index);
    const index = question.asked.kind === 'read' ? vouchedFor(positions, weak) : sharedBy(positions, weak);
    const results = decodeResults(all[0]!.results);
    if (outcome.results === undefined || !plausible(results, index, envelope)) {
      return void this.statistics.malformedReplies++;
    }
    consultation.settle();
    this.drop(consultation);
    const views = all.map(({ signed }) => signed.statement.view);
    const sequences = all.flatMap(({ signed: { statement } }) => (statement.whole ? [statement.sequence] : []));
    outcome.results(results, [...agreed.keys()].at(-1)!, {
      index,
      term: vouchedFor(views, weak),
      ageMs: Math.max(...all.map(({ ageMs }) => ageMs)),
      traceId: undefined,
      executedIn: sharedBy(sequences, Math.min(weak, sequences.length)),
      certificate: () => this.questions.certificate(question, all.slice(0, question.needed)),
    });
  }

  private refused(consultation: Consultation, from: string, refusal: Refusal): void {
    const { weak, n } = this.questions.answers.group;
    consultation.takeRefusal(from, refusal, weak);
    if (consultation.refusedAs('tooLarge') >= weak) {
      // No refusal is signed: who only speaks in members' names at the broker could say it, and another copy be executed.
      return this.fail(consultation, refused(this.group, refusal, consultation.mayHaveTakenEffect));
    }
    if (this.considerOrder(consultation) || consultation.heard < n) return;
    const now = this.surroundings.now();
    consultation.nextSendAt = now + jittered(consultation.refusedMs, this.surroundings) + refusal.retryAfterMs;
    consultation.refusedMs = Math.min(consultation.refusedMs * 2, timing.refusedMaxMs);
  }

  /**
   * As many as may be waited for have answered a read, and not alike: it is ordered as a request, and then nobody's answer depends
   * on when it was asked.
   *
   * @paper PBFT §4.1: "retransmits the request as a regular read-write request"
   */
  private considerOrder(consultation: Consultation): boolean {
    const { n, f } = this.questions.answers.group;
    if (!mayBeOrdered(consultation) || consultation.heard < n - f) return false;
    this.order(consultation);
    return true;
  }

  private order(consultation: Consultation): void {
    consultation.questions.push(this.questions.order(consultation.envelope));
    this.send(consultation, this.surroundings.now());
  }

  /**
   * To all that have not answered it, or whose places differ: members may have answered different copies of a read that was ordered,
   * and agree on a further one. The first time, too: libs/pbft/README.md, departure 11. A read in one round trip goes as one message,
   * since the broker lets clients multicast those.
   */
  private send(consultation: Consultation, now: number): void {
    const { question, envelope } = consultation;
    if (question === undefined) return;
    if (!this.line.isConnected) {
      consultation.nextSendAt = now + timing.discoverMs;
      return;
    }
    this.statistics.sent++;
    if (consultation.sends > 0) this.statistics.resent++;
    consultation.sentToAll(now);
    consultation.nextSendAt = now + jittered(consultation.resendMs, this.surroundings);
    const { payload, answers, asked, isPlaced } = question;
    if (asked.kind === 'read') return this.line.publish(this.everyone, 'read', payload, envelope.context);
    for (const member of this.directory.members) {
      if (this.isDenied(member)) continue;
      if (isPlaced || !answers.has(member)) this.line.publish(member, 'request', payload, envelope.context);
    }
  }

  protected override lookAfter(consultation: Consultation, now: number): void {
    if (mayBeOrdered(consultation) && consultation.sends > 0 && now - consultation.sentAt > timing.silenceMs) {
      this.order(consultation);
    } else if (now >= consultation.nextSendAt) this.resend(consultation, now);
  }

  private resend(consultation: Consultation, now: number): void {
    if (consultation.awaiting) consultation.resendMs = Math.min(consultation.resendMs * 2, timing.resendMaxMs);
    this.send(consultation, now);
  }
}

/** A linearizable read that was not ordered yet. */
function mayBeOrdered({ envelope, questions }: Consultation): boolean {
  return envelope.kind === 'read' && envelope.asks !== 'anybody' && questions.length === 1;
}

import type { Address } from '@synod/actor';
import { DecodeError, decodeRequestBatch, encodeReply, encodeRequestBatch, readReadHeader, readRequestHeader } from '@synod/api'; // prettier-ignore
import type { Answer as ApiAnswer } from '@synod/api';
import { Group, digestOfRead, leafOf, requestDigest, rootFrom } from '@synod/pbft-core';
import type { Command, Cryptography, Message, Read, Reply, Signed } from '@synod/pbft-core';
import { pbftMessages, signedBytes } from '@synod/pbft-wire';
import type { Bus, Connection, ConnectionStatus, Process, Receive } from '@synod/simulator';
import { domain } from '../keys.js';
import type { KeyRing } from '../keys.js';
import { Question } from './question.js';
import type { Answer } from './question.js';
import type { ClientRules } from './rules.js';

/** What a client was brought to believe. */
export interface Believed {
  readonly signed: Signed<Command> | undefined;
  readonly results: Uint8Array;
}

export interface DoorParts {
  readonly members: readonly Address[];
  readonly ring: KeyRing;
  readonly rules: ClientRules;
  readonly now: () => number;
  readonly believed: (what: Believed) => void;
}

/** A read that no quorum has answered alike by then is ordered. */
const fallBackMs = 300;
/** A question that the members refused for now is asked again after this. */
const againMs = 120;
/** LIMIT: questions that one connection remembers; whoever waits for an older one asks it again. */
const questionsMost = 512;
/** Openings are numbered by the clock, in microseconds, above all numbers of reads. */
const openingsFrom = 1_000_000_000;

const messages = pbftMessages(domain);

/**
 * A client of PBFT, small: it stands between the production client and the bus, signs what is asked, sends it to all members,
 * and lets the client have an answer when enough of them say the same (§4.1). To the client it looks like a group with a leader
 * that never changes. To be replaced by the production client once that speaks PBFT itself.
 */
export class Door implements Bus {
  private readonly numbers = new Map<Address, number>();

  constructor(
    private readonly bus: Bus,
    private readonly parts: DoorParts,
  ) {}

  connect(process: Process): Connection {
    return new DoorConnection(this.bus.connect(process), process, this.parts, () => this.nextOpening(process.address));
  }

  /** Rising for each user, whichever of his processes asks. */
  private nextOpening(user: Address): number {
    const now = openingsFrom + Math.floor(this.parts.now() * 1000);
    const number = Math.max(now, (this.numbers.get(user) ?? 0) + 1);
    this.numbers.set(user, number);
    return number;
  }
}

class DoorConnection implements Connection {
  onStatus: (status: ConnectionStatus) => void = () => undefined;
  private readonly group: Group;
  private readonly cryptography: Cryptography;
  private receive: Receive = () => undefined;
  /** By what answers to them repeat. */
  private readonly questions = new Map<string, Question>();
  /** Openings, by the client's own number. */
  private readonly openings = new Map<number, Question>();
  private subject = { cluster: '', group: '' };
  private client = '';

  constructor(
    private readonly inner: Connection,
    private readonly process: Process,
    private readonly parts: DoorParts,
    private readonly nextOpening: () => number,
  ) {
    this.group = new Group(parts.members);
    this.cryptography = parts.ring.cryptographyOf('user', process.address);
    inner.onStatus = (status) => this.onStatus(status);
  }

  get connected(): boolean {
    return this.inner.connected;
  }

  publish(subject: string, payload: Uint8Array): void {
    const [, cluster = '', group = '', , , kind] = subject.split('.');
    this.subject = { cluster, group };
    const bytes = Uint8Array.from(payload);
    if (kind === 'request') this.ask(this.requestFor(bytes));
    else if (kind === 'read') this.read(bytes);
    else this.inner.publish(subject, payload);
  }

  subscribe(pattern: string, receive: Receive): () => void {
    this.receive = receive;
    return this.inner.subscribe(pattern, (subject, payload) => this.hear(subject, payload));
  }

  close(): void {
    this.questions.clear();
    this.inner.close();
  }

  private requestFor(bytes: Uint8Array): Question {
    const { client, session, sequence } = readRequestHeader(bytes);
    this.client = client;
    if (session === 0) return this.openingFor(bytes, sequence);
    return this.known(`${session}/${sequence}`) ?? this.remember(sequence, this.sign('operations', bytes));
  }

  private openingFor(bytes: Uint8Array, sequence: number): Question {
    const known = this.openings.get(sequence);
    if (known !== undefined) return known;
    const numbered = encodeRequestBatch({ ...decodeRequestBatch(bytes), sequence: this.nextOpening() });
    const question = this.remember(sequence, this.sign('operations', numbered));
    this.openings.set(sequence, question);
    return question;
  }

  private read(bytes: Uint8Array): void {
    const { client, sequence, level, maxAgeMs } = readReadHeader(bytes);
    this.client = client;
    if (level === 'discover') return this.process.later(0, () => this.describe(sequence));
    const known = this.known(`0/${sequence}`);
    if (known !== undefined) return this.ask(known);
    const read: Read = { kind: 'read', client, sequence, level, maxAgeMs, queries: bytes };
    const how = level === 'stale' ? 'stale' : 'read';
    const asked = digestOfRead(this.cryptography, bytes);
    const question = new Question(sequence, how, read, asked, maxAgeMs, this.group, this.parts.rules);
    this.keep(`0/${sequence}`, question);
    this.ask(question);
    if (how === 'read') this.process.later(fallBackMs, () => question.how === 'read' && this.order(question));
  }

  /** No quorum answers alike: the read goes through the order. */
  private order(question: Question): void {
    if (this.known(`0/${question.sequence}`) !== question || question.message.kind !== 'read') return;
    const signed = this.sign('queries', question.message.queries);
    question.order(signed, requestDigest(this.cryptography, signed));
    this.ask(question);
  }

  private sign(holds: Command['holds'], batch: Uint8Array): Signed<Command> {
    const { client, session, sequence } =
      holds === 'operations' ? readRequestHeader(batch) : { ...readReadHeader(batch), session: 0 };
    return this.cryptography.sign({ type: 'request', client, session, sequence, holds, batch });
  }

  private remember(sequence: number, signed: Signed<Command>): Question {
    const asked = requestDigest(this.cryptography, signed);
    const message: Message = { kind: 'request', signed };
    const question = new Question(sequence, 'ordered', message, asked, 0, this.group, this.parts.rules);
    return this.keep(`${signed.statement.session}/${signed.statement.sequence}`, question);
  }

  private known(key: string): Question | undefined {
    return this.questions.get(key);
  }

  private keep(key: string, question: Question): Question {
    this.questions.set(key, question);
    for (const oldest of this.questions.keys()) {
      if (this.questions.size <= questionsMost) break;
      this.questions.delete(oldest);
    }
    return question;
  }

  /** "If the client does not receive replies soon enough, it broadcasts the request to all replicas" (§4.1): here at once. */
  private ask({ message }: Question): void {
    const { cluster, group } = this.subject;
    const bytes = messages.encode(message);
    for (const member of this.parts.members)
      this.inner.publish(`synod.${cluster}.${group}.${this.process.address}.${member}.${message.kind}`, bytes);
  }

  private hear(subject: string, payload: Uint8Array): void {
    const [, , , from = '', , ...kind] = subject.split('.');
    let message: Message;
    try {
      message = messages.decode(kind.join('.'), payload);
    } catch (error) {
      if (error instanceof DecodeError) return;
      throw error;
    }
    if (message.kind === 'reply') this.heard(from, message);
  }

  private heard(from: Address, reply: Reply): void {
    const key = `${reply.session}/${reply.sequence}`;
    const question = this.known(key);
    if (question === undefined || !this.group.has(from)) return;
    const { answer } = reply;
    if (answer.kind === 'refused') {
      question.refused(from, answer.reason);
      if (answer.reason === 'overloaded' || answer.reason === 'unavailable') this.askAgain(key, question);
    } else if (answer.kind === 'results' && this.isProven(from, question, answer)) question.answered(from, answer);
    const { answer: conclusion } = question;
    if (conclusion?.kind === 'order') this.order(question);
    else if (conclusion !== undefined) this.conclude(key, question, conclusion);
  }

  private readonly again = new Set<Question>();

  private askAgain(key: string, question: Question): void {
    if (this.again.has(question)) return;
    this.again.add(question);
    this.process.later(againMs, () => {
      this.again.delete(question);
      if (this.known(key) === question) this.ask(question);
    });
  }

  private isProven(from: Address, question: Question, answer: Extract<Reply['answer'], { kind: 'results' }>): boolean {
    const { rules, ring } = this.parts;
    if (!rules.proven) return true;
    const { signed, place, path, index, results } = answer;
    const leaf = leafOf(this.cryptography, { asked: question.asked, index, results });
    const root = rootFrom(this.cryptography, leaf, place, signed.statement.count, path);
    const key = ring.keys.replica(from);
    if (root !== signed.statement.root || signed.signer !== from || key === undefined) return false;
    return ring.verify(key, signedBytes(signed.bytes), signed.signature);
  }

  private conclude(key: string, question: Question, answer: Exclude<Answer, { kind: 'order' }>): void {
    this.questions.delete(key);
    this.openings.delete(question.sequence);
    const session = Number(key.split('/')[0]);
    if (answer.kind === 'refused') {
      const refusal: ApiAnswer = { kind: 'refusal', reason: answer.reason, leader: '', retryAfterMs: 0, detail: '' };
      return this.tell(session, question.sequence, refusal, 0, 0);
    }
    const { results, index, ageMs } = answer;
    const signed = question.message.kind === 'request' ? question.message.signed : undefined;
    this.parts.believed({ signed, results });
    this.tell(session, question.sequence, { kind: 'results', encoded: results }, index, Math.ceil(ageMs));
  }

  /** To the client it is a group with a leader, and none whose members it has to judge itself. */
  private describe(sequence: number): void {
    const { members } = this.parts;
    const [leader = ''] = members;
    const kinds = ['request', 'read'];
    const answer: ApiAnswer = {
      ...{ kind: 'discovery', replica: leader, protocol: 'behind-a-door', role: 'leader' },
      ...{ leader, members, kinds },
    };
    this.tell(0, sequence, answer, 0, 0);
  }

  /** In the name of the first member, which the client takes for the leader. */
  private tell(session: number, sequence: number, answer: ApiAnswer, index: number, ageMs: number): void {
    const { cluster, group } = this.subject;
    const subject = `synod.${cluster}.${group}.${this.parts.members[0]}.${this.process.address}.reply.${this.client}`;
    this.receive(subject, encodeReply({ session, sequence, answer, index, term: 1, ageMs, traceId: undefined }));
  }
}

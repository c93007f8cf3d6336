import { HashSum } from '../hash.js';
import { PageReader, PageWriter } from '../pages.js';
import type { SnapshotTarget } from '../state-machine.js';
import { Session } from './session.js';

// Stream: number of sessions, hash; then per session, in the order of last use: lengths, numbers, user, then its answers.
// It ends with a page of its own; the pages after that are the state machine's.
const headerBytes = 16;
const sessionHeaderBytes = 32;
const answerHeaderBytes = 20;

/** Pages of frozen sessions, then the state machine's. */
export function* sessionsThenMachine(
  sessions: readonly Session[],
  { low, high }: HashSum,
  machine: Iterator<Uint8Array>,
): Generator<Uint8Array, undefined> {
  const frozen = { count: sessions.length, low, high };
  try {
    yield* sessionPages(sessions, frozen);
    for (let page = machine.next(); !page.done; page = machine.next()) yield page.value;
  } finally {
    machine.return?.();
  }
  return undefined;
}

function* sessionPages(
  sessions: readonly Session[],
  { count, low, high }: { readonly count: number; readonly low: number; readonly high: number },
): Generator<Uint8Array, void> {
  const writer = new PageWriter();
  writer.integer(count);
  writer.uint32(low);
  writer.uint32(high);
  for (const session of sessions) {
    writeSession(writer, session);
    for (const [sequence, { requestLow, requestHigh, results }] of session.answers) {
      writer.integer(sequence);
      writer.uint32(requestLow);
      writer.uint32(requestHigh);
      writer.uint32(results.length);
      writer.bytes(results);
      while (writer.hasPage) yield writer.take();
    }
    while (writer.hasPage) yield writer.take();
  }
  if (!writer.isEmpty) yield writer.take();
}

function writeSession(writer: PageWriter, session: Session): void {
  writer.uint32(session.user.length);
  writer.uint32(session.answers.size);
  writer.integer(session.id);
  writer.integer(session.lastUsed);
  writer.integer(session.acknowledgedThrough);
  for (let i = 0; i < session.user.length; i++) writer.uint32(session.user.charCodeAt(i));
}

/** Takes the pages of sessions, then hands the others to the state machine; nothing is in use before all are right. */
export class SessionsTarget implements SnapshotTarget {
  private readonly reader = new PageReader();
  private readonly sessions: Session[] = [];
  private expected: { readonly count: number; readonly low: number; readonly high: number } | undefined;
  /** The session being read and how many of its answers are still to come. */
  private current: Session | undefined;
  private answersLeft = 0;
  private isComplete = false;

  constructor(
    private readonly machine: SnapshotTarget,
    private readonly handOver: (sessions: readonly Session[], sum: HashSum) => void,
  ) {}

  page(bytes: Uint8Array): void {
    if (this.isComplete) return this.machine.page(bytes);
    const { reader } = this;
    reader.push(bytes);
    if (this.expected === undefined && reader.available >= headerBytes) {
      this.expected = { count: reader.integer(), low: reader.uint32() | 0, high: reader.uint32() | 0 };
    }
    if (this.expected === undefined) return;
    while (this.answersLeft > 0 ? this.readAnswer() : this.readSession(this.expected.count));
    this.isComplete = this.sessions.length === this.expected.count && this.answersLeft === 0;
    if (this.isComplete && reader.available > 0) throw new Error('a snapshot with more sessions than it states');
  }

  finish(): void {
    const sum = new HashSum();
    for (const session of this.sessions) session.addTo(sum);
    if (!this.isComplete) throw new Error('a snapshot whose sessions are not whole');
    if (sum.low !== this.expected?.low || sum.high !== this.expected.high) {
      throw new Error('a snapshot whose sessions do not have the hash that it states');
    }
    this.machine.finish();
    this.handOver(this.sessions, sum);
  }

  private readSession(count: number): boolean {
    const { reader } = this;
    if (this.sessions.length === count || reader.available < sessionHeaderBytes) return false;
    const length = reader.peekUint32(0);
    if (reader.available < sessionHeaderBytes + length * 4) return false;
    reader.take(4);
    this.answersLeft = reader.uint32();
    const id = reader.integer();
    const lastUsed = reader.integer();
    const acknowledgedThrough = reader.integer();
    let user = '';
    for (let i = 0; i < length; i++) user += String.fromCharCode(reader.uint32());
    this.current = new Session(id, user, 0);
    this.current.lastUsed = lastUsed;
    this.current.acknowledge(acknowledgedThrough);
    this.sessions.push(this.current);
    return true;
  }

  private readAnswer(): boolean {
    const { reader } = this;
    if (reader.available < answerHeaderBytes) return false;
    const length = reader.peekUint32(16);
    if (reader.available < answerHeaderBytes + length) return false;
    const sequence = reader.integer();
    const requestLow = reader.uint32() | 0;
    const requestHigh = reader.uint32() | 0;
    reader.take(4);
    this.current!.keep(sequence, { requestLow, requestHigh, results: reader.take(length).slice() });
    this.answersLeft--;
    return true;
  }
}

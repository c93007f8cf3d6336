import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import { currentAt, preparedThrough } from './freshness.js';
import type { Read } from './messages.js';
import { refuseRead } from './refusal.js';
import { digestOfRead, sendAnswers } from './replies.js';
import type { Answer } from './replies.js';
import type { Pbft } from './state.js';
import type { Sequence } from './statements.js';

/** `after`: it is answered when everything through here is executed. */
export interface WaitingRead {
  readonly from: Address;
  readonly read: Read;
  readonly after: Sequence;
}

/**
 * A read in one round trip: a client takes a result that a quorum gives alike. A replica answers only when it has executed
 * everything that had prepared here when the read came, and that makes it linearizable though writes are answered by f + 1:
 *
 *   A write that is over has been executed by a correct replica, so a quorum sent COMMIT for it, of which at least f + 1 were
 *   correct and had prepared it. Every quorum of answers contains one of those, which answered from a state that has it. Let p be
 *   the highest position from which a correct member of the quorum answered: the read takes place there. What is at p was
 *   prepared by f + 1 correct replicas before the read was over, so a later read's quorum has one that answers from p or later.
 *
 * Where a quorum does not answer alike, because writes go on, or because faulty replicas see to it, the client has its read
 * ordered as a request: no replica waits for another here, so nothing can be blocked by reads (arXiv 2107.11144).
 *
 * @paper PBFT §4.1; TOCS §5.1.3
 */
export function onRead(pbft: Pbft, from: Address, read: Read): void {
  if (read.level === 'discover') return describe(pbft, from, read);
  if (!pbft.votes || pbft.installing !== undefined || pbft.replay.size > 0)
    return refuseRead(pbft, from, read, 'unavailable');
  if (isTooOld(pbft, read)) return refuseRead(pbft, from, read, 'noQuorum');
  if (!hasRoomForReads(pbft)) return refuseRead(pbft, from, read, 'overloaded');
  const after = read.level === 'stale' ? pbft.executed.sequence : preparedThrough(pbft);
  pbft.reads.push({ from, read, after });
  pbft.readBytes += read.queries.length;
  pbft.out.startTimer('reads', { minMs: 0, maxMs: 0 });
}

/** A read waits as long as nothing commits, however many there are and however large. */
export function hasRoomForReads({ reads, readBytes, configuration: { limits } }: Pbft): boolean {
  return reads.length < limits.waitingReads && readBytes < limits.clientBytes;
}

/** The turn is over: as much again may be answered. */
export function onReadsTimeout(pbft: Pbft): void {
  pbft.answeredBytes = 0;
  answerReads(pbft);
}

/**
 * The turn is over, or something was executed: all that may be answered now go under one signature. A small question may have a
 * large answer, so what is answered in one turn is bounded as what is executed is: others have theirs in between.
 */
export function answerReads(pbft: Pbft): void {
  if (pbft.reads.length === 0 || !pbft.votes) return;
  const { sequence, position } = pbft.executed;
  const answers: Answer[] = [];
  const later: WaitingRead[] = [];
  for (const waiting of pbft.reads) {
    if (waiting.after > sequence || !mayAnswer(pbft)) {
      later.push(waiting);
      continue;
    }
    if (isTooOld(pbft, waiting.read)) {
      refuseRead(pbft, waiting.from, waiting.read, 'noQuorum'); // since it came
      continue;
    }
    const answer = answerTo(pbft, waiting, position);
    pbft.answeredBytes += answer.results.length;
    answers.push(answer);
  }
  if (!mayAnswer(pbft)) pbft.out.startTimer('reads', { minMs: 0, maxMs: 0 });
  pbft.reads = later;
  pbft.readBytes = later.reduce((sum, { read }) => sum + read.queries.length, 0);
  sendAnswers(pbft, sequence, false, answers);
}

function mayAnswer({ answeredBytes, configuration }: Pbft): boolean {
  return answeredBytes < configuration.limits.executeBytes;
}

function answerTo(pbft: Pbft, { from, read }: WaitingRead, index: number): Answer {
  const { client, sequence, queries, level } = read;
  const results = pbft.service.query(from, queries);
  const asked = digestOfRead(pbft.cryptography, queries);
  const ageMs = level === 'stale' ? ageOf(pbft) : 0;
  return { to: from, client, session: 0, sequence, asked, results, index, ageMs };
}

function isTooOld(pbft: Pbft, { level, maxAgeMs }: Read): boolean {
  if (level !== 'stale') return false;
  const ageMs = ageOf(pbft);
  return !Number.isFinite(ageMs) || (maxAgeMs > 0 && ageMs > maxAgeMs);
}

function ageOf(pbft: Pbft): number {
  return Math.ceil(pbft.now - currentAt(pbft));
}

/** Who is here, and who is primary: what a client asks first. */
function describe(pbft: Pbft, to: Address, { client, sequence }: Read): void {
  const { self: replica, primary, view, isPrimary, standing, active, group } = pbft;
  const role = standing !== 'active' ? standing : !active ? 'changing' : isPrimary ? 'primary' : 'backup';
  const answer = { kind: 'discovery', replica, role, primary, view, members: group.members } as const;
  pbft.out.send(to, { kind: 'reply', client, session: 0, sequence, answer }, none);
}

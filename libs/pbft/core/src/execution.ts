import { invariant } from '@synod/actor';
import type { Token } from '@synod/actor';
import type { Batch } from './batch.js';
import { takeCheckpoint } from './checkpoints.js';
import { considerBatch } from './clients.js';
import type { Event } from './events.js';
import { extendHistory } from './history.js';
import { madeProgress } from './patience.js';
import { answerBatch } from './replies.js';
import { answerReads } from './reads.js';
import type { Recalled } from './service.js';
import { considerTransfer, resume } from './state-transfer.js';
import type { Pbft } from './state.js';
import type { Command, Digest, Sequence, Signed } from './statements.js';

/** What a client is to be told. */
export interface Executed {
  readonly asked: Digest;
  readonly signed: Signed<Command>;
  readonly results: Uint8Array;
  readonly index: number;
}

export interface Next {
  readonly sequence: Sequence;
  readonly digest: Digest;
  readonly batch: Batch;
  readonly token: Token;
}

/**
 * "Each replica i executes the operation requested by m after committed-local(m, v, n, i) is true and i's state reflects the
 * sequential execution of all requests with lower sequence numbers." A bounded stretch in a turn; and nothing beyond a place
 * at which the state is to be frozen, until it is.
 *
 * @paper PBFT §4.2
 */
export function executeCommitted(pbft: Pbft): void {
  while (mayExecute(pbft)) {
    const sequence = pbft.executed.sequence + 1;
    const slot = pbft.log.at(sequence);
    if (slot?.committed === undefined) break;
    const answers = execute(pbft, { sequence, ...slot.committed, token: slot.token }, 'committed');
    answerBatch(pbft, sequence, answers);
    if (sequence <= pbft.low) pbft.log.discard(pbft.low, sequence);
  }
  considerTransfer(pbft);
  considerBatch(pbft);
}

export function mayExecute(pbft: Pbft): boolean {
  const { installing, snapshotDue, replay } = pbft;
  return installing === undefined && !snapshotDue && replay.size === 0 && hasTime(pbft);
}

function hasTime(pbft: Pbft): boolean {
  return pbft.executedBytes < pbft.configuration.limits.executeBytes;
}

/** The turn is over: another stretch may be executed. */
export function onExecuteTimeout(pbft: Pbft): void {
  pbft.executedBytes = 0;
  executeAgain(pbft);
  executeCommitted(pbft);
  resume(pbft);
}

/** What the journal says was executed in a former life. Nobody waits for an answer to it. */
export function executeAgain(pbft: Pbft): void {
  const { replay } = pbft;
  while (replay.size > 0 && pbft.installing === undefined && !pbft.snapshotDue && hasTime(pbft)) {
    execute(pbft, replay.take()!, 'again');
  }
}

/**
 * What opens a session has its position for an answer. Ordered twice, as when a new primary did not know that it was, it is answered
 * the same both times: "the replicas simply re-send the reply" (§4.1).
 */
function openedBefore({ service }: Pbft, { signer, statement }: Signed<Command>): Recalled | undefined {
  return statement.session === 0 ? service.recall(signer, statement.batch) : undefined;
}

/** Executes the batch that comes next, whoever vouches for it. */
export function execute(pbft: Pbft, next: Next, how: Extract<Event, { kind: 'executed' }>['how']): readonly Executed[] {
  const { sequence, digest, batch } = next;
  invariant(sequence === pbft.executed.sequence + 1, `batch ${sequence} would follow batch ${pbft.executed.sequence}`);
  let { position } = pbft.executed;
  const { requests } = batch.identity(pbft.cryptography);
  const answers = batch.requests.map((signed, place) => {
    const { holds, batch: bytes } = signed.statement;
    const asked = requests[place]!;
    if (holds === 'queries')
      return { asked, signed, results: pbft.service.query(signed.signer, bytes), index: position };
    const index = ++position;
    const results = pbft.service.apply(index, signed.signer, bytes);
    return { asked, signed, ...(openedBefore(pbft, signed) ?? { results, index }) };
  });
  const history = extendHistory(pbft.cryptography, pbft.executed.history, sequence, digest);
  pbft.executed = { sequence, position, history };
  pbft.tail.put(next);
  pbft.sinceSnapshot.bytes += batch.sizeBytes;
  pbft.sinceSnapshot.batches++;
  pbft.executedBytes += answers.reduce((sum, { results }) => sum + results.length, batch.sizeBytes);
  pbft.out.startTimer('execute', { minMs: 0, maxMs: 0 });
  pbft.statistics.executedBatches++;
  pbft.statistics.executedRequests += batch.requests.length;
  const { sizeBytes } = batch;
  pbft.out.observe({ kind: 'executed', sequence, digest, requests: batch.requests.length, sizeBytes, how });
  madeProgress(pbft, batch);
  if (sequence % pbft.configuration.limits.checkpointInterval === 0) takeCheckpoint(pbft);
  answerReads(pbft);
  return answers;
}

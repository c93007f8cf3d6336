import type { Chunk, Printer, SnapshotId } from '@synod/actor';
import { printQueries, printRequest, printResults } from '@synod/api';
import type { EntryBatch } from '@synod/log';
import type { Event, Message, RaftVocabulary, Record, Reply } from '@synod/raft-core';

/** One line for a message, in the words of the paper: `requestVote t1 last=0.0`. */
function printMessage(message: Message): string {
  const { kind } = message;
  switch (kind) {
    case 'requestVote': {
      const handover = message.handover ? ' handover' : '';
      return `${message.phase === 'preVote' ? 'preVote' : kind} t${message.term} last=${message.lastTerm}.${message.lastIndex}${handover}`;
    }
    case 'requestVoteReply':
      return `${message.phase === 'preVote' ? 'preVoteReply' : kind} t${message.term} ${message.granted ? 'granted' : 'refused'}`;
    case 'appendEntries': {
      const { term, prevTerm, prevIndex, batches, commit, round, followers } = message;
      const entries = batches.length > batchesPrinted ? printMany(batches) : batches.map(printBatch).join(' ');
      return `${kind} t${term} prev=${prevTerm}.${prevIndex} [${entries}] commit=${commit}${round > 0 ? ` round=${round}` : ''} for ${followers.join(' ') || 'nobody'}`;
    }
    case 'appendEntriesReply': {
      const { term, round, voting } = message;
      return `${kind} t${term} ${printOutcome(message.outcome)}${round > 0 ? ` round=${round}` : ''}${voting ? '' : ' not voting'}`;
    }
    case 'installSnapshot':
      return `${kind} t${message.term} ${printChunk(message.chunk)}`;
    case 'installSnapshotReply':
      return `${kind} t${message.term} ${printSnapshot(message.snapshot)} held=${message.heldBytes} ${message.state}`;
    case 'timeoutNow':
      return `${kind} t${message.term}`;
    case 'hello':
      return `${kind} ${message.standing}`;
    case 'helloReply':
      return `${kind} ${message.standing} t${message.era}`;
    case 'form':
    case 'formed':
    case 'activate':
      return kind;
    case 'rejoin':
      return `${kind} floor=t${message.floor}`;
    case 'request':
      return `${kind} "${printRequest(message.bytes)}"`;
    case 'read':
      return `${kind} ${message.level} "${printQueries(message.queries)}"`;
    case 'reply':
      return printReply(message);
  }
}

function printRecord(record: Record): string {
  switch (record.kind) {
    case 'hardState': {
      const { term, votedFor, standing, floor } = record;
      const notActive =
        standing === 'active' ? '' : ` ${standing}${standing === 'recovering' ? ` floor=t${floor}` : ''}`;
      return `term=${term} votedFor=${votedFor ?? 'nobody'}${notActive}`;
    }
    case 'entries':
      return `entries ${printBatch(record.batch)}`;
    case 'truncate':
      return `truncate from ${record.from}`;
    case 'snapshotMark':
      return `snapshot ${printSnapshot(record.snapshot)}`;
  }
}

function printEvent(event: Event): string {
  const { kind } = event;
  switch (kind) {
    case 'becameFollower':
      return `${kind} t${event.term} ${event.leader === undefined ? '' : `of ${event.leader} `}(${event.why})`;
    case 'becamePreCandidate':
    case 'becameCandidate':
      return `${kind} t${event.term} (${event.why})`;
    case 'becameLeader':
      return `${kind} t${event.term} by ${event.completedBy}`;
    case 'voted':
      return `${event.granted ? 'voted' : 'refused'} ${event.phase} ${event.candidate} t${event.term}`;
    case 'voteCounted':
      return `${kind} ${event.phase} ${event.voter} t${event.term} ${event.granted ? 'granted' : 'refused'}`;
    case 'proposed':
      return `${kind} ${event.first}…${event.last} t${event.term}`;
    case 'appended':
      return `${kind} ${event.first}…${event.last} from ${event.leader}`;
    case 'truncated':
      return `${kind} from ${event.from}`;
    case 'acknowledged':
      return `${kind} ${event.index} by ${event.by}`;
    case 'committed':
      return `${kind} ${event.index} by ${event.completedBy}`;
    case 'applied':
      return `${kind} ${event.first}…${event.last}`;
    case 'readRoundBegan':
      return `${kind} ${event.round} for ${event.reads} read${event.reads === 1 ? '' : 's'}`;
    case 'readRoundConfirmed':
      return `${kind} ${event.round} by ${event.completedBy}`;
    case 'probing':
      return `${kind} ${event.follower} next=${event.nextIndex} (${event.why})`;
    case 'handingOver':
      return `${kind} to ${event.to} (${event.why})`;
    case 'handOverFailed':
      return `${kind} to ${event.to}`;
    case 'diskStalled':
      return `${kind} since ${event.sinceMs} ms`;
    case 'catchingUp':
      return `${kind} ${event.first}…${event.last} from ${event.from} (${event.why})`;
    case 'snapshotReceiving':
      return `${kind} ${printSnapshot(event.snapshot)} from ${event.from} (${event.why})`;
    case 'snapshotTaken':
    case 'snapshotInstalled':
      return `${kind} ${printSnapshot(event.snapshot)}`;
    case 'snapshotNotInstalled':
      return `${kind} ${printSnapshot(event.snapshot)} from ${event.from}`;
    case 'caughtUp':
      return `${kind} ${event.index}`;
    case 'snapshotSending':
    case 'snapshotSent':
      return `${kind} ${printSnapshot(event.snapshot)} to ${event.to}`;
    case 'standing':
      return `${kind} ${event.standing} t${event.term}`;
    case 'rejected':
      return `${kind} ${event.from} (${event.reason})`;
  }
}

/** Longer appends are told by their ends. */
const batchesPrinted = 12;

function printMany(batches: readonly EntryBatch[]): string {
  return `${printBatch(batches[0]!)} … ${batches.length - 2} batches … ${printBatch(batches[batches.length - 1]!)}`;
}

/** `1.4` is term 1, position 4; several of one term: `1.4…6`. */
function printBatch({ era, first, last, entries }: EntryBatch): string {
  const requests = entries.flatMap((entry) => (entry.kind === 'request' ? [`"${printRequest(entry.bytes)}"`] : []));
  return `${era}.${first}${last > first ? `…${last}` : ''}${requests.length > 0 && requests.length <= 3 ? ` ${requests.join(' ')}` : ''}`;
}

function printOutcome(outcome: Extract<Message, { kind: 'appendEntriesReply' }>['outcome']): string {
  if (outcome.kind === 'matched') return `matched=${outcome.index}`;
  if (outcome.kind === 'heard') return 'heard';
  return `conflict at ${outcome.prevIndex}, hint=${outcome.hintTerm}.${outcome.hintIndex} last=${outcome.lastIndex}`;
}

function printReply({ sequence, answer }: Reply): string {
  if (answer.kind === 'results')
    return `reply ${sequence} "${printResults(answer.results)}" at ${answer.index}${answer.ageMs > 0 ? ` age=${answer.ageMs}` : ''}`;
  if (answer.kind === 'discovery')
    return `reply ${sequence} ${answer.replica} is ${answer.role}, leader ${answer.leader ?? 'unknown'}`;
  return `reply ${sequence} refused ${answer.reason}${answer.leader === undefined ? '' : `, leader ${answer.leader}`}`;
}

function printSnapshot({ index, era }: SnapshotId): string {
  return `${era}.${index}`;
}

function printChunk({ snapshot, offset, bytes, totalBytes }: Chunk): string {
  return `${printSnapshot(snapshot)} bytes ${offset}…${offset + bytes.length} of ${totalBytes}`;
}

/** Raft's words in scenarios and transcripts. */
export const raftPrinter: Printer<RaftVocabulary> = { message: printMessage, record: printRecord, event: printEvent };

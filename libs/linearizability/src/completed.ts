import type { History, Operation } from './history.js';
import { ownRevision } from './key-value-model.js';
import type { RecordedWrite } from './recorder.js';

/** One operation as it was executed at its place in the log, whoever was told of it. */
export interface Execution {
  readonly operation: Uint8Array;
  readonly result: Uint8Array;
  /** Log position. */
  readonly index: number;
  /** Which of the operations of that position it is, from 0. */
  readonly place: number;
}

export interface Completed {
  /** Nothing in it is unknown. */
  readonly history: History;
  /** Changes in the log that no call asked for: never, or not so often. */
  readonly unasked: readonly Execution[];
  /** Answered as done, and nowhere in the log. */
  readonly lost: History;
}

/**
 * The history with the answers that never came, for those who can look into the log: a write that is in it returned at the
 * end, with the result that it had there; one that is not in it, or changed nothing, was never called. Calls of the same
 * bytes are found in the order in which they were called.
 */
export function completed(
  history: History,
  /** How the writes among them travel. */
  writes: ReadonlyMap<Operation, RecordedWrite>,
  executions: Iterable<Execution>,
  endedAt: number,
  /**
   * Whether the network may have doubled the call on its way: then the client cannot tell that it was not executed, nor that
   * it was executed once only, should the group have forgotten its session in between.
   */
  isDoubled: (operation: Operation) => boolean = () => false,
): Completed {
  const log = new Changes(executions);
  const known: Operation[] = [];
  const open: Asked[] = [];
  const lost: Operation[] = [];
  for (const operation of history) {
    const { outcome } = operation;
    const write = writes.get(operation);
    if (write !== undefined && outcome === 'answered') {
      const placed = log.placed(log.expect(operation, write));
      known.push(placed ?? operation);
      if (placed === undefined && ownRevision(operation) !== undefined) lost.push(operation);
    } else if (write !== undefined && (outcome === 'unknown' || isDoubled(operation)))
      open.push(log.expect(operation, write));
    else if (outcome !== 'unknown') known.push(operation);
  }
  for (const asked of open) {
    const change = log.takeFirst(asked);
    if (change !== undefined) known.push(answered(asked, change, endedAt));
  }
  const unasked: Execution[] = [];
  for (const { execution, asked } of log.left()) {
    const doubled = asked.find(({ operation }) => isDoubled(operation));
    if (doubled === undefined) unasked.push(execution);
    else known.push(answered(doubled, changeOf(doubled, execution)!, endedAt));
  }
  return { history: known, unasked, lost };
}

/** A call that may be in the log. */
interface Asked extends RecordedWrite {
  readonly operation: Operation;
  /** Its bytes, as text. */
  readonly name: string;
}

type Change = Pick<Operation, 'index' | 'place' | 'result'>;

function answered({ operation }: Asked, change: Change, returnedAt: number): Operation {
  return { ...operation, ...change, outcome: 'answered', returnedAt } as Operation;
}

/** Undefined: it changed nothing. */
function changeOf({ kind, answerIn }: Asked, { result, index, place }: Execution): Change | undefined {
  const answer = { kind, result: answerIn(result, index), index, place } as Operation;
  if (answer.result === undefined || ownRevision(answer) === undefined) return undefined;
  return { result: answer.result, index, place };
}

/** What the log changed, and no call has claimed yet. */
class Changes {
  private readonly byBytes = new Map<string, Execution[]>();
  private readonly asked = new Map<string, Asked[]>();

  constructor(executions: Iterable<Execution>) {
    for (const execution of executions) push(this.byBytes, nameOf(execution.operation), execution);
  }

  /** Somebody called it. */
  expect(operation: Operation, write: RecordedWrite): Asked {
    const asked = { ...write, operation, name: nameOf(write.encode()) };
    push(this.asked, asked.name, asked);
    return asked;
  }

  /** The answered operation, with its place; what it changed is claimed. Undefined: it is not there with that answer. */
  placed({ operation, name, answerIn }: Asked): Operation | undefined {
    const same = this.byBytes.get(name) ?? [];
    const position = ownRevision(operation) ?? operation.index;
    const told = JSON.stringify(operation.result);
    const at = same.findIndex(({ index, result }) => index === position && JSON.stringify(answerIn(result, index)) === told); // prettier-ignore
    if (at < 0) return undefined;
    const [{ place }] = same.splice(at, 1) as [Execution];
    return { ...operation, place };
  }

  /** What the first one made. */
  takeFirst(asked: Asked): Change | undefined {
    const same = this.byBytes.get(asked.name) ?? [];
    for (const [at, execution] of same.entries()) {
      const change = changeOf(asked, execution);
      if (change === undefined) continue;
      same.splice(at, 1);
      return change;
    }
    return undefined;
  }

  /** Changes that are still there, and who called the like. */
  *left(): Generator<{ readonly execution: Execution; readonly asked: readonly Asked[] }> {
    for (const [name, executions] of this.byBytes) {
      const asked = this.asked.get(name) ?? [];
      for (const execution of executions)
        if (asked[0] === undefined || changeOf(asked[0], execution) !== undefined) yield { execution, asked };
    }
  }
}

function push<T>(lists: Map<string, T[]>, name: string, item: T): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [item]);
  else list.push(item);
}

function nameOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

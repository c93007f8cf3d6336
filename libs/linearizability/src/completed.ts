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
): Completed {
  const log = new Changes(executions);
  const known: Operation[] = [];
  const unknown: (readonly [Operation, Asked])[] = [];
  for (const operation of history) {
    const write = operation.outcome === 'refused' ? undefined : writes.get(operation);
    const asked = write && log.expect(write);
    if (operation.outcome !== 'unknown') known.push(asked === undefined ? operation : log.placed(operation, asked));
    else if (asked !== undefined) unknown.push([operation, asked]);
  }
  for (const [operation, asked] of unknown) {
    const answer = log.takeFirst(asked);
    if (answer !== undefined) known.push({ ...operation, ...answer, outcome: 'answered', returnedAt: endedAt } as Operation); // prettier-ignore
  }
  return { history: known, unasked: log.left };
}

interface Asked extends RecordedWrite {
  /** Its bytes, as text. */
  readonly name: string;
}

/** What the log changed, and no call has claimed yet. */
class Changes {
  private readonly byBytes = new Map<string, Execution[]>();
  private readonly asked = new Map<string, Asked>();

  constructor(executions: Iterable<Execution>) {
    for (const execution of executions) {
      const name = nameOf(execution.operation);
      const same = this.byBytes.get(name);
      if (same === undefined) this.byBytes.set(name, [execution]);
      else same.push(execution);
    }
  }

  get left(): readonly Execution[] {
    return [...this.byBytes].flatMap(([name, executions]) => {
      const asked = this.asked.get(name);
      return asked === undefined ? executions : executions.filter((it) => changeOf(asked, it) !== undefined);
    });
  }

  /** Somebody called it. */
  expect(write: RecordedWrite): Asked {
    const asked = { ...write, name: nameOf(write.encode()) };
    this.asked.set(asked.name, asked);
    return asked;
  }

  /** The answered operation, with its place; what it changed is claimed. */
  placed(operation: Operation, { name, answerIn }: Asked): Operation {
    const same = this.byBytes.get(name) ?? [];
    const position = ownRevision(operation) ?? operation.index;
    const told = JSON.stringify(operation.result);
    const at = same.findIndex(({ index, result }) => index === position && JSON.stringify(answerIn(result, index)) === told); // prettier-ignore
    if (at < 0) return operation;
    const [{ place }] = same.splice(at, 1) as [Execution];
    return { ...operation, place };
  }

  /** What the first one made. */
  takeFirst(asked: Asked): Partial<Operation> | undefined {
    const same = this.byBytes.get(asked.name) ?? [];
    for (const [at, execution] of same.entries()) {
      const change = changeOf(asked, execution);
      if (change === undefined) continue;
      same.splice(at, 1);
      return change;
    }
    return undefined;
  }
}

/** Undefined: it changed nothing. */
function changeOf({ kind, answerIn }: Asked, { result, index, place }: Execution): Partial<Operation> | undefined {
  const answer = { kind, result: answerIn(result, index), index, place } as Operation;
  return answer.result === undefined || ownRevision(answer) === undefined ? undefined : answer;
}

function nameOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

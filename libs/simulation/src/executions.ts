import type { Execution } from '@synod/linearizability';
import type { StateMachine } from '@synod/state-machine';

/** What the group has executed, as its log has it: each operation once, whichever replica came first. */
export class Executions {
  readonly all: Execution[] = [];
  /** How many operations are known of each position. */
  private readonly known: number[] = [];

  /**
   * The same state machine, overheard; it has to be one of a replica that keeps to the protocol. Each execution is told, those
   * that are known from others, too.
   */
  overhear(machine: StateMachine, told: (index: number) => void): StateMachine {
    let position = 0;
    let place = 0;
    return {
      apply: (operation, index, user) => {
        place = index === position ? place + 1 : 0;
        position = index;
        const result = machine.apply(operation, index, user);
        if (place === (this.known[index] ?? 0)) this.note(operation, result, index, place);
        told(index);
        return result;
      },
      query: (query, user) => machine.query(query, user),
      hash: () => machine.hash(),
      snapshot: () => machine.snapshot(),
      restore: () => machine.restore(),
    };
  }

  private note(operation: Uint8Array, result: Uint8Array, index: number, place: number): void {
    this.known[index] = place + 1;
    this.all.push({ operation: new Uint8Array(operation), result: new Uint8Array(result), index, place });
  }
}

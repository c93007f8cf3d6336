/** What the search needs to know of an operation, whatever it does. */
export interface Timed {
  readonly invokedAt: number;
  /** Undefined: the outcome is unknown. */
  readonly returnedAt?: number | undefined;
}

/** What operations mean: the sequential specification of what is checked. */
export interface Model<O extends Timed> {
  /**
   * Divides a history into parts that share no state, so that each can be judged alone: the history is linearizable if
   * and only if each part is (Herlihy and Wing's locality). Gives the part of each operation, from 0; -1 leaves it out.
   */
  partition(history: readonly O[]): Int32Array;

  /** The meaning of one part's operations. They are named by their place in this list. */
  begin(operations: readonly O[]): Meaning;

  /**
   * Where in the order the operation says it is, if it says so. Guides the search and proves nothing: what claims the
   * right order is judged in linear time. Either all answered operations of a part have a place, or none is used.
   */
  claimedPlace?(operation: O): number | undefined;

  /** The real place may be before the claimed one: that the claimed one is wrong says nothing against the operation. */
  mayBeEarlier?(operation: O): boolean;

  /** One part's operations without those of unknown outcome that can be taken out of any order that explains the answers. */
  observable?(operations: readonly O[]): readonly O[];
}

/** A state machine whose states are whole numbers from 0: equal states have equal numbers. */
export interface Meaning {
  readonly initial: number;
  /** In how many ways an operation of unknown outcome may have taken effect, at most. */
  readonly alternatives: number;
  /**
   * The state after the operation; -1 when in this state it cannot have had the answer that it had. `alternative` counts
   * the ways of an operation of unknown outcome, from 0; of others it is 0.
   */
  apply(state: number, operation: number, alternative: number): number;
  /** Whether it changes nothing in any state, and had an answer. The state may get to be known better by it. */
  isRead(operation: number): boolean;
  /**
   * Of an operation of unknown outcome: a number that it shares with those alone that make the same of each state, in each way; -1: with
   * none. Such twins are used in the order of their invocations, see `unplaced.ts`.
   */
  twins?(operation: number): number;
}

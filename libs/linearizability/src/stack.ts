/** The steps that a search has taken, each with what is needed to take it back; and the longest way it ever went. */
export class Stack {
  depth = 0;
  /** Of the step popped last. */
  operation = 0;
  position = 0;
  state = 0;
  used = 0;
  /** -1 when no step was ever taken. */
  furthestPosition = -1;

  private readonly steps: Int32Array;
  private readonly longest: Int32Array;
  private longestDepth = 0;
  /** So many steps at the bottom are the same in `steps` and `longest`. */
  private same = 0;

  constructor(operations: number) {
    this.steps = new Int32Array(operations * width);
    this.longest = new Int32Array(operations);
  }

  push(operation: number, otherwise: number, position: number, state: number, used: number): void {
    const { steps } = this;
    const at = this.depth++ * width;
    steps[at] = operation;
    steps[at + 1] = otherwise;
    steps[at + 2] = position;
    steps[at + 3] = state;
    steps[at + 4] = used;
  }

  /** Gives the candidate from which to go on instead. */
  pop(): number {
    const { steps } = this;
    const at = --this.depth * width;
    if (this.depth < this.same) this.same = this.depth;
    this.operation = steps[at]!;
    this.position = steps[at + 2]!;
    this.state = steps[at + 3]!;
    this.used = steps[at + 4]!;
    return steps[at + 1]!;
  }

  /** Remembers the way if it is the longest so far; copies only what is new of it. */
  reached(position: number): void {
    if (position < this.furthestPosition) return;
    if (position === this.furthestPosition && this.depth <= this.longestDepth) return;
    this.furthestPosition = position;
    this.longestDepth = this.depth;
    for (; this.same < this.depth; this.same++) this.longest[this.same] = this.steps[this.same * width]!;
  }

  furthest(): Int32Array {
    return this.longest.slice(0, this.longestDepth);
  }
}

/** Numbers per step. */
const width = 5;

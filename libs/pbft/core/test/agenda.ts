interface Due {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** What is to happen when, the earliest first, and what was planned first before what was planned later: a binary heap. */
export class Agenda {
  private readonly heap: Due[] = [];
  private planned = 0;

  plan(at: number, run: () => void): void {
    const { heap } = this;
    heap.push({ at, order: this.planned++, run });
    for (let place = heap.length - 1; place > 0; ) {
      const parent = (place - 1) >> 1;
      if (!isBefore(heap[place]!, heap[parent]!)) return;
      [heap[place], heap[parent]] = [heap[parent]!, heap[place]!];
      place = parent;
    }
  }

  /** The next one, if it is due by `end`. */
  take(end: number): Due | undefined {
    const { heap } = this;
    const first = heap[0];
    if (first === undefined || first.at > end) return undefined;
    const last = heap.pop()!;
    if (heap.length > 0) this.sink(last);
    return first;
  }

  private sink(due: Due): void {
    const { heap } = this;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (child >= heap.length || !isBefore(heap[child]!, due)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = due;
  }
}

function isBefore(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

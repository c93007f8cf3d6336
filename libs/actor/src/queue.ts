/**
 * First in, first out, in constant time however long it gets: `Array.shift` moves every element of a long array. Gives its
 * memory back as it empties.
 */
export class Queue<T> {
  private items: (T | undefined)[] = [];
  private head = 0;

  get size(): number {
    return this.items.length - this.head;
  }

  put(item: T): void {
    this.items.push(item);
  }

  /** The oldest one. */
  peek(): T | undefined {
    return this.items[this.head];
  }

  /** Removes the oldest one. */
  take(): T | undefined {
    if (this.head === this.items.length) return undefined;
    const item = this.items[this.head];
    this.items[this.head++] = undefined;
    if (this.head === this.items.length) this.clear();
    else if (this.head >= 1024 && this.head * 2 >= this.items.length) this.compact();
    return item;
  }

  /** The one at `place`; 0 is the oldest. */
  at(place: number): T | undefined {
    return this.items[this.head + place];
  }

  /** The youngest one. */
  get last(): T | undefined {
    return this.items.length > this.head ? this.items[this.items.length - 1] : undefined;
  }

  /** Removes the youngest one. */
  takeLast(): T | undefined {
    return this.items.length > this.head ? this.items.pop() : undefined;
  }

  clear(): void {
    this.items = [];
    this.head = 0;
  }

  private compact(): void {
    this.items = this.items.slice(this.head);
    this.head = 0;
  }
}

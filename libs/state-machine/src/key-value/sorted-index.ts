const blockItems = 512;

class Block {
  readonly items = new Int32Array(blockItems);
  count = 0;
}

/** Compares the key of the record at a pointer with the key that is sought: negative when it comes before it. */
export type Compare = (pointer: number) => number;

/**
 * Pointers in the order of their records' keys: a list of sorted blocks. Two levels do for tens of millions of keys: a
 * search is a binary search over blocks and one within, an insertion moves at most two kilobytes.
 *
 * `seek` puts the place (`block`, `item`) at the first record that does not come before the sought key; the other
 * methods work there.
 */
export class SortedIndex {
  private readonly blocks: Block[] = [];
  private block = 0;
  private item = 0;

  constructor(private readonly compare: Compare) {}

  /** Whether there is a record with the sought key. */
  seek(): boolean {
    const { blocks, compare } = this;
    let low = 0;
    let high = blocks.length;
    // The last block whose first record does not come after the sought key.
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(blocks[middle]!.items[0]!) <= 0) low = middle + 1;
      else high = middle;
    }
    this.block = low === 0 ? 0 : low - 1;
    const block = blocks[this.block];
    if (block === undefined) {
      this.item = 0;
      return false;
    }
    return this.seekWithin(block);
  }

  private seekWithin({ items, count }: Block): boolean {
    const { compare } = this;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = compare(items[middle]!);
      if (order === 0) {
        this.item = middle;
        return true;
      }
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    this.item = low;
    return false;
  }

  /** The pointer at the place, or undefined at the end. */
  get current(): number | undefined {
    const block = this.blocks[this.block];
    if (block === undefined) return undefined;
    if (this.item < block.count) return block.items[this.item];
    return this.blocks[this.block + 1]?.items[0];
  }

  advance(): void {
    const block = this.blocks[this.block];
    if (block === undefined) return;
    if (this.item < block.count) this.item++;
    else {
      this.block++;
      this.item = 1;
    }
  }

  /** Another record with the same key takes the place. */
  replace(pointer: number): void {
    this.blocks[this.block]!.items[this.item] = pointer;
  }

  insert(pointer: number): void {
    let block = this.blocks[this.block];
    if (block === undefined) this.blocks.push((block = new Block()));
    else if (block.count === blockItems) block = this.split(block);
    block.items.copyWithin(this.item + 1, this.item, block.count);
    block.items[this.item] = pointer;
    block.count++;
  }

  remove(): void {
    const block = this.blocks[this.block]!;
    block.items.copyWithin(this.item, this.item + 1, block.count);
    block.count--;
    if (block.count === 0) this.blocks.splice(this.block, 1);
    else this.join(block);
  }

  /** The block with the place afterwards. Keys that arrive in order fill their blocks. */
  private split(block: Block): Block {
    const atEnd = this.item === blockItems && this.block === this.blocks.length - 1;
    const kept = atEnd ? blockItems : blockItems / 2;
    const next = new Block();
    next.items.set(block.items.subarray(kept));
    next.count = blockItems - kept;
    block.count = kept;
    this.blocks.splice(this.block + 1, 0, next);
    if (this.item < kept || (this.item === kept && !atEnd)) return block;
    this.block++;
    this.item -= kept;
    return next;
  }

  /** A block that became small takes in its neighbour, so that deletions do not leave a long list of nearly empty ones. */
  private join(block: Block): void {
    const next = this.blocks[this.block + 1];
    if (next === undefined || block.count + next.count > blockItems / 2) return;
    block.items.set(next.items.subarray(0, next.count), block.count);
    block.count += next.count;
    this.blocks.splice(this.block + 1, 1);
  }
}

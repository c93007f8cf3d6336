/**
 * Arrays of small integers that are never changed, only made anew with one element different. Equal arrays have equal
 * handles, so that comparing two costs nothing; making one costs the logarithm of the length.
 *
 * A handle of an array of length 1 is its element; of a longer one it names a tree node, and each pair of children is
 * kept once. Handles are valid for the object that made them.
 */
export class InternedArrays {
  /** All elements are 0. */
  readonly zeros: number;
  private readonly depth: number;
  /** Per height: the handle of the subtree of zeros. */
  private readonly zerosAt: number[] = [0];
  private nodes = new Int32Array(64);
  private count = 0;
  private table = new Int32Array(64).fill(-1);
  private readonly path: Int32Array;

  constructor(length: number) {
    this.depth = length <= 1 ? 0 : 32 - Math.clz32(length - 1);
    this.path = new Int32Array(this.depth);
    for (let height = 1; height <= this.depth; height++) {
      const below = this.zerosAt[height - 1]!;
      this.zerosAt.push(this.node(below, below));
    }
    this.zeros = this.zerosAt[this.depth]!;
  }

  get(handle: number, place: number): number {
    let at = handle;
    for (let height = this.depth - 1; height >= 0; height--) at = this.nodes[2 * at + ((place >>> height) & 1)]!;
    return at;
  }

  with(handle: number, place: number, element: number): number {
    const { depth, path } = this;
    let at = handle;
    for (let height = depth - 1; height >= 0; height--) {
      path[height] = at;
      at = this.nodes[2 * at + ((place >>> height) & 1)]!;
    }
    at = element;
    for (let height = 0; height < depth; height++) {
      const parent = path[height]!;
      const isRight = ((place >>> height) & 1) === 1;
      at = isRight ? this.node(this.nodes[2 * parent]!, at) : this.node(at, this.nodes[2 * parent + 1]!);
    }
    return at;
  }

  /** Whether all bits of one array's elements are set in the other's, too. */
  isSubset(part: number, whole: number, height = this.depth): boolean {
    if (part === whole || part === this.zerosAt[height]) return true;
    if (height === 0) return (part & ~whole) === 0;
    const { nodes } = this;
    return (
      this.isSubset(nodes[2 * part]!, nodes[2 * whole]!, height - 1) &&
      this.isSubset(nodes[2 * part + 1]!, nodes[2 * whole + 1]!, height - 1)
    );
  }

  private node(left: number, right: number): number {
    const mask = this.table.length - 1;
    let slot = hashOf(left, right) & mask;
    for (let node = this.table[slot]!; node >= 0; node = this.table[slot]!) {
      if (this.nodes[2 * node] === left && this.nodes[2 * node + 1] === right) return node;
      slot = (slot + 1) & mask;
    }
    const node = this.count++;
    if (2 * this.count > this.nodes.length) this.nodes = grown(this.nodes);
    this.nodes[2 * node] = left;
    this.nodes[2 * node + 1] = right;
    this.table[slot] = node;
    if (2 * this.count > this.table.length) this.rehash();
    return node;
  }

  private rehash(): void {
    const table = new Int32Array(2 * this.table.length).fill(-1);
    for (let node = 0; node < this.count; node++) {
      let slot = hashOf(this.nodes[2 * node]!, this.nodes[2 * node + 1]!) & (table.length - 1);
      while (table[slot]! >= 0) slot = (slot + 1) & (table.length - 1);
      table[slot] = node;
    }
    this.table = table;
  }
}

function hashOf(left: number, right: number): number {
  const mixed = Math.imul(Math.imul(left, 0x85ebca6b) ^ right, 0xc2b2ae35);
  return mixed ^ (mixed >>> 15);
}

export function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}

import { equalBytes, hashBytes } from './block.js';
import type { Sha256 } from './block.js';

/**
 * The Merkle tree over a block's transactions, so that one of them is proved by its siblings' hashes instead of by all others.
 * Leaves and nodes are hashed apart, and a tree is never filled up with copies, so no two lists have the same root.
 *
 * @paper RFC 9162 §2.1
 */
export function merkleRoot(sha256: Sha256, leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 1) return leaves[0]!;
  const split = splitOf(leaves.length);
  return node(sha256, merkleRoot(sha256, leaves.slice(0, split)), merkleRoot(sha256, leaves.slice(split)));
}

/** The siblings on the way from a leaf up to the root. */
export function merklePath(sha256: Sha256, leaves: readonly Uint8Array[], position: number): Uint8Array[] {
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return position < split
    ? [...merklePath(sha256, left, position), merkleRoot(sha256, right)]
    : [...merklePath(sha256, right, position - split), merkleRoot(sha256, left)];
}

/** Whether the leaf at this position of `count` belongs to the tree with that root. */
export function provesLeaf(
  sha256: Sha256,
  leaf: Uint8Array,
  position: number,
  count: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(count) || !Number.isSafeInteger(position)) return false;
  if (position < 0 || position >= count || path.length > 32 || path.some(({ length }) => length !== hashBytes)) return false; // prettier-ignore
  const computed = climb(sha256, leaf, position, count, path);
  return computed !== undefined && equalBytes(computed, root);
}

/** Undefined when the path has not the length that such a tree needs. */
function climb(
  sha256: Sha256,
  leaf: Uint8Array,
  position: number,
  count: number,
  path: readonly Uint8Array[],
): Uint8Array | undefined {
  const sibling = path.at(-1);
  if (count === 1) return sibling === undefined ? leaf : undefined;
  if (sibling === undefined) return undefined;
  const [split, rest] = [splitOf(count), path.slice(0, -1)];
  const isLeft = position < split;
  const below = isLeft
    ? climb(sha256, leaf, position, split, rest)
    : climb(sha256, leaf, position - split, count - split, rest);
  if (below === undefined) return undefined;
  return isLeft ? node(sha256, below, sibling) : node(sha256, sibling, below);
}

/** The largest power of two below `count`. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

function node(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + 2 * hashBytes);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + hashBytes);
  return sha256(bytes);
}

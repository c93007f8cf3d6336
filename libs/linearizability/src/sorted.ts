/** So many in a row are sorted by insertion. */
const run = 16;

/**
 * Places of values from 0, in ascending order of the values; equal ones stay in the order that is given (default: theirs).
 * A merge sort: what is nearly sorted already, as histories are, costs little more than being looked at.
 */
export function sorted(values: Float64Array, given?: Int32Array): Int32Array<ArrayBuffer> {
  const count = values.length;
  let from = new Int32Array(count);
  for (let i = 0; i < count; i++) from[i] = given ? given[i]! : i;
  for (let start = 0; start < count; start += run) insertionSort(from, values, start, Math.min(count, start + run));
  let to = new Int32Array(count);
  for (let width = run; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      merge(values, from, to, start, Math.min(count, start + width), Math.min(count, start + 2 * width));
    }
    [from, to] = [to, from];
  }
  return from;
}

function insertionSort(order: Int32Array, values: Float64Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const moving = order[i]!;
    let at = i;
    for (; at > start && values[order[at - 1]!]! > values[moving]!; at--) order[at] = order[at - 1]!;
    order[at] = moving;
  }
}

function merge(
  values: Float64Array,
  from: Int32Array,
  to: Int32Array,
  start: number,
  middle: number,
  end: number,
): void {
  let left = start;
  let right = middle;
  if (middle >= end || values[from[middle - 1]!]! <= values[from[middle]!]!) {
    to.set(from.subarray(start, end), start);
    return;
  }
  for (let at = start; at < end; at++) {
    const isLeft = left < middle && (right >= end || values[from[left]!]! <= values[from[right]!]!);
    to[at] = from[isLeft ? left++ : right++]!;
  }
}

import type { FieldShape, MessageShape } from './inspect.js';

// Shapes of messages whose fields are numbered from 1 without a gap, as those between replicas are.

export const number: FieldShape = { type: 'number' };
export const uint32: FieldShape = { type: 'uint32' };
/** One subject token; whether it is one is for the decoder to say. */
export const token: FieldShape = { type: 'bytes', maxBytes: 32 };

export function shape(name: string, fields: readonly FieldShape[], oneOf?: readonly number[]): MessageShape {
  const numbered = Object.fromEntries(fields.map((field, i) => [i + 1, field]));
  return { name, fields: numbered, ...(oneOf && { oneOf }) };
}

/** A message of `count` integers. */
export function integers(name: string, count: number): MessageShape {
  return shape(name, Array<FieldShape>(count).fill(number));
}

export function nested(of: MessageShape, most = 1): FieldShape {
  return { type: 'message', shape: of, most };
}

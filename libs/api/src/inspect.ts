import protobuf from './gen/protobuf.js';
import { bytesType, DecodeError, varintType, WireReader } from './wire-reader.js';

/**
 * What a message may look like. Generated decoders make an object of every element, know no limits and accept numbers
 * that are no integers any more; so bytes are inspected, without allocating, before one of them sees them.
 */
export interface MessageShape {
  readonly name: string;
  /** By field number. */
  readonly fields: Readonly<Record<number, FieldShape>>;
  /** Fields that are not listed are skipped instead of refused, at most 64 of them. */
  readonly open?: boolean;
  /** Exactly one of these fields is there. */
  readonly oneOf?: readonly number[];
}

export interface FieldShape {
  readonly type: 'number' | 'uint32' | 'bytes' | 'message';
  /** How often the field may occur; once unless said otherwise. */
  readonly most?: number;
  readonly maxBytes?: number;
  /** For `message`. */
  readonly shape?: MessageShape;
}

const unknownFieldsMost = 64;

/** Decodes by generated code what has been inspected; `DecodeError` is all that it throws. */
export function decodeWith<M>(
  message: { decode(reader: protobuf.Reader): M },
  bytes: Uint8Array,
  shape: MessageShape,
): M {
  inspect(bytes, shape);
  try {
    return message.decode(protobuf.Reader.create(bytes));
  } catch (error) {
    throw new DecodeError(`a malformed ${shape.name}: ${(error as Error).message}`);
  }
}

/** Throws `DecodeError` when `bytes` are not of that shape. */
export function inspect(bytes: Uint8Array, shape: MessageShape): void {
  inspectMessage(new WireReader().start(bytes), shape);
}

function inspectMessage(reader: WireReader, shape: MessageShape): void {
  const counts: number[] = [];
  let unknown = 0;
  let alternatives = 0;
  while (reader.more) {
    const tag = reader.tag();
    const number = Math.floor(tag / 8);
    const field = shape.fields[number];
    if (field === undefined) {
      if (!shape.open) throw new DecodeError(`a ${shape.name} has no field ${number}`);
      if (++unknown > unknownFieldsMost) throw new DecodeError(`a ${shape.name} with too many unknown fields`);
      reader.skip(tag % 8);
      continue;
    }
    const count = (counts[number] ?? 0) + 1;
    counts[number] = count;
    if (count > (field.most ?? 1)) {
      throw new DecodeError(`a ${shape.name} with more than ${field.most ?? 1} of field ${number}`);
    }
    if (shape.oneOf?.includes(number)) alternatives++;
    inspectField(reader, tag % 8, number, field, shape);
  }
  if (shape.oneOf !== undefined && alternatives !== 1) {
    throw new DecodeError(`a ${shape.name} with ${alternatives} alternatives instead of one`);
  }
}

function inspectField(reader: WireReader, type: number, number: number, field: FieldShape, shape: MessageShape): void {
  const expected = field.type === 'number' || field.type === 'uint32' ? varintType : bytesType;
  if (type !== expected) throw new DecodeError(`field ${number} of a ${shape.name} has wire type ${type}`);
  if (field.type === 'number') reader.varint();
  else if (field.type === 'uint32') reader.uint32();
  else {
    const from = reader.span();
    const { position, end } = reader;
    if (position - from > (field.maxBytes ?? Infinity)) {
      throw new DecodeError(`field ${number} of a ${shape.name} is longer than ${field.maxBytes} bytes`);
    }
    if (field.shape === undefined) return;
    inspectMessage(reader.start(reader.bytes, from, position), field.shape);
    reader.start(reader.bytes, position, end);
  }
}

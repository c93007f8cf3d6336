import type { Beat } from '@synod/actor';
import {
  BatchField,
  DecodeError,
  WireReader,
  WireWriter,
  beatFieldSize,
  bytesType,
  logLimits,
  numberSize,
  readBeat,
  varintSize,
  varintType,
  writeBeat,
} from '@synod/api';
import type { Accept, Accepted } from '@synod/paxos-core';
import { ballotOf } from './ballots.js';
import { Batches } from './batches.js';
import { paxosWireVersion } from './limits.js';

// By hand, because these two are what a round consists of: values are the bulk of all bytes, votes of all messages.

const versionField = 1;
/** In the Envelope. */
export const acceptField = 6;
export const acceptedField = 7;
const batchesField = 6;
const beatField = 7;

/** An Envelope with an Accept. */
export function encodeAccept(message: Accept): Uint8Array {
  const { ballot, chosenThrough, trimThrough, round, clusterId } = message;
  const batches = new BatchField(batchesField, message.batches);
  const numbers = [ballot, chosenThrough, trimThrough, round, clusterId];
  return encode(acceptField, numbers, batches, message.beat);
}

/** An Envelope with an Accepted. */
export function encodeAccepted(message: Accepted): Uint8Array {
  const { ballot, disk, round, first, last, heldBytes, registersEpoch, echo, clusterId } = message;
  return encode(acceptedField, [ballot, disk, round, first, last, heldBytes, registersEpoch, echo, clusterId]);
}

/** Both begin with numbers, in fields from 1 on. */
function encode(field: number, numbers: readonly number[], batches?: BatchField, beat?: Beat): Uint8Array {
  let size = (batches?.size ?? 0) + beatFieldSize(beat);
  for (let i = 0; i < numbers.length; i++) size += numberSize(numbers[i]!);
  const writer = new WireWriter(numberSize(paxosWireVersion) + 1 + varintSize(size) + size);
  writer.number(versionField, paxosWireVersion);
  writer.open(field, size);
  for (let i = 0; i < numbers.length; i++) writer.number(i + 1, numbers[i]!);
  batches?.write(writer);
  writeBeat(writer, beatField, beat);
  return writer.bytes;
}

/** Copies what it keeps. Throws `DecodeError`. */
export function decodeAccept(body: Uint8Array): Accept {
  const reader = new WireReader().start(body);
  const batches = new Batches();
  const numbers: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  let beat: Beat | undefined;
  while (reader.more) {
    const tag = reader.tag();
    if (tag === batchesField * 8 + bytesType) batches.add(reader.view());
    else if (tag === beatField * 8 + bytesType) beat = readBeat(reader.view());
    else readNumber(reader, tag, numbers, 'Accept');
  }
  const [ballot, chosenThrough, trimThrough, round, clusterId] = numbers;
  ballotOf(ballot);
  batches.requireContiguous();
  for (const { era } of batches.list) {
    if (era !== ballot) throw new DecodeError('an Accept with a value of another ballot');
  }
  return { kind: 'accept', ballot, chosenThrough, trimThrough, round, clusterId, batches: batches.list, beat };
}

/** Throws `DecodeError`. */
export function decodeAccepted(body: Uint8Array): Accepted {
  const reader = new WireReader().start(body);
  const numbers: [number, number, number, number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  while (reader.more) readNumber(reader, reader.tag(), numbers, 'Accepted');
  const [ballot, disk, round, first, last, heldBytes, registersEpoch, echo, clusterId] = numbers;
  ballotOf(ballot);
  const heartbeat = first === 0 && last === 0;
  if (!heartbeat && (first === 0 || last < first)) throw new DecodeError('an Accepted for slots that begin nowhere');
  if (last - first >= logLimits.entries) throw new DecodeError(`an Accepted for more than ${logLimits.entries} slots`);
  const slots = { first, last, heldBytes, registersEpoch };
  return { kind: 'accepted', ballot, disk, round, ...slots, echo, clusterId };
}

function readNumber(reader: WireReader, tag: number, numbers: number[], what: string): void {
  const field = Math.floor(tag / 8);
  if (tag % 8 !== varintType || field > numbers.length) {
    throw new DecodeError(`${what} has no field ${field} of wire type ${tag % 8}`);
  }
  numbers[field - 1] = reader.varint();
}

import type { Beat } from '@synod/actor';
import { DecodeError, WireReader, varintType } from './wire-reader.js';
import { number, shape } from './shapes.js';
import type { WireWriter } from './wire-writer.js';
import { numberSize, varintSize } from './wire-writer.js';

// A Beat stands in each protocol's own .proto: { uint64 at = 1; repeated uint64 echoes = 2 [packed = false]; }

/** LIMIT: as many as a group has members. */
const echoesMost = 64;

export const beatShape = shape('Beat', [number, { ...number, most: echoesMost }]);

/** Of the whole field; fields up to 15 have tags of one byte. */
export function beatFieldSize(beat: Beat | undefined): number {
  if (beat === undefined) return 0;
  const size = sizeOf(beat);
  return 1 + varintSize(size) + size;
}

export function writeBeat(writer: WireWriter, field: number, beat: Beat | undefined): void {
  if (beat === undefined) return;
  writer.open(field, sizeOf(beat));
  writer.number(1, beat.at);
  for (const echo of beat.echoes) {
    writer.varint(2 * 8 + varintType);
    writer.varint(echo);
  }
}

function sizeOf({ at, echoes }: Beat): number {
  return echoes.reduce((size, echo) => size + 1 + varintSize(echo), numberSize(at));
}

/** Throws `DecodeError`. */
export function readBeat(bytes: Uint8Array): Beat {
  const reader = new WireReader().start(bytes);
  const echoes: number[] = [];
  let at = 0;
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 1 * 8 + varintType) at = reader.varint();
    else if (tag === 2 * 8 + varintType && echoes.length < echoesMost) echoes.push(reader.varint());
    else throw new DecodeError(`a Beat has no such field ${Math.floor(tag / 8)}, or too many of it`);
  }
  return told({ at, echoes });
}

/** As generated code decodes it. Throws `DecodeError`. */
export function beatOf(
  beat: { readonly at?: number | null; readonly echoes?: readonly number[] | null } | null | undefined,
): Beat | undefined {
  return beat ? told({ at: beat.at ?? 0, echoes: beat.echoes ?? [] }) : undefined;
}

function told(beat: Beat): Beat {
  if (beat.at === 0) throw new DecodeError('a Beat that does not say when');
  return beat;
}

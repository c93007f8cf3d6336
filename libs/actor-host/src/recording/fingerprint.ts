import { crc32 } from 'node:zlib';
import type { Effect, SnapshotId, Vocabulary } from '@synod/actor';
import type { Recordable } from './recordable.js';

type Codecs<V extends Vocabulary> = Pick<Recordable<V>, 'messages' | 'records'>;

/**
 * What a step asked for, as 32 bits: by it a replay is found to do something else than what was recorded. Of what is sent and
 * written, every byte, as it travels and lies on the disk; of what else effects hold, their kinds, numbers and names.
 */
export function fingerprintOf<V extends Vocabulary>(effects: readonly Effect<V>[], codecs: Codecs<V>): number {
  let state = effects.length;
  for (const effect of effects) state = mixEffect(mixText(state, effect.kind), effect, codecs);
  return state >>> 0;
}

function mixEffect<V extends Vocabulary>(state: number, effect: Effect<V>, codecs: Codecs<V>): number {
  switch (effect.kind) {
    case 'persist':
      return mixRecord(mix(state, effect.token), effect.record, codecs);
    case 'send':
      return mixMessage(mixText(mix(state, effect.after), effect.to), effect.message, codecs);
    case 'observe':
      return mixText(state, effect.event.kind);
    case 'startTimer':
      return mix(mix(mixText(state, effect.timer), effect.delay.minMs), effect.delay.maxMs);
    case 'stopTimer':
      return mixText(state, effect.timer);
    case 'cut':
      return mixSnapshot(mix(mix(state, effect.through), effect.keep), effect.snapshot);
    case 'stop':
      return state;
    case 'writeChunk':
      return mix(
        mix(mixSnapshot(mix(state, effect.id), effect.chunk.snapshot), effect.chunk.offset),
        effect.chunk.checksum,
      );
    case 'readLog':
      return mix(mix(mix(mix(state, effect.id), effect.from), effect.through), effect.maxBytes);
    case 'readChunk':
      return mix(mix(mixSnapshot(mix(state, effect.id), effect.snapshot), effect.offset), effect.maxBytes);
    default:
      return mixSnapshot(mix(state, effect.id), effect.snapshot);
  }
}

function mixRecord<V extends Vocabulary>(state: number, record: V['record'], { records }: Codecs<V>): number {
  const { type, payload } = records.encode(record);
  return payload.reduce(mixBytes, mix(state, type));
}

function mixMessage<V extends Vocabulary>(state: number, message: V['message'], { messages }: Codecs<V>): number {
  return mixBytes(mixText(state, messages.kindOf(message)), messages.encode(message));
}

function mixSnapshot(state: number, { index, era }: SnapshotId): number {
  return mix(mix(state, index), era);
}

function mixBytes(state: number, bytes: Uint8Array): number {
  return crc32(bytes, mix(state, bytes.length) >>> 0);
}

/** The low bits of a number above 2^32 are enough to tell it from its neighbours. */
function mix(state: number, value: number): number {
  return Math.imul(state ^ value, 0x01000193) ^ (state >>> 15);
}

function mixText(state: number, text: string): number {
  let mixed = state;
  for (let i = 0; i < text.length; i++) mixed = mix(mixed, text.charCodeAt(i));
  return mixed;
}

import type { Effect, Vocabulary } from '@synod/actor';

/**
 * What a step asked for, as 32 bits: by it a replay is found to do something else than what was recorded. Cheap, since it is
 * taken of every step: of what effects hold, their kinds, numbers and names, and not the bytes.
 */
export function fingerprintOf<V extends Vocabulary>(effects: readonly Effect<V>[]): number {
  let state = effects.length;
  for (const effect of effects) state = mixEffect(mixText(state, effect.kind), effect);
  return state >>> 0;
}

function mixEffect<V extends Vocabulary>(state: number, effect: Effect<V>): number {
  switch (effect.kind) {
    case 'persist':
      return mixText(mix(state, effect.token), effect.record.kind);
    case 'send':
      return mixText(mixText(mix(state, effect.after), effect.to), effect.message.kind);
    case 'observe':
      return mixText(state, effect.event.kind);
    case 'startTimer':
      return mix(mix(mixText(state, effect.timer), effect.delay.minMs), effect.delay.maxMs);
    case 'stopTimer':
      return mixText(state, effect.timer);
    case 'cut':
      return mix(mix(mix(state, effect.through), effect.keep), effect.snapshot.index);
    case 'stop':
      return state;
    case 'writeChunk':
      return mix(mix(state, effect.id), effect.chunk.offset);
    case 'readLog':
      return mix(mix(mix(state, effect.id), effect.from), effect.through);
    case 'readChunk':
      return mix(mix(state, effect.id), effect.offset);
    default:
      return mix(mix(state, effect.id), effect.snapshot.index);
  }
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

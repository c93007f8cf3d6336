import type { Effect } from './effect.js';
import type { Input } from './input.js';
import type { Address, Vocabulary } from './vocabulary.js';

/** How one protocol's words are printed; everything else in scenarios and transcripts is the same for all. */
export interface Printer<V extends Vocabulary> {
  message(message: V['message']): string;
  record(record: V['record']): string;
  event(event: V['event']): string;
}

/** An effect as a scenario shows it; undefined for what a reader does not miss, and for a send, which is told when it leaves. */
export function printEffect<V extends Vocabulary>(
  printer: Printer<V>,
  at: Address,
  effect: Effect<V>,
): string | undefined {
  switch (effect.kind) {
    case 'persist':
      return `${at} ✎ ${printer.record(effect.record)}`;
    case 'observe':
      return `${at} • ${printer.event(effect.event)}`;
    case 'startTimer':
      return effect.delay.maxMs > 0 ? `${at} ⏲ ${effect.timer}` : undefined;
    case 'stop':
      return `${at} stops`;
    case 'cut':
      return `${at} ✂ log through ${effect.through}`;
    case 'takeSnapshot':
      return `${at} takes snapshot ${effect.snapshot.era}.${effect.snapshot.index}`;
    case 'installSnapshot':
      return `${at} installs snapshot ${effect.snapshot.era}.${effect.snapshot.index}`;
    default:
      return undefined;
  }
}

/** A message that leaves. */
export function printSend<V extends Vocabulary>(
  printer: Printer<V>,
  from: Address,
  to: readonly Address[],
  message: V['message'],
): string {
  return `${from} → ${to.join(' ')}  ${printer.message(message)}`;
}

/** What happened to an actor. Scenarios do not show it, since their commands say it; transcripts do. */
export function printInput<V extends Vocabulary>(printer: Printer<V>, at: Address, input: Input<V>): string {
  switch (input.kind) {
    case 'receive':
      return `${at} ← ${input.from}  ${printer.message(input.message)}`;
    case 'timeout':
      return `${at} timeout ${input.timer}`;
    case 'recover':
      return `${at} recovers ✎ ${printer.record(input.record)}`;
    case 'recovered':
      return `${at} recovered (${input.tail}${input.empty ? ', empty' : ''})`;
    case 'persisted':
      return `${at} durable through ✎${input.token}`;
    case 'logRead':
      return `${at} read ${input.batches.length} batches`;
    default:
      return `${at} ${input.kind}`;
  }
}

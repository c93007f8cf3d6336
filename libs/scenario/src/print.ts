import type { Effect, Input, Vocabulary } from '@synod/actor';
import type { Happening } from '@synod/simulator';

/** How one protocol's words are printed; everything else is the same for all. */
export interface Printer<V extends Vocabulary> {
  message(message: V['message']): string;
  record(record: V['record']): string;
  event(event: V['event']): string;
}

/** An effect as a scenario shows it; undefined for what a reader does not miss. */
export function printEffect<V extends Vocabulary>(
  printer: Printer<V>,
  at: string,
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

/** A transcript in the notation of scenarios, with the time of each line, for people to read after a failure. */
export function printTranscript<V extends Vocabulary>(
  printer: Printer<V>,
  happenings: readonly Happening<V>[],
): string[] {
  return happenings.flatMap((happening) => {
    const line = printHappening(printer, happening);
    return line === undefined ? [] : [`${happening.time.toFixed(2).padStart(10)}  ${line}`];
  });
}

function printHappening<V extends Vocabulary>(printer: Printer<V>, happening: Happening<V>): string | undefined {
  switch (happening.kind) {
    case 'note':
      return `# ${happening.text}`;
    case 'lost':
      return `${happening.at} ⇥ ${happening.to}  ${printer.message(happening.message)} (${happening.why})`;
    case 'input':
      return printInput(printer, happening.at, happening.input);
    case 'left':
      return `${happening.at} → ${happening.to.join(' ')}  ${printer.message(happening.message)}`;
    case 'effect':
      return printEffect(printer, happening.at, happening.effect);
  }
}

function printInput<V extends Vocabulary>(printer: Printer<V>, at: string, input: Input<V>): string | undefined {
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

import { printEffect, printInput, printSend } from '@synod/actor';
import type { Printer, Vocabulary } from '@synod/actor';
import type { Happening } from '@synod/simulator';

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
      return printSend(printer, happening.at, happening.to, happening.message);
    case 'effect':
      return printEffect(printer, happening.at, happening.effect);
  }
}

import { printEffect, printInput, printSend } from '@synod/actor';
import type { Address, Printer, Token, Vocabulary } from '@synod/actor';
import { SendGate } from '../send-gate.js';
import type { ReplayedStep } from './replay.js';

/** What one step looks like in the notation of scenarios. */
export interface StepLines {
  /** What happened to the core. */
  readonly input: string;
  /** What it did, one line an effect. */
  readonly effects: readonly string[];
}

/**
 * Prints steps as scenarios do: a message stands where it leaves, that is, when what it rests on is durable. What was held
 * back before the first step is not known.
 */
export class StepPrinter<V extends Vocabulary> {
  private lines: string[] = [];
  private readonly gate: SendGate<V>;

  constructor(
    private readonly printer: Printer<V>,
    private readonly at: Address,
    durable: Token,
  ) {
    this.gate = new SendGate((to, message) => void this.lines.push(printSend(printer, at, [to], message)));
    this.gate.release(durable);
  }

  print({ input, effects, threw }: ReplayedStep<V>): StepLines {
    const { at, printer, gate } = this;
    this.lines = [];
    if (input.kind === 'persisted') gate.release(input.token);
    for (const effect of effects) {
      if (effect.kind === 'send') gate.send(effect.to, effect.message, effect.after);
      const line = printEffect(printer, at, effect);
      if (line !== undefined) this.lines.push(line);
    }
    if (threw !== undefined) this.lines.push(`${at} ✗ ${threw}`);
    return { input: printInput(printer, at, input), effects: this.lines };
  }
}

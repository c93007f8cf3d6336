import type { Vocabulary } from '@synod/actor';
import { Replay, StepPrinter, UnreadableRecording } from '@synod/actor-host/recording';
import type { Recording, ReplayedStep, StepLines } from '@synod/actor-host/recording';
import { version } from '../version.js';
import { replayable } from './protocols.js';

export interface ToldStep {
  readonly step: Pick<ReplayedStep<Vocabulary>, 'number' | 'input'>;
  readonly lines: StepLines;
}

/** A recording that this release can replay, step by step. */
export class Replaying {
  constructor(private readonly recording: Recording) {
    const { protocol, release } = recording.header;
    if (!Object.hasOwn(replayable, protocol))
      throw new UnreadableRecording(`it is of protocol ${protocol}; this release replays ${Object.keys(replayable).join(', ')}`); // prettier-ignore
    if (release !== version)
      throw new UnreadableRecording(`release ${release} made it, and only the same release can go on from what its core was; this is ${version}`); // prettier-ignore
  }

  *steps(): Iterable<ToldStep> {
    const { header, segments } = this.recording;
    const protocol = replayable[header.protocol]!(header);
    const replay = new Replay(protocol, segments);
    const printer = new StepPrinter(protocol.printer, header.replica, replay.beginning.durable);
    for (const step of replay.steps()) yield { step, lines: printer.print(step) };
  }
}

import type { Address, Printer, Vocabulary } from '@synod/actor';
import type { World } from '@synod/simulator';
import type { Protocol } from '../protocol.js';
import { Chronicle } from './chronicle.js';
import type { Deed } from './chronicle.js';
import { endsOf } from './rehearsal.js';
import { retell } from './retell.js';
import type { Retold } from './retell.js';
import { isJudged } from './tellings.js';
import type { Tellings } from './tellings.js';

export interface RetoldRun extends Retold {
  /** What scenarios cannot judge: whether it ends as the run did. */
  readonly endsAlike: boolean;
}

/** How a run came out. */
export interface Outcome<S> {
  readonly failure: Error | undefined;
  readonly swarm: S;
  readonly replicas: readonly Address[];
}

/** What a protocol's runs are retold by. */
export interface RunTeller<V extends Vocabulary, S> {
  /** The verb that begins its scenarios. */
  readonly name: string;
  readonly printer: Pick<Printer<V>, 'message'>;
  readonly protocol: Protocol<V>;
  /** See `Tale`. */
  readonly deedsMost?: number | undefined;
  /** The violated sentences that its scenarios can judge. */
  readonly sentences: readonly string[];
  /** The run, watched by who is made of its world. */
  readonly run: (witness: (world: World<V>) => Chronicle<V>) => Promise<Outcome<S>>;
  readonly tellings: (deeds: readonly Deed<V>[], outcome: Outcome<S>) => Tellings<V>;
}

/** A run that fails, as a scenario; undefined when it does not fail. `claim` tells what it shows. */
export async function retellRun<V extends Vocabulary, S>(
  { name, printer, protocol, deedsMost, sentences, run, tellings }: RunTeller<V, S>,
  claim: (failure: Error) => string,
): Promise<RetoldRun | undefined> {
  const watched: { world?: World<V>; chronicle?: Chronicle<V> } = {};
  const outcome = await run((world) => {
    watched.world = world;
    return (watched.chronicle = new Chronicle(world, (message) => printer.message(message)));
  });
  const { failure, replicas: members } = outcome;
  if (failure === undefined) return undefined;
  const violated = (failure as { readonly invariant?: string }).invariant ?? failure.name;
  const { manners, faithful } = tellings(watched.chronicle!.deeds, outcome);
  const ends = endsOf(protocol, watched.world!.machines.values()).join();
  const told = { name, claim: claim(failure), protocol, members, violated, faithful, deedsMost };
  const retold = await retell({ ...told, manners: isJudged(failure, sentences) ? manners : [] });
  return { ...retold, endsAlike: retold.ends.join() === ends };
}

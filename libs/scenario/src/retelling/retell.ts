import type { Address, Vocabulary } from '@synod/actor';
import { ddmin } from '@synod/simulator';
import type { Protocol } from '../protocol.js';
import { runScenario } from '../runner.js';
import { Stage } from '../stage.js';
import { optionsOf } from '../verbs.js';
import type { Deed } from './chronicle.js';
import { Rehearsal } from './rehearsal.js';
import type { Manner, Rehearsed } from './rehearsal.js';
import { paragraphs } from './paragraphs.js';

/** Whole, or without what only leads to the state in which this scenario begins. */
export interface Telling<V extends Vocabulary> extends Manner {
  readonly deeds: readonly Deed<V>[];
}

/** What is to be told, and what it is to show. */
export interface Tale<V extends Vocabulary> {
  /** The first line of the scenario, without #. */
  readonly claim: string;
  /** The verb that begins scenarios of this protocol: `raft`. */
  readonly name: string;
  /** Its judge finds the violation. */
  readonly protocol: Protocol<V>;
  readonly members: readonly Address[];
  /** The violated sentence. */
  readonly violated: string;
  /** How it may be told, the plainest first. */
  readonly manners: readonly Telling<V>[];
  /** How it is told when it shows in none of these. */
  readonly faithful: Telling<V>;
  /** So many deeds done again each for finding a scenario and for making it shorter, where a deed costs more than elsewhere. */
  readonly deedsMost?: number | undefined;
}

export interface Retold {
  /** A scenario file, as it comes out. */
  readonly text: string;
  readonly commands: number;
  /** Run by the scenario runner it violates the sentence below. */
  readonly shows: boolean;
  /** The same that the run violated; or another one, where the stage comes to that in every manner, and never to the same. */
  readonly violated: string;
  /** What each replica is in the end. */
  readonly ends: readonly string[];
}

/** LIMIT: finding a scenario is worth so many deeds done again, and so is making it shorter: some ten seconds each. */
const deedsUsually = 500_000;

/**
 * A run of a world as a scenario: the plainest that violates the same sentence, with as little in it as that takes. When none
 * does, the most faithful one, whole.
 */
export async function retell<V extends Vocabulary>(tale: Tale<V>): Promise<Retold> {
  const { deedsMost = deedsUsually } = tale;
  let deedsDone = 0;
  let another: (() => Promise<Retold>) | undefined;
  for (const manner of tale.manners) {
    if ((deedsDone += manner.deeds.length) > deedsMost) break;
    const rehearsed = rehearse(tale, manner, manner.deeds);
    const violated = nameOf(rehearsed.failure);
    if (violated === tale.violated) return shortest(tale, manner, rehearsed);
    if (rehearsed.failure?.name === 'Violation')
      another ??= () => shortest({ ...tale, violated: violated! }, manner, rehearsed);
  }
  // One mistake violates several sentences, and which one comes first depends on when disks and messages come.
  if (another !== undefined) return another();
  return written(tale, tale.faithful, rehearse(tale, tale.faithful, tale.faithful.deeds));
}

async function shortest<V extends Vocabulary>(tale: Tale<V>, manner: Manner, whole: Rehearsed<V>): Promise<Retold> {
  let best = whole;
  let plainest = manner;
  const { deedsMost = deedsUsually } = tale;
  let deedsDone = 0;
  const attempt = (deeds: readonly Deed<V>[], how: Manner): boolean => {
    if (deedsDone > deedsMost) return false;
    deedsDone += deeds.length;
    const rehearsed = rehearse(tale, how, deeds);
    if (nameOf(rehearsed.failure) !== tale.violated) return false;
    best = rehearsed;
    plainest = how;
    return true;
  };
  const leaveOutAlike = (): void => {
    for (const name of new Set(deedsOf(best).flatMap(namesOf)))
      attempt(deedsOf(best).filter((deed) => !namesOf(deed).includes(name)), plainest); // prettier-ignore
  };
  const plainer = (): void => {
    attempt(deedsOf(best), { ...plainest, waits: false });
    for (const option of manner.options) {
      const options = plainest.options.filter((word) => word !== option);
      if (begins(tale, options)) attempt(deedsOf(best), { ...plainest, options });
    }
  };
  plainer();
  leaveOutAlike();
  await ddmin(deedsOf(best), async (deeds) => attempt(deeds, plainest));
  // What was left out may have been what the rest was there for.
  plainer();
  leaveOutAlike();
  await ddmin(deedsOf(best), async (deeds) => attempt(deeds, plainest));
  return written(tale, plainest, best);
}

/** Some limits are only possible with others: replicas refuse to be made with what is left. */
function begins<V extends Vocabulary>({ protocol, members }: Tale<V>, options: readonly string[]): boolean {
  try {
    new Stage(protocol, members, optionsOf(options));
    return true;
  } catch {
    return false;
  }
}

/** Deeds with one of these names in common may be left out together: most often nothing hangs on them. */
function namesOf<V extends Vocabulary>(deed: Deed<V>): string[] {
  const { kind, at } = deed;
  if (kind === 'received') return [`${deed.from} says ${deed.message.kind}`, `${deed.from} says anything to ${at}`];
  return kind === 'timeout' ? [deed.timer, `${deed.timer} of ${at}`] : [kind, `${kind} ${at}`];
}

function deedsOf<V extends Vocabulary>({ done }: Rehearsed<V>): readonly Deed<V>[] {
  return done.map(({ deed }) => deed);
}

function rehearse<V extends Vocabulary>(
  { protocol, members }: Tale<V>,
  manner: Manner,
  deeds: readonly Deed<V>[],
): Rehearsed<V> {
  return new Rehearsal(protocol, members, manner, deeds).run();
}

/** Run once more as a file: what it shows then is what counts. */
function written<V extends Vocabulary>(
  { claim, name, protocol, members, violated }: Tale<V>,
  { options }: Manner,
  { first, done, ends }: Rehearsed<V>,
): Retold {
  const commands = [...first, ...done.flatMap((each) => each.commands)];
  const beginning = [name, ...members, ...options].join(' ');
  const bare = `# ${claim}\n\n${[beginning, ...paragraphs(commands)].join('\n\n')}\n`;
  const text = runScenario(bare, name, protocol);
  return { text, commands: commands.length, shows: text.includes(`\n✗ ${violated}`), violated, ends };
}

/** A violation's sentence, or what kind of error it is. */
function nameOf(error: Error | undefined): string | undefined {
  return (error as { readonly invariant?: string } | undefined)?.invariant ?? error?.name;
}

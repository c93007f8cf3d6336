import {
  accomplice,
  equivocatingPrimary,
  equivocatingVotes,
  forgedSender,
  lesserLie,
  wrongDigest,
} from './equivocation.js';
import {
  falseFloor,
  lyingCheckpoint,
  lyingOffer,
  lyingReply,
  lyingTransfer,
  unprovenReply,
  withholdingSnapshots,
} from './lies.js';
import { replay, selectiveSilence, silent, slow } from './silence.js';
import type { Treason } from './traitor.js';
import { twin } from './twin.js';
import {
  amnesia,
  fabricatedNewView,
  forgedCheckpoint,
  nulls,
  shortNewView,
  unjustifiedViewChange,
  worthlessNewView,
} from './views.js';

/** Those that there were from the beginning: seeds draw from them as they always did, and are the runs that they always were. */
export const firstTreasons = {
  silent,
  slow,
  'equivocating-primary': equivocatingPrimary,
  'equivocating-votes': equivocatingVotes,
  accomplice,
  'wrong-digest': wrongDigest,
  'forged-sender': forgedSender,
  replay,
  'unjustified-view-change': unjustifiedViewChange,
  'fabricated-new-view': fabricatedNewView,
  'short-new-view': shortNewView,
  'lying-checkpoint': lyingCheckpoint,
  'lying-transfer': lyingTransfer,
  'lying-offer': lyingOffer,
  'lying-reply': lyingReply,
  'selective-silence': selectiveSilence,
  amnesia,
  twin,
} as const satisfies { readonly [name: string]: Treason };

/** Those that came later; seeds draw them apart. */
export const laterTreasons = {
  'worthless-new-view': worthlessNewView,
  'false-floor': falseFloor,
  'lesser-lie': lesserLie,
} as const satisfies { readonly [name: string]: Treason };

/** And those that came after them, drawn apart again. */
export const latestTreasons = {
  nulls,
  'forged-checkpoint': forgedCheckpoint,
} as const satisfies { readonly [name: string]: Treason };

/** Every way not to keep to the protocol, by the name under which operators and seeds ask for it. */
export const treasons = { ...firstTreasons, ...laterTreasons, ...latestTreasons } as const satisfies {
  readonly [name: string]: Treason;
};

export type TreasonName = keyof typeof treasons;

/** Says one thing to one half of the others and another to the rest, whatever it is: as primary it proposes so, as backup it votes so. */
const equivocate: Treason = (means) => {
  const [proposing, voting] = [equivocatingPrimary(means), equivocatingVotes(means)];
  return {
    act: (effects, input) => (means.honest.inspect()['role'] === 'primary' ? proposing : voting).act!(effects, input),
  };
};

/**
 * What local stacks and mutants may have: the same, one that betrays in every office, and one that only clients can notice. Seeds draw
 * from those above, and must go on to do so.
 */
export const stagedTreasons = {
  ...treasons,
  equivocate,
  'unproven-reply': unprovenReply,
  'withholding-snapshots': withholdingSnapshots,
} as const satisfies { readonly [name: string]: Treason };

export type StagedTreason = keyof typeof stagedTreasons;

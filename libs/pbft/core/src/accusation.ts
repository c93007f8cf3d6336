import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import { contradiction } from './equivocation.js';
import type { Proof } from './messages.js';
import { reject } from './rejection.js';
import type { Pbft } from './state.js';
import type { PreparedCertificate, Signed, View } from './statements.js';
import { startViewChange } from './view-change.js';

/**
 * Two statements that no correct replica signs both. A primary that is found out is left at once: the others get the proof, so
 * nobody has to wait for a timer. (A proof counts, an accusation does not: nothing here rests on the word of one replica.)
 */
export function accuse(pbft: Pbft, first: Signed, second: Signed): void {
  if (contradiction(first, second) === undefined) return;
  const endsView = isAboutPrimary(pbft, first, second);
  // Whatever else was shown of it, what ends the view is told as well: nobody buys that off with a lesser lie.
  if (endsView ? pbft.proof?.view === pbft.view : pbft.accused.has(first.signer)) return;
  if (!endsView) pbft.accused.add(first.signer);
  pbft.out.observe({ kind: 'equivocation', by: first.signer, first, second });
  if (!endsView) return;
  pbft.proof = { view: pbft.view, message: { kind: 'proof', first, second } };
  pbft.out.send(pbft.configuration.everyone, pbft.proof.message, none);
  startViewChange(pbft, pbft.view + 1, 'equivocation');
}

/** Whether anything is left to be shown of that member. */
export function proofMatters(pbft: Pbft, signer: Address): boolean {
  if (!pbft.accused.has(signer)) return true;
  return signer === pbft.primary && pbft.active && pbft.proof?.view !== pbft.view;
}

/**
 * @paper departure from PBFT, which waits for a timer (§4.4)
 */
export function onProof(pbft: Pbft, from: Address, { first, second }: Proof): void {
  if (!pbft.group.has(first.signer) || contradiction(first, second) === undefined) {
    return reject(pbft, from, 'noContradiction');
  }
  accuse(pbft, first, second);
}

/**
 * A primary that gives one proposal to some and another to the rest may be left by its timer before anybody has both. Then the
 * certificates in view changes are where they meet.
 */
export function compareWithShown(pbft: Pbft, certificates: readonly PreparedCertificate[]): void {
  for (const { proposal, prepares } of certificates) {
    const said = pbft.log.at(proposal.statement.sequence)?.said ?? [];
    for (const shown of [proposal, ...prepares]) for (const heard of said) accuse(pbft, heard, shown);
  }
}

/** What the primary of the present view said in that view. */
function isAboutPrimary(pbft: Pbft, first: Signed, second: Signed): boolean {
  if (!pbft.active || first.signer !== pbft.primary) return false;
  return [viewOf(first), viewOf(second)].every((view) => view === pbft.view);
}

function viewOf({ statement }: Signed): View | undefined {
  const { type } = statement;
  const orders = type === 'prePrepare' || type === 'prepare' || type === 'commit' || type === 'newView';
  return orders ? statement.view : undefined;
}

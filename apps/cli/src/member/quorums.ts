import { majority } from '@synod/quorum';
import { usageError } from '../exit-codes.js';
import type { MemberSet, Quorums } from '../protocols/protocol.js';
import type { Wish } from './change.js';

type Wanted = Pick<Wish, 'phase1' | 'phase2'>;

/**
 * Those that a change is to ask for; undefined where the leader takes a majority. Quorums that somebody has chosen stay, as long
 * as they fit; when they do not, people must say what shall be: a majority in their place would cost the failures they were
 * chosen for, and nobody would notice before these failures come.
 */
export function quorumsAfter(now: MemberSet, count: number, { phase1, phase2 }: Wanted): Wanted {
  const usual = majority(now.members.length);
  const areChosen = now.quorums.phase1 !== usual || now.quorums.phase2 !== usual;
  if (!areChosen || (phase1 !== undefined && phase2 !== undefined)) return { phase1, phase2 };
  const kept = { phase1: phase1 ?? now.quorums.phase1, phase2: phase2 ?? now.quorums.phase2 };
  if (count === 0 || doMeet(count, kept)) return kept;
  throw usageError(
    `${said(kept)}: with ${members(count)} these quorums need not meet, since together they must be more than all members` +
      ` and each at most all. Say which shall hold: --phase1 N --phase2 M (majorities: ${majority(count)} and ${majority(count)})`,
  );
}

/** Throws when fewer members than now may fail, which nobody notices on a good day. */
export function requireTolerance(now: MemberSet, count: number, wanted: Wanted): void {
  const usual = majority(count);
  const after = { phase1: wanted.phase1 ?? usual, phase2: wanted.phase2 ?? usual };
  if (count === 0 || !doMeet(count, after)) return; // the leader says what is wrong with it
  const [before, then] = [tolerated(now.members.length, now.quorums), tolerated(count, after)];
  if (then >= before) return;
  throw usageError(
    `${then === 0 ? 'no member' : `only ${then}`} could fail then, and ${before} can now: of ${members(count)}` +
      ` ${said(after)}. Add or replace members instead; if it is meant, say --force`,
  );
}

/** So many may be gone and both quorums are there. */
function tolerated(count: number, { phase1, phase2 }: Quorums): number {
  return count - Math.max(phase1, phase2);
}

function doMeet(count: number, { phase1, phase2 }: Quorums): boolean {
  return phase1 + phase2 > count && Math.max(phase1, phase2) <= count;
}

function said({ phase1, phase2 }: Quorums): string {
  return `${phase1} must promise, ${phase2} must accept`;
}

function members(count: number): string {
  return count === 1 ? '1 member' : `${count} members`;
}

import { wrongDisks } from '@synod/simulator';
import type { DiskTampering } from '@synod/simulator';
import { honest } from '../group.js';
import type { Mutant, Mutants } from './tampering.js';

function stored(mistake: string, tamper: DiskTampering): Mutant {
  return { mistake, make: honest, tamper };
}

/** Honest replicas over a store that asks too little of the disk. */
export const storage: Mutants = {
  'syncs-nothing': stored('the journal is written and never synced', wrongDisks.syncsNothing),
  'ignores-failed-syncs': stored('a replica goes on after a sync that failed', wrongDisks.ignoresFailedSyncs),
  'syncs-no-snapshot': stored('a snapshot counts before its file is synced', wrongDisks.syncsNoSnapshot),
  'syncs-no-directory': stored(
    'the directory is not synced after a segment was made or a snapshot was renamed',
    wrongDisks.syncsNoDirectory,
  ),
};

import { formationFormats } from '@synod/api';
import type { Formats } from '@synod/api';
import type { PeerMessage } from '@synod/paxos-core';
import { learningFormats } from './learning-formats.js';
import { phaseFormats } from './phase-formats.js';

/** Free in the Envelope: 22 and above. */
export const formats: Formats<PeerMessage> = { ...phaseFormats, ...learningFormats, ...formationFormats(17) };

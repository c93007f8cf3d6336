import { formationFormats } from '@synod/api';
import type { Formats } from '@synod/api';
import type { PeerMessage } from '@synod/paxos-core';
import { learningFormats } from './learning-formats.js';
import { phaseFormats } from './phase-formats.js';
import { registerFormats } from './register-formats.js';

export const formats: Formats<PeerMessage> = {
  ...phaseFormats,
  ...learningFormats,
  ...formationFormats(17),
  ...registerFormats,
};

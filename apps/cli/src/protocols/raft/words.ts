import type { Words } from '../protocol.js';

export const raftWords: Words = { era: 'term', position: 'index', printEra: String };

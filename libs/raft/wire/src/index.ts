export { raftRounds } from './rounds.js';

/**
 * Multi-Paxos as two deterministic state machines: no clock, no randomness, no I/O. `PaxosProposer` leads, learns, executes and
 * answers clients; `PaxosAcceptor` promises and votes. A file is a part of the protocol, a function is a message. Papers:
 * Lamport, "The Part-Time Parliament" (1998) and "Paxos Made Simple" (2001); van Renesse and Altinbuken, "Paxos Made Moderately
 * Complex" (2015); Chandra, Griesemer and Redstone, "Paxos Made Live" (2007); Howard, Malkhi and Spiegelman, "Flexible Paxos" (2016).
 *
 * @packageDocumentation
 */
export { PaxosAcceptor } from './acceptor/acceptor.js';
export { foundingSet } from './acceptor/first-start.js';
export { PaxosProposer } from './proposer/proposer.js';
export { derivedState, stateClasses } from './state-classes.js';
export { AcceptorSets, isAmong, majorities, meetsEveryQuorum, quorumFault } from './acceptor-set.js';
export type { AcceptorId, AcceptorSet } from './acceptor-set.js';
export { ballot, greatestRound, mostProposers, printBallot, proposerOfBallot, roundOfBallot } from './ballot.js';
export type { Ballot } from './ballot.js';
export { alpha, defaultAcceptorLimits, defaultProposerLimits } from './configuration.js';
export type { AcceptorConfiguration, AcceptorLimits, ProposerConfiguration, ProposerLimits } from './configuration.js';
export type * from './events.js';
export type * from './messages.js';
export type {
  AcceptorMark,
  AcceptorRecord,
  AcceptorState,
  ChosenValues,
  ProposerMark,
  ProposerRecord,
  ProposerState,
  Record,
  RegisterVote,
  Vote,
} from './records.js';
export { decodeMove, decodeSet, encodeMove, encodeSet, mostAcceptors } from './set-codec.js';
export { roundOf } from './round.js';
export type { AcceptorTimer, PaxosVocabulary, ProposerTimer, Timer } from './vocabulary.js';

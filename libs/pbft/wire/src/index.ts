/**
 * PBFT's bytes: statements and their signatures, messages, records in the journal, certificates that anybody can check, and the
 * words in which telemetry tells of rounds; and `pbft`, which puts them together with the rules for whoever starts replicas.
 *
 * @packageDocumentation
 */
export { isPbftReply, readPbftClientMessage } from './client-messages.js';
export { pbftMessages } from './messages.js';
export { pbftRecords } from './records.js';
export { pbftWireVersion, wireLimits } from './limits.js';
export { pbftRounds } from './rounds.js';
export { pbftCryptography, signedBytes } from './cryptography.js';
export type { Sha256, Sign, Verify } from './cryptography.js';
export { pbftAuthenticator } from './authenticator.js';
export type { AuthenticatorParts, VerifyLater } from './authenticator.js';
export type { PublicKeys } from './signatures.js';
export { Answers, sharedBy, vouchedFor } from './answers.js';
export type { Asked, Result } from './answers.js';
export { decodeCertificate, encodeCertificate } from './certificates.js';
export type { Certificate, ProvenAnswer, ReplyCertificate } from './certificates.js';
export { faultOf, verifyCertificate } from './verify.js';
export type { Verdict, VerifierParts } from './verify.js';
export { pbft } from './pbft.js';
export type { PbftEquipment, PbftSecrets, PbftSettings } from './pbft.js';
export type { Domain } from './domain.js';
export { pbftRecording } from './recording.js';
export { pbftPrinter } from './print.js';

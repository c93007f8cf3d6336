/**
 * Ed25519 keys of groups whose replicas sign: who is in the group and by which public keys, as a file of its configuration; each
 * one's own secret, as a file that only its owner can read; and Node's cryptography over them. Beside them, the tokens of those who
 * ask over HTTP.
 *
 * @packageDocumentation
 */
export { ed25519, sha256, verifyEd25519, verifyEd25519Later } from './cryptography.js';
export { groupKeysPath, mostMembers, parseGroupKeys, readGroupKeys } from './group-keys.js';
export type { GroupKeys } from './group-keys.js';
export { makeKeys } from './make-keys.js';
export type { KeysWanted } from './make-keys.js';
export { readSecretKey, secretKeyPath } from './secret-key.js';
export type { KeyHolder, SecretKey } from './secret-key.js';
export { keySettings } from './settings.js';
export { newToken, parsePrincipals, principalOf, printPrincipals, readPrincipals } from './tokens.js';
export type { LedgerRight, NewToken, Principal } from './tokens.js';
export { trustIn } from './trust.js';
export type { Trust } from './trust.js';

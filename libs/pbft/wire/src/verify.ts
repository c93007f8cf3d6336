import { DecodeError, printQueries, printRequest, printResults, readReadHeader } from '@synod/api';
import {
  contradiction,
  faultOfCheckpoint,
  faultOfNewView,
  faultOfPrepared,
  faultOfSnapshot,
  leafOf,
  digestOfRead,
  requestDigest,
  rootFrom,
} from '@synod/pbft-core';
import type { Cryptography, Group, Signed } from '@synod/pbft-core';
import { sharedBy, vouchedFor } from './answers.js';
import { decodeCertificate } from './certificates.js';
import type { Certificate, ReplyCertificate } from './certificates.js';
import { pureDigests, signedBytes } from './cryptography.js';
import type { Sha256, Verify } from './cryptography.js';
import type { Domain } from './domain.js';
import { printStatement } from './print-statements.js';
import { inViewChange, keyOf } from './signatures.js';
import type { PublicKeys } from './signatures.js';

/** What anybody must know of a group to check its certificates; no secrets. */
export interface VerifierParts {
  readonly domain: Domain;
  readonly group: Group;
  /** L. */
  readonly logSize: number;
  readonly keys: PublicKeys;
  readonly sha256: Sha256;
  readonly verify: Verify;
}

export type Verdict =
  /** `says`: what is proven, in a sentence; `told`: the same of an answer, by parts. */
  | { readonly holds: true; readonly certificate: Certificate; readonly says: string; readonly told?: Told }
  /** `why`: the first thing that is wrong, in words of a fixed list, or what the decoder says. */
  | { readonly holds: false; readonly why: string };

/**
 * Whether a file proves what it claims: pure, offline, the same for replica, client, auditor and command line. Signatures are
 * checked over the bytes in the file, and then the same rules that replicas follow.
 */
export function verifyCertificate(parts: VerifierParts, bytes: Uint8Array): Verdict {
  let certificate: Certificate;
  try {
    certificate = decodeCertificate(parts.domain, bytes);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { holds: false, why: error.message };
  }
  const why = faultOf(parts, certificate);
  if (why !== undefined) return { holds: false, why };
  if (certificate.kind !== 'reply') return { holds: true, certificate, says: saysOf(certificate) };
  const told = toldBy(certificate, parts.group);
  return { holds: true, certificate, says: saysOfReply(certificate, told), told };
}

/** What is wrong with a certificate that was decoded, or was never encoded. */
export function faultOf(parts: VerifierParts, certificate: Certificate): string | undefined {
  const genuine = signaturesOf(certificate).every((signed) => isGenuine(parts, signed));
  return genuine ? ruleFault(parts, pureDigests(parts.sha256), certificate) : 'notGenuine';
}

function isGenuine({ keys, verify }: VerifierParts, signed: Signed): boolean {
  const key = keyOf(keys, signed);
  return key !== undefined && verify(key, signedBytes(signed.bytes), signed.signature);
}

function signaturesOf(certificate: Certificate): readonly Signed[] {
  switch (certificate.kind) {
    case 'prepared':
      return [certificate.certificate.proposal, ...certificate.certificate.prepares];
    case 'checkpoint':
    case 'snapshot':
      return certificate.stable.votes;
    case 'newView': {
      const { signed, viewChanges } = certificate;
      return [signed, ...signed.statement.proposals, ...viewChanges.flatMap(inViewChange)];
    }
    case 'reply': {
      const answers = certificate.answers.map(({ signed }) => signed);
      return certificate.asked.kind === 'request' ? [certificate.asked.signed, ...answers] : answers;
    }
    case 'equivocation':
      return [certificate.first, certificate.second];
  }
}

function ruleFault(parts: VerifierParts, cryptography: Cryptography, certificate: Certificate): string | undefined {
  const { group, logSize } = parts;
  switch (certificate.kind) {
    case 'prepared':
      return faultOfPrepared(group, certificate.certificate);
    case 'checkpoint':
      // Replicas know the beginning by themselves; a file that nobody signed proves nothing to anybody.
      if (certificate.stable.votes.length === 0) return 'tooFewVotes';
      return faultOfCheckpoint(group, cryptography, certificate.stable);
    case 'snapshot':
      return faultOfSnapshot(group, cryptography, certificate.stable);
    case 'newView':
      return faultOfNewView({ group, cryptography, logSize }, certificate.signed, certificate.viewChanges);
    case 'reply':
      return faultOfReply(group, cryptography, certificate);
    case 'equivocation': {
      const { first, second } = certificate;
      if (!group.has(first.signer)) return 'signerNotAMember';
      return contradiction(first, second) === undefined ? 'noContradiction' : undefined;
    }
  }
}

/**
 * "The client waits for f + 1 replies with valid signatures from different replicas, and with the same t and r, before accepting
 * the result r"; a read in one round trip takes a quorum, but f + 1 where it may be stale, for then some correct member had it so.
 * The request is in each answer by its digest; where it opens a session, the position is the session, so it has to be the same, too.
 *
 * @paper PBFT §4.1; TOCS §5.1.3
 */
function faultOfReply(
  group: Group,
  cryptography: Cryptography,
  { asked, results, answers }: ReplyCertificate,
): string | undefined {
  const isRead = asked.kind === 'read';
  const takesQuorum = isRead && !isStale(asked.queries);
  if (answers.length < (takesQuorum ? group.quorum : group.weak)) return 'tooFewAnswers';
  const isOpening = !isRead && asked.signed.statement.holds === 'operations' && asked.signed.statement.session === 0;
  const digest = isRead ? digestOfRead(cryptography, asked.queries) : requestDigest(cryptography, asked.signed);
  const members = new Set<string>();
  for (const { signed, place, path, index } of answers) {
    const { signer, statement } = signed;
    if (!group.has(signer)) return 'signerNotAMember';
    if (members.has(signer)) return 'doubledAnswer';
    if (isOpening && index !== answers[0]!.index) return 'otherSession';
    const leaf = leafOf(cryptography, { asked: digest, index, results });
    if (rootFrom(cryptography, leaf, place, statement.count, path) !== statement.root) return 'notInTheAnswer';
    members.add(signer);
  }
  return undefined;
}

/** What members answered says so itself. */
function isStale(queries: Uint8Array): boolean {
  return readReadHeader(queries).level === 'stale';
}

function saysOf(certificate: Exclude<Certificate, ReplyCertificate>): string {
  switch (certificate.kind) {
    case 'prepared': {
      const { proposal, prepares } = certificate.certificate;
      const { view, sequence, digest } = proposal.statement;
      const backups = signers(prepares);
      return `batch ${short(digest)} prepared as sequence ${sequence} in view ${view}: proposed by ${proposal.signer}, prepared by ${backups}`;
    }
    case 'checkpoint': {
      const { sequence, position, history } = certificate.stable.state;
      return `everything through sequence ${sequence} (${position} requests, history ${short(history)}) is agreed on by ${signers(certificate.stable.votes)}`;
    }
    case 'snapshot': {
      const { sequence, totalBytes } = certificate.stable.manifest;
      return `the snapshot at sequence ${sequence}, ${totalBytes} bytes, is the same at ${signers(certificate.stable.votes)}`;
    }
    case 'newView': {
      const { signer, statement } = certificate.signed;
      return `${signer} is primary of view ${statement.view} by the view changes of ${signers(certificate.viewChanges)}`;
    }
    case 'equivocation': {
      const { first, second } = certificate;
      const both = `${printStatement(first)}, and ${printStatement(second)}`;
      return `${first.signer} is faulty: it signed what contradicts itself (${contradiction(first, second)}): ${both}`;
    }
  }
}

/** What was asked and what was answered, too: else a right answer to another question, or from long ago, would look the same. */
function saysOfReply({ asked, answers }: ReplyCertificate, told: Told): string {
  const by = answers.map(({ signed }) => signed.signer).join(', ');
  const read = asked.kind === 'read' && isStale(asked.queries) ? 'a read that may be stale' : 'a read';
  const what = asked.kind === 'read' ? read : `a request of ${asked.signed.signer}`;
  const where = told.position === undefined ? 'at a position that too few tell alike' : `at position ${told.position}`;
  return `${what}, ${told.asked}, was answered alike by ${by}: ${told.answered}, ${where}`;
}

export interface Told {
  readonly asked: string;
  readonly answered: string;
  /**
   * In the order of all requests: where this one is, or one that a correct member had executed before the read. A request that was
   * answered again has none where less than f + 1 remember it.
   */
  readonly position: number | undefined;
}

/** In words, cut where they are long. What f members say by themselves is no position. */
function toldBy({ asked, results, answers }: ReplyCertificate, { weak }: Group): Told {
  const positions = answers.map(({ index }) => index);
  const position = asked.kind === 'read' ? vouchedFor(positions, weak) : sharedBy(positions, weak) || undefined;
  return { asked: question(asked), answered: printResults(results), position };
}

function question(asked: ReplyCertificate['asked']): string {
  if (asked.kind === 'read') return printQueries(asked.queries);
  const { holds, batch } = asked.signed.statement;
  return holds === 'queries' ? printQueries(batch) : printRequest(batch);
}

function signers(signed: readonly Signed[]): string {
  return signed.map(({ signer }) => signer).join(', ');
}

function short(digest: string): string {
  return digest.slice(0, 12);
}

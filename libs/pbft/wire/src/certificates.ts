import { DecodeError, decodeWith, readReadHeader } from '@synod/api';
import type { ExecutionClaim, PreparedCertificate, Signed, StableCheckpoint, StableSnapshot } from '@synod/pbft-core';
import type { Command, Digest, NewViewClaim, ViewChangeClaim } from '@synod/pbft-core';
import { joinDigests, splitDigests } from './digest-bytes.js';
import type { Domain } from './domain.js';
import { pbftWireVersion, wireLimits } from './limits.js';
import { newViewOf, pbNewView } from './records.js';
import { certificateShape } from './shapes.js';
import { StatementReader, pbPrepared, pbSigned, pbSnapshot, pbStable } from './statements.js';
import { synod } from './gen/pbft.js';

const pb = synod.pbft.v1;

/** What can be shown to anybody: a file of signed statements that together prove something. */
export type Certificate =
  | { readonly kind: 'prepared'; readonly certificate: PreparedCertificate }
  | { readonly kind: 'checkpoint'; readonly stable: StableCheckpoint }
  | { readonly kind: 'snapshot'; readonly stable: StableSnapshot }
  | {
      readonly kind: 'newView';
      readonly signed: Signed<NewViewClaim>;
      readonly viewChanges: readonly Signed<ViewChangeClaim>[];
    }
  | ReplyCertificate
  | { readonly kind: 'equivocation'; readonly first: Signed; readonly second: Signed };

/** What members answered alike to a request, or to a read. */
export interface ReplyCertificate {
  readonly kind: 'reply';
  readonly asked:
    | { readonly kind: 'request'; readonly signed: Signed<Command> }
    | { readonly kind: 'read'; readonly queries: Uint8Array };
  readonly results: Uint8Array;
  readonly answers: readonly ProvenAnswer[];
}

export interface ProvenAnswer {
  readonly signed: Signed<ExecutionClaim>;
  readonly place: number;
  readonly path: readonly Digest[];
  readonly index: number;
}

export function encodeCertificate(certificate: Certificate): Uint8Array {
  return pb.Certificate.encode({ version: pbftWireVersion, ...bodyOf(certificate) }).finish();
}

function bodyOf(certificate: Certificate): object {
  switch (certificate.kind) {
    case 'prepared':
      return { prepared: pbPrepared(certificate.certificate) };
    case 'checkpoint':
      return { checkpoint: pbStable(certificate.stable) };
    case 'snapshot':
      return { snapshot: pbSnapshot(certificate.stable) };
    case 'newView':
      return { newView: pbNewView(certificate) };
    case 'reply':
      return { reply: pbReply(certificate) };
    case 'equivocation':
      return { equivocation: { first: pbSigned(certificate.first), second: pbSigned(certificate.second) } };
  }
}

function pbReply({ asked, results, answers }: ReplyCertificate): object {
  return {
    ...(asked.kind === 'request' ? { request: pbSigned(asked.signed) } : { read: asked.queries }),
    results,
    answers: answers.map(({ signed, path, ...rest }) => ({
      ...rest,
      replies: pbSigned(signed),
      path: joinDigests(path),
    })),
  };
}

/** Throws `DecodeError` for what is no certificate of this group. Whether it proves anything is not asked here. */
export function decodeCertificate(domain: Domain, bytes: Uint8Array): Certificate {
  const reader = new StatementReader(domain);
  const decoded = decodeWith(pb.Certificate, bytes, certificateShape);
  if (decoded.version !== pbftWireVersion) {
    throw new DecodeError(`a certificate of version ${decoded.version}; this program understands ${pbftWireVersion}`);
  }
  const { prepared, checkpoint, snapshot, newView, reply, equivocation } = decoded;
  if (prepared) return { kind: 'prepared', certificate: reader.prepared(prepared) };
  if (checkpoint) return { kind: 'checkpoint', stable: reader.stable(checkpoint) };
  if (snapshot) return { kind: 'snapshot', stable: reader.snapshot(snapshot) };
  if (newView) {
    const { signed, viewChanges } = newViewOf(reader, newView);
    return { kind: 'newView', signed, viewChanges };
  }
  if (reply) return replyOf(reader, reply);
  return { kind: 'equivocation', first: reader.any(equivocation?.first), second: reader.any(equivocation?.second) };
}

function replyOf(reader: StatementReader, body: synod.pbft.v1.ReplyCertificate.$Properties): ReplyCertificate {
  const { request, read, results, answers } = body;
  const isRead = (read?.length ?? 0) > 0;
  if (isRead === Boolean(request))
    throw new DecodeError('a reply certificate for both, or neither, a request and a read');
  if (isRead) readReadHeader(read!);
  return {
    kind: 'reply',
    asked: isRead ? { kind: 'read', queries: read! } : { kind: 'request', signed: reader.signed(request, 'request') },
    results: results ?? new Uint8Array(0),
    answers: (answers ?? []).map(({ replies, place, path, index }) => ({
      signed: reader.signed(replies, 'replies'),
      place: place ?? 0,
      path: splitDigests(path, wireLimits.path),
      index: index ?? 0,
    })),
  };
}

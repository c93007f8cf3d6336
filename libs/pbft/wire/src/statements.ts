import { DecodeError, decodeWith, isToken, readReadHeader, readRequestHeader } from '@synod/api';
import type { Signed, StableCheckpoint, StableSnapshot, Statement, StateVote } from '@synod/pbft-core';
import type {
  CheckpointState,
  Command,
  ComplaintClaim,
  HelloClaim,
  Manifest,
  PreparedCertificate,
  Proposal,
  StandingClaim,
  ViewChangeClaim,
  Vote,
} from '@synod/pbft-core';
import type { ExecutionClaim, NewViewClaim } from '@synod/pbft-core';
import { bytesOfDigest, digestOf, joinDigests, splitDigests } from './digest-bytes.js';
import type { Domain } from './domain.js';
import { pbftWireVersion, wireLimits } from './limits.js';
import { standings } from './names.js';
import { statementShape } from './shapes.js';
import { synod } from './gen/pbft.js';

const pb = synod.pbft.v1;
/** As generated code gives it: what is not on the wire is undefined or null. */
type Loose<T> = T | null | undefined;

export type Type = Statement['type'];
export type OfType<T extends Type> = Extract<Statement, { readonly type: T }>;

type PbSigned = synod.pbft.v1.Signed.$Properties;

/** The bytes that are signed; the same for the same statement. */
export function encodeStatement(domain: Domain, signer: string, statement: Statement): Uint8Array {
  const { cluster, group, epoch } = domain;
  const says = { version: pbftWireVersion, cluster, group, epoch, signer, [statement.type]: bodyOf(statement) };
  return pb.Statement.encode(says).finish();
}

export function pbSigned({ bytes, signature }: Signed): { statement: Uint8Array; signature: Uint8Array } {
  return { statement: bytes, signature };
}

function bodyOf(statement: Statement): object {
  switch (statement.type) {
    case 'prePrepare':
    case 'prepare':
    case 'commit':
    case 'checkpoint':
    case 'snapshot':
      return { ...statement, digest: bytesOfDigest(statement.digest) };
    case 'viewChange':
      return { view: statement.view, stable: pbStable(statement.stable), prepared: statement.prepared.map(pbPrepared) };
    case 'newView': {
      const viewChanges = statement.viewChanges.map(({ replica, digest }) => ({
        replica,
        digest: bytesOfDigest(digest),
      }));
      return { view: statement.view, viewChanges, proposals: statement.proposals.map(pbSigned) };
    }
    case 'replies':
      return { ...statement, root: bytesOfDigest(statement.root) };
    case 'standing':
      return { ...statement, standing: standings.number(statement.standing) };
    case 'complaint':
    case 'hello':
      return statement;
    case 'request':
      return { [statement.holds]: statement.batch };
  }
}

export function pbPrepared({ proposal, prepares }: PreparedCertificate): object {
  return { proposal: pbSigned(proposal), prepares: prepares.map(pbSigned) };
}

export function pbStable({ state, votes }: StableCheckpoint): object {
  return { state: { ...state, history: bytesOfDigest(state.history) }, votes: votes.map(pbSigned) };
}

export function pbSnapshot({ manifest, votes }: StableSnapshot): object {
  const { history, chunks } = manifest;
  return {
    manifest: { ...manifest, history: bytesOfDigest(history), chunks: joinDigests(chunks) },
    votes: votes.map(pbSigned),
  };
}

/** Reads what was signed for one domain. What it gives are views of the bytes that it was given. */
export class StatementReader {
  /** Without a domain what was signed for any: for those who only look on. */
  constructor(private readonly domain?: Domain) {}

  /** Throws `DecodeError` for a statement of another type, domain or version. Whether it is genuine is not asked here. */
  signed<T extends Type>(signed: Loose<PbSigned>, ...types: readonly T[]): Signed<OfType<T>> {
    const [bytes, signature] = [signed?.statement, signed?.signature];
    if (!bytes || bytes.length === 0) throw new DecodeError('a statement is missing');
    if (signature?.length !== wireLimits.ed25519Bytes) throw new DecodeError('a signature that is not 64 bytes');
    const { signer, statement } = this.statement(bytes, types);
    return { statement: statement as OfType<T>, signer, bytes, signature };
  }

  all<T extends Type>(signed: readonly PbSigned[], ...types: readonly T[]): readonly Signed<OfType<T>>[] {
    return signed.map((each) => this.signed(each, ...types));
  }

  /** Whatever it says. */
  any(signed: Loose<PbSigned>): Signed {
    return this.signed(signed, ...types);
  }

  prepared(body: Loose<synod.pbft.v1.Prepared.$Properties>): PreparedCertificate {
    return { proposal: this.signed(body?.proposal, 'prePrepare'), prepares: this.all(body?.prepares ?? [], 'prepare') };
  }

  stable(body: Loose<synod.pbft.v1.StableCheckpoint.$Properties>): StableCheckpoint {
    if (!body?.state) throw new DecodeError('a checkpoint without its state');
    return { state: checkpointStateOf(body.state), votes: this.all(body.votes ?? [], 'checkpoint') };
  }

  snapshot(body: Loose<synod.pbft.v1.StableSnapshot.$Properties>): StableSnapshot {
    if (!body?.manifest) throw new DecodeError('a snapshot without its manifest');
    return { manifest: manifestOf(body.manifest), votes: this.all(body.votes ?? [], 'snapshot') };
  }

  private statement(bytes: Uint8Array, types: readonly Type[]): Pick<Signed, 'signer' | 'statement'> {
    const decoded = decodeWith(pb.Statement, bytes, statementShape);
    // Before its body is read, which holds statements as well: what belongs nowhere must not lead deeper and deeper.
    const type = typeOf(decoded);
    if (!types.includes(type)) {
      throw new DecodeError(`a statement of type ${type} where one of ${types.join(' or ')} belongs`);
    }
    const { version, cluster, group, epoch, signer } = decoded;
    if (version !== pbftWireVersion) {
      throw new DecodeError(`a statement of version ${version}; this replica understands ${pbftWireVersion}`);
    }
    const { domain } = this;
    const isOurs =
      domain === undefined || (cluster === domain.cluster && group === domain.group && epoch === domain.epoch);
    if (!isOurs) {
      throw new DecodeError('a statement that was signed for another group or epoch');
    }
    if (!isToken(signer)) throw new DecodeError('a statement of who has no name');
    return { signer, statement: this.says(decoded) };
  }

  private says(decoded: synod.pbft.v1.Statement): Statement {
    const { prePrepare, prepare, commit, checkpoint, snapshot } = decoded;
    if (prePrepare) return orderOf('prePrepare', prePrepare);
    if (prepare) return orderOf('prepare', prepare);
    if (commit) return orderOf('commit', commit);
    if (checkpoint) return stateVoteOf('checkpoint', checkpoint);
    if (snapshot) return stateVoteOf('snapshot', snapshot);
    if (decoded.viewChange) return this.viewChange(decoded.viewChange);
    if (decoded.newView) return this.newView(decoded.newView);
    if (decoded.replies) return repliesOf(decoded.replies);
    if (decoded.standing) return standingOf(decoded.standing);
    if (decoded.complaint) return complaintOf(decoded.complaint);
    if (decoded.hello) return helloOf(decoded.hello);
    return commandOf(decoded.request ?? {});
  }

  private viewChange({ view, stable, prepared }: synod.pbft.v1.ViewChange.$Properties): ViewChangeClaim {
    const certificates = (prepared ?? []).map((each) => this.prepared(each));
    return { type: 'viewChange', view: view ?? 0, stable: this.stable(stable), prepared: certificates };
  }

  private newView({ view, viewChanges, proposals }: synod.pbft.v1.NewView.$Properties): NewViewClaim {
    const named = (viewChanges ?? []).map(({ replica, digest }) => ({
      replica: tokenOf(replica),
      digest: digestOf(digest),
    }));
    return { type: 'newView', view: view ?? 0, viewChanges: named, proposals: this.all(proposals ?? [], 'prePrepare') };
  }
}

const types: readonly Type[] = [
  ...(['prePrepare', 'prepare', 'commit', 'checkpoint', 'snapshot', 'viewChange', 'newView', 'replies'] as const),
  ...(['standing', 'complaint', 'hello', 'request'] as const),
];

/** Of several bodies, which no correct signer sends, the first counts. */
function typeOf(decoded: synod.pbft.v1.Statement): Type {
  return types.find((type) => decoded[type]) ?? 'request';
}

function orderOf<T extends 'prePrepare' | 'prepare' | 'commit'>(
  type: T,
  { view, sequence, digest }: synod.pbft.v1.Order.$Properties,
): Proposal | Vote<'prepare'> | Vote<'commit'> {
  return { type, view: view ?? 0, sequence: sequence ?? 0, digest: digestOf(digest) } as Proposal;
}

function stateVoteOf<T extends 'checkpoint' | 'snapshot'>(
  type: T,
  { sequence, digest }: synod.pbft.v1.StateVote.$Properties,
): StateVote<T> {
  return { type, sequence: sequence ?? 0, digest: digestOf(digest) };
}

function repliesOf({ view, sequence, whole, count, root }: synod.pbft.v1.Replies.$Properties): ExecutionClaim {
  return {
    type: 'replies',
    view: view ?? 0,
    sequence: sequence ?? 0,
    whole: whole ?? false,
    count: count ?? 0,
    root: digestOf(root),
  };
}

function standingOf(body: synod.pbft.v1.Standing.$Properties): StandingClaim {
  return {
    type: 'standing',
    to: tokenOf(body.to),
    nonce: body.nonce ?? 0,
    incarnation: body.incarnation ?? 0,
    standing: standings.name(body.standing ?? 0),
    founder: body.founder ?? false,
    view: body.view ?? 0,
    stable: body.stable ?? 0,
  };
}

function complaintOf({ view, incarnation, number }: synod.pbft.v1.Complaint.$Properties): ComplaintClaim {
  return { type: 'complaint', view: view ?? 0, incarnation: incarnation ?? 0, number: number ?? 0 };
}

function helloOf({ nonce }: synod.pbft.v1.Hello.$Properties): HelloClaim {
  return { type: 'hello', nonce: nonce ?? 0 };
}

/** The operations stay as they are: only who asks, and how the answer is called, is read. */
function commandOf({ operations, queries }: synod.pbft.v1.Command.$Properties): Command {
  if (operations) {
    const { client, session, sequence } = readRequestHeader(operations);
    return { type: 'request', client, session, sequence, holds: 'operations', batch: operations };
  }
  if (!queries) throw new DecodeError('a request that holds nothing');
  const { client, sequence, level } = readReadHeader(queries);
  if (level !== 'linearizable') throw new DecodeError(`a read of level ${level} is not ordered`);
  return { type: 'request', client, session: 0, sequence, holds: 'queries', batch: queries };
}

function checkpointStateOf({
  sequence,
  position,
  history,
  state,
}: synod.pbft.v1.CheckpointState.$Properties): CheckpointState {
  if (!/^[\x20-\x7e]*$/.test(state ?? '')) throw new DecodeError('a state hash that is not plain text');
  return { sequence: sequence ?? 0, position: position ?? 0, history: digestOf(history), state: state ?? '' };
}

function manifestOf(body: synod.pbft.v1.Manifest.$Properties): Manifest {
  return {
    sequence: body.sequence ?? 0,
    position: body.position ?? 0,
    history: digestOf(body.history),
    totalBytes: body.totalBytes ?? 0,
    chunkBytes: body.chunkBytes ?? 0,
    chunks: splitDigests(body.chunks, wireLimits.chunks),
  };
}

export function tokenOf(name: Loose<string>): string {
  if (!name || !isToken(name)) throw new DecodeError('a name that is not 1 to 32 of a-z, 0-9 and -');
  return name;
}

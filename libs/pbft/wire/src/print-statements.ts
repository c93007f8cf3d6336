import type { Digest, PreparedCertificate, Proposal, Signed, Statement } from '@synod/pbft-core';

/** SHA-256 of nothing: of a batch without requests. */
const nullDigest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

export function printDigest(digest: Digest): string {
  return digest === nullDigest ? 'null' : digest.slice(0, 6);
}

/** What somebody signed: `viewChange 1 stable=0 [0.1 1f3a9c] of r2`. */
export function printStatement({ statement, signer }: Signed): string {
  return `${printWords(statement)} of ${signer}`;
}

function printWords(statement: Statement): string {
  const { type } = statement;
  switch (type) {
    case 'prePrepare':
    case 'prepare':
    case 'commit':
      return `${type} ${statement.view}.${statement.sequence} ${printDigest(statement.digest)}`;
    case 'checkpoint':
    case 'snapshot':
      return `${type} ${statement.sequence} ${printDigest(statement.digest)}`;
    case 'viewChange':
      return `${type} ${statement.view} stable=${statement.stable.state.sequence} [${statement.prepared.map(printProposed).join(', ')}]`; // prettier-ignore
    case 'newView': {
      const named = statement.viewChanges.map(({ replica }) => replica).join(' ');
      return `${type} ${statement.view} by ${named} [${statement.proposals.map(printPlace).join(', ')}]`;
    }
    case 'replies':
      return `${type} ${statement.sequence}`;
    case 'standing':
      return `${type} ${statement.standing}`;
    case 'hello':
      return `${type} ${statement.nonce}`;
    case 'complaint':
      return `${type} of v${statement.view} #${statement.number}`;
    case 'request':
      return `${type} ${statement.session}.${statement.sequence}`;
  }
}

function printProposed({ proposal: { statement } }: PreparedCertificate): string {
  return `${statement.view}.${statement.sequence} ${printDigest(statement.digest)}`;
}

function printPlace({ statement: { sequence, digest } }: Signed<Proposal>): string {
  return `${sequence} ${printDigest(digest)}`;
}

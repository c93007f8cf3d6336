import type { PreparedCertificate, Proposal, Signed, Statement, ViewChangeClaim, Vote } from './statements.js';

type Order = Proposal | Vote<'prepare'> | Vote<'commit'>;

/** What two statements of one signer show, each of which a correct replica never signs when it has signed the other. */
export type Contradiction =
  /** Two digests for one view and sequence, in whatever phase. */
  | 'twoDigests'
  /** Two states at one sequence. */
  | 'twoStates'
  /** Two new views for one view. */
  | 'twoNewViews'
  /** Two sets of answers of one batch. */
  | 'twoAnswers'
  /** A COMMIT, and a view change that does not have the certificate that it rested on. */
  | 'concealed';

/**
 * Undefined when a correct replica may have signed both. Two view changes to one view prove nothing by themselves: a replica
 * that lost its disk cannot know what its former life said there, and both are true.
 */
export function contradiction(first: Signed, second: Signed): Contradiction | undefined {
  if (first.signer !== second.signer) return undefined;
  return between(first.statement, second.statement) ?? between(second.statement, first.statement);
}

function between(a: Statement, b: Statement): Contradiction | undefined {
  if (isOrder(a) && isOrder(b)) return differInDigest(a, b) ? 'twoDigests' : undefined;
  if (a.type === 'commit' && b.type === 'viewChange') return conceals(a, b) ? 'concealed' : undefined;
  if (a.type !== b.type) return undefined;
  if ((a.type === 'checkpoint' || a.type === 'snapshot') && (b.type === 'checkpoint' || b.type === 'snapshot')) {
    return a.sequence === b.sequence && a.digest !== b.digest ? 'twoStates' : undefined;
  }
  if (a.type === 'newView' && b.type === 'newView') return differInContent(a, b) ? 'twoNewViews' : undefined;
  if (a.type === 'replies' && b.type === 'replies') {
    return a.whole && b.whole && a.sequence === b.sequence && a.root !== b.root ? 'twoAnswers' : undefined;
  }
  return undefined;
}

function isOrder(statement: Statement): statement is Order {
  return statement.type === 'prePrepare' || statement.type === 'prepare' || statement.type === 'commit';
}

function differInDigest(a: Order, b: Order): boolean {
  return a.view === b.view && a.sequence === b.sequence && a.digest !== b.digest;
}

/** Who sends COMMIT has the certificate on disk, and shows it or a later one until a checkpoint is stable there. */
function conceals({ view, sequence }: Vote<'commit'>, claim: ViewChangeClaim): boolean {
  if (claim.view <= view || claim.stable.state.sequence >= sequence) return false;
  const shows = ({ proposal: { statement } }: PreparedCertificate): boolean =>
    statement.sequence === sequence && statement.view >= view;
  return !claim.prepared.some(shows);
}

function differInContent(a: Extract<Statement, { type: 'newView' }>, b: typeof a): boolean {
  if (a.view !== b.view) return false;
  const names = ({ viewChanges, proposals }: typeof a): string =>
    [
      ...viewChanges.map(({ replica, digest }) => `${replica} ${digest}`),
      ...proposals.map(({ statement }) => `${statement.sequence} ${statement.digest}`),
    ].join();
  return names(a) !== names(b);
}

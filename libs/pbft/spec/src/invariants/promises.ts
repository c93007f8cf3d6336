import type { Address } from '@synod/actor';
import { contradiction } from '@synod/pbft-core';
import type { Message, Sequence, Signed, Statement, View, ViewChangeClaim } from '@synod/pbft-core';
import { fail } from './claims.js';
import { short } from './ordering.js';
import { lifeFact, viewChangeFact } from './replica-view.js';
import type { WatchedReplica } from './replica-view.js';
import { isOrder } from './statements-said.js';

/** What one correct replica has said, over all its lives, and with whatever disks. */
class Words {
  /** By what no second word may differ in. */
  readonly first = new Map<string, string>();
  readonly commits: { readonly view: View; readonly sequence: Sequence; readonly signed: Signed }[] = [];
  /** The highest view that it asked for. */
  asked: View = 0;
  /** What it asked for: others keep that, and who lost its disk since may get it back and pass it on. */
  readonly viewChanges = new Set<string>();
}

/** A signed word is a promise: it is on disk before it is heard, and nothing that is said later takes it back. */
export class Promises {
  private readonly words = new Map<Address, Words>();

  left(replica: WatchedReplica, message: Message): void {
    for (const signed of ownIn(message)) if (signed.signer === replica.address) this.said(replica, signed);
  }

  /** Its own vote counts for itself. */
  counted({ address, durable }: WatchedReplica, view: View, sequence: Sequence, phase: string): void {
    const digest = this.wordsOf(address).first.get(`${view} ${sequence}`);
    if (digest === undefined) return;
    const isDurable = phase === 'prepare' ? durable.hasAccepted(view, sequence, digest) : durable.has(`certificate ${view} ${sequence} ${digest}`); // prettier-ignore
    if (!isDurable)
      fail('durable', `${address} counts its own ${phase} in ${view}.${sequence}, which is not on its disk`);
  }

  private said(replica: WatchedReplica, signed: Signed): void {
    const { statement } = signed;
    this.checkDurable(replica, signed);
    const words = this.wordsOf(replica.address);
    if (isOrder(statement)) {
      const { view, sequence, digest, type } = statement;
      if (view < words.asked)
        fail('promise', `${replica.address} sends a ${type} in view ${view}; it has asked for view ${words.asked}`);
      this.once(replica, `${view} ${sequence}`, digest, `${type} in ${view}.${sequence}`);
      if (type === 'commit') words.commits.push({ view, sequence, signed });
    } else if (statement.type === 'checkpoint' || statement.type === 'snapshot') {
      const { type, sequence, digest } = statement;
      this.once(replica, `${type} ${sequence}`, digest, `${type} ${sequence}`);
    } else if (statement.type === 'viewChange') this.asks(replica, words, signed as Signed<ViewChangeClaim>);
  }

  private once({ address }: WatchedReplica, what: string, digest: string, told: string): void {
    const { first } = this.wordsOf(address);
    const known = first.get(what);
    if (known !== undefined && known !== digest)
      fail('contradiction', `${address} says ${short(digest)} in its ${told}, and has said ${short(known)}`);
    first.set(what, digest);
  }

  private asks({ address }: WatchedReplica, words: Words, signed: Signed<ViewChangeClaim>): void {
    const { view, stable } = signed.statement;
    words.asked = Math.max(words.asked, view);
    words.viewChanges.add(hex(signed));
    for (const commit of words.commits) {
      if (commit.view >= view || commit.sequence <= stable.state.sequence) continue;
      if (contradiction(commit.signed, signed) !== undefined)
        fail('concealed', `${address} asks for view ${view} and does not show what it committed in ${commit.view}.${commit.sequence}`); // prettier-ignore
    }
  }

  private checkDurable({ address, durable }: WatchedReplica, signed: Signed): void {
    const { statement } = signed;
    if (!isOnDisk(durable, signed) && !this.wordsOf(address).viewChanges.has(hex(signed)))
      fail('durable', `a ${statement.type} leaves ${address}, and its disk does not know of it: ${told(statement)}`);
  }

  private wordsOf(address: Address): Words {
    let words = this.words.get(address);
    if (words === undefined) this.words.set(address, (words = new Words()));
    return words;
  }
}

const hex = ({ bytes }: Signed): string => Buffer.from(bytes).toString('hex');

function isOnDisk(durable: WatchedReplica['durable'], signed: Signed): boolean {
  const { statement } = signed;
  switch (statement.type) {
    case 'prePrepare':
    case 'prepare':
      return durable.hasAccepted(statement.view, statement.sequence, statement.digest);
    case 'commit':
      return durable.has(`certificate ${statement.view} ${statement.sequence} ${statement.digest}`);
    case 'checkpoint':
    case 'snapshot':
      return durable.has(`${statement.type} ${statement.sequence} ${statement.digest}`);
    case 'viewChange':
      return durable.has(viewChangeFact(signed as Signed<ViewChangeClaim>));
    case 'newView':
      return durable.has(`${statement.type} ${statement.view}`);
    case 'standing':
      return !statement.founder || durable.has(lifeFact(statement.to, statement.nonce));
    default:
      return true;
  }
}

function told(statement: Statement): string {
  if (isOrder(statement)) return `${statement.view}.${statement.sequence} ${short(statement.digest)}`;
  return 'view' in statement ? `view ${statement.view}` : 'sequence' in statement ? `${statement.sequence}` : '';
}

/** What a message says in its sender's own name. */
function ownIn(message: Message): readonly Signed[] {
  switch (message.kind) {
    case 'prePrepare':
    case 'prepare':
    case 'commit':
    case 'checkpoint':
    case 'snapshot':
    case 'viewChange':
    case 'helloReply':
      return [message.signed];
    case 'newView':
      return [message.signed, ...message.signed.statement.proposals];
    default:
      return [];
  }
}

import type { Address } from '@synod/actor';
import type { Digest, Message, PreparedCertificate, Sequence, Signed, StableCheckpoint, StableSnapshot, Statement, View } from '@synod/pbft-core'; // prettier-ignore

/** Everything that anybody ever signed, traitors included: who said what of a view and a sequence. */
export class StatementsSaid {
  private readonly signers = new Map<string, Set<Address>>();

  /** A member asks its host to send this. */
  note(message: Message): void {
    switch (message.kind) {
      case 'prePrepare':
      case 'prepare':
      case 'commit':
      case 'checkpoint':
      case 'snapshot':
        return this.add(message.signed);
      case 'viewChange':
        return this.noteViewChange(message.signed);
      case 'newView':
        for (const proposal of message.signed.statement.proposals) this.add(proposal);
        return;
      case 'checkpointProof':
      case 'snapshotOffer':
      case 'helloReply':
        return this.noteStable(message.stable);
      case 'proof':
        this.add(message.first);
        return this.add(message.second);
    }
  }

  prepares(view: View, sequence: Sequence, digest: Digest): ReadonlySet<Address> {
    return this.of('prepare', view, sequence, digest);
  }

  commits(view: View, sequence: Sequence, digest: Digest): ReadonlySet<Address> {
    return this.of('commit', view, sequence, digest);
  }

  proposals(view: View, sequence: Sequence, digest: Digest): ReadonlySet<Address> {
    return this.of('prePrepare', view, sequence, digest);
  }

  checkpoints(sequence: Sequence, digest: Digest): ReadonlySet<Address> {
    return this.of('checkpoint', 0, sequence, digest);
  }

  add({ signer, statement }: Signed): void {
    const { type } = statement;
    if (type === 'checkpoint' || type === 'snapshot') this.say(signer, `${type} 0 ${statement.sequence} ${statement.digest}`); // prettier-ignore
    else if (isOrder(statement)) this.say(signer, `${type} ${statement.view} ${statement.sequence} ${statement.digest}`); // prettier-ignore
  }

  private noteViewChange({ statement }: Extract<Message, { kind: 'viewChange' }>['signed']): void {
    this.noteStable(statement.stable);
    for (const certificate of statement.prepared) this.notePrepared(certificate);
  }

  private notePrepared({ proposal, prepares }: PreparedCertificate): void {
    this.add(proposal);
    for (const prepare of prepares) this.add(prepare);
  }

  private noteStable({ votes }: StableCheckpoint | StableSnapshot): void {
    for (const vote of votes) this.add(vote);
  }

  private say(signer: Address, what: string): void {
    const signers = this.signers.get(what);
    if (signers === undefined) this.signers.set(what, new Set([signer]));
    else signers.add(signer);
  }

  private of(type: string, view: View, sequence: Sequence, digest: Digest): ReadonlySet<Address> {
    return this.signers.get(`${type} ${view} ${sequence} ${digest}`) ?? nobody;
  }
}

const nobody: ReadonlySet<Address> = new Set();

export function isOrder(
  statement: Statement,
): statement is Extract<Statement, { type: 'prePrepare' | 'prepare' | 'commit' }> {
  // prettier-ignore
  return statement.type === 'prePrepare' || statement.type === 'prepare' || statement.type === 'commit';
}

import type { Address } from '@synod/actor';
import type {
  Digest,
  PbftReplica,
  PbftVocabulary,
  Record,
  Sequence,
  Signed,
  View,
  ViewChangeClaim,
} from '@synod/pbft-core';
import type { Machine } from '@synod/simulator';

type V = PbftVocabulary;

/** What a replica says of itself; read after every step, so it is filled in place. */
export interface ReplicaWords {
  view: View;
  active: boolean;
  low: Sequence;
  executed: Sequence;
  position: number;
  /** The state is being replaced, while `executed` still tells of the old one. */
  installing: boolean;
}

/** Fills the words of a machine that is up. */
export type Look = (machine: Machine<V>, words: ReplicaWords) => void;

/** Straight from the core's state: `inspect` would make objects for people at every step. */
export const lookInto: Look = (machine, words) => {
  const { view, active, low, executed, installing } = (machine.life!.actor as PbftReplica)['pbft'];
  words.view = view;
  words.active = active;
  words.low = low;
  words.executed = executed.sequence;
  words.position = executed.position;
  words.installing = installing !== undefined;
};

export function blank(): ReplicaWords {
  return { view: 0, active: false, low: 0, executed: 0, position: 0, installing: false };
}

/** What is on a replica's disk, as far as something that it says rests on it. */
export class DiskView {
  private readonly accepted = new Map<string, Digest>();
  private readonly facts = new Set<string>();

  static of(records: readonly Record[]): DiskView {
    const disk = new DiskView();
    for (const record of records) disk.add(record);
    return disk;
  }

  add(record: Record): void {
    switch (record.kind) {
      case 'accepted':
        return this.accept(record.proposal.statement);
      case 'certificate': {
        const { view, sequence, digest } = record.certificate.proposal.statement;
        return void this.facts.add(`certificate ${view} ${sequence} ${digest}`);
      }
      case 'vote': {
        const { type, sequence, digest } = record.vote.statement;
        return void this.facts.add(`${type} ${sequence} ${digest}`);
      }
      case 'standing':
        for (const { member, incarnation } of record.founders) this.facts.add(lifeFact(member, incarnation));
        return;
      case 'viewChange':
        return void this.facts.add(viewChangeFact(record.signed));
      case 'newView':
        this.facts.add(`newView ${record.signed.statement.view}`);
        // It names view changes, and keeps them: our own among them, for those who must be convinced later.
        for (const signed of record.viewChanges) this.facts.add(viewChangeFact(signed));
        for (const { statement } of record.signed.statement.proposals) this.accept(statement);
        return;
      case 'snapshotMark':
        for (const each of [record.standing, record.viewChange, record.newView, ...record.votes])
          if (each !== undefined) this.add(each);
    }
  }

  hasAccepted(view: View, sequence: Sequence, digest: Digest): boolean {
    return this.accepted.get(`${view} ${sequence}`) === digest;
  }

  has(fact: string): boolean {
    return this.facts.has(fact);
  }

  private accept({
    view,
    sequence,
    digest,
  }: {
    readonly view: View;
    readonly sequence: Sequence;
    readonly digest: Digest;
  }): void {
    // prettier-ignore
    this.accepted.set(`${view} ${sequence}`, digest);
  }
}

export function viewChangeFact({ signer, statement }: Signed<ViewChangeClaim>): string {
  return `viewChange ${statement.view} of ${signer}`;
}

export function lifeFact(member: Address, life: number): string {
  return `life ${life} of ${member}`;
}

/** What is known of one correct replica from outside. */
export class WatchedReplica {
  durable = new DiskView();
  now = blank();
  before = blank();
  /** It has taken its place in the group, in this life or another. */
  hasFounded = false;
  /** Executed in this life. */
  executed: Sequence = 0;

  constructor(readonly machine: Machine<V>) {}

  get address(): Address {
    return this.machine.address;
  }

  /** A life ended or begins: what is on the disk is what there is. */
  reload(records: readonly Record[]): void {
    this.durable = DiskView.of(records);
    this.now = blank();
    this.before = blank();
    this.executed = 0;
  }

  look(look: Look): void {
    const next = this.before;
    this.before = this.now;
    this.now = next;
    look(this.machine, next);
  }
}

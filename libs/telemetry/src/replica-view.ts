import type { RoundFact } from '@synod/actor';

/** What gauges and status pages show of a replica, kept from its own events. */
export class ReplicaView {
  leader: string | undefined;
  era = 0;
  commitIndex = 0;
  appliedIndex = 0;

  /** An acceptor is one for ever; the others' role follows what happens. */
  constructor(
    private readonly self: string,
    public role = 'follower',
  ) {}

  follow(fact: RoundFact): void {
    switch (fact.part) {
      case 'campaigned':
        this.era = fact.era;
        this.leader = undefined;
        this.role = fact.raises ? 'candidate' : 'preCandidate';
        return;
      case 'elected':
        this.era = fact.era;
        this.leader = this.self;
        this.role = 'leader';
        return;
      case 'follows':
        this.era = fact.era;
        this.leader = fact.leader;
        this.role = 'follower';
        return;
      case 'decided':
        this.commitIndex = fact.last;
        return;
      case 'applied':
        this.appliedIndex = fact.last;
        return;
      default:
        return;
    }
  }
}

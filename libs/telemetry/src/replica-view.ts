import type { RoundFact } from '@synod/actor';

/** What each protocol calls a role, in one word for all: alerts and dashboards ask for it. */
const common: Readonly<Record<string, string>> = { primary: 'leader', backup: 'follower', changing: 'candidate' };

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

  /** As its core says it is: events tell of changes, and a life may begin as the primary, or with all that there is applied. */
  see(state: Readonly<Record<string, unknown>>): void {
    const first = (...names: readonly string[]) =>
      names.map((name) => state[name]).find((value) => value !== undefined);
    const [role, era] = [first('role'), first('term', 'promised', 'ballot', 'view')];
    if (typeof role === 'string') this.role = common[role] ?? role;
    if (typeof era === 'number') this.era = era;
    const [applied, decided] = [first('lastApplied', 'lastExecuted'), first('commitIndex', 'chosenThrough')];
    if (typeof applied === 'number') this.appliedIndex = applied;
    this.commitIndex = typeof decided === 'number' ? decided : Math.max(this.commitIndex, this.appliedIndex);
  }

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

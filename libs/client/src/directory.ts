import type { Dice } from '@synod/actor-host';
import { isToken, type Discovery } from '@synod/api';

/** No group is larger; a list that is longer is not one of ours. */
const mostMembers = 64;

/**
 * Who belongs to a group and who leads it, as far as this client knows. The first answer to a discovery is believed (the
 * broker lets only services publish replies); afterwards only members are.
 */
export class Directory {
  members: readonly string[] = [];
  /** Undefined until somebody has said. */
  protocol: string | undefined;
  leader: string | undefined;
  private kinds: readonly string[] = [];
  private term = 0;
  private turn: number;

  constructor(dice: Dice) {
    this.turn = Math.floor(dice.between(0, mostMembers));
  }

  isMember(from: string): boolean {
    return this.members.includes(from);
  }

  /** Returns whether anything was learned that changes where messages should go. */
  learn(from: string, discovery: Discovery, term: number): boolean {
    const { members } = discovery;
    if (discovery.replica !== from || !members.includes(from) || members.length > mostMembers) return false;
    if (this.members.length > 0 ? !this.isMember(from) : !members.every(isToken)) return false;
    const first = this.members.length === 0;
    if (first || !this.isOutdated(term)) this.members = members;
    this.protocol = discovery.protocol;
    this.kinds = discovery.kinds;
    return this.hint(discovery.leader, term) || first;
  }

  /** Requests and reads, as every group; of more than that the group tells. */
  answers(kind: string): boolean {
    return kind === 'request' || kind === 'read' || this.kinds.includes(kind);
  }

  /**
   * Someone says who leads; returns whether it changes anything. A word without a term (0) counts, as those who know an
   * older leader soon hear of the new one. An older term's word counts only while no leader is known: a group that was
   * wiped begins again with term 1.
   */
  hint(leader: string, term: number): boolean {
    if (!this.isMember(leader) || this.isOutdated(term)) return false;
    const changes = leader !== this.leader;
    this.leader = leader;
    if (term > 0) this.term = term;
    return changes;
  }

  /** `name` says itself, or shows by its silence, that it does not lead. */
  notLeading(name: string): void {
    if (this.leader === name) this.leader = undefined;
  }

  /** Any member that may be asked, each in turn. */
  next(mayBeAsked: (member: string) => boolean): string | undefined {
    const { members } = this;
    const start = this.turn++;
    for (let place = 0; place < members.length; place++) {
      const member = members[(start + place) % members.length]!;
      if (mayBeAsked(member)) return member;
    }
    return members[start % members.length];
  }

  private isOutdated(term: number): boolean {
    return term > 0 && term < this.term && this.leader !== undefined;
  }
}

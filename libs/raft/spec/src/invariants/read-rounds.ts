import type { Address } from '@synod/actor';
import type { LogIndex } from '@synod/log';
import type { Event, Message, Read, Reply, Term } from '@synod/raft-core';
import { fail } from './claims.js';
import type { GroupView, Watched } from './group-view.js';

interface Asked {
  /** What was committed when the read came: a linearizable read sees no less. */
  readonly floor: LogIndex;
  /** Rounds begun by then; only a later one can confirm it. */
  readonly begun: number;
}

/** What one life of a replica did about reads. */
interface Rounds {
  term: Term;
  begun: number;
  confirmed: number;
  /** By client and sequence, the oldest first: a client sends the same read again while it has no answer. */
  readonly asked: Map<string, Asked[]>;
}

/**
 * Reads without the log: answered only by a leader that a majority confirmed after the read had come, from a state that
 * holds everything committed by then.
 */
export class ReadRounds {
  private readonly rounds = new Map<Address, Rounds>();
  /** The latest round that each member echoed, by term: a late echo confirms what its member has long forgotten. */
  private readonly echoes = new Map<Address, Map<Term, number>>();

  constructor(private readonly group: GroupView) {
    for (const address of group.members.keys()) {
      this.begin(address);
      this.echoes.set(address, new Map());
    }
  }

  /** A life begins or ends. */
  begin(address: Address): void {
    this.rounds.set(address, { term: 0, begun: 0, confirmed: 0, asked: new Map() });
  }

  received(watched: Watched, from: Address, message: Message): void {
    if (message.kind !== 'read' || message.level !== 'linearizable') return;
    const rounds = this.rounds.get(watched.address)!;
    const key = keyOf(from, message);
    const copies = rounds.asked.get(key) ?? [];
    copies.push({ floor: this.group.committed.length, begun: rounds.begun });
    rounds.asked.set(key, copies);
  }

  observed(watched: Watched, event: Event): void {
    const rounds = this.rounds.get(watched.address)!;
    if (event.kind === 'becameLeader') Object.assign(rounds, { term: event.term, begun: 0, confirmed: 0 });
    else if (event.kind === 'becameFollower') rounds.asked.clear();
    else if (event.kind === 'readRoundBegan') {
      if (event.round <= rounds.begun) fail('readRound', `${watched.address} uses read round ${event.round} again`);
      rounds.begun = event.round;
    } else if (event.kind === 'readRoundConfirmed') this.confirmed(watched, rounds, event.round);
  }

  left(sender: Watched, to: readonly Address[], message: Message): void {
    if (message.kind === 'appendEntriesReply') {
      const echoed = this.echoes.get(sender.address)!;
      const { term, round, voting } = message;
      if (voting && round > (echoed.get(term) ?? 0)) echoed.set(term, round);
    } else if (message.kind === 'reply') this.replied(sender, to[0]!, message);
  }

  private confirmed({ address }: Watched, rounds: Rounds, round: number): void {
    if (round > rounds.begun) fail('readRound', `${address} confirms read round ${round}, which it did not begin`);
    let echoed = 1;
    for (const [member, byTerm] of this.echoes)
      if (member !== address && (byTerm.get(rounds.term) ?? 0) >= round) echoed++;
    if (!this.group.isMajority(echoed))
      fail('readRound', `${address} confirms read round ${round} of term ${rounds.term}, which ${echoed} of ${this.group.members.size} have echoed`); // prettier-ignore
    rounds.confirmed = Math.max(rounds.confirmed, round);
  }

  private replied({ address }: Watched, to: Address, reply: Reply): void {
    const rounds = this.rounds.get(address)!;
    const key = keyOf(to, reply);
    const copies = rounds.asked.get(key);
    if (copies === undefined || reply.session !== 0) return;
    // A copy that finds no room is refused as it comes, while those before it go on waiting.
    const asked = reply.answer.kind === 'results' ? copies.shift()! : copies.pop()!;
    if (copies.length === 0) rounds.asked.delete(key);
    if (reply.answer.kind !== 'results') return;
    if (rounds.confirmed <= asked.begun)
      fail('readRound', `${address} answers a read that came after round ${asked.begun} had begun, when round ${rounds.confirmed} is confirmed`); // prettier-ignore
    if (reply.answer.index < asked.floor)
      fail('readIndex', `${address} answers a read from entry ${reply.answer.index}; ${asked.floor} was committed when it came`); // prettier-ignore
  }
}

function keyOf(from: Address, { client, sequence }: Read | Reply): string {
  return `${from} ${client} ${sequence}`;
}

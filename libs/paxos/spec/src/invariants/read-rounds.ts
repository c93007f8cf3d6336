import type { Address } from '@synod/actor';
import type { AcceptorSet, Ballot, Event, Message, Read, Reply, Slot } from '@synod/paxos-core';
import type { ChosenSlots } from './chosen-slots.js';
import { fail } from './claims.js';
import { keyOf } from './group-view.js';
import type { WatchedAcceptor, WatchedProposer } from './group-view.js';

interface Asked {
  /** What was answered to anybody when the read came: a linearizable read sees no less. */
  readonly floor: Slot;
  /** Rounds begun by then; only a later one can confirm it. */
  readonly begun: number;
}

/** What one life of a proposer did about reads. */
interface Rounds {
  ballot: Ballot;
  begun: number;
  confirmed: number;
  /** The acceptors of the slot after the one that the round under way reads. */
  set: AcceptorSet | undefined;
  /** By client and sequence, the oldest first: a client sends the same read again while it has no answer. */
  readonly asked: Map<string, Asked[]>;
}

/**
 * Reads without the log: answered only by a leader that a phase-2 quorum confirmed after the read had come, from a state that
 * holds everything that was answered by then.
 */
export class ReadRounds {
  private readonly rounds = new Map<Address, Rounds>();
  /** The latest round that each acceptor echoed, by ballot. */
  private readonly echoes = new Map<Ballot, Map<string, number>>();
  /** The highest slot from which anybody was answered. */
  private completed: Slot = 0;

  constructor(
    private readonly slots: ChosenSlots,
    /** How far a proposer knows what is chosen, in the middle of a step. */
    private readonly knownThrough: (proposer: WatchedProposer) => Slot,
  ) {}

  /** A life begins or ends. */
  begin(address: Address): void {
    this.rounds.set(address, { ballot: 0, begun: 0, confirmed: 0, set: undefined, asked: new Map() });
  }

  received({ address }: WatchedProposer, from: Address, message: Message): void {
    if (message.kind !== 'read' || message.level !== 'linearizable') return;
    const rounds = this.rounds.get(address)!;
    const key = readKey(from, message);
    rounds.asked.set(key, [...(rounds.asked.get(key) ?? []), { floor: this.completed, begun: rounds.begun }]);
  }

  observed(proposer: WatchedProposer, event: Event): void {
    const rounds = this.rounds.get(proposer.address)!;
    if (event.kind === 'becameLeader') Object.assign(rounds, { ballot: event.ballot, begun: 0, confirmed: 0 });
    else if (event.kind === 'becameFollower') rounds.asked.clear();
    else if (event.kind === 'readRoundBegan') this.began(proposer, rounds, event.round);
    else if (event.kind === 'readRoundConfirmed') this.confirmed(proposer, rounds, event.round);
  }

  acceptorLeft({ address }: WatchedAcceptor, message: Message): void {
    if (message.kind !== 'accepted' || message.round === 0) return;
    const { ballot, disk, round } = message;
    const echoed = this.echoes.get(ballot) ?? new Map<string, number>();
    const key = keyOf(address, disk);
    this.echoes.set(ballot, echoed.set(key, Math.max(round, echoed.get(key) ?? 0)));
  }

  proposerLeft(sender: WatchedProposer, to: Address, message: Message): void {
    if (message.kind !== 'reply') return;
    this.replied(sender, to, message);
    if (message.answer.kind === 'results') this.completed = Math.max(this.completed, message.answer.index);
  }

  private began(proposer: WatchedProposer, rounds: Rounds, round: number): void {
    if (round <= rounds.begun) fail('readRound', `${proposer.address} uses read round ${round} again`);
    rounds.begun = round;
    rounds.set = this.slots.setAt(this.knownThrough(proposer) + 1);
  }

  private confirmed({ address }: WatchedProposer, rounds: Rounds, round: number): void {
    if (round > rounds.begun) fail('readRound', `${address} confirms read round ${round}, which it did not begin`);
    const echoed = this.echoes.get(rounds.ballot);
    const quorum = rounds.set!.acceptors.filter(
      ({ address: name, disk }) => (echoed?.get(keyOf(name, disk)) ?? 0) >= round,
    );
    if (quorum.length < rounds.set!.phase2)
      fail('readRound', `${address} confirms read round ${round}, which ${quorum.length} of the acceptors have echoed, ${rounds.set!.phase2} must`); // prettier-ignore
    rounds.confirmed = Math.max(rounds.confirmed, round);
  }

  private replied({ address }: WatchedProposer, to: Address, reply: Reply): void {
    const rounds = this.rounds.get(address)!;
    const key = readKey(to, reply);
    const copies = rounds.asked.get(key);
    if (copies === undefined || reply.session !== 0 || reply.answer.kind === 'discovery') return;
    // A copy that finds no room is refused as it comes, while those before it go on waiting.
    const asked = reply.answer.kind === 'results' ? copies.shift()! : copies.pop()!;
    if (copies.length === 0) rounds.asked.delete(key);
    if (reply.answer.kind !== 'results') return;
    if (rounds.confirmed <= asked.begun)
      fail('readRound', `${address} answers a read that came after round ${asked.begun} had begun, when round ${rounds.confirmed} is confirmed`); // prettier-ignore
    if (reply.answer.index < asked.floor)
      fail('readSlot', `${address} answers a read from slot ${reply.answer.index}; ${asked.floor} was answered when it came`); // prettier-ignore
  }
}

function readKey(from: Address, { client, sequence }: Read | Reply): string {
  return `${from} ${client} ${sequence}`;
}

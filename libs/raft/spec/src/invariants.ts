import type { Address, Effect, Input } from '@synod/actor';
import type { Event, LogIndex, Message, RaftVocabulary, RaftReplica, Term } from '@synod/raft-core';
import type { Machine, Slot, Witness, World } from '@synod/simulator';
import { LogView } from './log-view.js';
import type { EntryPrint } from './log-view.js';
import { Violation } from './violation.js';

type V = RaftVocabulary;
export type Inspection = ReturnType<RaftReplica['inspect']>;

interface Committed extends EntryPrint {
  /** The term of the leader that committed it. */
  readonly by: Term;
}

/** What is known of one machine from outside: its log as written, its log as durable, its last inspection. */
interface Watched {
  readonly machine: Machine<V>;
  written: LogView;
  durable: LogView;
  /** What a lost disk held, until the replica counts again: a copy of everything may be lost once. */
  lost: LogView | undefined;
  last: Inspection | undefined;
  /** As its events tell, in the middle of a step too. */
  leads: boolean;
  /** The state machine's state is being replaced, while lastApplied still tells of the old one. */
  installing: boolean;
}

const claims = {
  electionSafety: ['Election Safety', 'Raft Figure 3, §5.2'],
  elected: ['Elected by a Majority', 'Raft §5.2'],
  leaderAppendOnly: ['Leader Append-Only', 'Raft Figure 3, §5.3'],
  logMatching: ['Log Matching', 'Raft Figure 3, §5.3'],
  leaderCompleteness: ['Leader Completeness', 'Raft Figure 3, §5.4'],
  stateMachineSafety: ['State Machine Safety', 'Raft Figure 3, §5.4.3'],
  oneVote: ['One Vote per Term', 'Raft §5.2, Figure 2'],
  durable: ['Durable before Visible', 'Raft Figure 2, "updated on stable storage before responding to RPCs"'],
  quorum: ['Committed on a Quorum', 'Raft §5.3, §5.4.2'],
  currentTerm: ['Commit by Counting only in the Current Term', 'Raft §5.4.2, Figure 8'],
  truthful: ['An Acknowledgement Names what Matches', 'Raft §5.3'],
  order: ['Applied ≤ Committed ≤ Last', 'Raft Figure 2'],
  monotonic: ['Monotonicity', 'Raft §5.1, Figure 2'],
} as const;

/** Checks what must be true of a Raft group after every step; throws a `Violation` at the first thing that is not. */
export class RaftInvariants implements Witness<V> {
  private readonly watched = new Map<Address, Watched>();
  private readonly leaders = new Map<Term, { readonly address: Address; readonly life: number }>();
  private readonly votes = new Map<string, Address>();
  /** Every entry ever written anywhere, by position and term: the induction behind Log Matching. */
  private readonly known = new Map<string, EntryPrint & { readonly prevTerm: Term }>();
  /** What has been committed, from position 1 on. */
  private readonly committed: Committed[] = [];
  private readonly hashes = new Map<LogIndex, string>();

  constructor(world: World<V>) {
    for (const machine of world.machines.values()) {
      const [written, durable] = [new LogView(), new LogView()];
      this.watched.set(machine.address, {
        machine,
        written,
        durable,
        lost: undefined,
        last: undefined,
        leads: false,
        installing: false,
      });
    }
  }

  get committedIndex(): LogIndex {
    return this.committed.length;
  }

  started(machine: Machine<V>): void {
    this.reload(machine);
  }

  crashed(machine: Machine<V>): void {
    this.reload(machine);
  }

  stopped(machine: Machine<V>): void {
    this.reload(machine);
  }

  wiped(machine: Machine<V>): void {
    const watched = this.of(machine);
    watched.lost ??= watched.durable;
    this.reload(machine);
  }

  synced(machine: Machine<V>, slots: readonly Slot<V>[]): void {
    const { durable } = this.of(machine);
    for (const slot of slots) durable.add(slot.record);
  }

  executed(machine: Machine<V>, effect: Effect<V>): void {
    if (effect.kind === 'persist') this.checkPersist(this.of(machine), effect.record);
    else if (effect.kind === 'installSnapshot') this.of(machine).installing = true;
    else if (effect.kind === 'observe') this.followRole(machine, effect.event);
  }

  left(from: Address, to: readonly Address[], message: Message): void {
    const sender = this.watched.get(from);
    if (sender === undefined) return;
    if (message.kind === 'requestVote' && message.phase === 'vote') this.checkVote(sender, from, message.term);
    else if (message.kind === 'requestVoteReply' && message.phase === 'vote' && message.granted)
      this.checkVote(sender, to[0]!, message.term);
    else if (message.kind === 'appendEntriesReply') {
      this.checkTermDurable(sender, message.term);
      if (message.outcome.kind === 'matched') this.checkAcknowledged(sender, message.term, message.outcome.index);
    }
  }

  stepped(machine: Machine<V>, input: Input<V>): void {
    const watched = this.of(machine);
    if (input.kind === 'recover') return;
    if (input.kind === 'snapshotInstalled') watched.installing = false;
    const now = machine.life!.actor.inspect() as Inspection;
    this.checkOrder(watched, now);
    this.checkCommitted(watched, now);
    if (!watched.installing) this.checkHash(machine.address, now);
    if (now.standing === 'active') watched.lost = undefined;
    watched.last = now;
  }

  private of(machine: Machine<V>): Watched {
    return this.watched.get(machine.address)!;
  }

  private reload(machine: Machine<V>): void {
    const watched = this.of(machine);
    const records = machine.disk.durable.map((slot) => slot.record);
    watched.durable = LogView.of(records);
    watched.written = LogView.of(records);
    watched.last = undefined;
    watched.installing = false;
    watched.leads = false;
  }

  private followRole(machine: Machine<V>, event: Event): void {
    if (event.kind === 'becameFollower' || event.kind === 'becameCandidate') this.of(machine).leads = false;
    if (event.kind !== 'becameLeader') return;
    this.of(machine).leads = true;
    this.checkLeader(machine, event.term);
  }

  private checkLeader(machine: Machine<V>, term: Term): void {
    const before = this.leaders.get(term);
    if (before !== undefined && (before.address !== machine.address || before.life !== machine.lives))
      fail('electionSafety', `${before.address} and ${machine.address} both lead term ${term}`);
    this.checkElected(machine.address, term);
    this.leaders.set(term, { address: machine.address, life: machine.lives });
    let index = this.committed.length;
    while (index > 0 && this.committed[index - 1]!.by >= term) index--;
    if (index > 0) this.checkComplete(this.of(machine), term, index);
  }

  private checkElected(leader: Address, term: Term): void {
    const voters = [...this.watched.keys()].filter((voter) => this.votes.get(`${voter}@${term}`) === leader);
    if (2 * voters.length <= this.watched.size)
      fail('elected', `${leader} leads term ${term} with the votes of ${voters.join(', ')} only`);
  }

  /** By Log Matching it is enough to look at the last committed entry. */
  private checkComplete({ machine, written }: Watched, term: Term, index: LogIndex): void {
    const entry = this.committed[index - 1]!;
    if (!written.holds(index, entry.term))
      fail('leaderCompleteness', `${machine.address} leads term ${term} without entry ${index} of term ${entry.term}, committed in term ${entry.by}`); // prettier-ignore
  }

  private checkPersist(watched: Watched, record: V['record']): void {
    const { machine, written, last, leads } = watched;
    if (record.kind === 'truncate' && leads && record.from <= written.lastIndex)
      fail('leaderAppendOnly', `${machine.address} leads and deletes its entries from ${record.from}`);
    if (record.kind === 'truncate' && record.from <= (last?.commitIndex ?? 0) && written.at(record.from) !== undefined)
      fail('stateMachineSafety', `${machine.address} deletes entry ${record.from}; it had committed through ${last!.commitIndex}`); // prettier-ignore
    if (record.kind === 'hardState') this.checkHardState(watched, record.term, record.votedFor);
    const overwrites = record.kind === 'entries' && record.batch.first <= written.lastIndex;
    if (overwrites) fail('logMatching', `${machine.address} writes entry ${record.batch.first} over one that it has`);
    written.add(record);
    if (record.kind === 'entries') this.checkMatching(watched, record.batch.first, record.batch.last);
  }

  private checkHardState({ machine, written }: Watched, term: Term, votedFor: Address | undefined): void {
    const before = written.hardState;
    if (before === undefined) return;
    if (term < before.term) fail('monotonic', `${machine.address} goes back from term ${before.term} to ${term}`);
    if (term === before.term && before.votedFor !== undefined && votedFor !== before.votedFor)
      fail('oneVote', `${machine.address} changes its vote of term ${term} from ${before.votedFor} to ${votedFor}`);
  }

  /** Same position and term: same entry, and by induction the same log before it. */
  private checkMatching({ machine, written }: Watched, first: LogIndex, last: LogIndex): void {
    for (let index = first; index <= last; index++) {
      const entry = written.at(index)!;
      const prevTerm = written.termAt(index - 1);
      if (prevTerm === undefined)
        fail('logMatching', `${machine.address} has entry ${index} and no entry ${index - 1}`);
      const key = `${index}.${entry.term}`;
      const known = this.known.get(key);
      if (known === undefined) this.known.set(key, { ...entry, prevTerm });
      else if (known.print !== entry.print || known.prevTerm !== prevTerm)
        fail('logMatching', `entry ${index} of term ${entry.term} at ${machine.address} is not the one that another log has there`); // prettier-ignore
    }
  }

  private checkVote(voter: Watched, candidate: Address, term: Term): void {
    const { address } = voter.machine;
    const before = this.votes.get(`${address}@${term}`);
    if (before !== undefined && before !== candidate)
      fail('oneVote', `${address} votes for ${before} and for ${candidate} in term ${term}`);
    this.votes.set(`${address}@${term}`, candidate);
    const disk = voter.durable.hardState;
    if (disk === undefined || disk.term < term || (disk.term === term && disk.votedFor !== candidate))
      fail('durable', `${address} votes for ${candidate} in term ${term}; on its disk are term ${disk?.term} and ${disk?.votedFor}`); // prettier-ignore
  }

  private checkTermDurable({ machine, durable }: Watched, term: Term): void {
    const onDisk = durable.hardState?.term ?? 0;
    if (onDisk < term) fail('durable', `${machine.address} answers in term ${term}; on its disk is term ${onDisk}`);
  }

  private checkAcknowledged({ machine, durable }: Watched, term: Term, index: LogIndex): void {
    if (durable.lastIndex < index)
      fail('durable', `${machine.address} acknowledges entry ${index}; its disk ends at ${durable.lastIndex}`);
    const address = this.leaders.get(term)?.address;
    const leader = address === undefined ? undefined : this.watched.get(address);
    if (leader?.last === undefined || leader.last.role !== 'leader' || leader.last.term !== term) return;
    const theirs = leader.written.at(index)?.term;
    const ours = durable.at(index)?.term;
    if (theirs !== undefined && ours !== undefined && theirs !== ours)
      fail('truthful', `${machine.address} acknowledges entry ${index} of term ${ours}; the leader of term ${term} has term ${theirs} there`); // prettier-ignore
  }

  private checkOrder({ machine, last }: Watched, now: Inspection): void {
    const { address } = machine;
    if (now.lastApplied > now.commitIndex || now.commitIndex > now.lastIndex || now.snapshotIndex > now.commitIndex)
      fail('order', `${address}: snapshot ${now.snapshotIndex}, applied ${now.lastApplied}, committed ${now.commitIndex}, last ${now.lastIndex}`); // prettier-ignore
    if (last === undefined) return;
    for (const name of ['term', 'commitIndex', 'lastApplied', 'snapshotIndex', 'firstIndex'] as const)
      if (now[name] < last[name]) fail('monotonic', `${address}: ${name} goes back from ${last[name]} to ${now[name]}`);
  }

  private checkCommitted(watched: Watched, now: Inspection): void {
    const { machine, written, last } = watched;
    const { commitIndex, role, term } = now;
    const from = Math.max(last?.commitIndex ?? 0, written.snapshotIndex) + 1;
    if (written.snapshotIndex > this.committed.length)
      fail('stateMachineSafety', `${machine.address} holds a snapshot through ${written.snapshotIndex}; committed is ${this.committed.length}`); // prettier-ignore
    for (let index = from; index <= commitIndex; index++) this.checkCommittedEntry(watched, index, role, term);
    if (commitIndex < from || role !== 'leader') return;
    const top = written.at(commitIndex);
    if (top !== undefined && top.term !== term)
      fail('currentTerm', `${machine.address} leads term ${term} and commits through entry ${commitIndex} of term ${top.term}`); // prettier-ignore
  }

  private checkCommittedEntry({ machine, written }: Watched, index: LogIndex, role: string, term: Term): void {
    const entry = written.at(index);
    if (entry === undefined) return fail('order', `${machine.address} commits entry ${index}, which it does not have`);
    const before = this.committed[index - 1];
    if (before !== undefined) {
      if (before.term !== entry.term || before.print !== entry.print)
        fail('stateMachineSafety', `${machine.address} commits entry ${index} of term ${entry.term}; committed there is another, of term ${before.term}`); // prettier-ignore
      return;
    }
    if (role !== 'leader') fail('quorum', `${machine.address} commits entry ${index}, which no leader has committed`);
    this.checkOnQuorum(index, entry);
    this.committed.push({ ...entry, by: term });
    for (const other of this.watched.values()) {
      if (other.last?.role === 'leader' && other.last.term > term) this.checkComplete(other, other.last.term, index);
    }
  }

  private checkOnQuorum(index: LogIndex, { term }: EntryPrint): void {
    const holds = (view: LogView | undefined): boolean => view !== undefined && view.lastIndex >= index && view.holds(index, term); // prettier-ignore
    const copies = [...this.watched.values()].filter(({ durable, lost }) => holds(durable) || holds(lost)).length;
    if (2 * copies <= this.watched.size)
      fail('quorum', `entry ${index} of term ${term} is committed with ${copies} durable copies among ${this.watched.size} members`); // prettier-ignore
  }

  private checkHash(address: Address, { lastApplied, stateHash, standing }: Inspection): void {
    if (lastApplied === 0 || standing === 'empty') return;
    const known = this.hashes.get(lastApplied);
    if (known === undefined) this.hashes.set(lastApplied, stateHash);
    else if (known !== stateHash)
      fail(
        'stateMachineSafety',
        `${address} applied through ${lastApplied} and has state ${stateHash}; others had ${known}`,
      );
  }
}

function fail(claim: keyof typeof claims, what: string): never {
  const [invariant, citation] = claims[claim];
  throw new Violation(invariant, citation, what);
}

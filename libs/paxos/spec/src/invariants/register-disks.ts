import type { Address } from '@synod/actor';
import { printBallot } from '@synod/paxos-core';
import type { AcceptorSet, Ballot, Message, Register, RegisterAccepted, RegistersStored } from '@synod/paxos-core';
import type { ChosenSlots } from './chosen-slots.js';
import { fail } from './claims.js';
import { keyOf } from './group-view.js';

const decoder = new TextDecoder();

/**
 * What acceptors have of registers on their disks, and what is chosen by that: what a phase-2 quorum of the acceptors of its epoch has
 * accepted in one ballot. What was brought from other acceptors is no vote: an acceptor votes by telling that it has accepted. One
 * that was removed may vote in the epoch in which it is none of the acceptors; nobody counts that.
 */
export class RegisterDisks {
  private readonly disks = new Map<Address, Map<string, Register>>();
  /** Who has accepted, by register and ballot. */
  private readonly votes = new Map<string, Map<Ballot, Set<string>>>();
  /** A ballot has one value in a register. */
  private readonly values = new Map<string, string>();
  private readonly chosen = new Map<string, { readonly ballot: Ballot; readonly value: string }>();
  /** What an acceptor had when it said that registers were stored, by epoch: in which ballots it had accepted them. */
  private readonly stored = new Map<number, Map<string, ReadonlyMap<string, Ballot>>>();

  constructor(private readonly slots: ChosenSlots) {}

  /** The value that this register has, whether anybody knows or not. */
  valueOf(key: string): string | undefined {
    return this.chosen.get(key)?.value;
  }

  /** What an acceptor is about to write. */
  persisted(address: Address, { key, promised, accepted }: Register): void {
    const known = this.disks.get(address)?.get(key);
    if (known && (promised < known.promised || accepted < known.accepted))
      fail('promise', `${address} goes back in register ${key} from ${printBallot(known.promised)} to ${printBallot(promised)}`); // prettier-ignore
  }

  /** What is on an acceptor's disk. */
  found(address: Address, register: Register): void {
    const ofDisk = this.disks.get(address) ?? new Map<string, Register>();
    this.disks.set(address, ofDisk);
    ofDisk.set(register.key, register);
    const { key, accepted, value } = register;
    if (accepted > 0) this.values.set(`${accepted} ${key}`, decoder.decode(value));
  }

  wiped(address: Address): void {
    this.disks.delete(address);
  }

  /** `floor`: what its disk promises to all registers, for those that it was told of so when they moved. */
  left(address: Address, message: Message, floor: Ballot = 0): void {
    if (message.kind === 'registersStored') return this.hasStored(address, message);
    if (message.kind !== 'registerPromised' && message.kind !== 'registerAccepted') return;
    const { key, ballot } = message;
    const known = this.disks.get(address)?.get(key);
    const holds = message.kind === 'registerPromised' ? Math.max(known?.promised ?? 0, floor) : (known?.accepted ?? 0);
    if (holds < ballot)
      fail('durable', `${address} says ${message.kind} of register ${key} in ballot ${printBallot(ballot)}; on its disk is ${printBallot(holds)}`); // prettier-ignore
    if (message.kind === 'registerAccepted') this.voted(keyOf(address, message.disk), message);
  }

  /** The log says that the registers are with these acceptors: a phase-2 quorum of them has all that was chosen. */
  moved({ version, acceptors, phase2 }: AcceptorSet): void {
    const told = this.stored.get(version) ?? new Map<string, ReadonlyMap<string, Ballot>>();
    this.stored.delete(version); // the first word of it is checked
    if (told.size === 0) return;
    for (const [key, { ballot, value }] of this.chosen) {
      const have = acceptors.filter(({ address, disk }) => (told.get(keyOf(address, disk))?.get(key) ?? 0) >= ballot);
      if (have.length < phase2)
        fail('register', `register ${key} has ${value}, chosen in ballot ${printBallot(ballot)}; it moved to ${have.length} of the acceptors of version ${version}`); // prettier-ignore
    }
  }

  private hasStored(address: Address, { epoch, disk }: RegistersStored): void {
    if (epoch <= this.slots.registersAt) return;
    const ofEpoch = this.stored.get(epoch) ?? new Map<string, ReadonlyMap<string, Ballot>>();
    this.stored.set(epoch, ofEpoch);
    const has = this.disks.get(address) ?? new Map<string, Register>();
    ofEpoch.set(keyOf(address, disk), new Map(Array.from(has.values(), ({ key, accepted }) => [key, accepted])));
  }

  /** Is about to leave: by this a proposer that lost its disk knows which ballots its former lives may have used. */
  says(address: Address, message: Message): void {
    if (message.kind !== 'canvassReply') return;
    const { promised } = message;
    for (const { key, promised: ours } of this.disks.get(address)?.values() ?? [])
      if (ours > promised)
        fail('remembered', `${address} says that it has promised nothing above ${printBallot(promised)}; in register ${key} it has promised ${printBallot(ours)}`); // prettier-ignore
  }

  private voted(acceptor: string, { key, ballot, epoch }: RegisterAccepted): void {
    const ofKey = this.votes.get(key) ?? new Map<Ballot, Set<string>>();
    this.votes.set(key, ofKey);
    const voters = ofKey.get(ballot) ?? new Set();
    ofKey.set(ballot, voters);
    voters.add(acceptor);
    const set = this.slots.everySet.find(({ version }) => version === epoch);
    if (set === undefined || count(voters, set.acceptors) < set.phase2) return;
    const known = this.chosen.get(key);
    const text = this.values.get(`${ballot} ${key}`)!;
    if (known === undefined) this.chosen.set(key, { ballot, value: text });
    else if (known.value !== text)
      fail('register', `register ${key} has ${known.value}, chosen in ballot ${printBallot(known.ballot)}, and ${text}, in ${printBallot(ballot)}`); // prettier-ignore
  }
}

function count(voters: ReadonlySet<string>, acceptors: readonly { address: Address; disk: number }[]): number {
  return acceptors.filter(({ address, disk }) => voters.has(keyOf(address, disk))).length;
}

import type { Address } from '@synod/actor';
import type { Event, Message, RefusalReason, Reply, Request, Slot } from '@synod/paxos-core';
import type { ChosenSlots } from './chosen-slots.js';
import { fail } from './claims.js';
import { printOf } from './prints.js';

/** One command at one life of a proposer. */
interface Command {
  /** Copies that were received and have no answer yet. */
  waiting: number;
  /** Copies of which was said that their outcome is open. */
  open: number;
  /** Where copies were proposed. */
  readonly slots: Set<Slot>;
}

/** Whoever is told this may believe that the command will never be executed. */
const noEffect: ReadonlySet<RefusalReason> = new Set<RefusalReason>([
  'notLeader',
  'overloaded',
  'tooLarge',
  'noQuorum',
  'unavailable',
  'lost',
]);

/** What a proposer says to have no effect is not in a slot of its that may still be chosen. */
export class Refusals {
  private readonly lives = new Map<Address, { readonly commands: Map<number, Command>; readonly asked: Map<string, number> }>(); // prettier-ignore

  constructor(private readonly slots: ChosenSlots) {}

  /** A life begins or ends. */
  begin(address: Address): void {
    this.lives.set(address, { commands: new Map(), asked: new Map() });
  }

  received(address: Address, from: Address, message: Message): void {
    if (message.kind !== 'request') return;
    const print = printOf({ kind: 'request', from, bytes: message.bytes });
    this.lives.get(address)!.asked.set(requestKey(from, message), print);
    this.command(address, print).waiting++;
  }

  /** What phase 1 found is proposed for whoever asked before, not for a copy that waits here. */
  observed(address: Address, event: Event): void {
    if (event.kind !== 'proposed') return;
    event.requests.forEach(({ from, request: { bytes } }, i) => {
      this.command(address, printOf({ kind: 'request', from, bytes })).slots.add(event.first + i);
    });
  }

  replied(address: Address, to: Address, reply: Reply): void {
    const print = this.lives.get(address)!.asked.get(requestKey(to, reply));
    if (print === undefined) return;
    const command = this.command(address, print);
    command.waiting--;
    if (reply.answer.kind !== 'refused') return;
    if (!noEffect.has(reply.answer.reason)) return void command.open++;
    const undecided = [...command.slots].filter((slot) => slot > this.slots.through);
    if (undecided.length > command.waiting + command.open)
      fail('refused', `${address} refuses a command of ${to} as ${reply.answer.reason}; it may still be chosen in slot ${undecided.join(', ')}`); // prettier-ignore
  }

  private command(address: Address, print: number): Command {
    const { commands } = this.lives.get(address)!;
    const known = commands.get(print) ?? { waiting: 0, open: 0, slots: new Set<Slot>() };
    commands.set(print, known);
    return known;
  }
}

function requestKey(from: Address, { client, session, sequence }: Request | Reply): string {
  return `${from} ${client} ${session} ${sequence}`;
}

import type { Address } from '@synod/actor';
import type { Command, Digest, Group, Message, RefusalReason, Signed } from '@synod/pbft-core';
import type { ClientRules } from './rules.js';

/** What one member has answered. */
export interface Said {
  readonly results: Uint8Array;
  readonly index: number;
  readonly ageMs: number;
}

export type Answer =
  | ({ readonly kind: 'results' } & Said)
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  /** No quorum will say the same: the read is to be ordered. */
  | { readonly kind: 'order' };

export type How = 'ordered' | 'read' | 'stale';

/** One thing that a client asks, and what members have answered so far: each counts once, by its latest word. */
export class Question {
  private readonly said = new Map<Address, Said>();
  private readonly refusals = new Map<Address, RefusalReason>();

  constructor(
    /** The number by which the client knows it. */
    readonly sequence: number,
    public how: How,
    /** What goes to the members. */
    public message: Message,
    /** What an answer must name. */
    public asked: Digest,
    /** For `stale`: older is no answer; 0 is no bound. */
    readonly maxAgeMs: number,
    private readonly group: Group,
    private readonly rules: ClientRules,
  ) {}

  /** It goes through the order now. */
  order(signed: Signed<Command>, asked: Digest): void {
    this.how = 'ordered';
    this.message = { kind: 'request', signed };
    this.asked = asked;
    this.said.clear();
    this.refusals.clear();
  }

  answered(from: Address, said: Said): void {
    if (this.how === 'stale' && this.maxAgeMs > 0 && said.ageMs > this.maxAgeMs) return;
    this.said.set(from, said);
  }

  refused(from: Address, reason: RefusalReason): void {
    this.refusals.set(from, reason);
  }

  /** What is known by now; undefined: not enough. */
  get answer(): Answer | undefined {
    const { rules, group } = this;
    if (this.how === 'ordered') return this.same(rules.ordered(group)) ?? this.tooLarge;
    if (this.how === 'stale') return this.same(rules.ordered(group)) ?? this.noQuorum;
    return this.same(rules.read(group)) ?? this.disagreement;
  }

  /** The same results at the same position: what one member says of its position alone could be anything. */
  private same(least: number): Answer | undefined {
    for (const first of this.said.values()) {
      const alike = [...this.said.values()].filter((other) => isSame(first, other));
      if (alike.length < least) continue;
      const { results, index } = first;
      return { kind: 'results', results, index, ageMs: Math.max(...alike.map(({ ageMs }) => ageMs)) };
    }
    return undefined;
  }

  private get tooLarge(): Answer | undefined {
    return this.refusalOf('tooLarge', this.group.weak);
  }

  private get noQuorum(): Answer | undefined {
    return this.refusalOf('noQuorum', this.group.n - this.group.weak + 1);
  }

  private refusalOf(reason: RefusalReason, least: number): Answer | undefined {
    const alike = [...this.refusals.values()].filter((each) => each === reason).length;
    return alike >= least ? { kind: 'refused', reason } : undefined;
  }

  /** So many have answered otherwise, or not at all, that a quorum of the same is out of reach. */
  private get disagreement(): Answer | undefined {
    const { n } = this.group;
    const open = n - new Set([...this.said.keys(), ...this.refusals.keys()]).size;
    const most = Math.max(
      0,
      ...[...this.said.values()].map((each) => [...this.said.values()].filter((other) => isSame(each, other)).length),
    );
    return most + open < this.rules.read(this.group) ? { kind: 'order' } : undefined;
  }
}

function isSame(a: Said, b: Said): boolean {
  return a.index === b.index && Buffer.from(a.results).equals(Buffer.from(b.results));
}

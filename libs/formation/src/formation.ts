import { none } from '@synod/actor';
import type { Address, Token } from '@synod/actor';
import type { Activate, Form, FormationMessage, Formed, Hello, HelloReply, Standing } from './messages.js';

/** Who forms the group: the same at every member, but for `self`. */
export interface Founders {
  readonly self: Address;
  /** All members, self included, in an order that is the same everywhere. The first one forms the group. */
  readonly members: readonly Address[];
  /** The transport's multicast name for all members. */
  readonly everyone: Address;
  /** The configuration that the group begins with: the recorded one, once there is one. Empty: nothing to agree on. */
  readonly founding: Uint8Array;
}

/** What a member knows, kept where the rest of its protocol's state is. */
export interface FormationState {
  /** Recorded, like the cluster id; `empty` and `lost` are what an empty journal means. */
  standing: Standing;
  /** 0 until the group is formed. */
  clusterId: number;
  /** A random number of this life. */
  readonly incarnation: number;
  /** Answers to our hellos in this life. */
  readonly answers: Map<Address, HelloReply>;
}

/** What its protocol does for a member, and how it reacts. */
export interface FormationHooks {
  /** The highest era we have promised anything in. */
  era(): number;
  send(to: Address, message: FormationMessage, after?: Token): void;
  /** `ask` is to be called in a while, anew each time. */
  startAsking(): void;
  stopAsking(): void;
  /** Writes standing, cluster id and founding configuration; what is sent from now on rests on that. */
  persist(): void;
  /** Voting may begin. */
  activated(): void;
  /**
   * Somebody is active already, so our disk was lost. Comes with every answer until the protocol, when it has heard enough
   * of `answers`, gives us another standing.
   */
  lost(answers: ReadonlyMap<Address, HelloReply>): void;
  /** A member asks; when it is `empty` or `lost`, what its former life acknowledged to us holds no more. */
  heardHello(from: Address, standing: Standing): void;
  /** What a correct member would not have said now, or a state of the group that only people can resolve. */
  rejected(from: Address, reason: string): void;
}

/**
 * A member with an empty journal cannot tell whether the group is new or its disk was lost, so it must not vote. The first
 * member asks all; when every one is empty it gives them a cluster id, and when every one has that on disk, and not before,
 * voting begins. Whoever is empty after that has lost its disk.
 */
export class Formation {
  private readonly others: readonly Address[];

  constructor(
    private readonly founders: Founders,
    private readonly state: FormationState,
    private readonly hooks: FormationHooks,
  ) {
    this.others = founders.members.filter((member) => member !== founders.self);
  }

  /** Asks every member who they are, until this one is active or recovering. */
  ask(): void {
    if (this.isSettled()) return;
    this.hooks.startAsking();
    if (this.others.length === 0) return this.consider();
    const { incarnation: nonce, standing } = this.state;
    this.hooks.send(this.founders.everyone, { kind: 'hello', nonce, standing }, none);
  }

  onHello(from: Address, { nonce, standing: theirs }: Hello): void {
    this.hooks.heardHello(from, theirs);
    const { incarnation, standing, clusterId } = this.state;
    this.hooks.send(from, { kind: 'helloReply', nonce, incarnation, standing, clusterId, era: this.hooks.era() });
  }

  onHelloReply(from: Address, message: HelloReply): void {
    if (message.nonce !== this.state.incarnation) return;
    // Who is no founder forms no group. If it is active it was taken into one, and says as well as a founder that there is one:
    // of those that founded it there may be none left.
    if (!this.others.includes(from) && message.standing !== 'active') return;
    this.state.answers.set(from, message);
    this.consider();
  }

  /** The first member gives this very life of ours the cluster id; an earlier or later life disregards it. */
  onForm(from: Address, { clusterId, incarnation, founding = nothing }: Form): void {
    const { state, hooks } = this;
    if (from !== this.founders.members[0]) return hooks.rejected(from, 'notTheFirstMember');
    if (state.standing === 'empty' && incarnation === state.incarnation) {
      if (!areSame(founding, this.founders.founding)) return hooks.rejected(from, 'foundingDiffers');
      this.record(clusterId);
    }
    if (this.isFormedIn(clusterId)) hooks.send(from, { kind: 'formed', clusterId });
  }

  onFormed(from: Address, { clusterId }: Formed): void {
    const { answers } = this.state;
    const answer = answers.get(from);
    if (!answer || !this.isFormedIn(clusterId)) return;
    answers.set(from, { ...answer, standing: 'formed', clusterId });
    this.consider();
  }

  onActivate(_from: Address, { clusterId }: Activate): void {
    if (this.isFormedIn(clusterId)) this.activate();
  }

  /** Draws the conclusion from what the members have answered so far. */
  private consider(): void {
    const { state } = this;
    if (state.standing === 'formed' && this.knowsActive()) return this.activate();
    // There was a group before us, whose disks we all lost: only people can say that it may be forgotten.
    if (state.standing === 'formed' && this.some('active'))
      return this.hooks.rejected(this.founders.self, 'membersOfDifferentClusters');
    if (this.isSettled()) return;
    if (state.standing !== 'formed' && this.some('active')) return this.considerLost();
    if (state.answers.size < this.others.length) return;
    const allKnown = state.standing !== 'lost' && !this.some('lost') && !this.some('recovering');
    if (allKnown && this.founders.self === this.founders.members[0]) this.form();
  }

  private considerLost(): void {
    this.hooks.lost(this.state.answers);
    if (this.isSettled()) this.hooks.stopAsking();
  }

  /** The first member: nobody votes yet. Brings everyone to the same cluster id, then voting begins. */
  private form(): void {
    const { state, hooks } = this;
    if (state.standing === 'empty') {
      // Our record was durable before anyone else's: our disk was lost, and our former life may have activated the others.
      if (this.some('formed')) return hooks.rejected(this.founders.self, 'diskLostWhileForming');
      this.record(state.incarnation);
    }
    for (const [address, answer] of state.answers) if (answer.standing === 'empty') this.sendForm(address, answer);
    const answers = [...state.answers.values()];
    if (answers.some(({ standing }) => standing !== 'formed')) return;
    if (answers.some(({ clusterId }) => clusterId !== state.clusterId)) {
      return hooks.rejected(this.founders.self, 'membersOfDifferentClusters');
    }
    this.activate();
    hooks.send(this.founders.everyone, { kind: 'activate', clusterId: state.clusterId });
  }

  private sendForm(to: Address, { incarnation }: HelloReply): void {
    const { founding } = this.founders;
    const form: Form = { kind: 'form', clusterId: this.state.clusterId, incarnation };
    this.hooks.send(to, founding.length > 0 ? { ...form, founding } : form);
  }

  private record(clusterId: number): void {
    this.state.standing = 'formed';
    this.state.clusterId = clusterId;
    this.hooks.persist();
  }

  private activate(): void {
    this.state.standing = 'active';
    this.hooks.persist();
    this.hooks.stopAsking();
    this.hooks.activated();
  }

  private isSettled(): boolean {
    return this.state.standing === 'active' || this.state.standing === 'recovering';
  }

  private isFormedIn(clusterId: number): boolean {
    return this.state.standing === 'formed' && this.state.clusterId === clusterId;
  }

  /** Somebody of our own cluster is active. */
  private knowsActive(): boolean {
    const ours = this.state.clusterId;
    return [...this.state.answers.values()].some((answer) => answer.standing === 'active' && answer.clusterId === ours);
  }

  private some(standing: Standing): boolean {
    return [...this.state.answers.values()].some((answer) => answer.standing === standing);
  }
}

const nothing = new Uint8Array(0);

function areSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

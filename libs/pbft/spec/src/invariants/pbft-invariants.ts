import type { Address, Effect, Input } from '@synod/actor';
import { Group, faultOfNewView } from '@synod/pbft-core';
import type { Cryptography, Event, Message, PbftReplica, PbftService, PbftVocabulary } from '@synod/pbft-core';
import { decodeCertificate, faultOf } from '@synod/pbft-wire';
import type { ReplyCertificate, VerifierParts } from '@synod/pbft-wire';
import type { Machine, Slot as Stored, Witness, World } from '@synod/simulator';
import { domain, sha256 } from '../keys.js';
import type { KeyRing } from '../keys.js';
import { Accusations } from './accusations.js';
import { Ages } from './ages.js';
import { fail } from './claims.js';
import { ExecutionOrder } from './executions.js';
import { Ordering, short } from './ordering.js';
import { Promises } from './promises.js';
import { WatchedReplica, blank, lookInto } from './replica-view.js';
import type { Look } from './replica-view.js';
import { StatementsSaid } from './statements-said.js';

type V = PbftVocabulary;

/** What the checker must know of the group. */
export interface Checked {
  readonly members: readonly Address[];
  /** Of these nothing is asked. */
  readonly traitors: ReadonlySet<Address>;
  /** L. */
  readonly logSize: number;
  readonly ring: KeyRing;
  /** Executes what correct replicas execute, honestly. */
  readonly reference: PbftService;
}

/**
 * Checks what must be true of the correct members of a PBFT group after every step, whatever the others do; throws a `Violation`
 * at the first thing that is not. `claims` has the list.
 */
export class PbftInvariants implements Witness<V> {
  private readonly group: Group;
  private readonly cryptography: Cryptography;
  private readonly said = new StatementsSaid();
  private readonly replicas = new Map<Address, WatchedReplica>();
  private readonly ordering: Ordering;
  private readonly promises = new Promises();
  private readonly order: ExecutionOrder;
  private readonly accusations: Accusations;
  private readonly ages: Ages;
  private readonly logSize: number;
  /** Of anybody who is shown a certificate. */
  private readonly verifier: VerifierParts;

  constructor(
    world: Pick<World<V>, 'machines'>,
    { members, traitors, logSize, ring, reference }: Checked,
    private readonly look: Look = lookInto,
  ) {
    this.logSize = logSize;
    this.group = new Group(members);
    const { group } = this;
    this.verifier = { domain, group, logSize, keys: ring.keys, sha256, verify: ring.verify };
    this.cryptography = ring.cryptographyOf('user', 'checker');
    this.ordering = new Ordering(this.group, this.cryptography, this.said, logSize);
    this.order = new ExecutionOrder(reference, this.cryptography, ring);
    this.ages = new Ages(this.order);
    this.accusations = new Accusations(traitors, this.group, ring, logSize);
    for (const machine of world.machines.values())
      if (!traitors.has(machine.address)) this.replicas.set(machine.address, new WatchedReplica(machine));
  }

  hasFounded(address: Address): boolean {
    return this.replicas.get(address)?.hasFounded ?? true;
  }

  /** A client was brought to believe something, and could prove it to anybody. */
  believed(certificate: Uint8Array): void {
    const decoded = decodeCertificate(domain, certificate) as ReplyCertificate;
    this.order.believed(decoded);
    const fault = faultOf(this.verifier, decoded);
    if (fault !== undefined) fail('certified', `a client believes what its certificate does not prove: ${fault}`);
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
    this.reload(machine);
  }

  synced({ address }: Machine<V>, stored: readonly Stored<V>[]): void {
    const replica = this.replicas.get(address);
    if (replica === undefined) return;
    for (const { record } of stored) {
      replica.durable.add(record);
      if (record.kind === 'standing' && record.standing !== 'empty') replica.hasFounded = true;
    }
  }

  stepping(machine: Machine<V>, input: Input<V>): void {
    const replica = this.replicas.get(machine.address);
    if (replica === undefined) return;
    this.ages.stepping(replica, input);
    if (input.kind === 'receive') this.accusations.stepping(machine, input.message);
    else if (input.kind === 'snapshotInstalled' && input.ok) replica.executed = installedBy(machine);
  }

  executed(machine: Machine<V>, effect: Effect<V>): void {
    if (effect.kind === 'send') this.said.note(effect.message);
    const replica = this.replicas.get(machine.address);
    if (replica === undefined) return;
    this.ages.executed(replica, effect);
    if (effect.kind === 'persist') {
      this.order.persisted(effect.record);
      this.ordering.persisted(replica, effect.record, this.lowOf(machine));
    } else if (effect.kind === 'observe') this.observed(replica, effect.event);
  }

  left(from: Address, to: readonly Address[], message: Message): void {
    const replica = this.replicas.get(from);
    if (replica === undefined) return;
    this.promises.left(replica, message);
    this.order.left(replica, to[0]!, message);
  }

  stepped(machine: Machine<V>, input: Input<V>): void {
    if (input.kind === 'recover') return;
    const replica = this.replicas.get(machine.address);
    if (replica === undefined) return;
    this.accusations.stepped();
    replica.look(this.look);
    checkMonotonic(replica);
    this.order.stepped(replica, () => machine.life!.service.hash());
  }

  private observed(replica: WatchedReplica, event: Event): void {
    this.ordering.observed(replica, event);
    this.order.observed(replica, event);
    if (event.kind === 'voteCounted' && event.by === replica.address) this.promises.counted(replica, event.view, event.sequence, event.phase); // prettier-ignore
    if (event.kind === 'equivocation') this.accusations.observed(replica.address, event);
    if (event.kind === 'enteredView') this.entered(replica);
    if (event.kind === 'checkpointStable') this.checkStable(replica, event);
  }

  /** "A backup accepts a new-view message for view v+1 if it is signed properly, if the view-change messages it contains are valid for view v+1, and if the set O is correct" (§4.4). */
  private entered({ machine, address }: WatchedReplica): void {
    const { newView } = (machine.life!.actor as PbftReplica)['pbft'];
    const rules = { group: this.group, cryptography: this.cryptography, logSize: this.logSize };
    const fault = newView === undefined ? 'there is none' : faultOfNewView(rules, newView.signed, newView.viewChanges);
    if (fault !== undefined) fail('newView', `${address} enters a view with a new view that is not valid: ${fault}`);
  }

  private checkStable(
    { address }: WatchedReplica,
    { sequence, digest }: Extract<Event, { kind: 'checkpointStable' }>,
  ): void {
    // prettier-ignore
    const voters = this.said.checkpoints(sequence, digest);
    if (voters.size < this.group.quorum)
      fail(
        'stable',
        `${short(digest)} is stable at ${address} for ${sequence} by ${[...voters].join(' ') || 'nobody'}`,
      );
  }

  private lowOf(machine: Machine<V>): number {
    const words = blank();
    this.look(machine, words);
    return words.low;
  }

  private reload({ address, disk }: Machine<V>): void {
    this.replicas.get(address)?.reload(disk.durable.map((stored) => stored.record));
  }
}

/** The sequence through which the snapshot reaches that takes the place of the state. */
function installedBy(machine: Machine<V>): number {
  return (machine.life!.actor as PbftReplica)['pbft'].installing?.manifest.sequence ?? 0;
}

const growing = ['view', 'low', 'executed'] as const;

function checkMonotonic({ address, now, before }: WatchedReplica): void {
  for (const name of growing)
    if (now[name] < before[name]) fail('monotonic', `${address}: ${name} goes back from ${before[name]} to ${now[name]}`); // prettier-ignore
}

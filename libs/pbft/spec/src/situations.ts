import type { Effect, Input } from '@synod/actor';
import type { Event, Grievance, PbftReplica, PbftVocabulary, StandingClaim } from '@synod/pbft-core';
import { treasons } from '@synod/pbft-traitors';
import { Situations } from '@synod/simulation';
import type { Counters, Machine } from '@synod/simulator';
import type { PbftSwarm } from './swarm.js';

type V = PbftVocabulary;

const ofEvent: { readonly [kind in Event['kind']]?: string } = {
  proposed: 'batches proposed',
  prepared: 'batches prepared',
  committed: 'batches committed',
  executed: 'batches executed',
  checkpointStable: 'checkpoints made stable',
  snapshotTaken: 'snapshots taken',
  snapshotStable: 'snapshots made stable',
  viewChangeStarted: 'view changes',
  enteredView: 'views entered',
  equivocation: 'equivocations found',
  transferBegan: 'state transfers',
  transferEnded: 'state transfers that ended',
  snapshotInstalled: 'snapshots installed',
};

const special = [
  'complaints of silence',
  'complaints of slowness',
  'primaries that ask to be relieved',
  'primaries that lost their disks',
  'views left alone',
  'primaries relieved on their wish',
  'view changes after complaints',
  'view changes after an equivocation',
  'view changes joined',
  'view changes after a view that did not begin',
  'batches proposed again by a new view',
  'gaps filled with null requests',
  'batches fetched by their digest',
  'batches executed again from the journal',
  'batches executed by state transfer',
  'members that come late and are vouched for',
  'lost disks that listen first',
  'lost disks that are back',
  'transfers from another source',
  'reads that were ordered',
  'requests relayed',
  'votes of an earlier view',
  'votes of a later view',
  'groups of seven',
  'groups that are no 3f + 1',
  'runs with Ed25519',
] as const;

const ofGrievance: { readonly [why in Grievance]: (typeof special)[number] } = {
  silent: 'complaints of silence',
  slow: 'complaints of slowness',
  stopping: 'primaries that ask to be relieved',
  recovering: 'primaries that lost their disks',
  leftAlone: 'views left alone',
};

const ofReason: { readonly [why: string]: (typeof special)[number] } = {
  complaints: 'view changes after complaints',
  equivocation: 'view changes after an equivocation',
  abdication: 'primaries relieved on their wish',
  joined: 'view changes joined',
  timeout: 'view changes after a view that did not begin',
};

/** Counts what correct members live through; and which traitors there were. */
export class PbftSituations extends Situations<V> {
  /** Those that came back without their disks. */
  private readonly diskless = new Set<Machine<V>>();

  constructor(
    counters: Counters,
    { traitors, replicas, signatures }: PbftSwarm,
    private readonly isCorrect: (machine: Machine<V>) => boolean,
  ) {
    super(counters, ofEvent, false);
    counters.expect(...special, ...Object.keys(treasons).map((name) => `traitors: ${name}`));
    for (const name of Object.values(traitors)) counters.count(`traitors: ${name}`);
    if (replicas === 7) this.is('groups of seven');
    if (replicas % 3 !== 1) this.is('groups that are no 3f + 1');
    if (signatures === 'ed25519') this.is('runs with Ed25519');
  }

  override stepping(machine: Machine<V>, input: Input<V>): void {
    if (!this.isCorrect(machine)) return;
    super.stepping(machine, input);
    if (input.kind === 'receive') this.received(machine, input.message);
  }

  override executed(machine: Machine<V>, effect: Effect<V>): void {
    if (!this.isCorrect(machine)) return;
    super.executed(machine, effect);
    if (effect.kind === 'observe') this.event(machine, effect.event);
    else if (effect.kind === 'send' && effect.message.kind === 'relay') this.is('requests relayed');
    else if (effect.kind === 'send' && effect.message.kind === 'newView') this.newView(effect.message.signed.statement.proposals); // prettier-ignore
    else if (effect.kind === 'persist' && effect.record.kind === 'batch' && !effect.record.executed) this.is('batches fetched by their digest'); // prettier-ignore
  }

  private is(situation: (typeof special)[number]): void {
    this.counters.count(situation);
  }

  private received(machine: Machine<V>, message: V['message']): void {
    const { view } = (machine.life!.actor as PbftReplica)['pbft'];
    if (message.kind === 'request' && message.signed.statement.holds === 'queries') this.is('reads that were ordered');
    if (message.kind === 'helloReply') this.greeted(machine, message.signed.statement);
    if (message.kind !== 'prepare' && message.kind !== 'commit') return;
    const of = message.signed.statement.view;
    if (of !== view) this.is(of < view ? 'votes of an earlier view' : 'votes of a later view');
  }

  private greeted(machine: Machine<V>, { standing, founder }: StandingClaim): void {
    const { follows } = (machine.life!.actor as PbftReplica)['pbft'];
    if (!follows && standing === 'active' && founder) this.is('members that come late and are vouched for');
  }

  private newView(proposals: readonly { readonly statement: { readonly digest: string } }[]): void {
    for (const { statement } of proposals)
      this.is(statement.digest === nullDigest ? 'gaps filled with null requests' : 'batches proposed again by a new view'); // prettier-ignore
  }

  private event(machine: Machine<V>, event: Event): void {
    switch (event.kind) {
      case 'complained':
        this.is(ofGrievance[event.why]);
        return;
      case 'viewChangeStarted':
        return this.is(ofReason[event.why]!);
      case 'executed':
        if (event.how === 'again') this.is('batches executed again from the journal');
        else if (event.how === 'transferred') this.is('batches executed by state transfer');
        return;
      case 'standing':
        return this.stands(machine, event.standing);
      case 'transferFailed':
        return this.is('transfers from another source');
    }
  }

  private stands(machine: Machine<V>, standing: string): void {
    if (standing === 'recovering' && !this.diskless.has(machine)) {
      this.diskless.add(machine);
      this.is('lost disks that listen first');
    } else if (standing === 'active' && this.diskless.delete(machine)) this.is('lost disks that are back');
  }
}

/** SHA-256 of nothing: the digest of a batch without requests. */
const nullDigest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

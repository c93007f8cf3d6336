import { DamagedState } from '@synod/actor';
import type { Actor, Address, Effect, Input } from '@synod/actor';
import type { Formation } from '@synod/formation';
import type { SnapshotSource } from '@synod/state-machine';
import type { AcceptorConfiguration } from '../configuration.js';
import type { Message } from '../messages.js';
import type { PaxosVocabulary } from '../vocabulary.js';
import { formationOf, onHelloTimeout } from './first-start.js';
import { onCanvass, onPrepare } from './promises.js';
import { AcceptorRecovery } from './recovery.js';
import {
  onFreezeRegisters,
  onRegisterAccept,
  onRegisterAsk,
  onRegisterPrepare,
  onRegistersRestored,
  onStoreRegisters,
} from './registers.js';
import { onVotesRead } from './reports.js';
import { Acceptor } from './state.js';
import { considerCut, cutAfterMark, onSnapshotTaken } from './trimming.js';
import { onAccept } from './votes.js';

/** An acceptor of Multi-Paxos: the table of contents of this folder. */
export class PaxosAcceptor implements Actor<PaxosVocabulary> {
  protected readonly acceptor: Acceptor;
  private readonly formation: Formation;
  private readonly recovery: AcceptorRecovery;

  constructor(configuration: AcceptorConfiguration) {
    this.acceptor = new Acceptor(configuration);
    this.formation = formationOf(this.acceptor);
    this.recovery = new AcceptorRecovery(this.acceptor);
  }

  step(input: Input<PaxosVocabulary>): readonly Effect<PaxosVocabulary>[] {
    const { acceptor } = this;
    acceptor.now = input.at;
    this.react(input);
    if (input.kind !== 'recover') considerCut(acceptor);
    return acceptor.out.drain();
  }

  private react(input: Input<PaxosVocabulary>): void {
    const { acceptor, formation } = this;
    switch (input.kind) {
      case 'recover':
        return this.recovery.take(input.record);
      case 'recovered':
        if (input.tail === 'corrupt') throw new DamagedState('the journal holds damage below what was synced');
        return this.onRecovered(input.incarnation);
      case 'receive':
        return this.receive(input.from, input.message);
      case 'timeout':
        if (input.timer === 'hello') onHelloTimeout(acceptor, formation);
        return;
      case 'persisted':
        acceptor.durableToken = input.token;
        return cutAfterMark(acceptor);
      case 'logRead':
        return onVotesRead(acceptor, input.id, input.batches);
      case 'snapshotTaken':
        return onSnapshotTaken(acceptor, input.snapshot);
      case 'snapshotInstalled':
        return onRegistersRestored(acceptor, input);
      case 'stopping':
        return acceptor.out.stop();
    }
  }

  private onRecovered(incarnation: number): void {
    const { acceptor, formation } = this;
    acceptor.incarnation = incarnation;
    if (acceptor.standing === 'empty' && acceptor.configuration.setAside) acceptor.standing = 'lost';
    acceptor.votes.trim(acceptor.trimmedThrough);
    this.recovery.complete();
    const { standing, clusterId, disk } = acceptor;
    acceptor.out.observe({ kind: 'standing', standing, clusterId, disk });
    onHelloTimeout(acceptor, formation);
  }

  private receive(from: Address, message: Message): void {
    const { acceptor, formation } = this;
    switch (message.kind) {
      case 'canvass':
        return onCanvass(acceptor, from, message);
      case 'prepare':
        return onPrepare(acceptor, from, message);
      case 'accept':
        return onAccept(acceptor, from, message);
      case 'hello':
        return formation.onHello(from, message);
      case 'helloReply':
        return formation.onHelloReply(from, message);
      case 'form':
        return formation.onForm(from, message);
      case 'formed':
        return formation.onFormed(from, message);
      case 'activate':
        return formation.onActivate(from, message);
      case 'registerAsk':
        return onRegisterAsk(acceptor, from, message);
      case 'registerPrepare':
        return onRegisterPrepare(acceptor, from, message);
      case 'registerAccept':
        return onRegisterAccept(acceptor, from, message);
      case 'freezeRegisters':
        return onFreezeRegisters(acceptor, from, message);
      case 'storeRegisters':
        return onStoreRegisters(acceptor, from, message);
      case 'join':
        return; // another acceptor's word to the proposers
      default:
        return acceptor.reject(from, 'notForAcceptors');
    }
  }

  /** What its snapshots hold: the registers. Slots are in the journal until they are trimmed. */
  get state(): SnapshotSource {
    return this.acceptor.registers;
  }

  inspect() {
    const { acceptor } = this;
    const { votes } = acceptor;
    return {
      role: 'acceptor' as const,
      standing: acceptor.standing,
      clusterId: acceptor.clusterId,
      disk: acceptor.disk,
      promised: acceptor.promised,
      lastAccepted: votes.lastSlot,
      trimmedThrough: acceptor.trimmedThrough,
      heldVotes: votes.size,
      heldBytes: votes.heldBytes,
      registers: acceptor.registers.size,
      registersWithValue: acceptor.registers.values,
      registersLimit: acceptor.configuration.limits.registers,
      registersEpoch: acceptor.registersEpoch,
      /** It does not know its registers yet. */
      isRestoring: acceptor.restoring !== undefined,
      misnumbered: Object.fromEntries(
        [...acceptor.misnumbered].map(([proposer, owner]) => [proposer, owner ?? 'nobody']),
      ),
    };
  }
}

import type { Message, Record } from '@synod/paxos-core';
import { fail } from './claims.js';
import type { WatchedAcceptor } from './group-view.js';

/**
 * An acceptor that told or stored registers for a new epoch takes part in no older one any more: what it accepted there afterwards
 * nobody would bring along.
 */
export class RegisterEpochs {
  /** A record is about to be written. */
  persisted({ address, written }: WatchedAcceptor, record: Record): void {
    const state = record.kind === 'acceptorMark' ? record.state : record;
    if (state.kind === 'acceptorState' && state.registersEpoch < written.registersEpoch)
      fail('epoch', `${address} takes its registers back from epoch ${written.registersEpoch} to ${state.registersEpoch}`); // prettier-ignore
  }

  left(acceptor: WatchedAcceptor, message: Message): void {
    switch (message.kind) {
      case 'registersPage':
      case 'registersStored':
        return enters(acceptor, message.epoch, message.kind);
      case 'registerPromised':
      case 'registerAccepted':
        if (message.epoch < acceptor.epoch)
          fail('epoch', `${acceptor.address} says ${message.kind} of register ${message.key} in epoch ${message.epoch}, and told or stored registers for epoch ${acceptor.epoch}`); // prettier-ignore
    }
  }
}

/** Its disk must know that those before are over. */
function enters(acceptor: WatchedAcceptor, epoch: number, kind: string): void {
  const { address, durable } = acceptor;
  if (durable.registersEpoch < epoch)
    fail('durable', `${address} says ${kind} for epoch ${epoch}; on its disk is epoch ${durable.registersEpoch}`);
  acceptor.epoch = Math.max(acceptor.epoch, epoch);
}

import { DamagedState, invariant } from '@synod/actor';
import type { Address, SnapshotId } from '@synod/actor';
import type { AcceptorSet } from '../acceptor-set.js';
import type { Register } from '../messages.js';
import type { AcceptorState, Record } from '../records.js';
import { writtenBytes } from './register-table.js';
import type { Acceptor } from './state.js';

/** What was promised and accepted, as the journal tells it, oldest record first. A vote is a promise as well. */
export class AcceptorRecovery {
  private registers: { readonly number: number; readonly register: Register }[] = [];
  private snapshot: SnapshotId | undefined;

  constructor(private readonly acceptor: Acceptor) {}

  take(record: Record): void {
    const { acceptor } = this;
    switch (record.kind) {
      case 'acceptorState':
        return this.state(record);
      case 'vote':
        acceptor.promised = Math.max(acceptor.promised, record.batch.era);
        acceptor.bytesSinceMark += record.batch.sizeBytes;
        return acceptor.votes.add(record.number, record.batch);
      case 'registerVote':
        acceptor.votes.lastNumber = record.number;
        acceptor.bytesSinceMark += writtenBytes(record.register);
        return void this.registers.push(record);
      case 'acceptorMark':
        acceptor.bytesSinceMark = 0;
        acceptor.votes.lastNumber = Math.max(acceptor.votes.lastNumber, record.number);
        this.snapshot = record.snapshot;
        this.registers = this.registers.filter(({ number }) => number > (record.snapshot?.index ?? 0));
        return this.state(record.state);
      default:
        throw new DamagedState(`a record of kind ${record.kind} is no acceptor's`);
    }
  }

  /** The journal has been told: registers that are in a snapshot come from there, and then what was voted since. */
  complete(): void {
    const { acceptor, snapshot } = this;
    const since = this.registers.map(({ register }) => register);
    this.registers = [];
    acceptor.highestRegisterBallot = acceptor.registers.floor;
    for (const register of since) {
      acceptor.highestRegisterBallot = Math.max(acceptor.highestRegisterBallot, register.promised);
      if (snapshot === undefined) acceptor.registers.put(register);
    }
    if (snapshot !== undefined) acceptor.restoring = { id: acceptor.out.installSnapshot(snapshot), since };
  }

  private state({ promised, trimmedThrough, registerFloor, ...others }: AcceptorState): void {
    const { acceptor } = this;
    const { standing, clusterId, disk, founding, registersEpoch } = others;
    requireFounders(founding, acceptor.configuration.acceptors);
    Object.assign(acceptor, { standing, clusterId, disk, founding, registersEpoch });
    acceptor.promised = Math.max(acceptor.promised, promised);
    acceptor.trimmedThrough = Math.max(acceptor.trimmedThrough, trimmedThrough);
    acceptor.registers.raiseFloor(registerFloor);
  }
}

/** One that is told of other founders than it founded its group with may have another group's disk, or another group's settings. */
function requireFounders(founding: AcceptorSet | undefined, configured: readonly Address[]): void {
  const names = founding?.acceptors.map(({ address }) => address) ?? configured;
  const isSame = names.length === configured.length && names.every((name) => configured.includes(name));
  invariant(
    isSame,
    `this acceptor founded its group with ${names.join(', ')} and is configured with ${configured.join(', ')}: founders stay what they were, and acceptors are changed in the log`,
  );
}

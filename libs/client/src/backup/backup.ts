import { encodeBackupOperation, encodeBackupQuery } from '@synod/api';
import type { BackupOperation } from '@synod/state-machine';
import type { CallOptions } from '../call.js';
import { SynodError } from '../errors.js';
import type { Group } from '../group.js';
import * as codec from './codec.js';
import type { Frozen, FrozenPage, Restoring } from './codec.js';

/** A PBFT group does not keep the place of what it executed before: a mark whose answer was lost is set again. */
const marksMost = 5;

/**
 * Saving a group's state and restoring it into an empty group, one step a call, for the user `admin`. What is asked for is answered as
 * every linearizable read is: in a PBFT group by a quorum alike, so one member makes up nothing.
 */
export class Backup {
  /** `KeyValueGroup.backup` has it. */
  constructor(private readonly group: Pick<Group, 'execute' | 'query'>) {}

  /**
   * Has every member keep the state as it is at one place of the log, which is given: it holds all that was answered before this
   * call. It changes nothing. The one that was kept before is let go.
   */
  async freeze(options: CallOptions = {}): Promise<number> {
    for (let i = 0; i < marksMost; i++) {
      const { result, source } = await this.group.execute(encodeBackupOperation({ kind: 'freeze' }), options);
      const position = codec.decodeMark(result, source);
      if (position > 0) return position;
    }
    throw new SynodError('unavailable', 'the group does not tell at which place of its log the state is kept');
  }

  async thaw(position: number, options: CallOptions = {}): Promise<void> {
    await this.group.execute(encodeBackupOperation({ kind: 'thaw', position }), options);
  }

  /** What is kept at this place. */
  async frozen(position: number, options: CallOptions = {}): Promise<Frozen> {
    const { result } = await this.group.query(encodeBackupQuery({ kind: 'image', position }), options);
    return codec.decodeFrozen(result);
  }

  /** Pages are to be asked for in their order, from 0; each may be asked for again. */
  async page(position: number, number: number, options: CallOptions = {}): Promise<FrozenPage> {
    const { result } = await this.group.query(encodeBackupQuery({ kind: 'page', position, number }), options);
    return codec.decodePage(result);
  }

  async restoring(options: CallOptions = {}): Promise<Restoring> {
    const { result } = await this.group.query(encodeBackupQuery({ kind: 'restoration' }), options);
    return codec.decodeRestoring(result);
  }

  /** Each of these may be repeated: what is done is not done again. They say how far it is afterwards. */
  begin(id: Uint8Array, revision: number, pages: number, options: CallOptions = {}): Promise<Restoring> {
    return this.restore({ kind: 'begin', id, revision, pages }, options);
  }

  load(id: Uint8Array, number: number, page: Uint8Array, options: CallOptions = {}): Promise<Restoring> {
    return this.restore({ kind: 'load', id, number, page }, options);
  }

  /** `hash`: of the state that was saved. The group opens when what was loaded has it, else it is empty again. */
  finish(id: Uint8Array, hash: string, options: CallOptions = {}): Promise<Restoring> {
    return this.restore({ kind: 'finish', id, hash }, options);
  }

  abandon(id: Uint8Array, options: CallOptions = {}): Promise<Restoring> {
    return this.restore({ kind: 'abandon', id }, options);
  }

  private async restore(operation: BackupOperation, options: CallOptions): Promise<Restoring> {
    const { result } = await this.group.execute(encodeBackupOperation(operation), options);
    return codec.decodeRestoring(result);
  }
}

import type { Vocabulary } from '@synod/actor';
import type { Frame, MessageCodec, RecordCodec } from '../ports.js';

/** A class of which a core's state has instances. */
export type Class = abstract new (...parameters: never[]) => object;

/** An object that only puts functions around its owner's state: it is not written down, but made again for the owner. */
export interface Derived {
  readonly of: Class;
  readonly make: (owner: never) => object;
}

/** What a recording must know of one protocol: how its words become bytes, and what its core's state is made of. */
export interface Recordable<V extends Vocabulary> {
  readonly messages: Pick<MessageCodec<V>, 'kindOf' | 'encode' | 'decode'>;
  readonly records: RecordCodec<V>;
  /** The class of `V['batch']`, and a batch as the frame from which `records.batchOf` makes it again. */
  readonly batch: Class;
  readonly frameOf: (batch: V['batch']) => Frame;
  /** Every class whose instances the core's state holds, by a name that bundling does not change. */
  readonly classes: Readonly<Record<string, Class>>;
  /** By a name, as `classes`. */
  readonly derived?: Readonly<Record<string, Derived>>;
}

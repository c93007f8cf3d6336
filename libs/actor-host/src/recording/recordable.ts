import type { Vocabulary } from '@synod/actor';
import type { Frame, MessageCodec, RecordCodec } from '../ports.js';

/** A class of which a core's state has instances. */
export type Class = abstract new (...parameters: never[]) => object;

/** An object that only puts functions around its owner's state: it is not written down, but made again for the owner. */
export interface Derived {
  readonly of: Class;
  readonly make: (owner: never) => object;
}

/** How an answer of an outsider becomes bytes, and is made again of them for who asks the same. */
export interface AnswerCodec {
  readonly encode: (answer: never) => Uint8Array;
  readonly decode: (bytes: Uint8Array, ...asked: never[]) => unknown;
}

/** What a core was given and does not own: what it is asked that a replay must know, and what stands for the rest of it there. */
export interface Outsider {
  readonly questions: Readonly<Record<string, AnswerCodec>>;
  readonly rest: object;
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
  /** By a class's name among `classes`: what is written in place of one, to save room. */
  readonly leaner?: Readonly<Record<string, (whole: never) => object>>;
  /** By a name: what the core is given beside its service, or how its service is asked for more than others are. */
  readonly outsiders?: Readonly<Record<string, Outsider>>;
}

const bytesAsTheyAre: AnswerCodec = { encode: (bytes: Uint8Array) => bytes, decode: (bytes) => bytes };

/** What every core is given to execute on. Of its hash, mostly, only people are told. */
const replicatedService: Outsider = {
  questions: { apply: bytesAsTheyAre, query: bytesAsTheyAre },
  rest: {
    hash: () => 'not recorded',
    snapshot: () => [][Symbol.iterator](),
    restore: () => ({ page: () => undefined, finish: () => undefined }),
  },
};

export function outsidersOf({
  outsiders = {},
}: Pick<Recordable<Vocabulary>, 'outsiders'>): Readonly<Record<string, Outsider>> {
  const { service } = outsiders;
  const questions = { ...replicatedService.questions, ...service?.questions };
  return { ...outsiders, service: { questions, rest: { ...replicatedService.rest, ...service?.rest } } };
}

import {
  DecodeError,
  Names,
  decodeWith,
  integers,
  isRegisterKey,
  nested,
  number,
  registerKey,
  shape,
} from '@synod/api';
import { uint32 } from '@synod/api';
import type { FieldShape, Formats } from '@synod/api';
import type { FreezeRegisters, Register, RegisterAccept, RegisterAccepted, RegisterNack } from '@synod/paxos-core';
import type {
  RegisterAsk,
  RegisterPrepare,
  RegisterPromised,
  RegisterTold,
  RegistersPage,
  RegistersStored,
  StoreRegisters,
} from '@synod/paxos-core';
import { ballotOf, promiseOf } from './ballots.js';
import { synod } from './gen/paxos.js';
import { wireLimits } from './limits.js';

const pb = synod.paxos.v1;

const reasons = new Names('reason of a refusal', ['promised', 'epoch', 'full']);

const value: FieldShape = { type: 'bytes', maxBytes: wireLimits.registerBytes };
export const registerShape = shape('Register', [registerKey, number, number, value]);
const registers = nested(registerShape, wireLimits.registers);
const askShape = shape('RegisterAsk', [registerKey, number, number, number]);
const toldShape = shape('RegisterTold', [registerKey, number, number, number, number, number]);
const prepareShape = shape('RegisterPrepare', [registerKey, number, number, number, number]);
const promisedShape = shape('RegisterPromised', [registerKey, number, number, number, number, value, number, number]);
const acceptShape = shape('RegisterAccept', [registerKey, number, number, value, number, number]);
const acceptedShape = shape('RegisterAccepted', [registerKey, number, number, number, number]);
const nackShape = shape('RegisterNack', [registerKey, number, number, number, uint32, number]);
const freezeShape = shape('FreezeRegisters', [number, number, registerKey, number]);
const pageShape = shape('RegistersPage', [number, number, number, registerKey, registers, number, number, number]);
const storeShape = shape('StoreRegisters', [number, number, number, registers, number, number]);
const storedShape = integers('RegistersStored', 5);

/** Single-decree Paxos for registers, and how they move to other acceptors. */
export const registerFormats: Formats<
  | (RegisterAsk | RegisterTold | RegisterPrepare | RegisterPromised | RegisterAccept | RegisterAccepted | RegisterNack)
  | (FreezeRegisters | RegistersPage | StoreRegisters | RegistersStored)
> = {
  registerAsk: {
    field: 31,
    body: (message) => message,
    decode(body) {
      const { key, epoch, nonce, clusterId } = decodeWith(pb.RegisterAsk, body, askShape);
      return { kind: 'registerAsk', key: keyOf(key), epoch, clusterId, nonce };
    },
  },
  registerTold: {
    field: 32,
    body: (message) => message,
    decode(body) {
      const message = decodeWith(pb.RegisterTold, body, toldShape);
      const { epoch, clusterId, nonce, disk } = message;
      const [key, accepted] = [keyOf(message.key), promiseOf(message.accepted)];
      return { kind: 'registerTold', key, epoch, clusterId, nonce, disk, accepted };
    },
  },
  registerPrepare: {
    field: 22,
    body: (message) => message,
    decode(body) {
      const { key, ballot, epoch, clusterId, insists } = decodeWith(pb.RegisterPrepare, body, prepareShape);
      return { kind: 'registerPrepare', key: keyOf(key), ballot: ballotOf(ballot), epoch, clusterId, insists };
    },
  },
  registerPromised: {
    field: 23,
    body: (message) => message,
    decode(body) {
      const message = decodeWith(pb.RegisterPromised, body, promisedShape);
      const { ballot, epoch, clusterId, disk, isFull } = message;
      const voted = votedOf(message, ballot);
      if (isFull && voted.accepted > 0) throw new DecodeError('a promise with a value that has no room');
      const key = keyOf(message.key);
      return { kind: 'registerPromised', key, ballot: ballotOf(ballot), epoch, clusterId, disk, ...voted, isFull };
    },
  },
  registerAccept: {
    field: 24,
    body: (message) => message,
    decode(body) {
      const message = decodeWith(pb.RegisterAccept, body, acceptShape);
      const { ballot, epoch, clusterId, adopted } = message;
      const [key, value] = [keyOf(message.key), new Uint8Array(message.value)];
      return { kind: 'registerAccept', key, ballot: ballotOf(ballot), epoch, clusterId, value, adopted };
    },
  },
  registerAccepted: {
    field: 25,
    body: (message) => message,
    decode(body) {
      const { key, ballot, epoch, clusterId, disk } = decodeWith(pb.RegisterAccepted, body, acceptedShape);
      return { kind: 'registerAccepted', key: keyOf(key), ballot: ballotOf(ballot), epoch, clusterId, disk };
    },
  },
  registerNack: {
    field: 26,
    body: (message) => ({ ...message, why: reasons.number(message.why) }),
    decode(body) {
      const message = decodeWith(pb.RegisterNack, body, nackShape);
      const { key, ballot, promised, epoch, clusterId } = message;
      const why = reasons.name(message.why);
      if (ballot === 0 && why !== 'epoch') throw new DecodeError('a RegisterNack of a question, but for its epoch');
      if (why === 'promised' && promised <= ballot) throw new DecodeError('a RegisterNack that names no higher ballot');
      const refused = { key: keyOf(key), ballot: promiseOf(ballot), promised: promiseOf(promised) };
      return { kind: 'registerNack', ...refused, epoch, clusterId, why };
    },
  },
  freezeRegisters: {
    field: 27,
    body: (message) => message,
    decode(body) {
      const { ballot, epoch, after, clusterId } = decodeWith(pb.FreezeRegisters, body, freezeShape);
      return { kind: 'freezeRegisters', ballot: ballotOf(ballot), epoch, clusterId, after: keyBefore(after) };
    },
  },
  registersPage: {
    field: 28,
    body: (message) => ({ ...message, registers: [...message.registers] }),
    decode: decodePage,
  },
  storeRegisters: {
    field: 29,
    body: (message) => ({ ...message, registers: [...message.registers] }),
    decode(body) {
      const message = decodeWith(pb.StoreRegisters, body, storeShape);
      const { ballot, epoch, part, clusterId } = message;
      const registers = message.registers.map(registerOf);
      const floor = promiseOf(message.floor);
      return { kind: 'storeRegisters', ballot: ballotOf(ballot), epoch, clusterId, part, registers, floor };
    },
  },
  registersStored: {
    field: 30,
    body: (message) => message,
    decode(body) {
      const { ballot, epoch, clusterId, disk, part } = decodeWith(pb.RegistersStored, body, storedShape);
      return { kind: 'registersStored', ballot: ballotOf(ballot), epoch, clusterId, disk, part };
    },
  },
};

function decodePage(body: Uint8Array): RegistersPage {
  const message = decodeWith(pb.RegistersPage, body, pageShape);
  const { ballot, epoch, clusterId, disk, isLast } = message;
  const after = keyBefore(message.after);
  const registers = message.registers.map(registerOf);
  let last = after;
  for (const { key } of registers) {
    if (key <= last) throw new DecodeError('registers that are not in the order of their keys');
    last = key;
  }
  const floor = promiseOf(message.floor);
  return { kind: 'registersPage', ballot: ballotOf(ballot), epoch, clusterId, disk, after, registers, isLast, floor };
}

/** Copies the value. Throws `DecodeError` for a register that was never promised anything. */
export function registerOf(body: synod.paxos.v1.Register.$Properties): Register {
  const promised = ballotOf(body.promised ?? 0);
  return { key: keyOf(body.key ?? ''), promised, ...votedOf(body, promised) };
}

/** What was accepted, in a ballot that is not above `promised`; without such a ballot there is no value. */
function votedOf(
  body: { readonly accepted?: number | null; readonly value?: Uint8Array | null },
  promised: number,
): Pick<Register, 'accepted' | 'value'> {
  const accepted = body.accepted ?? 0;
  const value = new Uint8Array(body.value ?? []);
  if (accepted > promised) throw new DecodeError('a register with a value of a ballot above its promise');
  if (accepted === 0 && value.length > 0) throw new DecodeError('a register with a value of no ballot');
  return { accepted, value };
}

function keyOf(text: string): string {
  if (!isRegisterKey(text)) throw new DecodeError('a key that is not 1 to 128 of A-Z, a-z, 0-9 and ._/-');
  return text;
}

/** The beginning, or a key. */
function keyBefore(text: string): string {
  return text === '' ? '' : keyOf(text);
}

import { synod } from './gen/api.js';
import { decodeWith } from './inspect.js';
import { limits, wireVersion } from './limits.js';
import { nested, number, shape, token, uint32 } from './shapes.js';
import { DecodeError, isToken } from './wire-reader.js';

/** From the admin: other acceptors for a group whose protocol has them. */
export interface Reconfiguration {
  /** Token of the client's connection. */
  readonly client: string;
  readonly sequence: number;
  /** The version of the set that is to be changed. */
  readonly version: number;
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** Majorities when not given. */
  readonly phase1?: number | undefined;
  readonly phase2?: number | undefined;
  /** Also those that are silent are added. */
  readonly force?: boolean | undefined;
}

/** Its answer: the acceptors from the log position `from` on. */
export interface Reconfigured {
  readonly kind: 'reconfigured';
  readonly set: {
    readonly version: number;
    readonly acceptors: readonly { readonly address: string; readonly disk: number }[];
    readonly phase1: number;
    readonly phase2: number;
  };
  readonly from: number;
}

const { Reconfigure, Reconfigured } = synod.api.v1;
const names = { ...token, most: limits.acceptors };
const reconfigureShape = shape('Reconfigure', [uint32, token, number, number, names, names, uint32, uint32, uint32]);
const acceptor = shape('Acceptor', [token, number]);
const reconfiguredShape = {
  ...shape('Reconfigured', [number, nested({ ...acceptor, open: true }, limits.acceptors), uint32, uint32, number]),
  open: true,
};

/** Throws `RangeError` for what `decodeReconfiguration` would refuse. */
export function encodeReconfiguration(change: Reconfiguration): Uint8Array {
  const { client, sequence, version: setVersion, phase1, phase2, force = false } = change;
  const [add, remove] = [[...change.add], [...change.remove]];
  for (const name of [client, ...add, ...remove]) {
    if (!isToken(name)) throw new RangeError(`'${name}' is not 1 to 32 of a-z, 0-9 and -`);
  }
  if (Math.max(add.length, remove.length) > limits.acceptors) {
    throw new RangeError(`a change of more than ${limits.acceptors} acceptors`);
  }
  const quorums = { phase1: phase1 ?? 0, phase2: phase2 ?? 0 };
  const named = { setVersion, add, remove, ...quorums };
  return Reconfigure.encode({ version: wireVersion, client, sequence, ...named, force }).finish();
}

export function decodeReconfiguration(bytes: Uint8Array): Reconfiguration {
  const { version, client, sequence, setVersion, add, remove, phase1, phase2, force } = decodeWith(
    Reconfigure,
    bytes,
    reconfigureShape,
  );
  if (version !== wireVersion) {
    throw new DecodeError(`a Reconfigure of version ${version}; this replica speaks ${wireVersion}`);
  }
  for (const name of [client, ...add, ...remove]) {
    if (!isToken(name)) throw new DecodeError('a Reconfigure with a name that is not 1 to 32 of a-z, 0-9 and -');
  }
  return {
    client,
    sequence,
    version: setVersion,
    add,
    remove,
    phase1: phase1 || undefined,
    phase2: phase2 || undefined,
    ...(force && { force }),
  };
}

export function encodeReconfigured({ set, from }: Reconfigured): Uint8Array {
  const { version: setVersion, phase1, phase2 } = set;
  return Reconfigured.encode({ setVersion, acceptors: [...set.acceptors], phase1, phase2, from }).finish();
}

export function decodeReconfigured(bytes: Uint8Array): Reconfigured {
  const { setVersion, acceptors, phase1, phase2, from } = decodeWith(Reconfigured, bytes, reconfiguredShape);
  const named = acceptors.map(({ address, disk }) => ({ address: address ?? '', disk: disk ?? 0 }));
  return { kind: 'reconfigured', set: { version: setVersion, acceptors: named, phase1, phase2 }, from };
}

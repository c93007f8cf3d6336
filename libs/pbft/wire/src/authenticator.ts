import type { Message, Signed } from '@synod/pbft-core';
import { readRequest } from './client-messages.js';
import { signedBytes } from './cryptography.js';
import type { Sha256 } from './cryptography.js';
import type { Domain } from './domain.js';
import { formats } from './peer-formats.js';
import { openEnvelope } from './messages.js';
import { keyOf, signaturesIn } from './signatures.js';
import type { PublicKeys } from './signatures.js';
import { StatementReader } from './statements.js';

/** Calls `done` once, at once or later. */
export type VerifyLater = (
  publicKey: Uint8Array,
  bytes: Uint8Array,
  signature: Uint8Array,
  done: (genuine: boolean) => void,
) => void;

export interface AuthenticatorParts {
  readonly domain: Domain;
  readonly keys: PublicKeys;
  readonly sha256: Sha256;
  readonly verify: VerifyLater;
  /** Statements that were verified and are remembered, so that none is verified twice. */
  readonly remembered?: number;
}

/** View changes and checkpoints before votes before requests; undefined for what bears no signature. */
const urgencies: Readonly<Partial<Record<Message['kind'], number>>> = {
  viewChange: 0,
  newView: 0,
  proof: 0,
  helloReply: 0,
  checkpoint: 1,
  checkpointProof: 1,
  snapshot: 1,
  snapshotOffer: 1,
  prePrepare: 2,
  prepare: 2,
  commit: 2,
  relay: 3,
  request: 3,
};

/**
 * Verifies every signature in a message before the core sees it; the methods are those of actor-host's `Authenticator`. What was
 * verified is remembered: a request comes from its client and again in a proposal, a vote again in a certificate.
 */
export function pbftAuthenticator({ domain, keys, sha256, verify, remembered = 16_384 }: AuthenticatorParts) {
  const reader = new StatementReader(domain);
  const known = new Remembered(remembered);

  const check = (signed: Signed, done: (genuine: boolean) => void): void => {
    const { bytes, signature } = signed;
    const key = keyOf(keys, signed);
    if (key === undefined) return done(false);
    const name = sha256([bytes, signature]);
    if (known.has(name)) return done(true);
    verify(key, signedBytes(bytes), signature, (genuine) => {
      if (genuine) known.add(name);
      done(genuine);
    });
  };

  return {
    urgency: (message: Message): number | undefined => urgencies[message.kind],

    /** Whoever sends it: what is signed counts for its signer. */
    verify(_from: string, payload: Uint8Array, done: (genuine: boolean) => void): void {
      let message: Message;
      try {
        message = decodeAny(reader, payload);
      } catch {
        return done(false);
      }
      checkAll(signaturesIn(message), check, done);
    },
  };
}

/** An Envelope begins with its version, a client's request with what it signed. */
function decodeAny(reader: StatementReader, payload: Uint8Array): Message {
  if (payload[0] !== 1 * 8) return readRequest(reader, payload);
  const { kind, body } = openEnvelope(payload);
  return formats[kind].decode(body, reader) as Message;
}

/** One after the other, up to the first that is not genuine; without growing the stack where answers come at once. */
function checkAll(
  all: readonly Signed[],
  check: (signed: Signed, done: (genuine: boolean) => void) => void,
  done: (genuine: boolean) => void,
): void {
  let place = 0;
  const next = (): void => {
    for (let goOn = true; goOn; ) {
      const signed = all[place++];
      if (signed === undefined) return done(true);
      goOn = false;
      let hasReturned = false;
      check(signed, (genuine) => {
        if (!genuine) done(false);
        else if (hasReturned) next();
        else goOn = true;
      });
      hasReturned = true;
    }
  };
  next();
}

/** The latest names, at least `most` / 2 of them: two generations, of which the older one is dropped whole. */
class Remembered {
  private young = new Set<string>();
  private old = new Set<string>();

  constructor(private readonly most: number) {}

  has(name: string): boolean {
    return this.young.has(name) || this.old.has(name);
  }

  add(name: string): void {
    this.young.add(name);
    if (this.young.size * 2 < this.most) return;
    this.old = this.young;
    this.young = new Set();
  }
}

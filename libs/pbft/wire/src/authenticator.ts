import type { Message, Signed } from '@synod/pbft-core';
import { signedBytes } from './cryptography.js';
import type { Sha256 } from './cryptography.js';
import { keyOf, signaturesIn } from './signatures.js';
import type { PublicKeys } from './signatures.js';

/** Calls `done` once, at once or later. */
export type VerifyLater = (
  publicKey: Uint8Array,
  bytes: Uint8Array,
  signature: Uint8Array,
  done: (genuine: boolean) => void,
) => void;

export interface AuthenticatorParts {
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
  complaint: 0,
  hello: 0,
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
export function pbftAuthenticator({ keys, sha256, verify, remembered = 16_384 }: AuthenticatorParts) {
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

    /** Over the bytes that the message's statements came as. Whoever sends it, what is signed counts for its signer. */
    verify(_from: string, _payload: Uint8Array, done: (genuine: boolean) => void, message: Message): void {
      checkAll(signaturesIn(message), check, done);
    },
  };
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

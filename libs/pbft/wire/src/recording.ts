import { leanerState, stateClasses } from '@synod/pbft-core';
import type { Recalled, Signed, Statement } from '@synod/pbft-core';
import type { Sha256 } from './cryptography.js';
import type { Domain } from './domain.js';
import { pbftMessages } from './messages.js';
import { pbftPrinter } from './print.js';
import { pbftRecords } from './records.js';
import { encodeStatement } from './statements.js';

/** PBFT's log is in memory between the water marks: nothing is read back of it. */
abstract class NoBatch {}

const text = {
  encode: (answer: string): Uint8Array => Buffer.from(answer),
  decode: (bytes: Uint8Array): string => Buffer.from(bytes).toString(),
};

/** Nothing; or the position, and the results behind it. */
const recalled = {
  encode(answer: Recalled | undefined): Uint8Array {
    if (answer === undefined) return new Uint8Array(0);
    const head = Buffer.alloc(8);
    head.writeDoubleLE(answer.index);
    return Buffer.concat([head, answer.results]);
  },
  decode(bytes: Uint8Array): Recalled | undefined {
    if (bytes.length < 8) return undefined;
    return { index: Buffer.from(bytes).readDoubleLE(0), results: bytes.slice(8) };
  },
};

/** What a statement is signed with is the secret's, and is written down; all else of it follows. */
function signing(domain: Domain, signer: string) {
  return {
    encode: ({ signature }: Signed): Uint8Array => signature,
    decode: (signature: Uint8Array, statement: Statement): Signed => {
      return { statement, signer, bytes: encodeStatement(domain, signer, statement), signature };
    },
  };
}

/**
 * What the flight recorder must know of a PBFT replica, and `synod replay`; the fields are those of actor-host's `Recordable`. Its key
 * is not in a recording: what was signed with it is.
 */
export function pbftRecording(domain: Domain, self: string, sha256: Sha256) {
  const digest = (...parts: readonly Uint8Array[]): string => sha256(parts);
  return {
    protocol: 'pbft',
    messages: pbftMessages(domain),
    records: pbftRecords(domain),
    batch: NoBatch,
    frameOf: (): never => {
      throw new Error('PBFT has no batches of a log');
    },
    classes: stateClasses,
    leaner: leanerState,
    outsiders: {
      service: { questions: { recall: recalled, hash: text }, rest: {} },
      cryptography: { questions: { sign: signing(domain, self) }, rest: { digest } },
    },
    printer: pbftPrinter,
  };
}

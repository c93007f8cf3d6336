import type { AcceptorId, AcceptorSet } from './acceptor-set.js';

/** LIMIT: acceptors of a group; a longer list is not one of ours. */
export const mostAcceptors = 64;

/**
 * A change of the acceptors as the value of a slot. Plain ASCII, because a core has no codec, one form for one meaning, because
 * replicas must not read it differently, and short: `2 2 2 a1:0 a2:0 a3:81234` is version, phase-1 and phase-2 quorum, acceptors.
 */
export function encodeSet(set: AcceptorSet): Uint8Array {
  return bytesOf(textOfSet(set));
}

function textOfSet({ version, acceptors, phase1, phase2 }: AcceptorSet): string {
  return [version, phase1, phase2, ...acceptors.map(({ address, disk }) => `${address}:${disk}`)].join(' ');
}

/** The registers have moved to these acceptors: `registers 2 2 2 a1:0 …`. */
export function encodeMove(set: AcceptorSet): Uint8Array {
  return bytesOf(`${moved}${textOfSet(set)}`);
}

/** Undefined for what `encodeMove` does not write. */
export function decodeMove(bytes: Uint8Array): AcceptorSet | undefined {
  const text = textOf(bytes);
  return text.startsWith(moved) ? setOf(text.slice(moved.length)) : undefined;
}

const moved = 'registers ';

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** LIMIT: no set that is one of ours takes more bytes; what is longer is not looked at. */
const mostBytes = 64 + mostAcceptors * 64;

function textOf(bytes: Uint8Array): string {
  if (bytes.length > mostBytes) return '';
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** Undefined for what `encodeSet` does not write. */
export function decodeSet(bytes: Uint8Array): AcceptorSet | undefined {
  return setOf(textOf(bytes));
}

function setOf(text: string): AcceptorSet | undefined {
  const [version, phase1, phase2, ...rest] = text.split(' ');
  const numbers = [version, phase1, phase2].map(wholeNumber);
  const acceptors = rest.map(acceptorOf);
  if (rest.length > mostAcceptors) return undefined;
  if (!numbers.every((number) => number !== undefined)) return undefined;
  if (!acceptors.every((acceptor) => acceptor !== undefined)) return undefined;
  return { version: numbers[0]!, phase1: numbers[1]!, phase2: numbers[2]!, acceptors };
}

function acceptorOf(text: string): AcceptorId | undefined {
  const [address, disk, ...more] = text.split(':');
  const number = wholeNumber(disk);
  if (address === undefined || !/^[a-z0-9-]{1,32}$/.test(address) || number === undefined || more.length > 0)
    return undefined;
  return { address, disk: number };
}

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^(0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : undefined;
}

import type { MessageCodec } from '@synod/actor-host';
import type { Message, PbftVocabulary } from '@synod/pbft-core';
import { pbftMessages } from '@synod/pbft-wire';
import { decodedOnce } from '../src/decoded-once.js';
import { KeyRing, domain, sha256 } from '../src/keys.js';

const ring = new KeyRing('quick', ['r1', 'r2']);
const signed = ring.cryptographyOf('replica', 'r2').sign({ type: 'prepare', view: 1, sequence: 2, digest: 'ab'.repeat(32) } as const); // prettier-ignore
const message: Message = { kind: 'prepare', signed };

/** Counts what is really decoded. */
function counted() {
  const codec = pbftMessages(domain) as MessageCodec<PbftVocabulary>;
  const seen: string[] = [];
  const decode = (kind: string, payload: Uint8Array) => {
    seen.push(kind);
    return codec.decode(kind, payload);
  };
  return { codec: decodedOnce({ ...codec, decode }), seen, payload: codec.encode(message) };
}

test('the same bytes of the same kind are decoded once, whoever brings them', () => {
  const { codec, seen, payload } = counted();
  const first = codec.decode('prepare', payload);
  expect(first).toEqual(message);
  expect(codec.decode('prepare', Uint8Array.from(payload))).toBe(first);
  expect(seen).toEqual(['prepare']);
  // The buffer they came in belongs to somebody else.
  payload.fill(0xee);
  expect(first).toEqual(message);
});

test('what differs by a bit, or in its kind, is decoded by itself', () => {
  const { codec, seen, payload } = counted();
  codec.decode('prepare', payload);
  const other = Uint8Array.from(payload);
  other[other.length - 1]! ^= 1;
  expect(codec.decode('prepare', other)).not.toEqual(message);
  expect(() => codec.decode('commit', payload)).toThrow();
  expect(seen).toEqual(['prepare', 'prepare', 'commit']);
});

test('nobody can write into what others have, too', () => {
  const { codec, payload } = counted();
  const decoded = codec.decode('prepare', payload) as { signed: { signer: string; statement: { view: number } } };
  expect(() => (decoded.signed.signer = 'r1')).toThrow(TypeError);
  expect(() => (decoded.signed.statement.view = 7)).toThrow(TypeError);
});

test('a signature is worth what it is worth, for each key and all bytes anew', () => {
  const [r1, r2] = ['r1', 'r2'].map((name) => ring.keys.replica(name)!);
  const bytes = Uint8Array.of(1, 2, 3);
  const signature = ring.signOf('replica', 'r2')(bytes);
  for (let twice = 0; twice < 2; twice++) {
    expect(ring.verify(r2!, bytes, signature)).toBe(true);
    expect(ring.verify(r1!, bytes, signature)).toBe(false);
    expect(ring.verify(r2!, Uint8Array.of(1, 2, 4), signature)).toBe(false);
  }
  const digests = [bytes, Uint8Array.of(1, 2, 4), bytes].map((each) => sha256([each, signature]));
  expect(digests[1]).not.toBe(digests[0]);
  expect(digests[2]).toBe(digests[0]);
});

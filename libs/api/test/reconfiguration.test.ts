import fc from 'fast-check';
import {
  DecodeError,
  decodeReconfiguration,
  decodeReply,
  encodeReconfiguration,
  encodeReply,
  limits,
} from '@synod/api';
import type { Reconfiguration, Reply } from '@synod/api';
import { synod } from '../src/gen/api.js';
import { integer, mangled, plain, token } from './arbitrary.js';

const { Reconfigure } = synod.api.v1;
const names = fc.array(token, { maxLength: 5 });
const quorum = fc.option(fc.integer({ min: 1, max: 64 }), { nil: undefined });
const force = fc.constantFrom({}, { force: true });
const change: fc.Arbitrary<Reconfiguration> = fc
  .tuple(
    fc.record({
      ...{ client: token, sequence: integer, version: integer },
      ...{ add: names, remove: names, phase1: quorum, phase2: quorum },
    }),
    force,
  )
  .map(([made, forced]) => ({ ...made, ...forced }));

test('a change of the acceptors comes back as it went', () => {
  fc.assert(
    fc.property(change, (made) => {
      expect(decodeReconfiguration(encodeReconfiguration(made))).toEqual(made);
    }),
  );
});

test('so does its answer, in the acceptors that there are and the position from which on', () => {
  const acceptors = fc.array(fc.record({ address: token, disk: integer }), { maxLength: 7 });
  const set = fc.record({ version: integer, acceptors, phase1: fc.nat(64), phase2: fc.nat(64) });
  fc.assert(
    fc.property(set, integer, (set, from) => {
      const answer = { kind: 'reconfigured', set, from } as const;
      const reply: Reply = { session: 0, sequence: 7, answer, index: 0, term: 0, ageMs: 0, traceId: undefined };
      expect(plain(decodeReply(encodeReply(reply)))).toEqual(plain(reply));
    }),
  );
});

test('whatever the bytes, there is a value or a DecodeError', () => {
  const property = fc.property(mangled(change.map(encodeReconfiguration)), (bytes) => {
    try {
      decodeReconfiguration(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(DecodeError);
    }
  });
  fc.assert(property, { numRuns: 1000 });
});

describe('Refused', () => {
  const good = { version: 1, client: 'c1', sequence: 1, setVersion: 1, add: ['a4'], remove: ['a1'] };
  const encode = (changes: object) => Reconfigure.encode({ ...good, ...changes }).finish();

  test.each([
    ['another version', { version: 2 }, 'version 2'],
    ['no version', { version: 0 }, 'version 0'],
    ['no client', { client: '' }, 'a-z'],
    ['a client with a dot', { client: 'a.b' }, 'a-z'],
    ['an acceptor to add that has no name', { add: ['a4', 'A*'] }, 'a-z'],
    ['an acceptor to remove that has no name', { remove: [''] }, 'a-z'],
    ['a name that is too long', { add: ['x'.repeat(33)] }, '32 bytes'],
    ['an unsafe version of the set', { setVersion: 2 ** 53 }, '2^53-1'],
    ['too many to add', { add: Array(limits.acceptors + 1).fill('a') }, 'more than 64'],
    ['too many to remove', { remove: Array(limits.acceptors + 1).fill('a') }, 'more than 64'],
  ])('%s', (_, changes, message) => {
    expect(decodeReconfiguration(encode({})).version).toBe(1);
    expect(() => decodeReconfiguration(encode(changes))).toThrow(message);
    expect(() => decodeReconfiguration(encode(changes))).toThrow(DecodeError);
  });

  test('fields of later versions: half understood, a change would be another one', () => {
    const later = Uint8Array.from([...encode({}), 0x7a, 0x01, 0x00]);
    expect(() => decodeReconfiguration(later)).toThrow('no field 15');
  });

  test('our own mistakes', () => {
    const { setVersion: version, ...rest } = good;
    const wrong = (changes: object) => () => encodeReconfiguration({ ...rest, version, ...changes });
    expect(wrong({ client: 'a.b' })).toThrow(RangeError);
    expect(wrong({ add: [''] })).toThrow(RangeError);
    expect(wrong({ remove: Array(limits.acceptors + 1).fill('a') })).toThrow(RangeError);
  });
});

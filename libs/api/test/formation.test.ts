import fc from 'fast-check';
import { DecodeError, PeerMessages, foundingBytes, formationFormats } from '@synod/api';
import type { Formats } from '@synod/api';
import type { FormationMessage } from '@synod/formation';
import { synod } from '../src/gen/api.js';
import { bytes, integer, plain } from './arbitrary.js';

const pb = synod.formation.v1;
const formats = formationFormats(9);
const standing = fc.constantFrom('empty', 'lost', 'formed', 'active', 'recovering');

const message: fc.Arbitrary<FormationMessage> = fc.oneof(
  fc.record({ kind: fc.constant('hello' as const), nonce: integer, standing }),
  fc.record({
    kind: fc.constant('helloReply' as const),
    ...{ nonce: integer, incarnation: integer, standing, clusterId: integer, era: integer },
  }),
  fc.record({ kind: fc.constant('form' as const), clusterId: integer, incarnation: integer }),
  fc.record({
    kind: fc.constant('form' as const),
    ...{ clusterId: integer, incarnation: integer, founding: fc.uint8Array({ minLength: 1, maxLength: 300 }) },
  }),
  fc.record({ kind: fc.constantFrom('formed' as const, 'activate' as const), clusterId: integer }),
);

const bodyOf = (message: FormationMessage): Uint8Array => {
  const { body } = (formats as unknown as Record<string, Formats<FormationMessage>['hello']>)[message.kind]!;
  return body(message as never) as Uint8Array;
};
const decodeBody = (kind: FormationMessage['kind'], body: Uint8Array): FormationMessage => formats[kind].decode(body);

test('what members say until their group is formed comes back as it went', () => {
  fc.assert(
    fc.property(message, (message) => {
      expect(plain(decodeBody(message.kind, bodyOf(message)))).toEqual(plain(message));
    }),
  );
});

test('the bytes never change: members of two versions form a group together', () => {
  const hex = (message: FormationMessage) => Buffer.from(bodyOf(message)).toString('hex');
  expect(hex({ kind: 'hello', nonce: 300, standing: 'empty' })).toBe('08ac021001');
  const reply = { kind: 'helloReply', nonce: 1, incarnation: 2, standing: 'lost', clusterId: 3, era: 4 } as const;
  expect(hex(reply)).toBe('08011002180520032804');
  expect(hex({ kind: 'form', clusterId: 1, incarnation: 2 })).toBe('08011002');
  expect(hex({ kind: 'form', clusterId: 1, incarnation: 2, founding: Uint8Array.of(7) })).toBe('080110021a0107');
  expect(hex({ kind: 'formed', clusterId: 1 })).toBe('0801');
  expect(hex({ kind: 'activate', clusterId: 1 })).toBe('0801');
});

test('each has its place in the Envelope of its protocol', () => {
  expect(Object.values(formats).map(({ field }) => field)).toEqual([9, 10, 11, 12, 13]);
});

test('a founding configuration is copied, and bounded', () => {
  const body = Buffer.from(bodyOf({ kind: 'form', clusterId: 1, incarnation: 2, founding: Uint8Array.of(7) }));
  const decoded = decodeBody('form', body);
  body.fill(0xee);
  expect(plain(decoded)).toMatchObject({ founding: '0x07' });
  const ofLength = (length: number) => pb.Form.encode({ clusterId: 1, founding: new Uint8Array(length) }).finish();
  expect(decodeBody('form', ofLength(foundingBytes))).toBeDefined();
  expect(() => decodeBody('form', ofLength(foundingBytes + 1))).toThrow(DecodeError);
});

test('unknown standings and fields of later versions are refused', () => {
  for (const standing of [0, 6, 4_294_967_295]) {
    expect(() => decodeBody('hello', pb.Hello.encode({ nonce: 1, standing }).finish())).toThrow(DecodeError);
    const reply = pb.HelloReply.encode({ nonce: 1, incarnation: 1, standing }).finish();
    expect(() => decodeBody('helloReply', reply)).toThrow(DecodeError);
  }
  const kinds: FormationMessage['kind'][] = ['hello', 'helloReply', 'form', 'formed', 'activate'];
  fc.assert(
    fc.property(fc.constantFrom(...kinds), bytes(20), (kind, noise) => {
      const field15 = Uint8Array.from([0x7a, noise.length, ...noise]);
      expect(() => decodeBody(kind, field15)).toThrow('has no field 15');
    }),
  );
});

test('an Envelope is refused by its version before anything else, and then by what else is in it', () => {
  const Envelope = { encode: () => ({ finish: () => Uint8Array.of() }) };
  const peers = new PeerMessages<FormationMessage>(formats, 3, Envelope, 'hello');
  const decode = (...bytes: number[]) => peers.decode('activate', Uint8Array.from(bytes));
  expect(decode(0x08, 3, 0x6a, 2, 0x08, 1)).toEqual({ kind: 'activate', clusterId: 1 });
  expect(() => decode(0x08, 4, 0x7a, 0)).toThrow('an Envelope of version 4; this replica speaks 3');
  expect(() => decode(0x08, 3, 0x62, 2, 0x08, 1)).toThrow('an Envelope with field 12 where only a activate belongs');
  expect(() => decode(0x08, 3)).toThrow('an Envelope without its activate');
  expect(peers.decode('no-such-kind', Uint8Array.of())).toBeUndefined();
});

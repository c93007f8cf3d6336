import { MemoryLoop } from '@synod/actor-host/memory';
import { encodeReadBatch, encodeRequestBatch, encodeResults } from '@synod/api';
import { pbftCryptography, pbftMessages } from '@synod/pbft-wire';
import type { SynodError } from '../src/errors.js';
import type { Envelope, Outcome } from '../src/exchange.js';
import { timing } from '../src/limits.js';
import { PbftCourier } from '../src/pbft/courier.js';

const domain = { cluster: 'c', group: 'g', epoch: 'e' };
const members = ['r1', 'r2', 'r3', 'r4'];
const [genuine, forged] = [1, 2];
/** Whatever is hashed: these tests are not about what an answer proves. */
const hash = '00'.repeat(32);
const sha256 = (): string => hash;

const envelope: Envelope = {
  ...{ kind: 'read', session: 0, sequence: 1, count: 1, context: undefined, repeatable: true, asks: 'leader' },
  bytes: encodeReadBatch({ client: 'token', sequence: 1, level: 'linearizable', maxAgeMs: 0, queries: [Uint8Array.of(7)] }), // prettier-ignore
};

/** A read on its way to a group of four. */
function asked(what = envelope) {
  const loop = new MemoryLoop();
  const surroundings = {
    now: () => loop.now(),
    schedule: (delayMs: number, fire: () => void) => loop.schedule(delayMs, fire),
    soon: (run: () => void) => loop.soon(run),
    between: (min: number) => min,
  };
  const sent: string[] = [];
  const publish = (to: string, kind: string): void => void sent.push(`${kind} ${to}`);
  const line = { user: 'ann', client: 'token', isConnected: true, publish };
  const keys = { ...domain, members, replica: () => new Uint8Array(32), user: () => new Uint8Array(32) };
  const courier = new PbftCourier('g', 'everyone', line, surroundings, {
    ...{ keys, sha256, sign: () => new Uint8Array(64), openingNumber: () => 1 },
    verify: (_key, _bytes, signature) => signature[0] === genuine,
  });
  const read: number[] = [];
  const ages: (number | undefined)[] = [];
  const terms: number[] = [];
  const failures: SynodError[] = [];
  const outcome: Outcome = {
    deadline: () => Infinity,
    results: ({ results }, _from, { ageMs, term }) => {
      terms.push(term);
      read.push(results[0]![0]!);
      ages.push(ageMs);
    },
    failed: (error) => void failures.push(error),
    expire: () => false,
  };
  courier.submit(what, outcome);
  return { loop, courier, sent, read, ages, terms, failures };
}

/** What a member says that it has read. */
function answer(from: string, value: number, signature = genuine, ageMs = 0, view = 0): Uint8Array {
  const cryptography = pbftCryptography(domain, from, sha256, () => new Uint8Array(64).fill(signature!));
  const claim = { type: 'replies', view, sequence: 1, whole: false, count: 1, root: hash } as const;
  const results = encodeResults([Uint8Array.of(value)]);
  const said = { kind: 'results', results, index: 1, ageMs, signed: cryptography.sign(claim), place: 0, path: [] } as const; // prettier-ignore
  return pbftMessages(domain).encode({ kind: 'reply', client: 'token', session: 0, sequence: 1, answer: said });
}

const ordered = members.map((member) => `request ${member}`);

describe('a read of a PBFT group', () => {
  test('is one message, and over when a quorum says the same', () => {
    const { courier, sent, read } = asked();
    for (const member of ['r1', 'r2']) courier.receive(member, answer(member, 5));
    expect(read).toEqual([]);
    courier.receive('r4', answer('r4', 5));
    expect(read).toEqual([5]);
    expect(sent).toEqual(['read everyone']);
  });

  test('is as old as the oldest of those who said the same: any of them may be the correct one', () => {
    const { courier, ages } = asked();
    for (const [member, ageMs] of Object.entries({ r1: 10, r2: 700, r4: 30 }))
      courier.receive(member, answer(member, 5, genuine, ageMs));
    expect(ages).toEqual([700]);
  });

  test('tells a view that some correct member is in, whatever one of them says', () => {
    const { courier, terms } = asked();
    for (const [member, view] of Object.entries({ r1: 3, r2: 900, r4: 4 }))
      courier.receive(member, answer(member, 5, genuine, 0, view));
    expect(terms).toEqual([4]);
  });

  test('is ordered when all that may be waited for have answered, and not alike', () => {
    const { courier, sent } = asked();
    courier.receive('r1', answer('r1', 5));
    courier.receive('r2', answer('r2', 6));
    expect(sent).toEqual(['read everyone']);
    courier.receive('r3', answer('r3', 5));
    expect(sent).toEqual(['read everyone', ...ordered]);
    courier.receive('r4', answer('r4', 6));
    expect(sent).toHaveLength(5);
  });

  test('is ordered when too few answer for a while', () => {
    const { loop, courier, sent } = asked();
    courier.receive('r1', answer('r1', 5));
    loop.advance(timing.silenceMs / 2);
    expect(sent).toEqual(['read everyone']);
    loop.advance(timing.silenceMs / 2 + 2 * timing.sweepMs);
    expect(sent).toEqual(['read everyone', ...ordered]);
  });

  test('takes no answer that is not signed by who says it', () => {
    const { courier, read } = asked();
    for (const member of ['r1', 'r2']) courier.receive(member, answer(member, 5));
    courier.receive('r3', answer('r3', 5, forged));
    courier.receive('r4', answer('r3', 5));
    expect(read).toEqual([]);
    expect(courier.statistics.malformedReplies).toBe(2);
    courier.receive('r4', answer('r4', 5));
    expect(read).toEqual([5]);
  });
});

test('a write that f + 1 members refuse as too large may have taken effect: nobody signs a refusal', () => {
  const write: Envelope = {
    ...{ kind: 'request', session: 3, sequence: 1, count: 1, context: undefined, repeatable: false, asks: 'leader' },
    bytes: encodeRequestBatch({
      client: 'token',
      session: 3,
      sequence: 1,
      acknowledgedThrough: 0,
      operations: [Uint8Array.of(7)],
    }),
  };
  const { courier, failures } = asked(write);
  const refusal = { kind: 'refused', reason: 'tooLarge', view: 0, retryAfterMs: 0 } as const;
  const said = pbftMessages(domain).encode({
    kind: 'reply',
    client: 'token',
    session: 3,
    sequence: 1,
    answer: refusal,
  });
  for (const member of ['r1', 'r2']) courier.receive(member, said);
  expect(failures).toMatchObject([{ code: 'tooLarge', mayHaveTakenEffect: true }]);
});

describe('a member that this user may not ask, for it was revoked,', () => {
  const write: Envelope = {
    ...{ kind: 'request', session: 3, sequence: 1, count: 1, context: undefined, repeatable: false, asks: 'leader' },
    bytes: encodeRequestBatch({ client: 'token', session: 3, sequence: 1, acknowledgedThrough: 0, operations: [Uint8Array.of(7)] }), // prettier-ignore
  };

  test('stops nothing, and is left out for a second', () => {
    const { loop, courier, sent, failures } = asked(write);
    expect(courier.denied('r4')).toBe(false);
    courier.reconnected();
    expect(sent).toEqual([...ordered, ...ordered.slice(0, 3)]);
    loop.advance(timing.deniedMs);
    sent.length = 0;
    courier.reconnected();
    expect(sent).toEqual(ordered);
    expect(failures).toEqual([]);
  });

  test('is one of all: then nobody is left to ask, and what became of the copies that were sent is not known', () => {
    const { courier, failures } = asked(write);
    expect(members.map((member) => courier.denied(member))).toEqual([false, false, false, true]);
    courier.forbidden('user ann may not publish to r4');
    expect(failures).toMatchObject([{ code: 'unauthorized', mayHaveTakenEffect: true }]);
    expect(asked(write).courier.denied('everyone')).toBe(true);
  });
});

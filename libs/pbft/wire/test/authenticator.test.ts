import { Batch, nullBatch } from '@synod/pbft-core';
import type { Command, Message, Proposal, Signed, StableCheckpoint, StateVote } from '@synod/pbft-core';
import { encodeRequestBatch } from '@synod/api';
import { pbftAuthenticator, pbftMessages } from '@synod/pbft-wire';
import { domain, keys, replica, sha256, user, verify } from './keys.js';

const codec = pbftMessages(domain);
const digest = 'ab'.repeat(32);
const beginning = { state: { sequence: 0, position: 0, history: '00'.repeat(32), state: '' }, votes: [] };

function command(by = 'ann', sequence = 1): Signed<Command> {
  const batch = Uint8Array.from(
    encodeRequestBatch({ client: 'c', session: 3, sequence, acknowledgedThrough: 0, operations: [] }),
  );
  return user(by).sign({ type: 'request', client: 'c', session: 3, sequence, holds: 'operations', batch });
}

const prepare = (by: string) => replica(by).sign({ type: 'prepare', view: 0, sequence: 1, digest });
const proposal = replica('r1').sign({ type: 'prePrepare', view: 0, sequence: 1, digest });
const flipped = <S extends Signed>(signed: S): S => ({
  ...signed,
  signature: signed.signature.map((byte, place) => (place === 9 ? byte ^ 1 : byte)),
});

/** Counts what it verifies; answers at once or later. */
function authenticator({ later = false, remembered = 16_384 } = {}) {
  const waiting: (() => void)[] = [];
  let verified = 0;
  const made = pbftAuthenticator({
    ...{ keys, sha256, remembered },
    verify: (key, bytes, signature, done) => {
      verified++;
      const answer = (): void => done(verify(key, bytes, signature));
      if (later) waiting.push(answer);
      else answer();
    },
  });
  return {
    urgency: made.urgency,
    judge(message: Message): boolean | undefined {
      let verdict: boolean | undefined;
      const payload = codec.encode(message);
      const done = (genuine: boolean): void => {
        expect(verdict).toBeUndefined();
        verdict = genuine;
      };
      made.verify('whoever', payload, done, codec.decode(codec.kindOf(message), payload));
      while (waiting.length > 0) waiting.shift()!();
      return verdict;
    },
    get verified(): number {
      return verified;
    },
  };
}

const viewChange = (votes = [prepare('r2'), prepare('r3')]): Message => ({
  kind: 'viewChange',
  signed: replica('r4').sign({
    type: 'viewChange',
    view: 1,
    stable: beginning,
    prepared: [{ proposal, prepares: votes }],
  }),
});

/** One that was signed for by these, whoever they are. */
const stableBy = (...by: readonly Signed<StateVote<'checkpoint'>>[]): StableCheckpoint => ({
  ...{ state: { sequence: 50, position: 9, history: digest, state: 'x' }, votes: by },
});
const vote = (by: string) => replica(by).sign({ type: 'checkpoint', sequence: 50, digest });
const votes = [vote('r1'), vote('r2'), vote('r3')];
const forgedVotes = [vote('r1'), vote('r2'), flipped(vote('r3'))];
const viewChangeFrom = (stable: StableCheckpoint): Message => ({
  kind: 'viewChange',
  signed: replica('r4').sign({ type: 'viewChange', view: 1, stable, prepared: [] }),
});
const standing = replica('r4').sign({
  ...{ type: 'standing', to: 'r1', nonce: 1, incarnation: 1, standing: 'active', founder: false, view: 0, stable: 50 },
} as const);
const offerBy = (...by: readonly Signed<StateVote<'snapshot'>>[]): Message => ({
  kind: 'snapshotOffer',
  stable: {
    manifest: { sequence: 50, position: 9, history: digest, totalBytes: 1, chunkBytes: 1, chunks: [digest] },
    votes: by,
  },
});
const fileVote = (by: string) => replica(by).sign({ type: 'snapshot', sequence: 50, digest });

const proposedNext = replica('r1').sign({ type: 'prePrepare', view: 0, sequence: 2, digest });
const newViewOf = (proposals: readonly Signed<Proposal>[]): Message => ({
  kind: 'newView',
  signed: replica('r2').sign({ type: 'newView', view: 1, viewChanges: [], proposals }),
});

describe.each([false, true])('Every signature in a message is verified (answers later: %s)', (later) => {
  const cases: readonly (readonly [string, Message, number])[] = [
    ['a vote', { kind: 'prepare', signed: prepare('r2') }, 1],
    ['a request', { kind: 'request', signed: command() }, 1],
    ['a relayed request', { kind: 'relay', signed: command() }, 1],
    [
      'a proposal and its requests',
      { kind: 'prePrepare', signed: proposal, batch: new Batch([command(), command('bob')]) },
      3,
    ],
    ['a null request', { kind: 'prePrepare', signed: proposal, batch: nullBatch }, 1],
    ['a view change and what it shows', viewChange(), 4],
    ['a new view and what it proposes', newViewOf([proposal, proposedNext]), 3],
    ['a view change and its checkpoint', viewChangeFrom(stableBy(...votes)), 4],
    ['a proof of a checkpoint', { kind: 'checkpointProof', stable: stableBy(...votes) }, 3],
    [
      'an answer to a hello and its checkpoint',
      { kind: 'helloReply', signed: standing, stable: stableBy(...votes) },
      4,
    ],
    ['a hello', { kind: 'hello', signed: replica('r2').sign({ type: 'hello', nonce: 5 }) }, 1],
    ['an offer of a snapshot', offerBy(fileVote('r1'), fileVote('r2'), fileVote('r3')), 3],
    ['a proof', { kind: 'proof', first: prepare('r2'), second: prepare('r3') }, 2],
  ];

  test.each(cases)('of %s', (_what, message, count) => {
    const auth = authenticator({ later });
    expect(auth.judge(message)).toBe(true);
    expect(auth.verified).toBe(count);
  });

  const forged: readonly (readonly [string, Message])[] = [
    ['a vote with another signature', { kind: 'prepare', signed: flipped(prepare('r2')) }],
    [
      'a vote in the name of another member',
      { kind: 'prepare', signed: { ...prepare('r2'), bytes: prepare('r3').bytes } },
    ],
    ['a vote of nobody', { kind: 'prepare', signed: prepare('r9') }],
    ['a request of nobody', { kind: 'request', signed: command('carl') }],
    ['a request of a member that is no user', { kind: 'request', signed: replica('r2').sign(command().statement) }],
    [
      'a request that a member signed in the name of a user',
      { kind: 'request', signed: replica('ann').sign(command().statement) },
    ],
    [
      'a vote of a user who has the name of a member',
      { kind: 'prepare', signed: user('r1').sign(prepare('r1').statement) },
    ],
    [
      'a proposal with one request that is not genuine',
      { kind: 'prePrepare', signed: proposal, batch: new Batch([command(), flipped(command('bob'))]) },
    ],
    ['a view change with one vote that is not genuine', viewChange([prepare('r2'), flipped(prepare('r3'))])],
    ['a view change whose checkpoint has a vote that is not genuine', viewChangeFrom(stableBy(...forgedVotes))],
    ['a checkpoint with a vote that is not genuine', { kind: 'checkpointProof', stable: stableBy(...forgedVotes) }],
    [
      'an answer to a hello whose checkpoint has a vote that is not genuine',
      { kind: 'helloReply', signed: standing, stable: stableBy(...forgedVotes) },
    ],
    ['an offer with a vote that is not genuine', offerBy(fileVote('r1'), fileVote('r2'), flipped(fileVote('r3')))],
    ['a new view with one proposal that is not genuine', newViewOf([proposal, flipped(proposedNext)])],
    [
      'a proof with a statement that is not genuine',
      { kind: 'proof', first: prepare('r2'), second: flipped(prepare('r2')) },
    ],
  ];

  test.each(forged)('and refused is %s', (_what, message) => {
    const auth = authenticator({ later });
    // What was refused is not remembered as if it had been verified.
    for (let time = 0; time < 3; time++) expect(auth.judge(message)).toBe(false);
  });
});

test('what was verified is not verified again, wherever it comes again', () => {
  const auth = authenticator();
  const request = command();
  expect(auth.judge({ kind: 'request', signed: request })).toBe(true);
  expect(auth.judge({ kind: 'prepare', signed: prepare('r2') })).toBe(true);
  expect(auth.verified).toBe(2);
  expect(auth.judge({ kind: 'prePrepare', signed: proposal, batch: new Batch([request]) })).toBe(true);
  expect(auth.verified).toBe(3);
  expect(auth.judge(viewChange())).toBe(true);
  // Only the view change itself and r3's vote are new.
  expect(auth.verified).toBe(5);
});

test('what was refused is verified again: nobody can make others refuse what is genuine', () => {
  const auth = authenticator();
  const genuine = prepare('r2');
  expect(auth.judge({ kind: 'prepare', signed: flipped(genuine) })).toBe(false);
  expect(auth.judge({ kind: 'prepare', signed: genuine })).toBe(true);
});

test('a bounded number is remembered', () => {
  const auth = authenticator({ remembered: 8 });
  for (let sequence = 1; sequence <= 20; sequence++) auth.judge({ kind: 'request', signed: command('ann', sequence) });
  expect(auth.verified).toBe(20);
  auth.judge({ kind: 'request', signed: command('ann', 20) });
  expect(auth.verified).toBe(20);
  auth.judge({ kind: 'request', signed: command('ann', 1) });
  expect(auth.verified).toBe(21);
});

test('thousands of signatures that are answered at once do not grow the stack', () => {
  const auth = pbftAuthenticator({ keys, sha256, verify: (_key, _bytes, _signature, done) => done(true) });
  const requests = Array.from({ length: 4000 }, (_, place) => ({
    ...command('ann', 1),
    signature: Uint8Array.from({ length: 64 }, (_v, at) => (place >> at % 12) & 255),
  }));
  let verdict: boolean | undefined;
  const message: Message = { kind: 'prePrepare', signed: proposal, batch: new Batch(requests) };
  auth.verify('r1', codec.encode(message), (genuine) => (verdict = genuine), message);
  expect(verdict).toBe(true);
});

test('view changes and checkpoints go before votes before requests; what bears no signature needs none', () => {
  const { urgency } = authenticator();
  const of = (message: Message): number => urgency(message) ?? 9;
  const checkpoint: Message = {
    kind: 'checkpoint',
    signed: replica('r1').sign({ type: 'checkpoint', sequence: 5, digest }),
  };
  const order = [
    viewChange(),
    checkpoint,
    { kind: 'prepare', signed: prepare('r2') } as Message,
    { kind: 'request', signed: command() } as Message,
  ];
  expect(order.map(of)).toEqual([...order.map(of)].sort((a, b) => a - b));
  expect(new Set(order.map(of)).size).toBe(4);
  expect(urgency({ kind: 'fetchChunk', snapshot: 5, place: 1, chunkBytes: 64 })).toBeUndefined();
  expect(
    urgency({ kind: 'read', client: 'c', sequence: 1, level: 'stale', maxAgeMs: 0, queries: new Uint8Array() }),
  ).toBeUndefined();
});

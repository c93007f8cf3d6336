import { encodeReadBatch, encodeRequestBatch } from '@synod/api';
import {
  Group,
  checkpointDigest,
  leafOf,
  manifestDigest,
  nullBatch,
  digestOfRead,
  requestDigest,
  treeOf,
  viewChangeDigest,
} from '@synod/pbft-core';
import type { Command, Signed, StableCheckpoint } from '@synod/pbft-core';
import { Answers, encodeCertificate, verifyCertificate } from '@synod/pbft-wire';
import type { Certificate, ProvenAnswer, VerifierParts } from '@synod/pbft-wire';
import { domain, keys, members, replica, sha256, user, verify } from './keys.js';

const parts: VerifierParts = { domain, group: new Group(members), logSize: 100, keys, sha256, verify };
const cryptography = replica('r1');
const digest = 'ab'.repeat(32);
const other = 'cd'.repeat(32);

const judge = (certificate: Certificate) => verifyCertificate(parts, encodeCertificate(certificate));
const fault = (certificate: Certificate): string => {
  const verdict = judge(certificate);
  return verdict.holds ? 'holds' : verdict.why;
};
const says = (certificate: Certificate): string => {
  const verdict = judge(certificate);
  return verdict.holds ? verdict.says : verdict.why;
};

const proposal = replica('r1').sign({ type: 'prePrepare', view: 0, sequence: 7, digest });
const prepare = (by: string, its = digest) => replica(by).sign({ type: 'prepare', view: 0, sequence: 7, digest: its });
const prepared = { proposal, prepares: [prepare('r2'), prepare('r3')] };

const state = { sequence: 50, position: 120, history: digest, state: 'hash' };
const checkpoint = (by: string) =>
  replica(by).sign({ type: 'checkpoint', sequence: 50, digest: checkpointDigest(cryptography, state) });
const stable: StableCheckpoint = { state, votes: ['r1', 'r2', 'r3'].map(checkpoint) };
const beginning: StableCheckpoint = {
  state: { sequence: 0, position: 0, history: '00'.repeat(32), state: '' },
  votes: [],
};

test('a prepared certificate', () => {
  expect(says({ kind: 'prepared', certificate: prepared })).toBe(
    'batch abababababab prepared as sequence 7 in view 0: proposed by r1, prepared by r2, r3',
  );
  expect(fault({ kind: 'prepared', certificate: { proposal, prepares: [prepare('r2')] } })).toBe('tooFewPrepares');
  expect(fault({ kind: 'prepared', certificate: { proposal, prepares: [prepare('r2'), prepare('r3', other)] } })).toBe(
    'prepareDoesNotMatch',
  );
  const forged = { ...prepare('r3'), signature: prepare('r2').signature };
  expect(fault({ kind: 'prepared', certificate: { proposal, prepares: [prepare('r2'), forged] } })).toBe('notGenuine');
});

test('a stable checkpoint', () => {
  expect(says({ kind: 'checkpoint', stable })).toBe(
    'everything through sequence 50 (120 requests, history abababababab) is agreed on by r1, r2, r3',
  );
  expect(fault({ kind: 'checkpoint', stable: { ...stable, state: { ...state, history: other } } })).toBe(
    'voteDoesNotMatch',
  );
  expect(fault({ kind: 'checkpoint', stable: { ...stable, votes: stable.votes.slice(1) } })).toBe('tooFewVotes');
  const nobodys = { ...beginning, state: { ...beginning.state, state: 'the moon is made of cheese' } };
  for (const unsigned of [beginning, nobodys])
    expect(fault({ kind: 'checkpoint', stable: unsigned })).toBe('tooFewVotes');
});

test('a stable snapshot', () => {
  const manifest = {
    sequence: 50,
    position: 120,
    history: digest,
    totalBytes: 100,
    chunkBytes: 64,
    chunks: [digest, other],
  };
  const votes = ['r1', 'r2', 'r4'].map((by) =>
    replica(by).sign({ type: 'snapshot', sequence: 50, digest: manifestDigest(cryptography, manifest) }),
  );
  expect(says({ kind: 'snapshot', stable: { manifest, votes } })).toBe(
    'the snapshot at sequence 50, 100 bytes, is the same at r1, r2, r4',
  );
  expect(fault({ kind: 'snapshot', stable: { manifest: { ...manifest, chunks: [other, digest] }, votes } })).toBe(
    'voteDoesNotMatch',
  );
  expect(fault({ kind: 'snapshot', stable: { manifest: { ...manifest, chunks: [digest] }, votes } })).toBe(
    'wrongNumberOfChunks',
  );
});

test('a new view', () => {
  const changes = ['r2', 'r3', 'r4'].map((by) =>
    replica(by).sign({ type: 'viewChange', view: 1, stable: beginning, prepared: by === 'r3' ? [prepared] : [] }),
  );
  const viewChanges = changes.map((each) => ({ replica: each.signer, digest: viewChangeDigest(cryptography, each) }));
  const gap = nullBatch.identity(cryptography).digest;
  const digests = [gap, gap, gap, gap, gap, gap, digest];
  const proposals = digests.map((its, place) =>
    replica('r2').sign({ type: 'prePrepare', view: 1, sequence: place + 1, digest: its }),
  );
  const signed = replica('r2').sign({ type: 'newView', view: 1, viewChanges, proposals });
  expect(says({ kind: 'newView', signed, viewChanges: changes })).toBe(
    'r2 is primary of view 1 by the view changes of r2, r3, r4',
  );
  const short = replica('r2').sign({ type: 'newView', view: 1, viewChanges, proposals: proposals.slice(0, 6) });
  expect(fault({ kind: 'newView', signed: short, viewChanges: changes })).toBe('wrongNumberOfProposals');
  expect(fault({ kind: 'newView', signed, viewChanges: changes.slice(0, 2) })).toBe('tooFewViewChanges');
  const forged = changes.map((each) => (each.signer === 'r4' ? { ...each, signature: changes[0]!.signature } : each));
  expect(fault({ kind: 'newView', signed, viewChanges: forged })).toBe('notGenuine');
  const unsigned = proposals.map((each, place) =>
    place === 3 ? { ...each, signature: proposals[0]!.signature } : each,
  );
  const unproposed = replica('r2').sign({ type: 'newView', view: 1, viewChanges, proposals: unsigned });
  expect(fault({ kind: 'newView', signed: unproposed, viewChanges: changes })).toBe('notGenuine');
});

describe('a reply certificate', () => {
  const results = Uint8Array.of(1, 2, 3);
  const batch = (session: number) =>
    Uint8Array.from(encodeRequestBatch({ client: 'c', session, sequence: 4, acknowledgedThrough: 0, operations: [] }));
  const command = (session = 9): Signed<Command> =>
    user('ann').sign({
      type: 'request',
      client: 'c',
      session,
      sequence: 4,
      holds: 'operations',
      batch: batch(session),
    });

  /** One member's answer, third of five. */
  function answer(by: string, asked: string, { index = 12, its = results, whole = true } = {}): ProvenAnswer {
    const leaves = Array.from({ length: 5 }, (_, place) => cryptography.digest(Uint8Array.of(place)));
    leaves[2] = leafOf(cryptography, { asked, index, results: its });
    const tree = treeOf(cryptography, leaves);
    const signed = replica(by).sign({ type: 'replies', view: 0, sequence: 7, whole, count: 5, root: tree.root });
    return { signed, place: 2, path: tree.pathOf(2), index };
  }

  const asked = requestDigest(cryptography, command());
  const made = (answers: readonly ProvenAnswer[], signed = command()): Certificate => ({
    kind: 'reply',
    asked: { kind: 'request', signed },
    results,
    answers,
  });

  test('its answers are verified each, also when another one brought the same bytes', () => {
    const answers = new Answers({ members, keys, sha256, verify });
    const { signed, ...where } = answer('r2', asked);
    const said = { kind: 'results', results, ageMs: 0, ...where } as const;
    const forged = { ...signed, signature: answer('r3', asked).signed.signature };
    expect(answers.isGenuine('r2', { ...said, signed }, asked)).toBe(true);
    expect(answers.isGenuine('r2', { ...said, signed: forged }, asked)).toBe(false);
    expect(answers.isGenuine('r2', { ...said, signed }, asked)).toBe(true);
  });

  test('of f + 1 members that answered alike', () => {
    expect(says(made([answer('r2', asked), answer('r4', asked)]))).toBe(
      'a request of ann, 9.4 , was answered alike by r2, r4: 3 bytes, at position 12',
    );
  });

  test('at no position that f members may have made up', () => {
    const answers = [answer('r2', asked, { index: 1200 }), answer('r4', asked, { index: 3 })];
    expect(says(made(answers))).toMatch(/3 bytes, at a position that too few tell alike$/);
    expect(says(made([...answers, answer('r3', asked, { index: 1200 })]))).toMatch(/, at position 1200$/);
  });

  test.each<[string, () => Certificate, string]>([
    ['of one member', () => made([answer('r2', asked)]), 'tooFewAnswers'],
    ['that counts a member twice', () => made([answer('r2', asked), answer('r2', asked)]), 'doubledAnswer'],
    [
      'with other results',
      () => made([answer('r2', asked), answer('r4', asked, { its: Uint8Array.of(9) })]),
      'notInTheAnswer',
    ],
    ['to another request', () => made([answer('r2', asked), answer('r4', digest)]), 'notInTheAnswer'],
    [
      'at another place of the answer',
      () => made([answer('r2', asked), { ...answer('r4', asked), place: 3 }]),
      'notInTheAnswer',
    ],
    [
      'that is not genuine',
      () =>
        made([
          answer('r2', asked),
          { ...answer('r4', asked), signed: { ...answer('r4', asked).signed, signature: command().signature } },
        ]),
      'notGenuine',
    ],
    [
      'for a request that is not genuine',
      () => made([answer('r2', asked), answer('r4', asked)], { ...command(), signature: proposal.signature }),
      'notGenuine',
    ],
  ])('not %s', (_what, make, why) => {
    expect(fault(make())).toBe(why);
  });

  test('positions may differ, as who executed before answers without one; but an opening’s is its session', () => {
    expect(fault(made([answer('r2', asked), answer('r4', asked, { index: 0 })]))).toBe('holds');
    const opening = command(0);
    const opened = requestDigest(cryptography, opening);
    expect(fault(made([answer('r2', opened), answer('r4', opened)], opening))).toBe('holds');
    expect(fault(made([answer('r2', opened), answer('r4', opened, { index: 13 })], opening))).toBe('otherSession');
  });

  const readBy = (level: 'linearizable' | 'stale', ...members: readonly string[]): Certificate => {
    const queries = Uint8Array.from(encodeReadBatch({ client: 'c', sequence: 1, level, maxAgeMs: 0, queries: [] }));
    const read = digestOfRead(cryptography, queries);
    const answers = members.map((by, place) => answer(by, read, { index: place, whole: false }));
    return { kind: 'reply', asked: { kind: 'read', queries }, results, answers };
  };

  test('of a read takes a quorum', () => {
    expect(says(readBy('linearizable', 'r1', 'r2', 'r3'))).toBe(
      'a read, , was answered alike by r1, r2, r3: 3 bytes, at position 1',
    );
    expect(fault(readBy('linearizable', 'r2', 'r3'))).toBe('tooFewAnswers');
  });

  test('of a read that may be stale takes f + 1, and says that it may', () => {
    expect(says(readBy('stale', 'r1', 'r3'))).toBe(
      'a read that may be stale, , was answered alike by r1, r3: 3 bytes, at position 0',
    );
    expect(fault(readBy('stale', 'r1'))).toBe('tooFewAnswers');
  });

  test('not of what is no read', () => {
    const asked = { kind: 'read', queries: Uint8Array.of(1, 2, 3) } as const;
    expect(fault({ kind: 'reply', asked, results, answers: [] })).toMatch(/ReadBatch|field|version/);
  });
});

describe('a proof of equivocation', () => {
  test('of two statements that contradict each other', () => {
    expect(says({ kind: 'equivocation', first: prepare('r2'), second: prepare('r2', other) })).toMatch(
      /^r2 is faulty: it signed what contradicts itself \(twoDigests\): prepare \d+\.\d+ \w+ of r2, and prepare \d+\.\d+ \w+ of r2$/,
    );
  });

  test.each<[string, Signed, Signed, string]>([
    ['that say the same', prepare('r2'), prepare('r2'), 'noContradiction'],
    ['of two members', prepare('r2'), prepare('r3', other), 'noContradiction'],
    [
      'one of which is not genuine',
      prepare('r2'),
      { ...prepare('r2', other), signature: prepare('r2').signature },
      'notGenuine',
    ],
    [
      'of nobody',
      user('ann').sign(prepare('r2').statement),
      user('ann').sign(prepare('r2', other).statement),
      'notGenuine',
    ],
  ])('not of two %s', (_what, first, second, why) => {
    expect(fault({ kind: 'equivocation', first, second })).toBe(why);
  });
});

test('a certificate of another group proves nothing here, nor does one of former keys', () => {
  for (const elsewhere of [
    { ...domain, group: 'other' },
    { ...domain, epoch: 'e0' },
  ]) {
    const say = (its: string) => replica('r2', elsewhere).sign({ type: 'prepare', view: 0, sequence: 7, digest: its });
    const bytes = encodeCertificate({ kind: 'equivocation', first: say(digest), second: say(other) });
    expect(verifyCertificate(parts, bytes)).toEqual({
      holds: false,
      why: 'a statement that was signed for another group or epoch',
    });
  }
});

test('no file makes the verifier throw', () => {
  const bytes = Uint8Array.from(encodeCertificate({ kind: 'checkpoint', stable }));
  for (let at = 0; at < bytes.length; at++) {
    expect(verifyCertificate(parts, bytes.subarray(0, at)).holds).toBe(false);
    const changed = bytes.map((byte, place) => (place === at ? byte ^ 0x55 : byte));
    expect(verifyCertificate(parts, changed).holds).toBe(false);
  }
});

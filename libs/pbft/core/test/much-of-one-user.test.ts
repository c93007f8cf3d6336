import { Batch } from '@synod/pbft-core';
import type { Request } from '@synod/pbft-core';
import { Lone } from './lone.js';
import { batchOf, commit, digestOf, prePrepare, prepare } from './saying.js';

// Who asks for much stops nobody else. Ordered queries change nothing, are small, and may have large answers.

/** All others say nothing. */
const silence = (name: string): Lone => new Lone(name, { limits: { queriesAtOnce: 3 } });

const queries = ({ group }: Lone, count: number, user = 'ann'): Request[] =>
  Array.from({ length: count }, (_, i) => group.request(`${user} ${i}`, user, 'queries'));

const refusals = ({ group }: Lone): string[] =>
  group.told.flatMap(({ message }) =>
    message.kind === 'reply' && message.answer.kind === 'refused' ? [message.answer.reason] : [],
  );

test.each(['r1', 'r2'])(
  'at %s so many of one user wait, and others have their own; operations are not counted',
  (name) => {
    const lone = silence(name);
    for (const request of queries(lone, 5)) lone.server.hear('ann', request);
    expect(refusals(lone)).toEqual(['overloaded', 'overloaded']);
    for (const request of queries(lone, 3, 'bob')) lone.server.hear('bob', request);
    for (let i = 0; i < 9; i++) lone.server.hear('ann', lone.group.request(`put ${i}`));
    expect(refusals(lone)).toHaveLength(2);
    expect(lone.server.state.waitingRequests).toBe(15);
  },
);

test('what was executed makes room', () => {
  const lone = silence('r2');
  const asked = queries(lone, 3);
  for (const request of asked) lone.server.hear('ann', request);
  execute(lone, 1, asked);
  for (const request of queries(lone, 4)) lone.server.hear('ann', request);
  expect(refusals(lone)).toEqual(['overloaded']);
});

test('so many go into one batch, and operations that came later do not wait for the others', () => {
  const lone = silence('r1');
  for (const user of ['ann', 'bob']) for (const request of queries(lone, 3, user)) lone.server.hear(user, request);
  lone.server.hear('ann', lone.group.request('put'));
  lone.group.run(1);
  const [first, second] = lone
    .said('prePrepare')
    .map(({ batch }) => batch.requests.map(({ statement }) => statement.holds));
  expect(first).toEqual(['queries', 'queries', 'queries', 'operations']);
  expect(second).toEqual(['queries', 'queries', 'queries']);
});

test('a batch with more is not prepared', () => {
  const lone = silence('r2');
  const [most, more] = [3, 4].map((count) => new Batch(queries(lone, count).map(({ signed }) => signed)));
  lone.hear(prePrepare(0, 1, more!));
  expect(lone.said('prepare')).toEqual([]);
  expect(lone.server.rejections()).toEqual([expect.stringContaining(': batchTooLarge')]);
  lone.hear(prePrepare(0, 1, most!));
  expect(lone.said('prepare')).toHaveLength(1);
});

test('large answers end a turn as large requests do', () => {
  const lone = new Lone('r2', { limits: { executeBytes: 1000 } });
  lone.server.service.apply = () => new Uint8Array(600);
  const [first, ...others] = ['one', 'two', 'three'].map((text) => batchOf(text));
  const last = commit('r3', 0, 1, digestOf(first!));
  for (const [at, batch] of [first!, ...others].entries()) {
    const digest = digestOf(batch);
    lone.hear(prePrepare(0, at + 1, batch), prepare('r3', 0, at + 1, digest), commit('r1', 0, at + 1, digest));
    if (at > 0) lone.hear(commit('r3', 0, at + 1, digest));
  }
  lone.server.hear('r3', last);
  expect(lone.server.state.lastExecuted).toBe(2);
  lone.group.run(5);
  expect(lone.server.state.lastExecuted).toBe(3);
});

test('one user has so many requests waiting, others have theirs, and what is executed makes room', () => {
  const lone = new Lone('r2', { limits: { userRequests: 4 } });
  const ask = (user: string, count: number): void => {
    for (let i = 0; i < count; i++) lone.server.hear(user, lone.group.request(`${user} ${i}`, user));
  };
  const first = lone.group.request('first');
  lone.server.hear('ann', first);
  ask('ann', 5);
  ask('bob', 4);
  expect(refusals(lone)).toEqual(['overloaded', 'overloaded']);
  execute(lone, 1, [first]);
  ask('ann', 2);
  expect(refusals(lone)).toHaveLength(3);
});

test('what waits already has its place: its client, who says it again, is not told that it was refused', () => {
  const lone = new Lone('r2', { limits: { userRequests: 1 } });
  const [asked, another] = ['one', 'two'].map((text) => lone.group.request(text));
  lone.server.hear('ann', asked!);
  lone.server.hear('ann', asked!);
  expect(refusals(lone)).toEqual([]);
  lone.server.hear('ann', another!);
  expect(refusals(lone)).toEqual(['overloaded']);
});

test('what a primary has proposed of one user before he asks takes no more places than he has, and is not refused', () => {
  const lone = new Lone('r2', { limits: { userRequests: 4, waitingRequests: 10 } });
  const asked = Array.from({ length: 9 }, (_, i) => lone.group.request(`${i}`));
  lone.hear(prePrepare(0, 1, new Batch(asked.map(({ signed }) => signed))));
  for (const request of asked) lone.server.hear('ann', request);
  for (let i = 0; i < 4; i++) lone.server.hear('bob', lone.group.request(`bob ${i}`, 'bob'));
  expect(refusals(lone)).toEqual([]);
  // His four and the other's four are counted.
  for (let i = 0; i < 3; i++) lone.server.hear('cid', lone.group.request(`cid ${i}`, 'cid'));
  expect(refusals(lone)).toEqual(['overloaded']);
});

test('so many requests are relayed in one turn of the status timer, the oldest first', () => {
  const lone = new Lone('r2', { limits: { relays: 3 }, timings: { slowMs: 300 } });
  const asked = Array.from({ length: 5 }, (_, i) => lone.group.request(`${i}`));
  for (const request of asked) lone.server.hear('ann', request);
  const relayed = (): number[] =>
    lone.said('relay').map(({ signed }) => asked.findIndex((each) => each.signed === signed));
  lone.group.run(250);
  expect(relayed()).toEqual([0, 1, 2]);
  lone.group.run(100);
  expect(relayed()).toEqual([0, 1, 2, 3, 4]);
});

test('queries that were executed make room while an operation of the same user waits', () => {
  const lone = silence('r2');
  lone.server.hear('ann', lone.group.request('put'));
  const asked = queries(lone, 3);
  for (const request of asked) lone.server.hear('ann', request);
  execute(lone, 1, asked);
  for (const request of queries(lone, 4)) lone.server.hear('ann', request);
  expect(refusals(lone)).toEqual(['overloaded']);
});

const users = ['ann', 'bob', 'cid', 'dan'];

test.each([
  ['who asks for much does not outweigh the others', ['ann'], 20, 800, []],
  ['as many as the others do', ['ann', 'bob'], 20, 800, ['slow']],
  ['one that is not served at all does', ['ann'], 1, 1800, ['slow']],
])('a primary is slow by the average of users: %s', (_what, whoWait, count, lateMs, complaints) => {
  const lone = new Lone('r3');
  let sequence = 0;
  const ask = (user: string, count: number): Request[] => {
    const asked = Array.from({ length: count }, (_, i) => lone.group.request(`${user} ${sequence} ${i}`, user));
    for (const request of asked) lone.server.hear(user, request);
    return asked;
  };
  const served = users.filter((user) => !whoWait.includes(user));
  for (let turn = 0; turn < 5; turn++) {
    const late = whoWait.flatMap((user) => ask(user, count));
    for (let waited = 0; waited < lateMs; waited += 200) {
      execute(lone, ++sequence, served.flatMap((user) => ask(user, 1))); // prettier-ignore
      lone.group.run(200);
    }
    execute(lone, ++sequence, late);
  }
  expect(lone.server.state.lastExecuted).toBe(sequence);
  expect([...new Set(lone.server.saw('complained').map(({ why }) => why))]).toEqual(complaints);
});

/** Others propose it, prepare it and commit it. */
function execute(lone: Lone, sequence: number, requests: readonly Request[]): void {
  const batch = new Batch(requests.map(({ signed }) => signed));
  const digest = digestOf(batch);
  const prepares = ['r2', 'r3', 'r4'].filter((name) => name !== lone.name).map((name) => prepare(name, 0, sequence, digest)); // prettier-ignore
  const commits = ['r1', 'r2', 'r4'].filter((name) => name !== lone.name).map((name) => commit(name, 0, sequence, digest)); // prettier-ignore
  lone.hear(prePrepare(0, sequence, batch), ...prepares, ...commits);
}

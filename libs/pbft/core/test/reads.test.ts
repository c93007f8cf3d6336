import { leafOf, digestOfRead, rootFrom } from '@synod/pbft-core';
import type { Message, Read } from '@synod/pbft-core';
import { Group, texts } from './group.js';
import { Lone } from './lone.js';
import { batchOf, commit, cryptography, digestOf, prePrepare, prepare, stableAt } from './saying.js';

let sequence = 0;
const read = (level: Read['level'] = 'linearizable', maxAgeMs = 0): Read => ({
  ...{ kind: 'read', client: 'c', sequence: ++sequence, level, maxAgeMs },
  queries: Uint8Array.of(1, 2, 3),
});

type Told = Extract<Message, { kind: 'reply' }>;

/** What members answered to a read. */
function answersTo(group: Group, asked: Read): Told[] {
  const all = group.told.map(({ message }) => message).filter((message): message is Told => message.kind === 'reply');
  return all.filter((reply) => reply.session === 0 && reply.sequence === asked.sequence);
}

const resultsOf = ({ answer }: Told): string =>
  answer.kind === 'results' ? Buffer.from(answer.results).toString() : answer.kind === 'refused' ? answer.reason : '';

test('a read is answered by all in one round trip, each answer proven', () => {
  const group = new Group();
  group.put('a', 'b');
  group.run(20);
  const asked = read();
  for (const name of group.names) group.post('ann', name, asked);
  group.run(2);
  const answers = answersTo(group, asked);
  expect(answers.map(resultsOf)).toEqual(['a,b', 'a,b', 'a,b', 'a,b']);
  for (const { answer } of answers) {
    if (answer.kind !== 'results') throw new Error(answer.kind);
    const leaf = leafOf(cryptography, {
      asked: digestOfRead(cryptography, asked.queries),
      index: answer.index,
      results: answer.results,
    });
    expect(rootFrom(cryptography, leaf, answer.place, answer.signed.statement.count, answer.path)).toBe(
      answer.signed.statement.root,
    );
  }
});

test('reads of one turn share a signature', () => {
  const group = new Group();
  group.put('a');
  const asked = [read(), read(), read()];
  for (const each of asked) group.server('r1').hear('ann', each);
  group.run(1);
  const signatures = asked
    .flatMap((each) => answersTo(group, each))
    .map(({ answer }) => answer.kind === 'results' && answer.signed);
  expect(signatures).toHaveLength(3);
  expect(new Set(signatures).size).toBe(1);
});

test('a read waits for what had prepared in a former life, too', () => {
  const group = new Group();
  group.network = (_from, _to, { kind }) => kind !== 'commit';
  group.ask('a');
  group.run(50);
  expect(group.server('r2').saw('prepared')).toHaveLength(1);
  group.restart('r2');
  group.run(20);
  const asked = read();
  group.post('ann', 'r2', asked);
  group.run(20);
  expect(answersTo(group, asked)).toEqual([]);
  group.network = () => true;
  group.run(500);
  expect(answersTo(group, asked).map(resultsOf)).toEqual(['a']);
});

test('a read waits for what had prepared when it came: a write that is over may have been executed elsewhere only', () => {
  const lone = new Lone('r2');
  const batch = batchOf('one');
  lone.hear(prePrepare(0, 1, batch), prepare('r3', 0, 1, digestOf(batch)));
  const asked = read();
  lone.server.hear('ann', asked);
  lone.group.run(50);
  expect(answersTo(lone.group, asked)).toEqual([]);
  // What comes later is not waited for.
  const later = batchOf('two');
  lone.hear(prePrepare(0, 2, later), prepare('r3', 0, 2, digestOf(later)));
  lone.hear(commit('r1', 0, 1, digestOf(batch)), commit('r3', 0, 1, digestOf(batch)));
  expect(answersTo(lone.group, asked).map(resultsOf)).toEqual(['one']);
});

test('what is merely proposed is not waited for', () => {
  const lone = new Lone('r2');
  lone.hear(prePrepare(0, 1, batchOf('one')));
  const asked = read();
  lone.server.hear('ann', asked);
  lone.group.run(2);
  expect(answersTo(lone.group, asked).map(resultsOf)).toEqual(['']);
});

test('a stale read tells its age, and is refused beyond the age that its client bears', () => {
  const group = new Group();
  group.put('a');
  group.run(1000);
  const fresh = read('stale', 2000);
  group.server('r2').hear('ann', fresh);
  group.run(1);
  const [answer] = answersTo(group, fresh);
  expect(resultsOf(answer!)).toBe('a');
  expect(answer!.answer).toMatchObject({ kind: 'results', index: 1 });
  group.network = () => false;
  group.run(5000);
  const refused = read('stale', 2000);
  const taken = read('stale');
  group.server('r2').hear('ann', refused);
  group.server('r2').hear('ann', taken);
  group.run(1);
  expect(answersTo(group, refused).map(resultsOf)).toEqual(['noQuorum']);
  expect(resultsOf(answersTo(group, taken)[0]!)).toBe('a');
  expect(answersTo(group, taken)[0]!.answer).toMatchObject({ ageMs: expect.any(Number) as number });
  expect((answersTo(group, taken)[0]!.answer as { ageMs: number }).ageMs).toBeGreaterThanOrEqual(5000);
});

test('who learns of a checkpoint tells that all below it prepared, whoever had it: no state is younger than that', () => {
  const lone = new Lone('r2');
  lone.hear({ kind: 'checkpointProof', stable: stableAt(50) });
  expect(lone.server.state).toMatchObject({ lowWaterMark: 50, lastExecuted: 0 });
  lone.group.run(1000);
  expect(lone.said('status').at(-1)).toMatchObject({ executed: 0, prepared: 50 });
});

test('a stale read that has to wait for its turn is refused when it is too old by then', () => {
  const group = new Group();
  group.put('a');
  group.run(1000);
  const [bounded, other] = [read('stale', 2000), read('stale')];
  for (const each of [bounded, other]) group.server('r2').hear('ann', each);
  group['time'] += 3000; // the process stood still
  group.server('r2').step({ kind: 'timeout', timer: 'reads' });
  group.run(1);
  expect([bounded, other].flatMap((each) => answersTo(group, each)).map(resultsOf)).toEqual(['noQuorum', 'a']);
});

test('waiting reads are bounded', () => {
  const lone = new Lone('r2', { limits: { waitingReads: 2 } });
  const batch = batchOf('one');
  lone.hear(prePrepare(0, 1, batch), prepare('r3', 0, 1, digestOf(batch)));
  const asked = [read(), read(), read()];
  for (const each of asked) lone.server.hear('ann', each);
  expect(asked.flatMap((each) => answersTo(lone.group, each)).map(resultsOf)).toEqual(['overloaded']);
  expect(lone.server.replica.takesClients()).toBe(false);
});

test('waiting reads are bounded in bytes', () => {
  const lone = new Lone('r2', { limits: { clientBytes: 1000 } });
  const batch = batchOf('one');
  lone.hear(prePrepare(0, 1, batch), prepare('r3', 0, 1, digestOf(batch)));
  const asked = [read(), read(), read()].map((each) => ({ ...each, queries: new Uint8Array(600) }));
  for (const each of asked) lone.server.hear('ann', each);
  expect(asked.flatMap((each) => answersTo(lone.group, each)).map(resultsOf)).toEqual(['overloaded']);
  expect(lone.server.replica.takesClients()).toBe(false);
  lone.hear(commit('r1', 0, 1, digestOf(batch)), commit('r3', 0, 1, digestOf(batch)));
  expect(lone.server.replica.takesClients()).toBe(true);
});

test('small questions with large answers are answered in stretches, and other things done in between', () => {
  const lone = new Lone('r2', { limits: { executeBytes: 1000 } });
  const { service } = lone.server;
  service.query = () => new Uint8Array(400);
  const asked = Array.from({ length: 10 }, () => read());
  for (const each of asked) lone.server.hear('ann', each);
  const answered = (): number => asked.filter((each) => answersTo(lone.group, each).length > 0).length;
  lone.server.step({ kind: 'timeout', timer: 'reads' });
  expect(answered()).toBe(3);
  lone.group.run(10);
  expect(answered()).toBe(10);
});

test('discovery tells who is here and who is primary', () => {
  const group = new Group();
  const asked = read('discover');
  group.server('r3').hear('ann', asked);
  group.run(1);
  expect(answersTo(group, asked)[0]!.answer).toEqual({
    kind: 'discovery',
    replica: 'r3',
    role: 'backup',
    primary: 'r1',
    view: 0,
    members: ['r1', 'r2', 'r3', 'r4'],
  });
});

test('reads block nothing: no write waits for them', () => {
  const group = new Group();
  group.network = (from, to, message) => message.kind !== 'commit' || from === 'r1' || to === 'r1';
  group.ask('a');
  group.run(5);
  for (const name of group.names) for (let i = 0; i < 10; i++) group.server(name).hear('ann', read());
  group.network = () => true;
  group.run(500);
  group.put(...texts(3));
  expect(group.history()).toHaveLength(4);
});

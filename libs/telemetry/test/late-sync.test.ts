import { Replica, contextOf } from './support/replicas.js';

// Where everybody votes to everybody, others' votes may be enough before our own disk has what they are about.

const proposal = {
  part: 'proposal',
  era: 2,
  first: 7,
  last: 7,
  rounds: 1,
  followers: 'voters',
  collective: true,
} as const;
const stored = { part: 'stored', era: 2, first: 7, last: 7 } as const;

let replica: Replica;
beforeEach(() => (replica = new Replica('r2')));
afterEach(() => replica.close());

/** Executed and answered at 1005, while what was stored at 1001 is on its way to the disk. */
function answerEarly(): void {
  replica.receive('r1', 'pre-prepare', proposal, contextOf('a'), 1000);
  replica.persist(9, stored, 1001);
  replica.event({ part: 'decided', era: 2, last: 7, completedBy: 'r4' }, 1004);
  replica.event({ part: 'applied', last: 7 }, 1004);
  replica.send('client', 'reply', { part: 'reply', last: 7 }, 1005);
}

test('its sync is a part of the round all the same, which is over with it', async () => {
  answerEarly();
  replica.send('another client', 'reply', { part: 'reply', last: 7 }, 1006);
  const before = await replica.spans();
  expect(before.map(({ name }) => name)).toEqual(['reply']);
  replica.observer.durable(9, 1002, 1300);
  const spans = await replica.spans();
  expect(spans.map(({ name }) => name).sort()).toEqual(['journal.sync', expect.stringMatching(/^process /), 'reply']);
  const [handled, sync] = [spans.find(({ name }) => name.startsWith('process'))!, spans.find(({ name }) => name === 'journal.sync')!]; // prettier-ignore
  expect(sync.parentSpanContext?.spanId).toBe(handled.spanContext().spanId);
  expect(handled.endTime).toEqual(sync.endTime);
});

test('a disk that does not come to it in five seconds is not waited for', async () => {
  answerEarly();
  replica.now = 3000;
  replica.observer.received('r1', { kind: 'other' }, undefined, 3000);
  expect(await replica.spans()).toHaveLength(1);
  replica.observer.received('r1', { kind: 'other' }, undefined, 6100);
  expect((await replica.spans()).map(({ name }) => name)).toContainEqual(expect.stringMatching(/^process /));
  replica.observer.durable(9, 1002, 7000);
  expect(await replica.spans()).toHaveLength(2);
});

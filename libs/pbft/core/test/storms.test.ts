import { Dice } from './dice.js';
import { Group } from './group.js';
import { batchOf, commit, digestOf, prePrepare, prepare } from './saying.js';
import { Traitor } from './traitor.js';

const limits = { checkpointInterval: 5, logSize: 10, snapshotAfterBatches: 20, chunkBytes: 256, inFlightSmall: 4 };

interface Storm {
  readonly n: number;
  readonly traitors: number;
  readonly crashes: boolean;
  readonly losses: number;
}

/** Some seconds of everything, then peace; the traitors go on. */
function storm(
  seed: number,
  { n, traitors, crashes, losses }: Storm,
): { readonly group: Group; readonly acts: number } {
  const dice = new Dice(seed);
  const group = new Group({ n, limits, timings: { requestMs: 500, viewChangeMs: 1000, longestMs: 4000 } });
  const names = [...group.names];
  const liars: Traitor[] = [];
  while (liars.length < traitors) {
    const name = dice.of(names);
    names.splice(names.indexOf(name), 1);
    liars.push(new Traitor(name, group, dice));
  }
  for (const name of names) group.server(name).syncMs = dice.below(4);
  let islands = new Set<string>();
  group.network = (from, to) => {
    if (from !== 'ann' && islands.has(from) !== islands.has(to)) return false;
    return dice.chance(losses) ? false : dice.chance(0.3) ? dice.below(40) : true;
  };
  for (let turn = 0; turn < 60; turn++) {
    group.ask(`t${turn}`);
    group.run(20 + dice.below(150));
    if (dice.chance(0.05)) islands = new Set(names.filter(() => dice.chance(0.4)));
    if (dice.chance(0.2)) islands = new Set();
    if (crashes && dice.chance(0.15)) group.restart(dice.of(names)).syncMs = dice.below(4);
  }
  group.network = () => true;
  group.put('peace');
  group.run(6000);
  return { group, acts: liars.reduce((sum, { acts }) => sum + acts, 0) };
}

function judge(group: Group): void {
  const history = group.history();
  expect(new Set(history).size).toBe(history.length);
  expect(history).toContain('peace');
  expect(group.audit.contradictions).toEqual([]);
  const { lastExecuted, history: chain } = group.live[0]!.state;
  for (const { state } of group.live) {
    if (state.lastExecuted === lastExecuted) expect(state.history).toBe(chain);
    expect(state.lowWaterMark).toBeLessThanOrEqual(state.lastExecuted);
  }
}

const seeds = Array.from({ length: Number(process.env['SYNOD_STORMS'] ?? 12) }, (_, place) => place + 1);

describe.each<[string, Storm]>([
  ['Messages are lost, late and out of order', { n: 4, traitors: 0, crashes: false, losses: 0.1 }],
  ['And members crash in the midst of writing', { n: 4, traitors: 0, crashes: true, losses: 0.05 }],
  ['One of four lies', { n: 4, traitors: 1, crashes: false, losses: 0.02 }],
  ['One of four lies, and others crash', { n: 4, traitors: 1, crashes: true, losses: 0.05 }],
  ['Two of seven lie, and others crash', { n: 7, traitors: 2, crashes: true, losses: 0.02 }],
])('%s:', (_name, weather) => {
  test.each(seeds)(
    'seed %i: one history, each request once, nothing contradicted, and the group serves afterwards',
    (seed) => {
      const { group, acts } = storm(seed, weather);
      judge(group);
      if (weather.traitors > 0) expect(acts).toBeGreaterThan(20);
    },
  );
});

test('more than f traitors can split a group, and the judge sees it', () => {
  const group = new Group();
  group.betray('r1');
  group.betray('r2');
  const [one, other] = [batchOf('one'), batchOf('other')];
  for (const [victim, batch] of [
    ['r3', one],
    ['r4', other],
  ] as const) {
    const digest = digestOf(batch);
    group.post('r1', victim, prePrepare(0, 1, batch));
    group.post('r2', victim, prepare('r2', 0, 1, digest));
    for (const traitor of ['r1', 'r2']) group.post(traitor, victim, commit(traitor, 0, 1, digest));
  }
  group.network = (from) => from === 'r1' || from === 'r2';
  group.run(50);
  expect(group.server('r3').service.applied).toEqual(['one']);
  expect(group.server('r4').service.applied).toEqual(['other']);
  expect(() => group.history()).toThrow();
});

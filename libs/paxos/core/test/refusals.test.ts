import { Group } from './group.js';

/*
 * An acceptor has promised a rival's ballot that reached nobody else, and says so to the leader. Only one that decides slots keeps what the
 * leader proposes from being chosen.
 */

interface Refused {
  readonly group: Group;
  readonly leader: string;
  readonly ballot: number;
}

/** A rival's prepare, of a ballot above the leader's, reaches this acceptor alone. */
function refusedBy(acceptor: string, { group, leader, ballot }: Refused): void {
  const number = group.proposers.findIndex((name) => name !== leader);
  const higher = (Math.floor(ballot / 64) + 1) * 64 + number;
  const { clusterId } = group.inspect(leader) as { clusterId: number };
  group.tell(group.proposers[number]!, acceptor, { kind: 'prepare', ballot: higher, from: 1, clusterId });
  group.run(2000);
}

function led(group: Group): Refused {
  group.run(3000);
  const leader = group.leader!;
  return { group, leader, ballot: group.inspect(leader)['ballot'] as number };
}

test('a refusal of a spare acceptor unseats no leader', () => {
  const world = led(new Group({ acceptors: ['a1', 'a2', 'a3', 'a10'] }));
  refusedBy('a10', world);
  expect(world.group.inspect(world.leader)).toMatchObject({ role: 'leader', ballot: world.ballot });
});

test('nor does one of a new disk that nobody counts yet, though its name is an acceptor’s', () => {
  const world = led(new Group());
  const { group } = world;
  group.passes = (_from, _to, { kind }) => kind !== 'join';
  group.crash('a1');
  group.start('a1', []);
  group.run(1000);
  expect(group.inspect('a1')).toMatchObject({ standing: 'active' });
  refusedBy('a1', world);
  expect(group.inspect(world.leader)).toMatchObject({ role: 'leader', ballot: world.ballot });
});

test('nor one of an acceptor that was removed', () => {
  const world = led(new Group({ acceptors: ['a1', 'a2', 'a3', 'a10'] }));
  world.group.reconfigure(world.leader, { version: 1, sequence: 3, add: ['a10'], remove: ['a1'] });
  world.group.run(3000);
  expect(world.group.inspect(world.leader)).toMatchObject({ role: 'leader', registersVersion: 2 });
  refusedBy('a1', world);
  expect(world.group.inspect(world.leader)).toMatchObject({ role: 'leader', ballot: world.ballot });
});

test('one of an acceptor that decides slots does, and the next ballot is above what it has promised', () => {
  const world = led(new Group());
  const { group, leader, ballot } = world;
  refusedBy('a2', world);
  const follows = group.events.filter(({ at, event }) => at === leader && event.kind === 'becameFollower');
  expect(follows.map(({ event }) => event)).toContainEqual(expect.objectContaining({ why: 'preempted' }));
  expect(group.inspect(group.leader!)['ballot']).toBeGreaterThan(ballot);
});

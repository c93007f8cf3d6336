import { connectAs } from '../src/index.js';
import type { Connection } from '../src/index.js';
import { ADMIN_KINDS, CLIENT_KINDS, MEMBER_KIND, REGISTER_KIND, REPORT } from '../src/identities.js';
import { TestBroker, eventually } from '../src/testing.js';

// The machine may be busy with other tests.
jest.setTimeout(30_000);

/** All that anybody is asked, and some of what only members say. */
const kinds = [
  ...CLIENT_KINDS,
  REGISTER_KIND,
  MEMBER_KIND,
  ...ADMIN_KINDS,
  'vote',
  'snapshot',
  'reply.1',
  `${REPORT}.1`,
];
const asks = [...CLIENT_KINDS, REGISTER_KIND];

let broker: TestBroker;
const connections: Connection[] = [];
const heard: string[] = [];

async function connectionOf(user: string): Promise<Connection> {
  const connection = await connectAs({ servers: broker.url, credentials: broker.credentials(user), name: user });
  connections.push(connection);
  return connection;
}

beforeAll(async () => {
  broker = await TestBroker.start();
  (await connectionOf('observer')).subscribe('synod.>', ({ subject }) => heard.push(subject));
});
afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await broker.close();
});

test.each([
  ['client', 'r1', asks],
  ['client', 'everyone', ['read']],
  ['gateway', 'r1', [...asks, 'status']],
  ['gateway', 'everyone', ['read', 'status']],
  ['admin', 'r1', [...asks, MEMBER_KIND, ...ADMIN_KINDS]],
  ['admin', 'everyone', ['read', ...ADMIN_KINDS]],
  ['observer', 'r1', []],
  ['srv-r1', 'r2', []],
])('%s says to %s: %j, and nothing else', async (user, to, allowed) => {
  heard.length = 0;
  const sender = await connectionOf(user);
  const said = (kind: string): string => `synod.test.g.${user}.${to}.${kind}`;
  for (const kind of kinds) sender.publish(said(kind), Buffer.from('x'));
  const passed = (): readonly string[] => heard.filter((subject) => kinds.map(said).includes(subject));
  const refused = (): number => sender.statistics.permissionViolations;
  await eventually('each is delivered or refused', () => passed().length + refused() >= kinds.length);
  expect(new Set(passed())).toEqual(new Set(allowed.map(said)));
  expect(refused()).toBe(kinds.length - allowed.length);
});

import { ProcessGroup, poll } from '@synod/process-group';
import { processSettings, replicaRole, replicaSettings, settingsOfApps, unreadVariables } from '../src/index.js';

const own = { ...replicaSettings, ...replicaRole.settings, ...processSettings };
const unread = (environment: Readonly<Record<string, string>>) =>
  unreadVariables(own, environment as NodeJS.ProcessEnv);

test.each([
  ['SYNOD_ELECTIONS_MS', 'SYNOD_ELECTION_MS'],
  ['SYNOD_LOGLEVEL', 'SYNOD_LOG_LEVEL'],
  ['SYNOD_NATS_CA', 'SYNOD_NATS_CA_FILE'],
  ['SYNOD_MEMBER', 'SYNOD_MEMBERS'],
  ['SYNOD_NATS_CREDENTIALS_FILE', 'SYNOD_CREDENTIALS_FILE'],
])('of %s it is told that nothing reads it, and that %s may be meant', (variable, meant) => {
  expect(unread({ [variable]: 'a secret, perhaps' })).toEqual([
    `${variable} is set, and nothing reads it: is ${meant} meant?`,
  ]);
});

test('where nothing is near, nothing is guessed; each is told of by itself', () => {
  expect(unread({ SYNOD_SOMETHING_ELSE: '', SYNOD_FOO: '' })).toEqual([
    'SYNOD_FOO is set, and nothing reads it',
    'SYNOD_SOMETHING_ELSE is set, and nothing reads it',
  ]);
});

test('what this service reads, or another part of Synod in the same environment, is in its place', () => {
  const all = Object.values(settingsOfApps).flatMap((settings) => Object.values(settings));
  const others = ['SYNOD_USER', 'SYNOD_DIRECTORY', 'SYNOD_GATEWAY_PORT', 'SYNOD_NATS_SERVER', 'PATH', 'OTEL_SYNOD'];
  const names = [...all.map(({ variable }) => variable), ...others];
  expect(unread(Object.fromEntries(names.map((name) => [name, 'x'])))).toEqual([]);
});

test('what Kubernetes tells of a service is nobody’s slip', () => {
  const told = {
    SYNOD_GATE_SERVICE_HOST: '10.0.0.1',
    SYNOD_GATE_SERVICE_PORT_HTTP: '7400',
    SYNOD_GATE_PORT: 'tcp://10.0.0.1:7400',
    SYNOD_GATE_PORT_7400_TCP_ADDR: '10.0.0.1',
  };
  expect(unread(told)).toEqual([]);
  expect(unread({ SYNOD_GATE_PORT: '7400' })).toHaveLength(1);
});

test('services say so at their start, once, and serve', async () => {
  const identities = [{ role: 'gateway', name: 'gateway' } as const, { role: 'service', of: 'gateway' } as const];
  const environment = { SYNOD_ELECTIONS_MS: '1', SYNOD_USER: 'a command line’s' };
  const group = await ProcessGroup.start({ protocol: 'raft', counts: { replica: 1 }, identities, environment });
  try {
    const gateway = group.gateway('gateway', { SYNOD_GATEWAY_TOKEN_FILE: '/dev/null' });
    gateway.run();
    await poll(
      () => gateway.lastLog.includes('"msg":"all groups have answered"'),
      30_000,
      () => gateway.lastLog,
    );
    expect(warningsIn(group.replicas[0]!.log())).toEqual([
      'SYNOD_ELECTIONS_MS is set, and nothing reads it: is SYNOD_ELECTION_MS meant?',
    ]);
    expect(warningsIn(gateway.lastLog)).toEqual([
      'SYNOD_GATEWAY_TOKEN_FILE is set, and nothing reads it: is SYNOD_GATEWAY_TOKENS_FILE meant?',
    ]);
  } finally {
    await group.close();
  }
}, 90_000);

function warningsIn(log: string): readonly string[] {
  const lines = log.trim().split('\n').map((line) => JSON.parse(line) as { readonly level: string; readonly msg: string }); // prettier-ignore
  return lines.filter(({ level, msg }) => level === 'warn' && msg.includes('reads it')).map(({ msg }) => msg);
}

import { settingsOfApps } from '@synod/service';
import { hardeningProblems, lifeProblems, readCompose, toldInCompose } from '../src/compose.js';
import { environmentProblems, imageEnvironment } from '../src/kubernetes/environment.js';
import { isPresent, readText } from '../src/workspace.js';

const image = imageEnvironment(readText('Dockerfile'));
const problems = (text: string) =>
  toldInCompose(readCompose(text), Object.keys(settingsOfApps)).flatMap((told) =>
    environmentProblems(told, settingsOfApps, image),
  );

test('docker-compose.yml tells each service what it reads, and nothing that it would refuse', () => {
  const text = readText('docker-compose.yml');
  expect(toldInCompose(readCompose(text), Object.keys(settingsOfApps))).toHaveLength(14);
  expect(problems(text)).toEqual([]);
});

test('what it mounts of the workspace is there', () => {
  const { services } = readCompose(readText('docker-compose.yml'));
  const mounts = Object.values(services).flatMap(({ volumes = [] }) => volumes.map((volume) => volume.split(':')[0]!));
  const paths = mounts.filter((source) => source.startsWith('./'));
  expect(paths.length).toBeGreaterThan(3);
  expect(paths.filter((path) => !isPresent(path))).toEqual([]);
});

test.each([
  ['SYNOD_PROPOSERS:', 'SYNOD_PROPOSER:', 'paxos-p1: paxos-proposer does not read SYNOD_PROPOSER'],
  [
    'SYNOD_GROUPS: raft,paxos,pbft',
    'SYNOD_GROUPS: raft,raft',
    'gateway: SYNOD_GROUPS="raft,raft": names must be different',
  ],
])('%s changed to %s is noticed', (from, to, problem) => {
  const text = readText('docker-compose.yml');
  expect(text).toContain(from);
  expect(problems(text.replace(from, to)).join('\n')).toContain(problem);
});

/** The Dockerfile's own check is in each image but the command line's, which ends. */
const checked = new Set(Object.keys(settingsOfApps).map((app) => `synod/${app}`));
const lives = (text: string) => lifeProblems(readCompose(text), checked);

test('each service stays and is looked at, keeps what it writes, and is published to this machine only', () => {
  expect(readText('Dockerfile')).toMatch(/^HEALTHCHECK .*\n +CMD \["node"/m);
  expect(lives(readText('docker-compose.yml'))).toEqual([]);
});

test.each([
  ["'127.0.0.1:${SYNOD_GATEWAY_PORT", "'${SYNOD_GATEWAY_PORT", 'gateway is published to others: ${SYNOD_GATEWAY_PORT'],
  ["'127.0.0.1:${SYNOD_JAEGER_PORT", "'0.0.0.0:${SYNOD_JAEGER_PORT", 'jaeger is published to others: 0.0.0.0:'],
  ['127.0.0.1:${SYNOD_GRAFANA_PORT:-3000}:3000', '3000', 'grafana is published to others: 3000'],
  ['image: synod/gateway', 'image: synod/gateway\n    network_mode: host', 'gateway is in the network host'],
  ['restart: unless-stopped', "restart: 'no'", 'raft-r1 is to be started again: no, not unless-stopped'],
  ["restart: 'no'", 'restart: always', 'identities is to be started again: always, not no'],
  ['restart: unless-stopped', '', 'nats is to be started again: undefined, not unless-stopped'],
  ["test: [CMD, wget, -q, --spider, 'http://127.0.0.1:8222/healthz']", 'test: [NONE]', 'whether nats is well'],
  ["test: [CMD, wget, -q, --spider, 'http://127.0.0.1:13133/status']", '', 'whether jaeger is well'],
  [", 'raft-r2:/data'", '', 'raft-r2 keeps what it writes in no named volume: /data'],
  ['pbft-r3:/data', './pbft-r3:/data', 'pbft-r3 keeps what it writes in no named volume: ./pbft-r3:/data'],
  ['prometheus:/prometheus', '/prometheus', 'prometheus keeps what it writes in no named volume: /prometheus'],
])('of the life of services, %s changed to %s is noticed', (from, to, problem) => {
  const text = readText('docker-compose.yml');
  expect(text).toContain(from);
  expect(lives(text.replace(from, () => to)).join('\n')).toContain(problem);
});

test('no image’s program is run by root', () => {
  const users = [...readText('Dockerfile').matchAll(/^(USER|FROM) (.*)$/gm)].map(([, what, whom]) => `${what} ${whom}`);
  expect(users.at(-1)).toBe('FROM program AS service');
  expect(users.at(-2)).toBe('USER node');
});

test('a container is healthy when its service is ready', () => {
  expect(/^HEALTHCHECK[^]*?^ *CMD (.*)$/m.exec(readText('Dockerfile'))?.[1]).toContain(
    'process.exit(answer.statusCode === 200 ? 0 : 1)',
  );
  expect(/^HEALTHCHECK[^]*?^ *CMD .*?path: '([^']*)'/m.exec(readText('Dockerfile'))?.[1]).toBe('/readyz');
});

test('no container may do more than it needs, and each has the time to hand over', () => {
  const text = readText('docker-compose.yml');
  expect(hardeningProblems(readCompose(text))).toEqual([]);
  for (const [from, problem] of [
    ['read_only: true', 'raft-r1 may write to its root file system'],
    ['cap_drop: [ALL]', 'gateway keeps capabilities'],
    ["security_opt: ['no-new-privileges:true']", 'nats may gain privileges'],
    ['stop_grace_period: 15s', 'pbft-r1 is not given the time to hand over'],
  ] as const) {
    expect(text).toContain(from);
    expect(hardeningProblems(readCompose(text.replace(from, '')))).toContain(problem);
  }
  for (const [more, problem] of [
    ['cap_add: [NET_ADMIN]', 'gateway says cap_add'],
    ['privileged: true', 'gateway says privileged'],
    ['pid: host', 'gateway says pid'],
    ['userns_mode: host', 'gateway says userns_mode'],
    ["security_opt: ['no-new-privileges:true', 'seccomp:unconfined']", 'gateway may gain privileges'],
    ["user: '0:0'", 'gateway runs as 0:0'],
    ['init: false', 'gateway reaps no process that it did not start'],
    ['logging: { driver: json-file }', 'gateway fills the disk with its log'],
    ["entrypoint: [nats-server, -m, '8222']", 'gateway shows everybody in its network who is connected'],
  ] as const) {
    const changed = text.replace('image: synod/gateway', `image: synod/gateway\n    ${more}`);
    expect(hardeningProblems(readCompose(changed))).toEqual([problem]);
  }
  for (const [from, to, problem] of [
    ['secrets-gateway:/secrets:ro', '/var/run/docker.sock:/var/run/docker.sock', 'gateway mounts /var/run/docker.sock'],
    ['secrets-gateway:/secrets:ro', '/:/host:ro', 'gateway mounts /:/host:ro'],
    ['secrets-gateway:/secrets:ro', 'secrets-cli:/secrets:ro', 'gateway mounts secrets-cli:/secrets:ro'],
    ['secrets-gateway:/secrets:ro', 'identities:/secrets:ro', 'gateway mounts identities:/secrets:ro'],
    ['SYNOD_HTTP_HOSTS: localhost,127.0.0.1,::1,gateway', "SYNOD_HTTP_HOSTS: '*'", 'gateway answers to any name'],
    ["GF_AUTH_ANONYMOUS_ENABLED: 'true'", "GF_AUTH_ANONYMOUS_ENABLED: 'true'\n      GF_AUTH_ANONYMOUS_ORG_ROLE: Admin", 'grafana lets everybody change it'], // prettier-ignore
    ['depends_on: [nats]', 'depends_on: [nats, jaeger]', 'raft-r1 waits for Jaeger'],
  ] as const) {
    expect(text).toContain(from);
    expect(hardeningProblems(readCompose(text.replaceAll(from, to))).join('\n')).toContain(problem);
  }
});

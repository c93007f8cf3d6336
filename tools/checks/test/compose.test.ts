import { settingsOfApps } from '@synod/service';
import { readCompose, toldInCompose } from '../src/compose/compose-file.js';
import { hardeningProblems } from '../src/compose/hardening.js';
import { programProblems } from '../src/compose/programs.js';
import { lifeProblems } from '../src/compose/staying-up.js';
import { volumeProblems } from '../src/compose/volumes.js';
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
test('each image of ours says how it is looked at', () => {
  expect(readText('Dockerfile')).toMatch(/^HEALTHCHECK .*\n +CMD \["node"/m);
});

test('members write to the folder that their volumes are mounted at', () => {
  expect(image['SYNOD_DATA']).toBe('/data');
});

/** Of everything but what services are told. */
function wrongs(text: string): readonly string[] {
  const file = readCompose(text);
  return [lifeProblems, volumeProblems, programProblems, hardeningProblems].flatMap((problemsOf) => problemsOf(file));
}

test('each service runs what it is for, stays, keeps what it writes, and may do no more than it needs', () => {
  expect(wrongs(readText('docker-compose.yml'))).toEqual([]);
});

function expectNoticed(from: string, to: string, problem: string): void {
  const text = readText('docker-compose.yml');
  expect(text).toContain(from);
  expect(wrongs(text.replace(from, () => to)).join('\n')).toContain(problem);
}

const broker = 'entrypoint: [nats-server, -c, /secrets/nats-server.conf]';
const steps = 'depends_on: { secrets: { condition: service_completed_successfully } }';
const healthz = "test: [CMD, wget, -q, --spider, 'http://127.0.0.1:8222/healthz']";

test.each([
  ["'127.0.0.1:${SYNOD_GATEWAY_PORT", "'${SYNOD_GATEWAY_PORT", 'gateway is published to others: "${SYNOD_GATEWAY_PORT'],
  ["'127.0.0.1:${SYNOD_JAEGER_PORT", "'0.0.0.0:${SYNOD_JAEGER_PORT", 'jaeger is published to others: "0.0.0.0:'],
  ['127.0.0.1:${SYNOD_GRAFANA_PORT:-3000}:3000', '3000', 'grafana is published to others: "3000"'],
  [broker, `${broker}\n    ports: ['127.0.0.1:4222:4222']`, 'nats publishes 4222, which is for services only'],
  [":16686']", ":16686', '127.0.0.1:4318:4318']", 'jaeger publishes 4318, which is for services only'],
  ['image: synod/raft-replica', "image: synod/raft-replica\n  ports: ['127.0.0.1:1:7400']", 'raft-r2 publishes 7400'],
])('of what is published, %s changed to %s is noticed', expectNoticed);

test.each([
  ['restart: unless-stopped', "restart: 'no'", 'raft-r1 is to be started again: no, not unless-stopped'],
  ["restart: 'no'", 'restart: always', 'identities is to be started again: always, not no'],
  ['restart: unless-stopped', '', 'nats is to be started again: undefined, not unless-stopped'],
  [healthz, 'test: [NONE]', 'nats is not looked at'],
  [healthz, 'test: [CMD, "true"]', 'nats is not looked at'],
  [healthz, 'test: [CMD-SHELL, "wget http://127.0.0.1:8222/healthz || exit 0"]', 'nats is not looked at'],
  [healthz, `${healthz}\n      disable: true`, 'nats is not looked at'],
  ["test: [CMD, wget, -q, --spider, 'http://127.0.0.1:13133/status']", '', 'jaeger is not looked at'],
  [
    'image: synod/gateway',
    'image: synod/gateway\n    healthcheck: { disable: true }',
    'gateway is not looked at as its image',
  ],
  [
    'image: synod/pbft-replica',
    'image: synod/pbft-replica\n  healthcheck: { retries: 9 }',
    'pbft-r2 is not looked at as',
  ],
  ['depends_on: [nats]', 'depends_on: [nats, jaeger]', 'raft-r1 waits for ["jaeger",{}]'],
  ['depends_on: [nats]', '', 'raft-r1 does not wait for nats'],
  [
    'depends_on: [nats]',
    'depends_on: { nats: { condition: service_healthy } }',
    'gateway waits for ["nats",{"condition"',
  ],
  ['image: synod/gateway', 'image: synod/gateway\n    depends_on: [nats, raft-r1]', 'gateway waits for ["raft-r1",{}]'],
  [steps, 'depends_on: [secrets]', 'nats does not wait for secrets'],
  ['profiles: [cli]', '', 'cli is started with all, not with cli'],
  [
    'image: synod/gateway',
    'image: synod/gateway\n    profiles: [metrics]',
    'gateway is started with metrics, not with all',
  ],
  ['image: jaegertracing', 'depends_on: [nats]\n    image: jaegertracing', 'jaeger waits for ["nats",{}]'],
])('of the life of services, %s changed to %s is noticed', expectNoticed);

test.each([
  [", 'raft-r2:/data'", '', 'raft-r2 keeps what it writes in no named volume: /data'],
  ['pbft-r3:/data', './pbft-r3:/data', 'pbft-r3 keeps what it writes in no named volume: ./pbft-r3:/data'],
  ["'pbft-r3:/data'", '{ type: tmpfs, target: /data }', 'pbft-r3 keeps what it writes in no named volume: /data'],
  ["'raft-r2:/data'", "'raft-r2:/data:ro'", 'raft-r2 keeps what it writes in no named volume: /data'],
  ["'raft-r2:/data'", "'raft-r1:/data'", 'raft-r2 mounts raft-r1:/data'],
  ['prometheus:/prometheus', '/prometheus', 'prometheus keeps what it writes in no named volume: /prometheus'],
  ['tmpfs: [/tmp]', 'tmpfs: [/tmp, /data]', 'raft-r1 keeps /data in memory, and loses it'],
  ['SYNOD_REPLICA: paxos-a1', 'SYNOD_REPLICA: paxos-a1\n      SYNOD_DATA: /tmp', 'paxos-a1 writes to /tmp'],
  ['\n  raft-r1:\n  raft-r2:', '\n  raft-r1: { driver_opts: { type: tmpfs, device: tmpfs } }\n  raft-r2:', 'the volume raft-r1 is another thing'], // prettier-ignore
  ['\n  grafana:\n  secrets', '\n  grafana: { driver_opts: { o: bind, type: none, device: / } }\n  secrets', 'the volume grafana is'], // prettier-ignore
  ['secrets-gateway:/secrets:ro', '/var/run/docker.sock:/var/run/docker.sock', 'gateway mounts /var/run/docker.sock'],
  ["'secrets-gateway:/secrets:ro'", "'/:/host:ro'", 'gateway mounts /:/host:ro'],
  ["'secrets-gateway:/secrets:ro'", "'secrets-cli:/secrets:ro'", 'gateway mounts secrets-cli:/secrets:ro'],
  ["'secrets-gateway:/secrets:ro'", "'identities:/secrets:ro'", 'gateway mounts identities:/secrets:ro'],
  ["'secrets-gateway:/secrets:ro'", "'secrets-gateway:/secrets'", 'gateway mounts secrets-gateway:/secrets'],
  ['grafana:/var/lib/grafana', 'secrets-cli:/var/lib/grafana', 'grafana mounts secrets-cli:/var/lib/grafana'],
  ["'identities:/identities'", "'/etc:/identities'", 'identities mounts /etc:/identities'],
])('of volumes, %s changed to %s is noticed', expectNoticed);

test.each([
  [broker, 'entrypoint: [nats-server]', 'nats runs without its configuration, or with more than that'],
  [broker, "entrypoint: [nats-server, -c, /secrets/nats-server.conf, -m, '8222']", 'or with more than that'],
  [broker, '', 'nats runs without its configuration'],
  [broker, `${broker}\n    command: [-m, '8222']`, 'nats runs its image with -m 8222'],
  ["user: '1000:1000'", '', 'nats cannot read its configuration, which belongs to 1000:1000'],
  ['image: synod/gateway', 'image: synod/gateway\n    command: [sleep]', 'gateway runs its image with sleep'],
  ['image: synod/paxos-acceptor', 'image: synod/paxos-acceptor\n  entrypoint: [node]', 'paxos-a3 runs node'],
  [
    'image: synod/cli\n    command: [keys, init, --keep',
    'image: synod/cli\n    command: [keys, init',
    'keys does not keep the keys',
  ],
  ['      - --keep\n', '', 'identities does not keep the keys that there are, nor who is revoked'],
  ['memory.max_traces=20000', 'memory.max_traces=2000000', 'jaeger keeps traces until its memory is full'],
  ["command: ['--set=extensions.jaeger_storage.backends.some_storage.memory.max_traces=20000']", '', 'jaeger keeps traces'], // prettier-ignore
  [', --storage.tsdb.retention.time=7d', '', 'prometheus keeps all that it ever measured'],
  [
    'retention.time=7d',
    'retention.time=7d, --web.enable-admin-api',
    'change what it has measured: --web.enable-admin-api',
  ],
  ["GF_AUTH_DISABLE_LOGIN_FORM: 'true'", '', 'grafana asks for the password that everybody knows'],
  [
    'GF_ANALYTICS_REPORTING',
    "GF_USERS_ALLOW_SIGN_UP: 'true'\n      GF_ANALYTICS_REPORTING",
    'grafana lets in by GF_USERS_ALLOW',
  ],
  [
    'GF_ANALYTICS_REPORTING',
    'GF_AUTH_ANONYMOUS_ORG_ROLE: Admin\n      GF_ANALYTICS_REPORTING',
    'grafana lets everybody change',
  ],
  ['SYNOD_HTTP_HOSTS: localhost,127.0.0.1,::1,gateway', "SYNOD_HTTP_HOSTS: '*'", 'gateway answers to any name'],
])('of what runs, %s changed to %s is noticed', expectNoticed);

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

test.each([
  ['read_only: true', '', 'raft-r1 may write to its root file system'],
  ['cap_drop: [ALL]', '', 'gateway keeps capabilities'],
  ["security_opt: ['no-new-privileges:true']", '', 'nats may gain privileges'],
  ['stop_grace_period: 15s', '', 'pbft-r1 is not given the time to hand over'],
  ["options: { max-size: 10m, max-file: '3' }", '', 'raft-r1 fills the disk with its log'],
  ["max-size: 10m, max-file: '3'", "max-size: 10g, max-file: '3'", 'raft-r1 fills the disk with its log'],
  ["max-size: 10m, max-file: '3'", 'max-size: 10m', 'raft-r1 fills the disk with its log'],
])('of what containers may do, %s changed to %s is noticed', expectNoticed);

test.each([
  ['cap_add: [NET_ADMIN]', 'gateway says cap_add'],
  ['privileged: true', 'gateway says privileged'],
  ['network_mode: host', 'gateway says network_mode'],
  ['pid: host', 'gateway says pid'],
  ['userns_mode: host', 'gateway says userns_mode'],
  ["security_opt: ['no-new-privileges:true', 'seccomp:unconfined']", 'gateway may gain privileges'],
  ["user: '0:0'", 'gateway runs as 0:0'],
  ['init: false', 'gateway reaps no process that it did not start'],
])('%s of a container is noticed', (more, problem) => {
  const changed = readText('docker-compose.yml').replace('image: synod/gateway', `image: synod/gateway\n    ${more}`);
  expect(wrongs(changed)).toEqual([problem]);
});

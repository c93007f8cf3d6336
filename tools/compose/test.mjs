// npm run test:compose: builds docker-compose.yml's images, starts it, and checks what people would. Some minutes.
//   npm run test:compose -- docker-compose    with that command rather than with `docker compose`
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { createProgress } from '../launcher/progress.mjs';
import { allHealthy, equal, failsOver, get, groups, hardened, oneTrace, ownSecretsOnly } from './checks.mjs';
import { put, readAndWritten, saved, stopped, survivesVoter } from './checks.mjs';
import { Services, engineVersion, findComposes, output } from './engine.mjs';

const images = ['raft-replica', 'paxos-proposer', 'paxos-acceptor', 'pbft-replica', 'gateway', 'cli'].map(
  (app) => `synod/${app}`,
);
const { stage } = createProgress();

async function main(asked) {
  const engine = await engineVersion();
  if (engine === undefined) return skip('no Docker Engine answers (docker version)');
  const composes = await findComposes();
  const chosen = asked ? composes.find(({ words }) => words.join(' ') === asked) : composes[0];
  if (chosen === undefined && asked)
    throw new Error(`there is no \`${asked}\` here: use \`docker compose\` or \`docker-compose\``);
  if (chosen === undefined) return skip('neither `docker compose` nor `docker-compose` is installed');
  console.log(`Docker Engine ${engine}, ${chosen.words.join(' ')} ${chosen.version}`);

  const [gatewayPort, jaegerPort] = [await freePort(), await freePort()];
  const ports = { SYNOD_GATEWAY_PORT: `${gatewayPort}`, SYNOD_JAEGER_PORT: `${jaegerPort}` };
  const services = new Services(chosen, `synod-test-${process.pid}`, ports);
  const where = { gateway: `http://127.0.0.1:${gatewayPort}`, jaeger: `http://127.0.0.1:${jaegerPort}` };
  for (const compose of composes) {
    const title = `${compose.words.join(' ')} ${compose.version} accepts the file`;
    const accept = () => new Services(compose, services.project, ports).compose(['config', '--quiet']);
    await stage(title, () => accept().then(() => undefined));
  }
  await stage('Build', () => build(services));
  process.once('SIGINT', () => void cleanUp(services).finally(() => process.exit(130)));
  try {
    await check(services, where);
  } catch (error) {
    console.error(await services.compose(['logs', '--tail=20']).catch(() => ''));
    throw error;
  } finally {
    await stage('Stop and remove', () => cleanUp(services));
  }
}

async function check(services, { gateway, jaeger }) {
  const start = () => stage('Start', () => services.compose(['up', '--detach'], 300_000).then(() => undefined));
  await start();
  await stage('Everything is healthy within a minute', () => allHealthy(services, 60).then(() => undefined));
  const promised = 'No root, no capabilities, nothing to write to but named volumes; started again; loopback only';
  await stage(promised, () => hardened(services));
  await stage('Nobody can read another one’s secrets', () => ownSecretsOnly(services));
  for (const group of Object.keys(groups)) await checkGroup(services, { gateway, jaeger }, group);
  await stage('Nothing needs Jaeger', async () => {
    await services.compose(['stop', 'jaeger']);
    for (const group of Object.keys(groups)) await put(gateway, group, 'without-jaeger', 'four');
    await services.compose(['start', 'jaeger']);
  });
  await stage('The broker is restarted', async () => {
    await services.compose(['restart', 'nats']);
    await allHealthy(services, 60);
    for (const group of Object.keys(groups)) await put(gateway, group, 'after-nats', 'five');
  });
  await stage('Everything stops in order', async () => {
    await services.compose(['stop']);
    await stopped(services);
    await services.compose(['down']);
  });
  await start();
  await stage('What was written is still there', async () => {
    await allHealthy(services, 60);
    const kept = {
      'by-gateway': 'one',
      'by-cli': 'two',
      'after-stop': 'stop',
      'after-kill': 'kill',
      'after-nats': 'five',
    };
    for (const group of Object.keys(groups)) {
      for (const [key, value] of Object.entries(kept)) assert.equal(await get(gateway, group, key), value);
      await equal(gateway, group);
    }
  });
}

async function checkGroup(services, { gateway, jaeger }, group) {
  const title = (what) => `${group}: ${what}`;
  await stage(title('writes and reads through gateway and command line'), () =>
    readAndWritten(services, gateway, group),
  );
  await stage(title('is saved into the volume for that'), () => saved(services, group));
  await stage(title('one put is one trace in Jaeger'), () => oneTrace(gateway, jaeger, group));
  await stage(title('the leader is stopped'), () => failsOver(services, gateway, group, 'stop', 'start'));
  await stage(title('the leader is killed'), () => failsOver(services, gateway, group, 'kill', 'start'));
  await stage(title('the leader is paused'), () => failsOver(services, gateway, group, 'pause', 'unpause'));
  await stage(title('one who votes is killed'), () => survivesVoter(services, gateway, group));
}

async function build(services) {
  await services.compose(['build'], 1_200_000);
  const sizes = await Promise.all(
    images.map((image) => output('docker', ['image', 'inspect', '-f', '{{.Size}}', image])),
  );
  return { detail: images.map((image, index) => `${image} ${Math.round(sizes[index] / 1e6)} MB`).join(', ') };
}

function cleanUp(services) {
  return services.compose(['down', '--volumes', '--remove-orphans']).then(() => undefined);
}

function skip(why) {
  console.log(`SKIPPED: ${why}. Nothing of docker-compose.yml has been tested.`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

main(process.argv[2]).catch((error) => {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
});

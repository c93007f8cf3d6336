import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

/** Of each group who answers clients, who has a disk that every write waits for, and how its leaderships are called and written. */
export const groups = {
  raft: {
    answering: ['raft-r1', 'raft-r2', 'raft-r3'],
    voters: ['raft-r1', 'raft-r2', 'raft-r3'],
    era: 'term',
    form: /^\d+$/,
  },
  paxos: {
    answering: ['paxos-p1', 'paxos-p2', 'paxos-p3'],
    voters: ['paxos-a1', 'paxos-a2', 'paxos-a3'],
    era: 'ballot',
    form: /^\d+\.\d+$/,
  },
  pbft: {
    answering: ['pbft-r1', 'pbft-r2', 'pbft-r3', 'pbft-r4'],
    voters: ['pbft-r1', 'pbft-r2', 'pbft-r3', 'pbft-r4'],
    era: 'view',
    form: /^\d+$/,
  },
};
const members = [...new Set(Object.values(groups).flatMap(({ answering, voters }) => [...answering, ...voters]))];
const once = ['identities', 'keys', 'secrets'];
const running = ['nats', ...members, 'gateway', 'jaeger'];

/** Asks until the answer is not undefined; says after `seconds` what was still wrong. */
export async function eventually(what, seconds, ask) {
  let problem = 'it has not come';
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await delay(300)) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      problem = error.message;
    }
  }
  throw new Error(`${what}: not within ${seconds} s: ${problem}`);
}

export function allHealthy(services, seconds) {
  return eventually('every service is healthy', seconds, async () => {
    const containers = await services.containers();
    const wrong = running.map((name) => [name, illness(containers.get(name))]).filter(([, illness]) => illness);
    assert.ok(wrong.length === 0, wrong.map((pair) => pair.join(': ')).join('; '));
    return true;
  });
}

function illness(container) {
  if (container === undefined) return 'has no container';
  const { Status: status, Health: health } = container.State;
  if (health?.Status === 'healthy') return undefined;
  return `${status}, ${health?.Status}, ${health?.Log?.at(-1)?.Output.trim() || 'not asked yet'}`;
}

/** As docker-compose.yml promises of each: rights, restart, health check, data, ports. */
export async function hardened(services) {
  const containers = await services.containers();
  for (const name of [...once, ...running]) {
    const { Config, HostConfig, Mounts, NetworkSettings } = containers.get(name);
    assert.ok(!['', '0', 'root'].includes(Config.User.split(':')[0]), `${name} runs as root`);
    assert.ok(HostConfig.ReadonlyRootfs, `${name} may write to its root file system`);
    assert.deepEqual(HostConfig.CapDrop, ['ALL'], `${name} keeps capabilities`);
    assert.ok(HostConfig.SecurityOpt.includes('no-new-privileges:true'), `${name} may get new privileges`);
    assert.ok(HostConfig.Init, `${name} has no init`);
    for (const label of ['title', 'description', 'licenses', 'version', 'revision', 'base.name']) {
      const says = !Config.Image.startsWith('synod/') || Config.Labels[`org.opencontainers.image.${label}`];
      assert.ok(says, `the image of ${name} does not say its ${label}`);
    }
    assert.equal(Config.StopTimeout, 15, `${name} has no time to stop`);
    const policy = once.includes(name) ? 'no' : 'unless-stopped';
    assert.equal(HostConfig.RestartPolicy.Name || 'no', policy, `when ${name} is started again`);
    assert.ok(once.includes(name) || Config.Healthcheck?.Test?.length > 1, `nobody looks whether ${name} is well`);
    if (members.includes(name))
      assert.equal(dataOf(Mounts), `volume ${services.project}_${name}`, `what ${name} writes to`);
    for (const { HostIp } of Object.values(NetworkSettings.Ports ?? {}).flatMap((bindings) => bindings ?? [])) {
      assert.equal(HostIp, '127.0.0.1', `${name} is published to others than this machine`);
    }
  }
  for (const name of once) assert.equal(containers.get(name).State.ExitCode, 0);
  return { detail: `${running.length + once.length} containers` };
}

function dataOf(mounts) {
  const { Type, Name } = mounts.find(({ Destination }) => Destination === '/data') ?? {};
  return `${Type} ${Name}`;
}

/** Of each service that stays, the secrets that it is given: its own, and public keys. */
const handedOut = {
  nats: ['nats-server.conf'],
  gateway: ['credentials.json', 'keys/pbft/group.json', 'keys/pbft/user-gateway.key', 'registration.json'],
  jaeger: [],
  ...Object.fromEntries(
    members.map((name) => {
      const keys = groups.pbft.voters.includes(name) ? ['group.json', 'replica.key'] : [];
      return [name, ['credentials.json', 'registration.json', ...keys].sort()];
    }),
  ),
};

/** Nobody mounts what another one's secrets are in, and what it mounts holds its own. */
export async function ownSecretsOnly(services) {
  const containers = await services.containers();
  for (const [name, files] of Object.entries(handedOut)) {
    const mounts = containers.get(name).Mounts.filter(({ Type }) => Type === 'volume');
    const secret = mounts.filter(({ Destination }) => Destination !== '/data');
    const volumes = secret.map(
      ({ Name, Destination, RW }) => `${Name} at ${Destination}, ${RW ? 'to write' : 'to read'}`,
    );
    const own = files.length > 0 ? [`${services.project}_secrets-${name} at /secrets, to read`] : [];
    assert.deepEqual(volumes, own, `${name} mounts more than its own secrets`);
    if (files.length > 0) await holds(services, name, files);
  }
  return { detail: `${Object.keys(handedOut).length} services` };
}

async function holds(services, name, files) {
  const within = (...command) => services.compose(['exec', '-T', name, ...command]);
  const found = (await within('find', '/secrets', '-type', 'f')).split('\n').map((line) => line.trim());
  const shown = found.filter(Boolean).map((path) => path.replace('/secrets/', ''));
  assert.deepEqual(shown.sort(), files, `what ${name} finds in /secrets`);
  if (!files.includes('credentials.json')) return;
  const userIn = async (file) => JSON.parse(await within('cat', `/secrets/${file}`)).user;
  assert.equal(await userIn('credentials.json'), name);
  assert.equal(await userIn('registration.json'), `srv-${name}`);
}

/** Whoever writes or serves ended by itself, within its time to stop. Some brokers end with 1 when they are told to. */
export async function stopped(services) {
  const containers = await services.containers();
  for (const name of [...members, 'gateway', 'jaeger']) {
    assert.equal(containers.get(name).State.ExitCode, 0, `${name} did not stop by itself`);
  }
}

/** A write through the gateway: the id of its trace. */
export async function put(gateway, group, key, value) {
  const traceId = randomBytes(16).toString('hex');
  const answer = await fetch(`${gateway}/v1/groups/${group}/kv/${key}`, {
    method: 'PUT',
    body: value,
    headers: { traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01` },
    signal: AbortSignal.timeout(10_000),
  });
  const text = await answer.text();
  assert.ok(answer.ok, `PUT ${key} in ${group}: ${answer.status} ${text}`);
  const { era, form } = groups[group];
  assert.match(String(JSON.parse(text)[era]), form, `PUT ${key} in ${group} answers without its ${era}: ${text}`);
  return traceId;
}

export async function get(gateway, group, key) {
  const answer = await fetch(`${gateway}/v1/groups/${group}/kv/${key}`, { signal: AbortSignal.timeout(10_000) });
  const text = await answer.text();
  assert.ok(answer.ok, `GET ${key} in ${group}: ${answer.status} ${text}`);
  return text;
}

export async function status(gateway, group) {
  const answer = await fetch(`${gateway}/v1/groups/${group}/status`, { signal: AbortSignal.timeout(10_000) });
  assert.ok(answer.ok, `status of ${group}: ${answer.status}`);
  return answer.json();
}

export async function readAndWritten(services, gateway, group) {
  await put(gateway, group, 'by-gateway', 'one');
  assert.equal(await services.cli('get', 'by-gateway', '--group', group), 'one');
  await services.cli('put', 'by-cli', 'two', '--group', group);
  assert.equal(await get(gateway, group, 'by-cli'), 'two');
  const { leader } = JSON.parse(await services.cli('status', '--group', group, '--json'));
  assert.equal(leader, (await status(gateway, group)).leader);
}

/** The command line has a place for what it saves, which stays there. */
export async function saved(services, group) {
  const file = `${group}.synod`;
  await services.cli('snapshot', 'save', file, '--group', group);
  assert.match(await services.cli('snapshot', 'status', file), new RegExp(`group ${group} of cluster local`));
}

/** One put is one trace, with the gateway, the leader, every voter, and a sync of each of these. */
export async function oneTrace(gateway, jaeger, group) {
  const { voters } = groups[group];
  const traceId = await put(gateway, group, 'traced', 'three');
  const { leader } = await status(gateway, group);
  const { seen, spans } = await eventually(`Jaeger has all of trace ${traceId}`, 20, async () => {
    const answer = await fetch(`${jaeger}/api/traces/${traceId}`, { signal: AbortSignal.timeout(5_000) });
    assert.ok(answer.ok, `Jaeger answers ${answer.status}`);
    const trace = (await answer.json()).data[0];
    const spans = trace.spans.map((span) => ({ ...span, service: trace.processes[span.processID].serviceName }));
    const of = (operation) =>
      new Set(spans.filter((span) => span.operationName === operation).map((span) => span.service));
    const seen = new Set(spans.map((span) => span.service));
    for (const name of ['gateway', leader, ...voters]) assert.ok(seen.has(name), `no span of ${name}`);
    for (const name of voters) assert.ok(of('journal.sync').has(name), `no journal.sync of ${name}`);
    assert.deepEqual([...of(`${group}.round`)], [leader], 'the round is the leader’s');
    return { seen, spans };
  });
  const completedBy = spans
    .filter((span) => span.operationName === `${group}.round`)
    .flatMap((span) => span.tags)
    .find((tag) => tag.key === 'synod.quorum.completed_by')?.value;
  assert.ok(voters.includes(completedBy), `who completed the quorum: ${completedBy}`);
  return { detail: `${spans.length} spans of ${[...seen].sort().join(', ')}; quorum by ${completedBy}` };
}

/** The leader goes, by `how`; another leads; it comes back, by `back`, and has what it missed. */
export async function failsOver(services, gateway, group, how, back) {
  const { leader: before, ...old } = await status(gateway, group);
  await services.takeAway(how, before);
  const started = Date.now();
  await eventually(`a write after ${how} ${before}`, 20, () => put(gateway, group, `after-${how}`, how));
  const tookMs = Date.now() - started;
  const { leader: after, ...newer } = await status(gateway, group);
  const { era } = groups[group];
  const rises = eraOf(newer[era]) > eraOf(old[era]);
  assert.ok(after !== before && rises, `${after} leads ${era} ${newer[era]} after ${before} in ${era} ${old[era]}`);
  await services.compose([back, before]);
  await allHealthy(services, 60);
  await equal(gateway, group);
  return { detail: `${before} → ${after}; written ${tookMs} ms after the command ended` };
}

/** Terms are numbers; ballots are told as people read them: `3.1` is round 3 of proposer 1. */
function eraOf(era) {
  const [round, proposer = 0] = String(era).split('.').map(Number);
  return round * 64 + proposer;
}

/** A minority of those who vote is away: the group goes on, and has them back. */
export async function survivesVoter(services, gateway, group) {
  const [victim] = groups[group].voters;
  await services.takeAway('kill', victim);
  await put(gateway, group, 'after-voter', 'killed');
  await services.compose(['start', victim]);
  await allHealthy(services, 60);
  return { detail: victim };
}

/** All who answer clients are there and have applied the same. */
export function equal(gateway, group) {
  const { answering } = groups[group];
  return eventually(`equal states of ${group}`, 20, async () => {
    const rows = (await status(gateway, group)).replicas.filter(({ replica }) => answering.includes(replica));
    assert.equal(rows.filter(({ up }) => up).length, answering.length, 'not all replicas answer');
    assert.equal(new Set(rows.map(({ stateHash }) => stateHash)).size, 1, 'state hashes differ');
    return true;
  });
}

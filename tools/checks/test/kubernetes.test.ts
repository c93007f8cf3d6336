import { settingsOfApps } from '@synod/service';
import { protocols } from '@synod/topology';
import { environmentProblems, imageEnvironment, missingFiles, toldIn } from '../src/kubernetes/environment.js';
import { softSpots } from '../src/kubernetes/hardening.js';
import { manifestsBelow, matches, objectsOf, readKustomization, workloadsOf } from '../src/kubernetes/manifests.js';
import type { Manifest, Selector } from '../src/kubernetes/manifests.js';
import { doorsOf, mayConnect, mayEnter } from '../src/kubernetes/network.js';
import { losses } from '../src/kubernetes/keeping.js';
import { brokenReferences, secretsOf } from '../src/kubernetes/references.js';
import { rendered, renderers } from '../src/kubernetes/rendering.js';
import { schemaProblems } from '../src/kubernetes/schema.js';
import { downfalls } from '../src/kubernetes/staying-up.js';
import { readJson, readText } from '../src/workspace.js';

const folder = 'deploy/kubernetes';
const secrets = secretsOf(readKustomization(`${folder}/secrets`));
const image = imageEnvironment(readText('Dockerfile'));
const base = objectsOf(`${folder}/base`);

/** The base as it is written, and what the renderers of this machine make of everything. */
const sets: (readonly [string, readonly Manifest[]])[] = [
  ['base, as it is written', base],
  ...renderers().flatMap((renderer) =>
    ['base', 'overlays/local', 'overlays/production'].map(
      (name) => [`${name}, rendered by ${renderer.join(' ')}`, rendered(renderer, `${folder}/${name}`)] as const,
    ),
  ),
];
if (sets.length === 1) console.warn('SKIPPED: neither kubectl nor kustomize is here, so no overlay is rendered');

const titled = (objects: readonly Manifest[]) =>
  objects.map((object) => [`${object.kind} ${object.metadata.name}`, object] as const);

test('every document is what the API takes', () => {
  const documents = [...manifestsBelow(folder)];
  expect(documents.length).toBeGreaterThan(10);
  expect(schemaProblems(documents.flatMap(([path, all]) => all.map((one) => [path, one] as const)))).toEqual([]);
});

describe.each(sets)('%s', (name, objects) => {
  test('has the form that the API takes', () => {
    expect(schemaProblems(titled(objects))).toEqual([]);
  });

  test('refers to nothing that is not there', () => {
    expect(brokenReferences(objects, secrets)).toEqual([]);
    expect(missingFiles(objects, secrets)).toEqual([]);
  });

  test('restarts no pod that is well, finds each while it starts, and loses no two at once', () => {
    const isOneMachine = name.startsWith('overlays/local');
    expect(downfalls(objects).filter((problem) => !isOneMachine || !problem.endsWith('on one machine'))).toEqual([]);
  });

  test('gives no pod more than it needs', () => {
    expect(softSpots(objects)).toEqual([]);
  });

  test('tells each service what it reads, and nothing that it would refuse', () => {
    const told = toldIn(objects);
    expect(new Set(told.map(({ app }) => app))).toEqual(new Set(Object.keys(settingsOfApps)));
    expect(told.flatMap((one) => environmentProblems(one, settingsOfApps, image))).toEqual([]);
  });

  test('names as members the pods that there are', () => {
    const told = toldIn(objects);
    for (const roles of Object.values(protocols)) {
      for (const { app, variable } of roles) {
        const members = told.filter((one) => one.app === app).map(({ environment }) => environment['SYNOD_REPLICA']);
        const apps: readonly string[] = roles.map((role) => role.app);
        const lists = told.filter((one) => apps.includes(one.app)).map(({ environment }) => environment[variable]);
        expect(members.length).toBeGreaterThan(0);
        expect([...new Set(lists)]).toEqual([members.join(',')]);
      }
    }
  });

  test('lets at most one pod of each kind be away', () => {
    const budgets = objects.filter(({ kind }) => kind === 'PodDisruptionBudget').map(({ spec }) => spec!);
    for (const { name, labels } of workloadsOf(objects)) {
      const own = budgets.filter(({ selector }) => matches(selector as Selector, labels));
      expect([name, own.map((one) => (one as { maxUnavailable?: unknown }).maxUnavailable)]).toEqual([name, [1]]);
    }
  });

  test('connects whom it must, and nobody else', () => {
    const members = workloadsOf(objects).filter(({ name }) => !['nats', 'gateway'].includes(name));
    for (const { name } of members) {
      expect([name, mayConnect(objects, name, 'nats', 'client')]).toEqual([name, true]);
      expect([name, mayConnect(objects, name, 'nats', 'routes')]).toEqual([name, false]);
      expect([name, mayConnect(objects, name, 'gateway', 'http')]).toEqual([name, false]);
      expect([name, mayConnect(objects, 'nats', name, 'http')]).toEqual([name, false]);
      for (const other of members) expect(mayConnect(objects, name, other.name, 'http')).toBe(false);
    }
    expect(mayConnect(objects, 'gateway', 'nats', 'client')).toBe(true);
    expect(mayConnect(objects, 'nats', 'nats', 'routes')).toBe(true);
    expect(mayConnect(objects, 'nats', 'gateway', 'http')).toBe(false);
  });

  test('opens these doors and no other', () => {
    expect([...doorsOf(objects)].sort()).toEqual([
      'dns.53,53 > all in metadata.name=kube-system',
      'gateway.http < gateway-client=true in any namespace',
      'nats.client < component In member,gateway here | synod-client=true in any namespace',
      'nats.routes < name=nats here',
      'nats.routes > name=nats here',
      'observability.4318 > all in metadata.name=observability',
      'observability.http < all in metadata.name=observability',
      'services.client > name=nats here',
      'traces.16686 > all in metadata.name=observability',
    ]);
    const { spec } = objects.find(
      ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'default-deny',
    )!;
    expect(spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  test('runs what it is for, and keeps what members write', () => {
    expect(losses(objects)).toEqual([]);
  });

  test('brings a caller of the gateway back to the same one', () => {
    const door = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === 'gateway')!;
    expect(door.spec!.sessionAffinity).toBe('ClientIP');
  });

  test('lets applications of other namespaces in by their labels, and a collector to where metrics are', () => {
    const pod = (labels: object, namespace = 'shop') => ({
      labels: labels as Readonly<Record<string, string>>,
      namespace: { 'kubernetes.io/metadata.name': namespace },
    });
    const [client, caller] = [{ 'synod-client': 'true' }, { 'gateway-client': 'true' }];
    const enters = (from: ReturnType<typeof pod>, ...to: readonly [string, string]) => mayEnter(objects, from, ...to);
    expect(enters(pod(client), 'nats', 'client')).toBe(true);
    expect(enters(pod(client), 'nats', 'routes')).toBe(false);
    expect(enters(pod(client), 'gateway', 'http')).toBe(false);
    expect(enters(pod(caller), 'gateway', 'http')).toBe(true);
    expect(enters(pod(caller), 'nats', 'client')).toBe(false);
    expect(enters(pod({}), 'nats', 'client')).toBe(false);
    expect(enters(pod({}), 'gateway', 'http')).toBe(false);
    for (const { name } of workloadsOf(objects).filter(
      ({ labels }) => labels['app.kubernetes.io/component'] === 'member',
    )) {
      expect(enters(pod(client), name, 'http')).toBe(false);
      expect(enters(pod({}, 'observability'), name, 'http')).toBe(true);
    }
  });

  test('points services at servers of NATS that there are', () => {
    const { pods } = workloadsOf(objects).find(({ name }) => name === 'nats')!;
    const servers = pods.map((pod) => `nats://${pod}.nats:4222`);
    for (const { environment } of toldIn(objects)) expect(environment['SYNOD_NATS_URL']!.split(',')).toEqual(servers);
  });
});

test('nothing is run that is some version or other, and namespaces take restricted pods only', () => {
  for (const [, objects] of sets) {
    for (const { pod } of workloadsOf(objects)) {
      for (const { image } of pod.containers) expect(image).not.toMatch(/:latest$/);
    }
    for (const { kind, metadata } of objects) {
      if (kind === 'Namespace') expect(metadata.labels).toEqual({ 'pod-security.kubernetes.io/enforce': 'restricted' });
    }
  }
  for (const folder of ['base', 'overlays/production', 'overlays/local']) {
    for (const { name, newTag } of readKustomization(`deploy/kubernetes/${folder}`).images ?? []) {
      expect([folder, name, newTag]).toEqual([folder, name, expect.stringMatching(/^\d+\.\d+/)]);
    }
  }
});

test('the release is that of the packages', () => {
  const { version } = readJson<{ version: string }>('package.json');
  for (const name of ['base', 'overlays/production']) {
    const own = readKustomization(`${folder}/${name}`).images!.filter((one) => one.name.startsWith('synod/'));
    expect(own.map(({ newTag }) => newTag)).toEqual(Array(Object.keys(settingsOfApps).length).fill(version));
  }
});

test('members of PBFT differ in nothing but their names', () => {
  const texts = [0, 1, 2, 3].map((i) =>
    readText(`${folder}/base/pbft-replica-${i}.yaml`).replaceAll(`replica-${i}`, 'it'),
  );
  expect(new Set(texts).size).toBe(1);
});

/** What is wrong with `KEY=FILE` of a Secret: whose it is, both say. */
function foreign(secret: string, entry: string): boolean {
  const [key = '', file = ''] = entry.split('=');
  const [name = '', from = ''] = [key, file].map((path) => path.slice(path.lastIndexOf('/') + 1));
  if (from === 'group.json' || from === 'tokens.json') return false;
  const owner = /^(?:srv-|user-)?([a-z0-9-]+)\.(?:json|conf|key)$/.exec(from.replace('replica-pbft-', 'pbft-'))?.[1];
  return owner !== secret && name !== from;
}

test('each Secret holds what its own service is known by, and nobody else’s', () => {
  const { secretGenerator = [] } = readKustomization(`${folder}/secrets`);
  const strange = (all: typeof secretGenerator) =>
    all.flatMap(({ name, files }) => files.filter((entry) => foreign(name, entry)).map((entry) => `${name}: ${entry}`));
  expect(strange(secretGenerator)).toEqual([]);
  for (const [from, to] of [
    ['replica-pbft-replica-1.key', 'replica-pbft-replica-2.key'],
    ['credentials/raft-replica-1.json', 'credentials/raft-replica-0.json'],
    ['servers/nats-1.conf', 'servers/nats-0.conf'],
    ['credentials/gateway.json', 'credentials/pbft-replica-0.json'],
  ] as const) {
    const text = JSON.stringify(secretGenerator);
    expect(text).toContain(from);
    expect(strange(JSON.parse(text.replace(from, to)) as typeof secretGenerator)).toHaveLength(1);
  }
});

test('a gateway that listens without TLS asks for tokens, services alone read their files, and PBFT waits for who upgrades it', () => {
  const text = JSON.stringify(base);
  expect(readText(`${folder}/base/gateway.env`)).toContain('SYNOD_GATEWAY_INSECURE=1');
  expect(text).toContain('{"name":"SYNOD_GATEWAY_TOKENS_FILE","value":"/secrets/tokens.json"}');
  const modes = [...text.matchAll(/"defaultMode":(\d+)/g)].map(([, mode]) => Number(mode));
  expect(modes.length).toBeGreaterThan(5);
  expect(new Set(modes)).toEqual(new Set([0o440]));
  const pbft = base.filter(({ kind, metadata }) => kind === 'StatefulSet' && metadata.name.startsWith('pbft-'));
  expect(pbft.map(({ spec }) => (spec as { readonly updateStrategy?: object }).updateStrategy)).toEqual(
    Array(4).fill({ type: 'OnDelete' }),
  );
});

/** The base when its text, as JSON, is another one. */
function changed(from: string, to: string): readonly Manifest[] {
  const text = JSON.stringify(base);
  expect(text).toContain(from);
  return JSON.parse(text.replace(from, to)) as readonly Manifest[];
}

test.each([
  ['"replicas":3', '"replica":3', `'"replica"' does not exist`],
  ['"replicas":2', '"replicas":"2"', "'string' is not assignable to type 'number'"],
  ['"command":["nats-server"', '"comand":["nats-server"', `'"comand"' does not exist`],
  ['"policy/v1"', '"policy/v1beta1"', 'Cannot find module'],
])('of the form, %s changed to %s is noticed', (from, to, problem) => {
  expect(schemaProblems(titled(changed(from, to)))).toEqual([expect.stringContaining(problem)]);
});

test('Secrets that were given the hash of what is in them would be others than pods name', () => {
  const hashed = secretsOf({ ...readKustomization(`${folder}/secrets`), generatorOptions: {} });
  expect(brokenReferences(base, hashed)).toContain('gateway reads the Secret gateway, which nothing makes');
});

function problemsOf(from: string, to: string): string[] {
  const objects = changed(from, to);
  const told = toldIn(objects).flatMap((one) => environmentProblems(one, settingsOfApps, image));
  const references = [...brokenReferences(objects, secrets), ...missingFiles(objects, secrets)];
  return [...references, ...softSpots(objects), ...downfalls(objects), ...told];
}

test.each([
  ['"serviceName":"raft-replica"', '"serviceName":"raft"', 'names the service raft, which is not there'],
  ['"clusterIP":"None",', '', 'is not headless'],
  ['"name":"paxos"}', '"name":"paxo"}', 'reads the ConfigMap paxo, which is not there'],
  ['"secretName":"gateway"', '"secretName":"door"', 'reads the Secret door, which nothing makes'],
  ['"key":"credentials.json"', '"key":"credential.json"', 'the Secret gateway has no credential.json'],
  ['srv-$(SYNOD_REPLICA).json', 'srv$(SYNOD_REPLICA).json', 'has no srvraft-replica-0.json'],
  ['{"name":"data","mountPath":"/data"}', '{"name":"date","mountPath":"/data"}', 'mounts date, which is no volume'],
  ['{"path":"/livez","port":"http"}', '{"path":"/livez","port":"web"}', 'its startupProbe asks port web'],
  ['"targetPort":"routes"', '"targetPort":"route"', 'its pods have no port route'],
  ['"/data/synod"', '"/date/synod"', 'raft-replica-0: nothing is at SYNOD_DATA=/date/synod'],
  ['"/secrets/replica.key"', '"/secrets/secret.key"', 'nothing is at SYNOD_SECRET_KEY_FILE=/secrets/secret.key'],
  [
    '"livenessProbe":{"httpGet":{"path":"/livez"',
    '"livenessProbe":{"httpGet":{"path":"/readyz"',
    'has the livenessProbe /readyz',
  ],
  [
    '"readinessProbe":{"httpGet":{"path":"/readyz"',
    '"readinessProbe":{"httpGet":{"path":"/livez"',
    'has the readinessProbe /livez',
  ],
  ['"podManagementPolicy":"Parallel",', '', 'starts one pod when the one before is ready'],
  ['"publishNotReadyAddresses":true,', '', 'has no names before it is ready'],
  [
    '"labelSelector":{"matchLabels":{"app.kubernetes.io/name":"raft-replica"',
    '"labelSelector":{"matchLabels":{"app.kubernetes.io/name":"gateway"',
    'may have two pods on one machine',
  ],
  ['"runAsNonRoot":true', '"runAsNonRoot":false', 'may run as root'],
  ['"readOnlyRootFilesystem":true', '"readOnlyRootFilesystem":false', 'may write to its root file system'],
  ['"drop":["ALL"]', '"drop":[]', 'keeps capabilities'],
  ['"drop":["ALL"]', '"drop":["ALL"],"add":["NET_ADMIN"]', 'keeps capabilities'],
  ['"readOnlyRootFilesystem":true', '"readOnlyRootFilesystem":true,"privileged":true', 'says privileged'],
  ['"containers":[', '"hostNetwork":true,"containers":[', 'says hostNetwork'],
  ['"secret":{"secretName":"gateway"', '"hostPath":{"path":"/etc"},"secret":{"secretName":"gateway"', 'says hostPath'], // prettier-ignore
  ['"subPathExpr":"$(POD_NAME).conf"', '"readOnly":true', 'nats shows each pod the secrets of the others in /secrets/nats'], // prettier-ignore
  ['"clusterIP":"None",', '"type":"LoadBalancer",', 'is published by a LoadBalancer'],
  ['"clusterIP":"None",', '"clusterIP":"None","externalIPs":["192.0.2.1"],', 'says externalIPs'],
  ['"containerPort":7400', '"containerPort":7400,"hostPort":7400', 'says hostPort'],
  ['"containers":[', '"initContainers":[{"name":"i","image":"i"}],"containers":[', 'says initContainers'],
  ['"containers":[', '"shareProcessNamespace":true,"containers":[', 'says shareProcessNamespace'],
  ['"readOnlyRootFilesystem":true', '"readOnlyRootFilesystem":true,"runAsUser":0', 'says runAsUser'],
  ['"fsGroup":1000,', '', 'cannot read its secrets, nor write to its volume'],
  ['"limits":{"memory"', '"limits":{"cpu":"100m","memory"', 'says cpu'],
  ['"type":"RollingUpdate"', '"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":3}', 'says rollingUpdate'],
  [
    '"podManagementPolicy"',
    '"persistentVolumeClaimRetentionPolicy":{"whenScaled":"Delete"},"podManagementPolicy"',
    'says persistentVolumeClaimRetentionPolicy',
  ],
  ['"maxUnavailable":0', '"maxUnavailable":"100%"', 'may be updated 100% at once'],
  ['"minReadySeconds":10', '"minReadySeconds":0', 'is updated before the last one has caught up'],
  ['"topologyKey":"kubernetes.io/hostname"', '"topologyKey":"kubernetes.io/os"', 'may have two pods on one machine'],
  [
    '"livenessProbe":{"httpGet":{"path":"/livez","port":"http"},"periodSeconds":10',
    '"livenessProbe":{"httpGet":{"path":"/livez","port":"http"},"periodSeconds":1',
    'is restarted for being busy',
  ],
  ['"ingress":[{"from":[', '"ingress":[{"from":[{"ipBlock":{"cidr":"0.0.0.0/0"}},', 'lets 0.0.0.0/0 in'],
  ['"automountServiceAccountToken":false', '"automountServiceAccountToken":true', 'has a token'],
  ['"SYNOD_TIMING":"wan"', '"SYNOD_TIMINGS":"wan"', 'raft-replica does not read SYNOD_TIMINGS'],
  ['"SYNOD_TIMING":"wan"', '"SYNOD_TIMING":"slow"', 'SYNOD_TIMING="slow": must be one of local, wan'],
  ['"SYNOD_GROUPS":"raft,paxos,pbft"', '"SYNOD_LOG_LEVEL":"info"', 'SYNOD_GROUPS is not set'],
])('%s changed to %s is noticed', (from, to, problem) => {
  expect(problemsOf(from, to).join('\n')).toContain(problem);
});

test.each(['Pod', 'Ingress', 'CronJob', 'DaemonSet', 'ClusterRoleBinding'])('a %s is noticed', (kind) => {
  const object: Manifest = { apiVersion: 'v1', kind, metadata: { name: 'another' }, spec: {} };
  expect(softSpots([...base, object])).toEqual([`another is of a kind that nobody looks at: ${kind}`]);
});

test('without its policies a namespace is open', () => {
  const open = base.filter(({ kind, metadata }) => kind !== 'NetworkPolicy' || metadata.name === 'services');
  expect(mayConnect(open, 'raft-replica', 'gateway', 'http')).toBe(false);
  expect(mayConnect(open, 'nats', 'raft-replica', 'http')).toBe(true);
});

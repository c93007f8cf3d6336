import { matches, workloadsOf } from './manifests.js';
import type { Container, Kustomization, Labels, Manifest, Mount, Selector, Workload } from './manifests.js';

/** The keys of each Secret by its name, which is the one that it is given here, or has the hash of what is in it. */
export type Secrets = ReadonlyMap<string, ReadonlySet<string>>;

export function secretsOf({ secretGenerator = [], generatorOptions }: Kustomization): Secrets {
  const hash = generatorOptions?.disableNameSuffixHash === true ? '' : '-HASH';
  return new Map(
    secretGenerator.map(({ name, files }) => [
      name + hash,
      new Set(files.map((file) => file.slice(0, file.indexOf('=')))),
    ]),
  );
}

/** All that one object says of another which is not so. */
export function brokenReferences(objects: readonly Manifest[], secrets: Secrets): string[] {
  const workloads = workloadsOf(objects);
  const named = (kind: string) =>
    new Map(objects.filter((one) => one.kind === kind).map((one) => [one.metadata.name, one]));
  return [
    ...workloads.flatMap((workload) => [
      ...selectionProblems(workload),
      ...serviceProblems(workload, named('Service')),
      ...configMapProblems(workload, new Set(named('ConfigMap').keys())),
      ...volumeProblems(workload, secrets),
      ...probeProblems(workload),
    ]),
    ...objects.flatMap((object) => aboutPodsProblems(object, workloads)),
  ];
}

function selectionProblems({ name, spec, labels }: Workload): string[] {
  return matches(spec.selector as Selector, labels) ? [] : [`${name} selects other pods than its own`];
}

function serviceProblems({ name, kind, spec, labels }: Workload, services: ReadonlyMap<string, Manifest>): string[] {
  if (kind !== 'StatefulSet') return [];
  const service = services.get(spec.serviceName ?? '')?.spec;
  if (service === undefined) return [`${name} names the service ${spec.serviceName}, which is not there`];
  if (service.clusterIP !== 'None') return [`${name}: its service ${spec.serviceName} is not headless`];
  return matches({ matchLabels: service.selector as Labels }, labels)
    ? []
    : [`${name}: its service ${spec.serviceName} selects other pods`];
}

function configMapProblems({ name, pod }: Workload, maps: ReadonlySet<string>): string[] {
  const used = pod.containers.flatMap(({ envFrom = [] }) => envFrom.map(({ configMapRef }) => configMapRef.name));
  return used.filter((map) => !maps.has(map)).map((map) => `${name} reads the ConfigMap ${map}, which is not there`);
}

function volumeProblems(workload: Workload, secrets: Secrets): string[] {
  const { name, pod, spec } = workload;
  const claimed = (spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata.name);
  const there = [...claimed, ...(pod.volumes ?? []).map((volume) => volume.name)];
  const mounts = pod.containers.flatMap(({ volumeMounts = [] }) => volumeMounts);
  const unknown = mounts.filter((mount) => !there.includes(mount.name));
  const unused = there.filter((volume) => !mounts.some((mount) => mount.name === volume));
  return [
    ...unknown.map((mount) => `${name} mounts ${mount.name}, which is no volume of it`),
    ...unused.map((volume) => `${name} has a volume ${volume} that nothing mounts`),
    ...secretProblems(workload, mounts, secrets),
  ];
}

function secretProblems({ name, pod, pods }: Workload, mounts: readonly Mount[], secrets: Secrets): string[] {
  return (pod.volumes ?? []).flatMap(({ name: volume, secret }) => {
    if (secret === undefined) return [];
    const keys = secrets.get(secret.secretName);
    if (keys === undefined) return [`${name} reads the Secret ${secret.secretName}, which nothing makes`];
    const own = mounts.filter((mount) => mount.name === volume);
    const wanted = [
      ...(secret.items ?? []).map(({ key }) => key),
      ...own.flatMap(({ subPathExpr }) =>
        subPathExpr === undefined ? [] : pods.map((it) => expanded(subPathExpr, it)),
      ),
    ];
    return wanted
      .filter((key) => !keys.has(key))
      .map((key) => `${name}: the Secret ${secret.secretName} has no ${key}`);
  });
}

/** Both variables that are used for it are the pod's name, which another check holds. */
export function expanded(expression: string, pod: string): string {
  return expression.replace(/\$\((SYNOD_REPLICA|POD_NAME)\)/g, pod);
}

function probeProblems({ name, pod }: Workload): string[] {
  return pod.containers.flatMap((container) =>
    (['startupProbe', 'livenessProbe', 'readinessProbe'] as const).flatMap((kind) => {
      const probe = container[kind];
      if (probe === undefined) return [`${name} has no ${kind}`];
      return hasPort(container, probe.httpGet.port) ? [] : [`${name}: its ${kind} asks port ${probe.httpGet.port}`];
    }),
  );
}

function hasPort({ ports = [] }: Container, wanted: string | number): boolean {
  return ports.some(({ name, containerPort }) => name === wanted || containerPort === wanted);
}

/** Services, budgets and policies are about pods that there are, and ports of theirs. */
function aboutPodsProblems({ kind, metadata, spec }: Manifest, workloads: readonly Workload[]): string[] {
  const title = `${kind} ${metadata.name}`;
  const chosen = (selector: Selector) => workloads.filter(({ labels }) => matches(selector, labels));
  const none = (selector: Selector) => (chosen(selector).length === 0 ? [`${title} is about no pod`] : []);
  const open = (selector: Selector, port: string | number) =>
    chosen(selector).every(({ pod }) => pod.containers.some((container) => hasPort(container, port)));
  if (kind === 'Service') {
    const selector = { matchLabels: spec!.selector as Labels };
    const closed = (spec!.ports ?? []).filter(({ targetPort }) => !open(selector, targetPort));
    return [...none(selector), ...closed.map(({ targetPort }) => `${title}: its pods have no port ${targetPort}`)];
  }
  if (kind === 'PodDisruptionBudget') return none(spec!.selector as Selector);
  if (kind !== 'NetworkPolicy') return [];
  const ports = (spec!.ingress ?? []).flatMap((rule) => rule.ports.map(({ port }) => port));
  const closed = ports.filter((port) => !open(spec!.podSelector!, port));
  return [...none(spec!.podSelector!), ...closed.map((port) => `${title}: its pods have no port ${port}`)];
}

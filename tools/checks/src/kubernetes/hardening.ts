import { unknownFields } from './known-fields.js';
import { workloadsOf } from './manifests.js';
import type { Container, Manifest, Workload } from './manifests.js';

/** A service stops within ten seconds; a broker's clients find another one at once. */
const leastGraceSeconds = 15;

/** What every pod must be, whatever it runs; these are also what the `restricted` security standard asks for. Nobody outside reaches any. */
export function softSpots(objects: readonly Manifest[]): string[] {
  const pods = workloadsOf(objects).flatMap((workload) => {
    const wrong = [...podProblems(workload), ...workload.pod.containers.flatMap(containerProblems)];
    return [...wrong, ...sharedSecrets(workload)].map((problem) => `${workload.name} ${problem}`);
  });
  return [
    ...pods,
    ...unknownFields(objects),
    ...objects.flatMap((object) => outerDoors(object).map((door) => `${object.metadata.name} ${door}`)),
  ];
}

/** From outside the cluster. */
function outerDoors({ kind, spec = {} }: Manifest): string[] {
  const { type = 'ClusterIP', ingress = [] } = spec;
  const blocks = ingress.flatMap(({ from = [] }) => from.flatMap(({ ipBlock }) => ipBlock?.cidr ?? []));
  return [
    ...(kind !== 'Service' || type === 'ClusterIP' ? [] : [`is published by a ${type}`]),
    ...blocks.map((cidr) => `lets ${cidr} in`),
  ];
}

/** Of members that have one Secret together each sees its own files. (All pods of a gateway are the same user.) */
function sharedSecrets({ kind, pods, pod }: Workload): string[] {
  if (kind !== 'StatefulSet' || pods.length === 1) return [];
  const secrets = (pod.volumes ?? []).filter(({ secret }) => secret !== undefined).map(({ name }) => name);
  const mounts = pod.containers.flatMap(({ volumeMounts = [] }) => volumeMounts);
  const whole = mounts.filter(({ name, subPathExpr = '' }) => secrets.includes(name) && !subPathExpr.includes('$('));
  return whole.map(({ mountPath }) => `shows each pod the secrets of the others in ${mountPath}`);
}

function podProblems({ pod }: Workload): string[] {
  const { securityContext = {}, automountServiceAccountToken, terminationGracePeriodSeconds = 0 } = pod;
  const { runAsNonRoot, runAsUser, fsGroup, seccompProfile } = securityContext as Readonly<Record<string, { type?: string }>>; // prettier-ignore
  return [
    ...(runAsNonRoot && Number(runAsUser) > 0 ? [] : ['may run as root']),
    ...(Number(fsGroup) > 0 ? [] : ['cannot read its secrets, nor write to its volume']),
    ...(seccompProfile?.type === 'RuntimeDefault' ? [] : ['is not kept to the usual system calls']),
    ...(automountServiceAccountToken === false ? [] : ['has a token of a service account']),
    ...(terminationGracePeriodSeconds >= leastGraceSeconds ? [] : ['has too little time to stop']),
  ];
}

function containerProblems({ securityContext = {} }: Container): string[] {
  const { allowPrivilegeEscalation, readOnlyRootFilesystem, capabilities } = securityContext;
  const { drop = [], add = [] } = (capabilities ?? {}) as { readonly [what in 'drop' | 'add']?: readonly string[] };
  return [
    ...(allowPrivilegeEscalation === false ? [] : ['may get new privileges']),
    ...(readOnlyRootFilesystem === true ? [] : ['may write to its root file system']),
    ...(drop.includes('ALL') && add.length === 0 ? [] : ['keeps capabilities']),
  ];
}

import { workloadsOf } from './manifests.js';
import type { Container, Manifest, Workload } from './manifests.js';

/** A service stops within ten seconds; a broker's clients find another one at once. */
const leastGraceSeconds = 15;

/** What every pod must be, whatever it runs; these are also what the `restricted` security standard asks for. */
export function softSpots(objects: readonly Manifest[]): string[] {
  return workloadsOf(objects).flatMap((workload) => {
    const wrong = [...podProblems(workload), ...workload.pod.containers.flatMap(containerProblems)];
    return wrong.map((problem) => `${workload.name} ${problem}`);
  });
}

function podProblems({ pod }: Workload): string[] {
  const { securityContext = {}, automountServiceAccountToken, terminationGracePeriodSeconds = 0 } = pod;
  const { runAsNonRoot, runAsUser, seccompProfile } = securityContext as Readonly<Record<string, { type?: string }>>;
  return [
    ...(runAsNonRoot && Number(runAsUser) > 0 ? [] : ['may run as root']),
    ...(seccompProfile?.type === 'RuntimeDefault' ? [] : ['is not kept to the usual system calls']),
    ...(automountServiceAccountToken === false ? [] : ['has a token of a service account']),
    ...(terminationGracePeriodSeconds >= leastGraceSeconds ? [] : ['has too little time to stop']),
  ];
}

function containerProblems({ securityContext = {}, resources = {} }: Container): string[] {
  const { allowPrivilegeEscalation, readOnlyRootFilesystem, capabilities } = securityContext;
  const { drop = [] } = (capabilities ?? {}) as { readonly drop?: readonly string[] };
  return [
    ...(allowPrivilegeEscalation === false ? [] : ['may get new privileges']),
    ...(readOnlyRootFilesystem === true ? [] : ['may write to its root file system']),
    ...(drop.includes('ALL') ? [] : ['keeps capabilities']),
    ...(resources.requests && resources.limits ? [] : ['says nothing of what it needs']),
  ];
}

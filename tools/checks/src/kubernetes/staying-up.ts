import { matches, workloadsOf } from './manifests.js';
import type { Container, Manifest, Workload } from './manifests.js';

/** What a probe asks: being alive is of the process alone, being ready is of its group, which no restart makes whole. */
const asked = {
  startupProbe: ['/livez', '/healthz'],
  livenessProbe: ['/livez', '/healthz'],
  readinessProbe: ['/readyz', '/healthz'],
} as const;

/** Why pods are restarted that are well, are not found while they start, wait for each other, or are lost together. */
export function downfalls(objects: readonly Manifest[]): string[] {
  return workloadsOf(objects).flatMap((workload) => {
    const members = workload.kind === 'StatefulSet' ? memberProblems(workload, objects) : [];
    const wrong = [...workload.pod.containers.flatMap(probeProblems), ...members];
    return wrong.map((problem) => `${workload.name} ${problem}`);
  });
}

function probeProblems(container: Container): string[] {
  return Object.entries(asked).flatMap(([name, paths]) => {
    const path = container[name as keyof typeof asked]?.httpGet.path;
    return (paths as readonly (string | undefined)[]).includes(path)
      ? []
      : [`has the ${name} ${path ?? 'none'}, not ${paths[0]}`];
  });
}

function memberProblems({ spec, labels, pod }: Workload, objects: readonly Manifest[]): string[] {
  const service = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === spec.serviceName);
  const terms = pod.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const apart = terms.some(({ labelSelector }) => matches(labelSelector, labels));
  const alone = spec.replicas === 1 || spec.podManagementPolicy === 'Parallel';
  return [
    ...(alone ? [] : ['starts one pod when the one before is ready, which waits for the others']),
    ...(service?.spec?.publishNotReadyAddresses === true ? [] : ['has no names before it is ready']),
    ...(apart ? [] : ['may have two pods on one machine']),
  ];
}

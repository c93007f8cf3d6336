import { matches, workloadsOf } from './manifests.js';
import type { Container, Manifest, Probe, Workload } from './manifests.js';

/** What a probe asks: being alive is of the process alone, being ready is of its group, which no restart makes whole. */
const asked = {
  startupProbe: ['/livez', '/healthz'],
  livenessProbe: ['/livez', '/healthz'],
  readinessProbe: ['/readyz', '/healthz'],
} as const;

/** A process that is busy, or whose disk is slow, answers no probe for a while; a restart makes neither faster. */
const leastSilenceSeconds = 30;
const leastAnswerSeconds = 5;
/** A journal is read before anything else. */
const leastStartSeconds = 60;
/** Who has answered nothing for so long will not. */
const mostSilenceSeconds = 120;
/** And meanwhile others are to be asked. */
const mostUnreadySeconds = 30;
/** The next pod is not stopped before this one had some time to fetch what it missed. */
const leastReadySeconds = 10;

/** Why pods are restarted that are well, are not found while they start, wait for each other, or are lost together. */
export function downfalls(objects: readonly Manifest[]): string[] {
  return workloadsOf(objects).flatMap((workload) => {
    const members = workload.kind === 'StatefulSet' ? memberProblems(workload, objects) : [];
    const wrong = [...workload.pod.containers.flatMap(probeProblems), ...members, ...updateProblems(workload)];
    return wrong.map((problem) => `${workload.name} ${problem}`);
  });
}

function probeProblems(container: Container): string[] {
  const wrong = Object.entries(asked).flatMap(([name, paths]) => {
    const path = container[name as keyof typeof asked]?.httpGet.path;
    return (paths as readonly (string | undefined)[]).includes(path)
      ? []
      : [`has the ${name} ${path ?? 'none'}, not ${paths[0]}`];
  });
  return [...wrong, ...patienceProblems(container)];
}

function patienceProblems({ startupProbe, livenessProbe, readinessProbe }: Container): string[] {
  const patience = ({ periodSeconds = 0, failureThreshold = 0 }: Partial<Probe> = {}) =>
    periodSeconds * failureThreshold;
  const isHasty =
    patience(livenessProbe) < leastSilenceSeconds || (livenessProbe?.timeoutSeconds ?? 1) < leastAnswerSeconds;
  return [
    ...(patience(startupProbe) < leastStartSeconds ? ['is restarted before it has read its journal'] : []),
    ...(isHasty ? ['is restarted for being busy'] : []),
    ...(patience(livenessProbe) > mostSilenceSeconds ? ['is not restarted when it hangs'] : []),
    ...(patience(readinessProbe) > mostUnreadySeconds ? ['is asked for long when it answers nothing'] : []),
  ];
}

function updateProblems({ kind, spec, pods }: Workload): string[] {
  const { maxUnavailable = 0 } = spec.strategy?.rollingUpdate ?? {};
  const isHasty = kind === 'StatefulSet' && pods.length > 1 && (spec.minReadySeconds ?? 0) < leastReadySeconds;
  return [
    ...(maxUnavailable === 0 || maxUnavailable === 1 ? [] : [`may be updated ${maxUnavailable} at once`]),
    ...(isHasty ? ['is updated before the last one has caught up'] : []),
  ];
}

function memberProblems({ spec, labels, pod }: Workload, objects: readonly Manifest[]): string[] {
  const service = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === spec.serviceName);
  const terms = pod.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const apart = terms.some(({ labelSelector, topologyKey }) => topologyKey === 'kubernetes.io/hostname' && matches(labelSelector, labels)); // prettier-ignore
  const alone = spec.replicas === 1 || spec.podManagementPolicy === 'Parallel';
  return [
    ...(alone ? [] : ['starts one pod when the one before is ready, which waits for the others']),
    ...(service?.spec?.publishNotReadyAddresses === true ? [] : ['has no names before it is ready']),
    ...(apart ? [] : ['may have two pods on one machine']),
  ];
}

import { workloadsOf } from './manifests.js';
import type { Manifest, PodSpec } from './manifests.js';

/*
 * What an object may say at all: a field that is not here is one that nobody has thought about, and no other check looks at it. There
 * are many that open a pod or lose what it writes, and new ones with each version of Kubernetes: hostNetwork, hostPID and hostIPC make
 * it a process of its node, hostPath shows it that one's files, privileged gives it all of the node.
 */

const known: Readonly<Record<string, readonly string[]>> = {
  Service: ['selector', 'sessionAffinity', 'ports', 'clusterIP', 'publishNotReadyAddresses', 'type'],
  PodDisruptionBudget: ['maxUnavailable', 'selector'],
  Deployment: ['replicas', 'strategy', 'selector', 'template'],
  StatefulSet: [
    ...['replicas', 'serviceName', 'podManagementPolicy', 'updateStrategy', 'minReadySeconds', 'selector', 'template'],
    'volumeClaimTemplates',
  ],
  NetworkPolicy: ['podSelector', 'policyTypes', 'egress', 'ingress'],
};
/** Those without a spec that is looked at here. */
const others = ['ConfigMap', 'Secret', 'Namespace'];
const ofUpdates = ['type'];
const ofPods = [
  ...['automountServiceAccountToken', 'enableServiceLinks', 'terminationGracePeriodSeconds', 'securityContext'],
  ...['topologySpreadConstraints', 'affinity', 'containers', 'volumes'],
];
const ofPodSecurity = ['runAsNonRoot', 'runAsUser', 'runAsGroup', 'fsGroup', 'fsGroupChangePolicy', 'seccompProfile'];
const ofContainers = [
  ...['name', 'image', 'imagePullPolicy', 'command', 'envFrom', 'env', 'ports', 'volumeMounts', 'resources'],
  ...['startupProbe', 'livenessProbe', 'readinessProbe', 'securityContext'],
];
const ofContainerSecurity = ['allowPrivilegeEscalation', 'readOnlyRootFilesystem', 'capabilities'];
/** No limit of CPU: a leader that is throttled is a leader that is late. */
const ofLimits = ['memory'];
const ofPorts = ['name', 'containerPort'];
const ofVolumes = ['name', 'secret'];
const ofMounts = ['name', 'mountPath', 'subPathExpr', 'readOnly'];
const ofClaims = ['accessModes', 'resources', 'storageClassName'];
/** A command would ask less than the process itself. */
const ofProbes = ['httpGet', 'periodSeconds', 'timeoutSeconds', 'failureThreshold'];
const ofQuestions = ['path', 'port'];

/** A sentence for each field that these checks know nothing of. */
export function unknownFields(objects: readonly Manifest[]): string[] {
  const own = objects.flatMap(({ kind, metadata, spec = {} }) => {
    const fields = known[kind];
    if (fields === undefined && !others.includes(kind)) return [`${metadata.name} is of a kind that nobody looks at: ${kind}`]; // prettier-ignore
    const updates = kind === 'StatefulSet' ? strange(spec.updateStrategy, ofUpdates) : [];
    const claims = (spec.volumeClaimTemplates ?? []).flatMap((claim) => strange(claim.spec, ofClaims));
    return [...(fields === undefined ? [] : strange(spec, fields)), ...updates, ...claims].map(
      (field) => `${metadata.name} says ${field}`,
    );
  });
  const pods = workloadsOf(objects).flatMap(({ name, pod }) =>
    strangeInPod(pod).map((field) => `${name} says ${field}`),
  );
  return [...own, ...pods];
}

function strangeInPod(pod: PodSpec): string[] {
  const { securityContext, volumes = [], containers } = pod;
  return [
    ...strange(pod, ofPods),
    ...strange(securityContext, ofPodSecurity),
    ...volumes.flatMap((volume) => strange(volume, ofVolumes)),
    ...containers.flatMap((container) => [
      ...strange(container, ofContainers),
      ...strange(container.securityContext, ofContainerSecurity),
      ...strange(container.resources?.limits, ofLimits),
      ...(container.ports ?? []).flatMap((port) => strange(port, ofPorts)),
      ...(container.volumeMounts ?? []).flatMap((mount) => strange(mount, ofMounts)),
      ...[container.startupProbe, container.livenessProbe, container.readinessProbe].flatMap((probe) => [
        ...strange(probe, ofProbes),
        ...strange(probe?.httpGet, ofQuestions),
      ]),
    ]),
  ];
}

function strange(object: object = {}, fields: readonly string[]): string[] {
  return Object.keys(object).filter((field) => !fields.includes(field));
}

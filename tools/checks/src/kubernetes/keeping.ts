import { appOf } from './environment.js';
import { workloadsOf } from './manifests.js';
import type { Claim, Container, Manifest, Workload } from './manifests.js';

/** Its state twice, while it writes a snapshot; what is below this holds nobody's. */
const leastDisk = '1Gi';
/** A process of Node, its buffers, and a state that is worth having; NATS with what slow readers have not fetched. */
const leastMemory = '512Mi';

/** Pods that run another program than is meant, lose or share what they write, or are killed for what they need. */
export function losses(objects: readonly Manifest[]): string[] {
  return workloadsOf(objects).flatMap((workload) => {
    const containers = workload.pod.containers.flatMap((one) => [...programProblems(one), ...memoryProblems(one)]);
    const members = workload.labels['app.kubernetes.io/component'] === 'member' ? memberProblems(workload) : [];
    return [...containers, ...members].map((problem) => `${workload.name} ${problem}`);
  });
}

/** The images of ours run what they are for. Without its configuration anybody who reaches a broker may say anything. */
function programProblems(container: Container): string[] {
  const { command, volumeMounts = [] } = container;
  if (appOf(container) !== undefined) return command === undefined ? [] : [`runs ${command.join(' ')}`];
  const isTold = command?.join(' ') === 'nats-server -c /secrets/nats-server.conf -m 8222';
  const isThere = volumeMounts.some(({ mountPath }) => mountPath === '/secrets/nats-server.conf');
  return isTold && isThere ? [] : ['runs without its configuration, or with more than that'];
}

function memoryProblems({ resources: { requests, limits } = {} }: Container): string[] {
  if (!requests || !limits) return ['says nothing of what it needs'];
  const isKilled = bytes(limits.memory) < bytes(leastMemory) || bytes(requests.memory) > bytes(limits.memory);
  return isKilled ? [`is killed for the memory that it needs: ${limits.memory}`] : [];
}

/** A member that forgets what it promised breaks what its group has agreed on: its journal is in a claim of its own. */
function memberProblems({ spec, pod }: Workload): string[] {
  const claims = spec.volumeClaimTemplates ?? [];
  const mounts = pod.containers.flatMap(({ volumeMounts = [] }) => volumeMounts);
  const here = mounts.filter(({ mountPath }) => `${mountPath}/`.startsWith('/data/'));
  const told = pod.containers.flatMap(({ env = [] }) => env).filter(({ name }) => name === 'SYNOD_DATA');
  const isKept = claims.length === 1 && here.length === 1 && here[0]!.name === claims[0]!.metadata.name;
  return [
    ...(isKept && here[0]!.mountPath === '/data' ? [] : ['keeps what it writes in no claim of its own']),
    ...(here.some(({ readOnly }) => readOnly) ? ['cannot write to its volume'] : []),
    // Once for all containers, and a folder of the volume: at its top there may be a lost+found.
    ...(told.length === 1 && told[0]!.value === '/data/synod' ? [] : [`writes to ${told.map(({ value }) => value).join()}, and not to a folder of its volume`]), // prettier-ignore
    ...claims.flatMap(claimProblems),
  ];
}

function claimProblems({ spec: { accessModes, resources } }: Claim): string[] {
  const isOnePods = ['ReadWriteOnce', 'ReadWriteOncePod'].includes(accessModes.join());
  const { storage } = resources.requests;
  return [
    ...(isOnePods ? [] : [`has a volume that others may mount, too: ${accessModes.join()}`]),
    ...(bytes(storage) < bytes(leastDisk) ? [`has no room for what it writes: ${storage}`] : []),
  ];
}

/** Of an amount without a unit that these files use, nothing is known: it is none. */
function bytes(amount = ''): number {
  const [, count, unit] = /^(\d+)(Mi|Gi)$/.exec(amount) ?? [];
  return unit === undefined ? 0 : Number(count) * (unit === 'Gi' ? 2 ** 30 : 2 ** 20);
}

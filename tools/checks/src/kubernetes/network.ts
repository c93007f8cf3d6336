import { matches, workloadsOf } from './manifests.js';
import type { Labels, Manifest, Peer, Rule, Selector, Workload } from './manifests.js';

/** Whether the policies let a pod of one workload connect to a port of another one, both in the namespace. */
export function mayConnect(objects: readonly Manifest[], from: string, to: string, port: string): boolean {
  const workloads = workloadsOf(objects);
  const [source, target] = [from, to].map((name) => workloads.find((workload) => workload.name === name)!);
  return (
    isAllowed(objects, 'Egress', source!, port, (peer) => isNeighbour(peer, target!.labels)) &&
    isAllowed(objects, 'Ingress', target!, port, (peer) => isNeighbour(peer, source!.labels))
  );
}

/** Whether they let a pod of another namespace connect to one of a workload. */
export function mayEnter(
  objects: readonly Manifest[],
  from: { readonly labels: Labels; readonly namespace: Labels },
  to: string,
  port: string,
): boolean {
  const target = workloadsOf(objects).find(({ name }) => name === to)!;
  const isMeant = ({ podSelector, namespaceSelector }: Peer): boolean =>
    namespaceSelector !== undefined &&
    matches(namespaceSelector, from.namespace) &&
    (podSelector === undefined || matches(podSelector, from.labels));
  return isAllowed(objects, 'Ingress', target, port, isMeant);
}

/** Every door that the policies open, as a line: `nats.client < peer | peer`, `services.client > peer`. */
export function doorsOf(objects: readonly Manifest[]): readonly string[] {
  return objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap(({ metadata: { name }, spec }) => [
      ...(spec!.ingress ?? []).map((rule) => `${name}.${portsOf(rule)} < ${peersText(rule.from)}`),
      ...(spec!.egress ?? []).map((rule) => `${name}.${portsOf(rule)} > ${peersText(rule.to)}`),
    ]);
}

const portsOf = ({ ports = [] }: Rule): string => ports.map(({ port }) => port).join(',') || 'any';

function peersText(peers: readonly Peer[] = []): string {
  const texts = peers.map(({ namespaceSelector, podSelector, ipBlock }) => {
    const spaces =
      namespaceSelector === undefined ? 'here' : `in ${selectorText(namespaceSelector) || 'any namespace'}`;
    return `${podSelector === undefined ? 'all' : selectorText(podSelector) || 'all'} ${ipBlock?.cidr ?? spaces}`;
  });
  return texts.join(' | ') || 'everybody';
}

function selectorText({ matchLabels = {}, matchExpressions = [] }: Selector): string {
  const labels = Object.entries(matchLabels).map(([key, value]) => `${key.split('/').at(-1)}=${value}`);
  return [...labels, ...matchExpressions.map(({ key, operator, values }) => `${key.split('/').at(-1)} ${operator} ${values.join(',')}`)].join(' '); // prettier-ignore
}

/** Without any policy about a pod in this direction everything is let through. */
function isAllowed(
  objects: readonly Manifest[],
  direction: 'Ingress' | 'Egress',
  pod: Workload,
  port: string,
  isMeant: (peer: Peer) => boolean,
): boolean {
  const about = objects
    .filter(({ kind, spec }) => kind === 'NetworkPolicy' && spec!.policyTypes!.includes(direction))
    .filter(({ spec }) => matches(spec!.podSelector!, pod.labels));
  if (about.length === 0) return true;
  return about.some(({ spec }) => {
    const rules = direction === 'Ingress' ? (spec!.ingress ?? []) : (spec!.egress ?? []);
    return rules.some((rule) => hasPort(rule, port) && peersOf(rule, direction).some(isMeant));
  });
}

const hasPort = ({ ports }: Rule, port: string): boolean => ports.some((one) => String(one.port) === port);

const peersOf = ({ from = [], to = [] }: Rule, direction: 'Ingress' | 'Egress') =>
  direction === 'Ingress' ? from : to;

/** Of the same namespace. A selector of namespaces that asks for nothing selects this one, too. */
function isNeighbour({ podSelector, namespaceSelector }: Peer, labels: Labels): boolean {
  const isHere = namespaceSelector === undefined || matches(namespaceSelector, {});
  return isHere && podSelector !== undefined && matches(podSelector, labels);
}

import { matches, workloadsOf } from './manifests.js';
import type { Labels, Manifest, Peer, Rule, Workload } from './manifests.js';

/** Whether the policies let a pod of one workload connect to a port of another one, both in the namespace. */
export function mayConnect(objects: readonly Manifest[], from: string, to: string, port: string): boolean {
  const workloads = workloadsOf(objects);
  const [source, target] = [from, to].map((name) => workloads.find((workload) => workload.name === name)!);
  return (
    isLetThrough(objects, 'Egress', source!, target!.labels, port) &&
    isLetThrough(objects, 'Ingress', target!, source!.labels, port)
  );
}

/** Without any policy about a pod in this direction everything is let through. */
function isLetThrough(
  objects: readonly Manifest[],
  direction: 'Ingress' | 'Egress',
  pod: Workload,
  peer: Labels,
  port: string,
): boolean {
  const about = objects
    .filter(({ kind, spec }) => kind === 'NetworkPolicy' && spec!.policyTypes!.includes(direction))
    .filter(({ spec }) => matches(spec!.podSelector!, pod.labels));
  if (about.length === 0) return true;
  return about.some(({ spec }) => {
    const rules = direction === 'Ingress' ? (spec!.ingress ?? []) : (spec!.egress ?? []);
    return rules.some((rule) => hasPort(rule, port) && peersOf(rule, direction).some((one) => isMeant(one, peer)));
  });
}

const hasPort = ({ ports }: Rule, port: string): boolean => ports.some((one) => String(one.port) === port);

const peersOf = ({ from = [], to = [] }: Rule, direction: 'Ingress' | 'Egress') =>
  direction === 'Ingress' ? from : to;

/** Pods of other namespaces are not these. */
function isMeant({ podSelector, namespaceSelector }: Peer, labels: Labels): boolean {
  return namespaceSelector === undefined && podSelector !== undefined && matches(podSelector, labels);
}

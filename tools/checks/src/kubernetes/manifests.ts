import { parse, parseAllDocuments } from 'yaml';
import { filesBelow, readText } from '../workspace.js';

/** What is read here of a Kubernetes object; the schema has judged its form. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels };
  readonly spec?: Spec;
  /** Of a ConfigMap. */
  readonly data?: Readonly<Record<string, string>>;
}

export type Labels = Readonly<Record<string, string>>;

export interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values: string[] }[];
}

export interface Spec {
  readonly replicas?: number;
  readonly serviceName?: string;
  readonly clusterIP?: string;
  /** Of a Service: how it is reached, from within the cluster only unless told otherwise. */
  readonly type?: string;
  readonly publishNotReadyAddresses?: boolean;
  readonly podManagementPolicy?: string;
  readonly updateStrategy?: { readonly type?: string };
  readonly strategy?: { readonly rollingUpdate?: { readonly maxUnavailable?: number | string } };
  readonly minReadySeconds?: number;
  readonly sessionAffinity?: string;
  readonly selector?: Selector | Labels;
  readonly ports?: readonly { readonly name: string; readonly port: number; readonly targetPort: string | number }[];
  readonly template?: { readonly metadata: { readonly labels: Labels }; readonly spec: PodSpec };
  readonly volumeClaimTemplates?: readonly Claim[];
  readonly podSelector?: Selector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

export interface Claim {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly accessModes: readonly string[];
    readonly resources: { readonly requests: { readonly storage: string } };
  };
}

export interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports: readonly { readonly port: string | number }[];
}

export interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string };
}

export interface PodSpec {
  readonly containers: readonly Container[];
  readonly volumes?: readonly Volume[];
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly automountServiceAccountToken?: boolean;
  readonly affinity?: {
    readonly podAntiAffinity?: {
      readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly {
        readonly labelSelector: Selector;
        readonly topologyKey: string;
      }[];
    };
  };
  readonly terminationGracePeriodSeconds?: number;
}

export interface Volume {
  readonly name: string;
  readonly secret?: {
    readonly secretName: string;
    readonly items?: readonly { readonly key: string; readonly path: string }[];
  };
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly env?: readonly Variable[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly volumeMounts?: readonly Mount[];
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly resources?: { readonly requests?: Memory; readonly limits?: Memory };
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
}

export interface Memory {
  readonly memory?: string;
}

export interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly fieldRef: { readonly fieldPath: string } };
}

export interface Probe {
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
  readonly httpGet: { readonly path: string; readonly port: string };
}

export interface Mount {
  readonly name: string;
  readonly mountPath: string;
  readonly subPathExpr?: string;
  readonly readOnly?: boolean;
}

/** The part of a kustomization.yaml that is read here. */
export interface Kustomization {
  readonly resources?: readonly string[];
  readonly configMapGenerator?: readonly { readonly name: string; readonly envs?: readonly string[] }[];
  readonly secretGenerator?: readonly { readonly name: string; readonly files: readonly string[] }[];
  readonly generatorOptions?: { readonly disableNameSuffixHash?: boolean };
  readonly images?: readonly { readonly name: string; readonly newName?: string; readonly newTag?: string }[];
}

/** As Kubernetes reads it: 0440 is octal. */
const version = '1.1';

export function manifestsIn(text: string, path: string): Manifest[] {
  return parseAllDocuments(text, { version }).map((document) => {
    const [problem] = document.errors;
    if (problem !== undefined) throw new Error(`${path}: ${problem.message}`);
    return document.toJS() as Manifest;
  });
}

export function readKustomization(folder: string): Kustomization {
  return parse(readText(`${folder}/kustomization.yaml`), { version }) as Kustomization;
}

/** By path, all documents below `folder` that are Kubernetes objects. */
export function manifestsBelow(folder: string): ReadonlyMap<string, readonly Manifest[]> {
  const paths = filesBelow(folder).filter((path) => path.endsWith('.yaml') && !path.endsWith('kustomization.yaml'));
  return new Map(paths.map((path) => [path, manifestsIn(readText(path), path)]));
}

/** `NAME=VALUE` lines, as Kustomize and Docker read them. */
export function readEnvFile(path: string): Readonly<Record<string, string>> {
  const lines = readText(path)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => {
      const place = line.indexOf('=');
      if (place <= 0) throw new Error(`${path}: ${JSON.stringify(line)} is no NAME=VALUE`);
      return [line.slice(0, place), line.slice(place + 1)];
    }),
  );
}

/** The objects of a folder that needs no rendering, with the ConfigMaps that its env files make. */
export function objectsOf(folder: string): readonly Manifest[] {
  const { resources = [], configMapGenerator = [] } = readKustomization(folder);
  const listed = resources.flatMap((name) => manifestsIn(readText(`${folder}/${name}`), `${folder}/${name}`));
  const maps = configMapGenerator.map(({ name, envs = [] }): Manifest => {
    const data = Object.assign({}, ...envs.map((file) => readEnvFile(`${folder}/${file}`))) as Labels;
    return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
  });
  return [...listed, ...maps];
}

/** What runs pods. */
export function workloadsOf(objects: readonly Manifest[]): readonly Workload[] {
  return objects.flatMap(({ kind, metadata, spec }) => {
    if (spec?.template === undefined) return [];
    const { labels } = spec.template.metadata;
    const pods = Array.from({ length: spec.replicas ?? 1 }, (_, i) => `${metadata.name}-${i}`);
    return [{ name: metadata.name, kind, labels, spec, pod: spec.template.spec, pods }];
  });
}

export interface Workload {
  readonly name: string;
  readonly kind: string;
  /** Of its pods. */
  readonly labels: Labels;
  readonly spec: Spec;
  readonly pod: PodSpec;
  /** Their names, of a StatefulSet. */
  readonly pods: readonly string[];
}

export function matches({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values }) => {
      if (operator !== 'In') throw new Error(`this check knows no operator ${operator}`);
      return values.includes(labels[key] ?? '');
    })
  );
}

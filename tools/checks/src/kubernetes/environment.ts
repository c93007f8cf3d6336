import { EnvironmentError, readEnvironment } from '@synod/service';
import type { Settings } from '@synod/service';
import { workloadsOf } from './manifests.js';
import type { Container, Manifest, Workload } from './manifests.js';
import { expanded } from './references.js';
import type { Secrets } from './references.js';

/** What one process is told. */
export interface Told {
  readonly app: string;
  /** Its pod, or its service in a compose file. */
  readonly where: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What each pod of Synod's own images is told. */
export function toldIn(objects: readonly Manifest[]): readonly Told[] {
  const maps = new Map(objects.filter(({ kind }) => kind === 'ConfigMap').map((map) => [map.metadata.name, map.data]));
  return workloadsOf(objects).flatMap((workload) =>
    workload.pod.containers.flatMap((container) => {
      const app = appOf(container);
      if (app === undefined) return [];
      return workload.pods.map((pod) => ({ app, where: pod, environment: environmentOf(container, pod, maps) }));
    }),
  );
}

/** `registry.example.com/synod/raft-replica:0.1.0` */
export function appOf({ image }: Pick<Container, 'image'>): string | undefined {
  return /(?:^|\/)synod\/([a-z-]+)(?::|$)/.exec(image)?.[1];
}

function environmentOf(
  { env = [], envFrom = [] }: Container,
  pod: string,
  maps: ReadonlyMap<string, Manifest['data']>,
): Readonly<Record<string, string>> {
  const shared = envFrom.map(({ configMapRef }) => maps.get(configMapRef.name) ?? {});
  const own = env.map(({ name, value, valueFrom }) => {
    if (valueFrom !== undefined && valueFrom.fieldRef.fieldPath !== 'metadata.name') {
      throw new Error(`this check knows no ${valueFrom.fieldRef.fieldPath}`);
    }
    return [name, valueFrom === undefined ? (value ?? '') : pod] as const;
  });
  return Object.assign({}, ...shared, Object.fromEntries(own)) as Readonly<Record<string, string>>;
}

/** `ENV` lines of the Dockerfile: what the image itself says. */
export function imageEnvironment(dockerfile: string): Readonly<Record<string, string>> {
  const lines = [...dockerfile.matchAll(/^ENV (.*)$/gm)].flatMap(([, line]) => line!.trim().split(/\s+/));
  return Object.fromEntries(lines.map((pair) => pair.split('=') as [string, string]));
}

/** Variables that the service does not read, and what it would refuse to start with. */
export function environmentProblems(
  { app, where, environment }: Told,
  settingsOfApps: Readonly<Record<string, Settings>>,
  image: Readonly<Record<string, string>>,
): string[] {
  const settings = settingsOfApps[app];
  if (settings === undefined) return [`${where}: there is no app ${app}`];
  const known = new Set(Object.values(settings).map(({ variable }) => variable));
  const unknown = Object.keys(environment).filter((variable) => !known.has(variable));
  return [
    ...unknown.map((variable) => `${where}: ${app} does not read ${variable}`),
    ...refusalOf(settings, { ...image, ...environment }).map((line) => `${where}: ${line}`),
  ];
}

function refusalOf(settings: Settings, environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    readEnvironment(settings, environment);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message.split('\n');
    throw error;
  }
}

/** Files and folders that a container is told of and that no volume puts there. */
export function missingFiles(objects: readonly Manifest[], secrets: Secrets): string[] {
  return workloadsOf(objects).flatMap((workload) =>
    workload.pods.flatMap((pod) => {
      const there = workload.pod.containers.flatMap((container) => mountedIn(container, workload, pod, secrets));
      const told = workload.pod.containers.flatMap(({ env = [] }) => env);
      const paths = told.filter(({ name, value }) => name.startsWith('SYNOD_') && value?.startsWith('/'));
      return paths
        .filter(({ value }) => !there.some((path) => isAt(path, value!)))
        .map(({ name, value }) => `${pod}: nothing is at ${name}=${value}`);
    }),
  );
}

/** What is mounted is the file or folder itself, something in it, or, where a volume may hold anything, what it is in. */
function isAt(mounted: string, path: string): boolean {
  if (mounted.endsWith('/')) return path.startsWith(mounted);
  return mounted === path || mounted.startsWith(`${path}/`);
}

function mountedIn({ volumeMounts = [] }: Container, { pod }: Workload, name: string, secrets: Secrets): string[] {
  return volumeMounts.flatMap(({ name: volume, mountPath, subPathExpr }) => {
    const secret = pod.volumes?.find((one) => one.name === volume)?.secret;
    if (secret === undefined) return [`${mountPath}/`];
    const keys = secrets.get(secret.secretName) ?? new Set<string>();
    if (subPathExpr !== undefined) return keys.has(expanded(subPathExpr, name)) ? [mountPath] : [];
    const files = secret.items?.map(({ path }) => path) ?? [...keys];
    return files.map((file) => `${mountPath}/${file}`);
  });
}

import { parse } from 'yaml';
import type { Tags } from 'yaml';
import { appOf } from './kubernetes/environment.js';
import type { Told } from './kubernetes/environment.js';

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

export interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly profiles?: readonly string[];
  readonly restart?: string;
  readonly ports?: readonly string[];
  readonly network_mode?: string;
  readonly healthcheck?: { readonly test?: readonly string[] };
  readonly read_only?: boolean;
  readonly entrypoint?: readonly string[];
  readonly init?: boolean;
  readonly user?: string;
  readonly logging?: { readonly driver?: string; readonly options?: Readonly<Record<string, string>> };
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly stop_grace_period?: string;
}

/** Those that come to their end by themselves. */
const once: readonly string[] = ['identities', 'keys', 'secrets', 'cli'];

/** As Docker Compose reads it: what is shared is merged, and `no` is no text. A folder `.` is one, and not a number without digits. */
export function readCompose(text: string): ComposeFile {
  const customTags = (tags: Tags): Tags => tags.filter((tag) => typeof tag === 'string' || !tag.tag.endsWith(':float'));
  return parse(text, { version: '1.1', merge: true, maxAliasCount: -1, customTags }) as ComposeFile;
}

/** What each service of these apps is told. */
export function toldInCompose({ services }: ComposeFile, apps: readonly string[]): readonly Told[] {
  return Object.entries(services).flatMap(([where, { image, environment = {} }]) => {
    const app = appOf({ image });
    return app !== undefined && apps.includes(app) ? [{ app, where, environment }] : [];
  });
}

/**
 * What makes a service one that stays, is seen to be well, keeps what it writes, and is reached from this machine only; a problem for
 * each that is not so. `checked` are images that bring a health check.
 */
export function lifeProblems({ services, volumes = {} }: ComposeFile, checked: ReadonlySet<string>): readonly string[] {
  return Object.entries(services).flatMap(([name, service]) => {
    const { image, restart, profiles = [], healthcheck, ports = [], network_mode: network } = service;
    const policy = once.includes(name) ? 'no' : 'unless-stopped';
    const isSeen = (healthcheck?.test?.length ?? 0) > 1 || checked.has(image);
    const needsSight = !once.includes(name) && !profiles.includes('metrics');
    return [
      ...(restart === policy ? [] : [`${name} is to be started again: ${restart}, not ${policy}`]),
      ...(isSeen || !needsSight ? [] : [`nobody looks whether ${name} is well`]),
      ...(network === undefined ? [] : [`${name} is in the network ${network}`]),
      ...ports.filter((port) => !isOnLoopback(port)).map((port) => `${name} is published to others: ${port}`),
      ...unnamed(service, volumes).map((volume) => `${name} keeps what it writes in no named volume: ${volume}`),
    ];
  });
}

/** What a service may say at all: nobody has thought about any other field, and no other check looks at it. */
const known: readonly string[] = [
  ...['image', 'build', 'command', 'entrypoint', 'environment', 'volumes', 'working_dir', 'user', 'profiles'],
  ...['depends_on', 'healthcheck', 'ports', 'restart', 'init', 'stop_grace_period', 'logging'],
  ...['read_only', 'tmpfs', 'cap_drop', 'security_opt'],
];

/** The machine's own files, of a service beyond the checkout's configuration of metrics; and what others keep there. */
function foreignMounts(name: string, { volumes = [], image }: ComposeService): string[] {
  const isOwn = (volume: string): boolean =>
    volume.startsWith('./deploy/metrics/') ? volume.endsWith(':ro') : /^[a-z0-9-]+:/.test(volume);
  const isOfOthers = (volume: string): boolean =>
    image.startsWith('synod/') && !once.includes(name) && !volume.startsWith(`${name}:`) && volume !== `secrets-${name}:/secrets:ro`; // prettier-ignore
  return volumes.filter((volume) => !isOwn(volume) || isOfOthers(volume)).map((volume) => `${name} mounts ${volume}`);
}

/** What a container may do beyond what it needs, where no engine is there to ask; a problem for each. */
export function hardeningProblems({ services }: ComposeFile): readonly string[] {
  return Object.entries(services).flatMap(([name, service]) => [
    ...Object.keys(service).filter((field) => !known.includes(field)).map((field) => `${name} says ${field}`), // prettier-ignore
    ...foreignMounts(name, service),
    ...(service.init === true ? [] : [`${name} reaps no process that it did not start`]),
    ...(service.logging?.driver === 'json-file' && service.logging.options?.['max-size'] ? [] : [`${name} fills the disk with its log`]), // prettier-ignore
    ...(service.user === undefined || /^[1-9]\d*:[1-9]\d*$/.test(service.user) ? [] : [`${name} runs as ${service.user}`]), // prettier-ignore
    ...(service.environment?.['SYNOD_HTTP_HOSTS'] === '*' ? [`${name} answers to any name`] : []),
    ...(service.environment?.['GF_AUTH_ANONYMOUS_ORG_ROLE'] ? [`${name} lets everybody change it`] : []),
    ...(isWaitingFor(service.depends_on, 'jaeger') ? [`${name} waits for Jaeger`] : []),
    ...(service.read_only === true ? [] : [`${name} may write to its root file system`]),
    ...(service.cap_drop?.includes('ALL') ? [] : [`${name} keeps capabilities`]),
    ...(service.entrypoint?.includes('-m') ? [`${name} shows everybody in its network who is connected`] : []),
    ...(String(service.security_opt) === 'no-new-privileges:true' ? [] : [`${name} may gain privileges`]),
    ...(service.stop_grace_period === '15s' ? [] : [`${name} is not given the time to hand over`]),
  ]);
}

function isWaitingFor(awaited: ComposeService['depends_on'] = [], name: string): boolean {
  return Array.isArray(awaited) ? awaited.includes(name) : name in awaited;
}

/** `127.0.0.1:HOST:CONTAINER`; without an address it would be every one of this machine. */
function isOnLoopback(port: unknown): boolean {
  return typeof port === 'string' && /^127\.0\.0\.1:(\$\{\w+:-\d+\}|\d+):\d+$/.test(port);
}

/** Mounts to write to that are lost with their container, or are the machine's own; `/data` where there is none at all. */
function unnamed({ image, volumes = [] }: ComposeService, named: Readonly<Record<string, unknown>>): readonly string[] {
  const written = volumes.filter((volume) => !volume.endsWith(':ro'));
  const members = ['synod/raft-replica', 'synod/paxos-proposer', 'synod/paxos-acceptor', 'synod/pbft-replica'];
  const keeps = volumes.some((volume) => volume.endsWith(':/data'));
  return [
    ...written.filter((volume) => !(volume.split(':')[0]! in named)),
    ...(members.includes(image) && !keeps ? ['/data'] : []),
  ];
}

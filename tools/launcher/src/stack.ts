import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { keySettings } from '@synod/keys';
import { credentialsPath } from '@synod/nats-transport';
import { writePrivately } from '@synod/private-file';
import type { Identity } from '@synod/nats-transport';
import { everyone, identitiesOf, isSigned, settingsOf } from '@synod/topology';
import { guests } from './groups.js';
import type { StackGroup } from './groups.js';
import type { Program } from './supervisor.js';

/** What runs where. Written to `.synod/stack.json` for the command line and for people. */
export interface Stack {
  readonly cluster: string;
  readonly directory: string;
  readonly ports: {
    readonly broker: number;
    readonly monitoring: number;
    readonly gateway: number;
    readonly traces: number;
  };
  readonly groups: readonly StackGroup[];
}

/** One identity for each process and tool, so that each has only the rights it needs. */
export function identities({ groups }: Stack): readonly Identity[] {
  return [
    ...identitiesOf([...groups, ...guests]),
    { role: 'service', of: 'gateway' },
    { role: 'gateway', name: 'gateway' },
    { role: 'client', name: 'cli' },
    { role: 'client', name: 'client' },
    { role: 'admin', name: 'admin' },
    { role: 'observer', name: 'observer' },
  ];
}

export function memberPrograms(stack: Stack, workspace: string): readonly Program[] {
  return stack.groups.flatMap((group) =>
    group.services.map(({ name, app }) => ({
      ...service(stack, workspace, app, name),
      environment: {
        ...common(stack, name),
        ...settingsOf(group, name),
        ...(isSigned(group.protocol) && keySettings(keysIn(stack), group.name, name)),
        SYNOD_DATA: join(stack.directory, 'data', name),
        SYNOD_HTTP_PORT: String(group.ports.get(name)),
        SYNOD_FAULTS: '1',
      },
    })),
  );
}

export function gatewayProgram(stack: Stack, workspace: string): Program {
  return {
    ...service(stack, workspace, 'gateway', 'gateway'),
    environment: {
      ...common(stack, 'gateway'),
      SYNOD_GROUPS: stack.groups.map(({ name }) => name).join(','),
      SYNOD_KEYS: keysIn(stack),
      SYNOD_HTTP_PORT: String(stack.ports.gateway),
      SYNOD_TRACES_URL: url(stack.ports.traces),
    },
  };
}

/** Members that do not keep to the protocol, and how. */
export function traitorsIn({ groups }: Stack): ReadonlyMap<string, string> {
  const services = groups.flatMap((group) => group.services);
  return new Map(services.flatMap(({ name, treason }) => (treason === undefined ? [] : [[name, treason]])));
}

/** Where each service answers to HTTP. */
export function httpPorts({ groups, ports }: Stack): ReadonlyMap<string, number> {
  return new Map([...groups.flatMap((group) => [...group.ports]), ['gateway', ports.gateway]]);
}

function service(stack: Stack, workspace: string, app: string, name: string): Omit<Program, 'environment'> {
  const main = join(workspace, 'apps', app, 'dist', 'main.js');
  const log = join(stack.directory, 'logs', `${name}.log`);
  return { name, app, command: process.execPath, args: ['--enable-source-maps', main], log };
}

function common(stack: Stack, user: string): Record<string, string> {
  return {
    SYNOD_CLUSTER: stack.cluster,
    SYNOD_NATS_URL: `nats://127.0.0.1:${stack.ports.broker}`,
    SYNOD_CREDENTIALS_FILE: credentialsOf(stack, user),
    SYNOD_REGISTRATION_FILE: credentialsOf(stack, `srv-${user}`),
    SYNOD_EXIT_WITH_STDIN: '1',
    OTEL_EXPORTER_OTLP_ENDPOINT: process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? url(stack.ports.traces),
  };
}

function credentialsOf(stack: Stack, user: string): string {
  return credentialsPath(join(stack.directory, 'credentials'), user);
}

/** Of groups whose members sign. */
export function keysIn({ directory }: Stack): string {
  return keysPath(directory);
}

export function keysPath(directory: string): string {
  return join(directory, 'keys');
}

export function url(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** Rewritten whenever a process gets another pid. */
export function describeStack(
  stack: Stack,
  programs: readonly Program[],
  pidOf: (name: string) => number | undefined,
): void {
  const ports = httpPorts(stack);
  const description = {
    pid: process.pid,
    cluster: stack.cluster,
    nats: `nats://127.0.0.1:${stack.ports.broker}`,
    gateway: url(stack.ports.gateway),
    traces: url(stack.ports.traces),
    credentials: join(stack.directory, 'credentials'),
    keys: keysIn(stack),
    groups: Object.fromEntries(stack.groups.map((group) => [group.name, describeGroup(group)])),
    services: programs.map(({ name, app, log }) => ({
      name,
      app,
      ...memberOf(stack, name),
      pid: pidOf(name),
      ...(ports.has(name) && { http: url(ports.get(name)!) }),
      log,
    })),
  };
  writePrivately(stackFile(stack.directory), `${JSON.stringify(description, null, 2)}\n`);
}

/** `members` are all who answer to status; `roles` says what each of them is. */
function describeGroup({ protocol, services }: StackGroup) {
  const roles: Record<string, string[]> = {};
  for (const { name, role } of services) (roles[role] ??= []).push(name);
  return { protocol, everyone, members: services.map(({ name }) => name), roles };
}

function memberOf({ groups }: Stack, name: string) {
  for (const group of groups) {
    const service = group.services.find((one) => one.name === name);
    if (service !== undefined) return { group: group.name, role: service.role };
  }
  return {};
}

export function stackFile(directory: string): string {
  return join(directory, 'stack.json');
}

export function forgetStack(directory: string): void {
  rmSync(stackFile(directory), { force: true });
}

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { credentialsPath, writePrivately } from '@synod/nats-transport';
import type { Identity } from '@synod/nats-transport';
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
  readonly replicas: readonly { readonly name: string; readonly port: number }[];
}

export const group = 'raft';
const everyone = 'replicas';

export function replicaNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `raft-r${index + 1}`);
}

/** One identity for each process and tool, so that each has only the rights it needs. */
export function identities(replicas: readonly string[]): readonly Identity[] {
  return [
    ...replicas.map((name): Identity => ({ role: 'replica', name, multicasts: [everyone] })),
    ...[...replicas, 'gateway'].map((of): Identity => ({ role: 'service', of })),
    { role: 'gateway', name: 'gateway' },
    { role: 'client', name: 'cli' },
    { role: 'client', name: 'example' },
    { role: 'admin', name: 'admin' },
    { role: 'observer', name: 'observer' },
  ];
}

export function replicaPrograms(stack: Stack, workspace: string): readonly Program[] {
  const members = stack.replicas.map(({ name }) => name).join(',');
  return stack.replicas.map(({ name, port }) => ({
    ...service(stack, workspace, 'raft-replica', name),
    environment: {
      ...common(stack),
      SYNOD_GROUP: group,
      SYNOD_REPLICA: name,
      SYNOD_MEMBERS: members,
      SYNOD_CREDENTIALS_FILE: credentialsOf(stack, name),
      SYNOD_REGISTRATION_FILE: credentialsOf(stack, `srv-${name}`),
      SYNOD_DATA: join(stack.directory, 'data', name),
      SYNOD_HTTP_PORT: String(port),
      SYNOD_FAULTS: '1',
    },
  }));
}

export function gatewayProgram(stack: Stack, workspace: string): Program {
  return {
    ...service(stack, workspace, 'gateway', 'gateway'),
    environment: {
      ...common(stack),
      SYNOD_GROUPS: group,
      SYNOD_CREDENTIALS_FILE: credentialsOf(stack, 'gateway'),
      SYNOD_REGISTRATION_FILE: credentialsOf(stack, 'srv-gateway'),
      SYNOD_HTTP_PORT: String(stack.ports.gateway),
      SYNOD_TRACES_URL: url(stack.ports.traces),
    },
  };
}

function service(stack: Stack, workspace: string, app: string, name: string): Omit<Program, 'environment'> {
  const main = join(workspace, 'apps', app, 'dist', 'main.js');
  const log = join(stack.directory, 'logs', `${name}.log`);
  return { name, command: process.execPath, args: ['--enable-source-maps', main], log };
}

function common(stack: Stack): Record<string, string> {
  return {
    SYNOD_CLUSTER: stack.cluster,
    SYNOD_NATS_URL: `nats://127.0.0.1:${stack.ports.broker}`,
    SYNOD_EXIT_WITH_STDIN: '1',
    OTEL_EXPORTER_OTLP_ENDPOINT: process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? url(stack.ports.traces),
  };
}

function credentialsOf(stack: Stack, user: string): string {
  return credentialsPath(join(stack.directory, 'credentials'), user);
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
  const portOf = new Map([
    ...stack.replicas.map(({ name, port }) => [name, port] as const),
    ['gateway', stack.ports.gateway] as const,
  ]);
  const description = {
    pid: process.pid,
    cluster: stack.cluster,
    nats: `nats://127.0.0.1:${stack.ports.broker}`,
    gateway: url(stack.ports.gateway),
    traces: url(stack.ports.traces),
    credentials: join(stack.directory, 'credentials'),
    groups: { [group]: { protocol: 'raft', everyone, members: stack.replicas.map(({ name }) => name) } },
    services: programs.map(({ name, log }) => ({
      name,
      app: name === 'gateway' || name === 'nats' ? name : 'raft-replica',
      ...(name.startsWith('raft-') && { group }),
      pid: pidOf(name),
      ...(portOf.has(name) && { http: url(portOf.get(name)!) }),
      log,
    })),
  };
  writePrivately(stackFile(stack.directory), `${JSON.stringify(description, null, 2)}\n`);
}

export function stackFile(directory: string): string {
  return join(directory, 'stack.json');
}

export function forgetStack(directory: string): void {
  rmSync(stackFile(directory), { force: true });
}

import { sentences } from './compose-file.js';
import type { ComposeFile, Rule } from './compose-file.js';

/** What a container may do beyond what it needs, where no engine is there to ask; a problem for each. */
export function hardeningProblems(file: ComposeFile): readonly string[] {
  return sentences(file, fields, doors, container);
}

/**
 * What a service may say at all: nobody has thought about any other field, and no other check looks at it. `privileged`, `cap_add`,
 * `network_mode`, `pid`, `devices` and their like give it the machine.
 */
const known: readonly string[] = [
  ...['image', 'build', 'command', 'entrypoint', 'environment', 'volumes', 'working_dir', 'user', 'profiles'],
  ...['depends_on', 'healthcheck', 'ports', 'restart', 'init', 'stop_grace_period', 'logging'],
  ...['read_only', 'tmpfs', 'cap_drop', 'security_opt'],
];

const fields: Rule = (service) =>
  Object.keys(service)
    .filter((field) => !known.includes(field))
    .map((field) => `says ${field}`);

/** What people look at, by the port that it has. The broker and a collector of spans are for services only. */
const published: Readonly<Record<string, string>> = { gateway: '7400', jaeger: '16686', prometheus: '9090', grafana: '3000' }; // prettier-ignore

const doors: Rule = ({ ports = [] }, name) =>
  ports.flatMap((port: unknown) => {
    const inside = port === undefined ? undefined : String(port).split(':').at(-1);
    return [
      ...(isOnLoopback(port) ? [] : [`is published to others: ${JSON.stringify(port)}`]),
      ...(inside === published[name] ? [] : [`publishes ${inside}, which is for services only`]),
    ];
  });

/** `127.0.0.1:HOST:CONTAINER`; without an address it would be every one of this machine. */
function isOnLoopback(port: unknown): boolean {
  return typeof port === 'string' && /^127\.0\.0\.1:(\$\{\w+:-\d+\}|\d+):\d+$/.test(port);
}

const container: Rule = ({ init, logging, user, read_only: isReadOnly, ...service }) => [
  ...(init === true ? [] : ['reaps no process that it did not start']),
  ...(isBounded(logging) ? [] : ['fills the disk with its log']),
  ...(user === undefined || /^[1-9]\d*:[1-9]\d*$/.test(user) ? [] : [`runs as ${user}`]),
  ...(isReadOnly === true ? [] : ['may write to its root file system']),
  ...(service.cap_drop?.includes('ALL') ? [] : ['keeps capabilities']),
  ...(String(service.security_opt) === 'no-new-privileges:true' ? [] : ['may gain privileges']),
  ...(service.stop_grace_period === '15s' ? [] : ['is not given the time to hand over']),
];

/** At most a gigabyte of each. */
function isBounded({ driver, options = {} }: ComposeFile['services'][string]['logging'] = {}): boolean {
  const { 'max-size': size = '', 'max-file': files = '' } = options;
  return driver === 'json-file' && /^\d{1,2}m$/.test(size) && /^\d$/.test(files);
}

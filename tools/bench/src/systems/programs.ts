import { execFileSync } from 'node:child_process';

/** A program that this machine has, or what to do so that it has. */
export type Program = { readonly path: string; readonly version: string } | { readonly missing: string };

const folders = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

export function findEtcd(): Program {
  return find(
    process.env['SYNOD_ETCD'] ?? 'etcd',
    ['--version'],
    /etcd Version: (\S+)/,
    'apt-get install etcd-server (or SYNOD_ETCD=/path/to/etcd)',
  );
}

export function findNatsServer(): Program {
  const install = 'apt-get install nats-server (or SYNOD_NATS_SERVER=/path/to/nats-server)';
  return findServer(process.env['SYNOD_NATS_SERVER'] ?? 'nats-server', install);
}

/** The setting that syncs before each acknowledgement came with 2.10; distributions may have an older server. */
export function findSyncingNatsServer(): Program {
  const install = 'nats-server 2.10 or newer, as in Debian 13: SYNOD_JETSTREAM_SERVER=/path/to/nats-server';
  const found = findServer(process.env['SYNOD_JETSTREAM_SERVER'] ?? 'nats-server', install);
  return 'version' in found && !isAtLeast(found.version, '2.10') ? { missing: install } : found;
}

function findServer(program: string, install: string): Program {
  return find(program, ['--version'], /v(\d\S*)/, install);
}

export function findStrace(): Program {
  return find('strace', ['--version'], /version (\S+)/, 'apt-get install strace');
}

/** Whether a dotted version is at least another one. */
export function isAtLeast(version: string, least: string): boolean {
  const [is, wanted] = [version, least].map((text) => text.split('.').map((part) => parseInt(part, 10)));
  for (const [index, part] of wanted!.entries()) {
    const own = is![index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}

function find(program: string, args: readonly string[], version: RegExp, install: string): Program {
  try {
    const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:${folders.join(':')}` };
    const output = execFileSync(program, [...args], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return { path: program, version: version.exec(output)?.[1] ?? 'unknown' };
  } catch {
    return { missing: install };
  }
}

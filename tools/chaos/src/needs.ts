import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryNow } from './system.js';

/** What a fault needs of the machine beside processes of its own. */
export type Need = 'namespaces' | 'images' | 'tracing';

/** What is missing, for people; what is not in the map is there. Each is tried, not guessed. */
export function missingHere(): ReadonlyMap<Need, string> {
  const missing = new Map<Need, string>();
  const isRoot = process.getuid?.() === 0;
  const probes: readonly (readonly [Need, () => string | undefined])[] = [
    ['namespaces', () => (isRoot ? probeNamespaces() : 'needs root')],
    ['images', () => (isRoot ? probeImages() : 'needs root')],
    ['tracing', probeTracing],
  ];
  for (const [need, probe] of probes) {
    const reason = probe();
    if (reason !== undefined) missing.set(need, reason);
  }
  return missing;
}

function probeNamespaces(): string | undefined {
  const name = `synod-probe-${process.pid}`;
  if (!tryNow('ip', 'netns', 'add', name)) return 'ip netns add does not work here (package iproute2)';
  const works = tryNow('ip', 'netns', 'exec', name, 'iptables', '-A', 'INPUT', '-s', '10.1.1.1', '-j', 'DROP');
  tryNow('ip', 'netns', 'del', name);
  return works ? undefined : 'iptables does not work in a network namespace here';
}

function probeImages(): string | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'synod-probe-'));
  try {
    const image = join(directory, 'image');
    if (!tryNow('truncate', '-s', '8M', image)) return 'truncate is not here';
    if (!tryNow('mkfs.ext4', '-q', image)) return 'mkfs.ext4 is not here (package e2fsprogs)';
    if (!tryNow('mount', '-o', 'loop', image, directory)) return 'a loop image cannot be mounted here';
    const freezes = tryNow('fsfreeze', '-f', directory) && tryNow('fsfreeze', '-u', directory);
    tryNow('umount', directory);
    return freezes ? undefined : 'fsfreeze does not work here (package util-linux)';
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function probeTracing(): string | undefined {
  const works = tryNow('strace', '-o', '/dev/null', '-e', 'inject=fdatasync:error=EIO', 'true');
  return works ? undefined : 'strace is not here, or may not trace';
}

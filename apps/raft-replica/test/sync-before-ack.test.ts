import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { raftMessages } from '@synod/raft-wire';
import { startGroup } from './test-group.js';

/** strace shows what the kernel saw, not what the program believes. Where it is not installed the test is shown as skipped. */
const hasStrace = spawnSync('strace', ['-V']).status === 0;
const withStrace = hasStrace ? test : test['skip'];

withStrace(
  'a sync returns before each acknowledgement leaves (strace)',
  async () => {
    const group = await startGroup();
    try {
      const leader = await group.leader();
      const follower = group.names.find((name) => name !== leader)!;
      await group.replica(follower).kill();
      const trace = join(group.directory, 'strace.log');
      const calls = 'trace=pwrite64,pwritev,write,writev,sendto,sendmsg,fdatasync,fsync';
      const strace = ['strace', '-D', '-f', '-y', '-xx', '-s', '4096', '-e', calls, '-o', trace];
      group.replica(follower).run({ under: strace });
      await group.inStep();
      const kv = (await group.client()).group('kv');
      const indexes: number[] = [];
      for (let i = 0; i < 40; i++) indexes.push((await kv.put('key', `mark-${i}.`)).source.index);
      await group.inStep();
      const { violations, acknowledgements, syncs } = examine(readFileSync(trace, 'latin1'), indexes);
      expect(violations).toEqual([]);
      expect(acknowledgements).toBeGreaterThan(20);
      expect(syncs).toBeGreaterThan(0);
    } finally {
      await group.close();
    }
  },
  120_000,
);

interface Findings {
  readonly violations: readonly string[];
  readonly acknowledgements: number;
  readonly syncs: number;
}

/**
 * Follows the journal file and the socket through the trace, in the order in which the kernel reports. `indexes` are the
 * log positions of the values `mark-0.`, `mark-1.` and so on.
 */
function examine(trace: string, indexes: readonly number[]): Findings {
  const violations: string[] = [];
  const syncing = new Map<string, number>();
  let written = 0;
  let synced = 0;
  let syncs = 0;
  let acknowledgements = 0;
  let acknowledged = indexes[0]! - 1;
  for (const line of trace.split('\n')) {
    const [, thread = '', rest = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    const path = unhex(/<((?:\\x[0-9a-f]{2}|[^>])*)>/.exec(rest)?.[1] ?? '');
    if (/^f(data)?sync\(/.test(rest) && path.endsWith('.wal')) syncing.set(thread, written);
    if (/f(data)?sync(\(| resumed).*= 0$/.test(rest) && syncing.has(thread)) {
      synced = Math.max(synced, syncing.get(thread)!);
      syncing.delete(thread);
      syncs++;
    }
    if (/^p?writev?(64)?\(/.test(rest) && path.endsWith('.wal')) {
      for (const [, mark] of unhex(rest).matchAll(/mark-(\d+)\./g)) written = Math.max(written, indexes[Number(mark)]!);
    }
    if (!/^(write|writev|sendto|sendmsg)\(/.test(rest) || !/socket|TCP/.test(path)) continue;
    for (const index of matchedIn(unhex(rest))) {
      if (index <= acknowledged) continue;
      acknowledged = index;
      acknowledgements++;
      if (synced < index) violations.push(`entry ${index} was acknowledged when entries up to ${synced} were synced`);
    }
  }
  return { violations, acknowledgements, syncs };
}

/** The log positions that acknowledgements in these bytes name. */
function matchedIn(bytes: string): readonly number[] {
  const found: number[] = [];
  const publish = /PUB synod\.\S+\.append-entries-reply (\d+)\r\n/g;
  for (let match = publish.exec(bytes); match; match = publish.exec(bytes)) {
    const payload = Buffer.from(bytes.slice(publish.lastIndex, publish.lastIndex + Number(match[1])), 'latin1');
    const message = raftMessages.decode('append-entries-reply', payload);
    if (message.kind === 'appendEntriesReply' && message.outcome.kind === 'matched') found.push(message.outcome.index);
  }
  return found;
}

function unhex(text: string): string {
  return text.replace(/\\x([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './world.js';

// Whoever follows README in a checkout has secrets in it, which belong into no commit and no layer of an image.

const root = join(__dirname, '../../..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'synod-checkout-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const git = (...args: string[]): string => execFileSync('git', args, { cwd: directory, encoding: 'utf8' });

/** Git's own judgement, with these lines as its .gitignore. */
function untracked(ignored: string): string[] {
  writeFileSync(join(directory, '.gitignore'), ignored);
  return git('status', '--porcelain', '--untracked-files=all')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.slice(3));
}

/** Everything that a checkout may hold and others must not read. */
function secrets(): string[] {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !name.startsWith('.git'),
  );
  return names.filter((name) => {
    const found = statSync(join(directory, name));
    return found.isFile() && (found.mode & 0o077) === 0;
  });
}

test.each(['deploy', '.'])('secrets that were written to %s are in no commit and no image', async (dir) => {
  git('init', '--quiet');
  const raft = 'raft=raft-r1,raft-r2,raft-r3';
  const bank = 'bank=bank-r1,bank-r2,bank-r3,bank-r4';
  const servers = ['n1=10.0.0.1', 'n2=10.0.0.2', 'n3=10.0.0.3'].flatMap((server) => ['--server', server]);
  for (const call of [
    ['certs', 'init', '--dir', join(dir, 'tls'), '--hosts', 'nats.internal', '--gateway-hosts', 'synod.example.com'],
    ['identities', 'init', '--dir', dir, '--group', raft, '--client', 'billing'],
    ['identities', 'init', '--dir', dir, '--group', raft, '--client', 'billing', ...servers],
    ['keys', 'init', '--dir', dir, '--group', bank, '--client', 'billing'],
    ['tokens', 'create', 'billing', '--read', 'billing/', '--file', join(dir, 'tokens.json')],
  ]) {
    const { code, err } = await run(call, { directory });
    expect([code, err]).toEqual([0, expect.any(String)]);
  }
  const written = secrets();
  expect(written.length).toBeGreaterThan(20);
  expect(untracked('').sort()).toEqual(expect.arrayContaining(written.sort()));
  const committed = untracked(read('.gitignore'));
  // Docker's lines are all of the root.
  const copied = untracked(read('.dockerignore').replace(/^(?=[^#*])/gm, '/'));
  expect(written.filter((name) => committed.includes(name) || copied.includes(name))).toEqual([]);
});

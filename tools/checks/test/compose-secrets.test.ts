import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readCompose } from '../src/compose/compose-file.js';
import { readText } from '../src/workspace.js';

/*
 * docker-compose.yml hands out secrets by a shell script. Here it runs, with the roots that it knows in a directory of ours and files that
 * hold their own names: who has got what is read off what lies there.
 */
const { services } = readCompose(readText('docker-compose.yml'));
const { command = [], volumes = [] } = services['secrets']!;
const script = command.join('\n');
const receivers = volumes.flatMap((volume) => /^secrets-([a-z0-9-]+):\/secrets\/\1$/.exec(volume)?.[1] ?? []);
const members = receivers.filter((name) => name.includes('-'));
const signers = members.filter((name) => name.startsWith('pbft-'));

const users = ['gateway', ...members].flatMap((name) => [`${name}.json`, `srv-${name}.json`]);
const identities = [...users, ...['cli', 'admin', 'observer', 'billing', 'srv-billing'].map((name) => `${name}.json`)];
const sources = [
  ...['/identities/identities.json', '/identities/nats-server.conf'],
  ...identities.map((file) => `/identities/credentials/${file}`),
  ...['group.json', ...['gateway', 'cli', 'admin', 'billing'].map((name) => `user-${name}.key`)].map((file) => `/keys/pbft/${file}`), // prettier-ignore
  ...signers.map((name) => `/keys/pbft/replica-${name}.key`),
];

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'synod-compose-secrets-'));
  for (const path of sources) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), path, { mode: 0o600 });
  }
  for (const name of receivers) mkdirSync(join(root, 'secrets', name), { recursive: true, mode: 0o755 });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** As a container runs it; what Compose does to `$$` is done, and a word that begins at a root begins at ours. */
function handOut(text = script): void {
  const here = text.replaceAll('$$', '$').replace(/(?<=^|[\s"'])\/(?=(identities|keys|secrets)\b)/gm, `${root}/`);
  execFileSync('sh', ['-euc', here], { stdio: 'pipe', env: { PATH: process.env['PATH'] } });
}

/** `MODE PATH = where it is from`, and what others than its owner may write to. */
function given(name: string): string[] {
  const folder = join(root, 'secrets', name);
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return ['.', ...all].flatMap((path) => {
    const state = statSync(join(folder, path));
    const mode = (state.mode & 0o7777).toString(8);
    if (state.isDirectory()) return state.mode & 0o022 ? [`${mode} ${path}/`] : [];
    return [`${mode} ${path} = ${readFileSync(join(folder, path), 'utf8')}`];
  });
}

const own = (name: string): string[] => [
  `600 credentials.json = /identities/credentials/${name}.json`,
  `600 registration.json = /identities/credentials/srv-${name}.json`,
];
const userKeys = (...names: string[]): string[] => [
  '644 keys/pbft/group.json = /keys/pbft/group.json',
  ...names.map((name) => `600 keys/pbft/user-${name}.key = /keys/pbft/user-${name}.key`),
];

/** What each is known by, and nobody else’s; the admin’s are the command line’s only. */
const meant: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(members.map((name) => [name, own(name)])),
  ...Object.fromEntries(
    signers.map((name) => {
      const signs = ['644 group.json = /keys/pbft/group.json', `600 replica.key = /keys/pbft/replica-${name}.key`];
      return [name, [...own(name), ...signs].sort(byPath)];
    }),
  ),
  gateway: [...own('gateway'), ...userKeys('gateway')].sort(byPath),
  cli: [
    ...['admin', 'cli', 'observer'].map(
      (name) => `600 credentials/${name}.json = /identities/credentials/${name}.json`,
    ),
    ...userKeys('admin', 'cli'),
  ],
  nats: ['600 nats-server.conf = /identities/nats-server.conf'],
};

function byPath(a: string, b: string): number {
  return a.slice(4) < b.slice(4) ? -1 : 1;
}

function all(): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(receivers.map((name) => [name, given(name)]));
}

test('each service of ours has a folder of its own there', () => {
  const ours = Object.entries(services).filter(([, { volumes = [] }]) => volumes.some((one) => one.endsWith(':/secrets:ro'))); // prettier-ignore
  expect([...receivers].sort()).toEqual(ours.map(([name]) => name).sort());
  expect(Object.keys(meant).sort()).toEqual([...receivers].sort());
  expect(signers).toHaveLength(4);
});

/** A container's shell has this `install`. */
const whereContainersRun = process.platform === 'linux' ? describe : describe['skip'];

whereContainersRun('run', () => {
  test('each is given its own secrets, readable by itself, and a second time too', () => {
    handOut();
    expect(all()).toEqual(meant);
    handOut();
    expect(all()).toEqual(meant);
  });

  test('who gets another key has that one only, and who is revoked has none', () => {
    handOut();
    writeFileSync(join(root, 'identities/credentials/raft-r2.json'), 'another');
    for (const gone of ['paxos-a1.json', 'srv-paxos-a1.json', 'admin.json']) {
      rmSync(join(root, 'identities/credentials', gone));
    }
    rmSync(join(root, 'keys/pbft/user-admin.key'));
    handOut();
    expect(given('raft-r2')[0]).toBe('600 credentials.json = another');
    expect(given('paxos-a1')).toEqual([]);
    expect(given('cli')).toEqual(meant['cli']!.filter((line) => !line.includes('admin')));
  });

  test('where a key is missing that must be there, it fails', () => {
    rmSync(join(root, 'keys/pbft/replica-pbft-r3.key'));
    expect(() => handOut()).toThrow();
    expect(existsSync(join(root, 'secrets/nats/nats-server.conf'))).toBe(false);
  });

  test.each([
    ['give "$${to##*/}.json" "$$to/credentials.json"', 'give admin.json "$$to/credentials.json"'],
    ['give "srv-$${to##*/}.json"', 'give admin.json "$$to/admin.json"; give "srv-$${to##*/}.json"'],
    ['replica-$${to##*/}.key', 'replica-pbft-r1.key'],
    ['for user in cli admin observer', 'for user in cli admin observer billing'],
    ['for to in /secrets/gateway /secrets/cli; do', 'for to in /secrets/gateway /secrets/cli; do cp /keys/pbft/user-admin.key "$$to";'], // prettier-ignore
    ['cd /identities/credentials', 'umask 0; cd /identities/credentials; chmod 777 /secrets/raft-r1'],
    ['install -m 600 /identities/nats-server.conf', 'install -m 644 /identities/nats-server.conf'],
    ['install -m 600 "/keys', 'install -m 777 "/keys'],
  ])('%s changed to %s is noticed', (from, to) => {
    expect(script).toContain(from);
    handOut(script.replace(from, () => to));
    expect(all()).not.toEqual(meant);
  });
});

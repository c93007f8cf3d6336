import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { StageError } from './progress.mjs';
import { lastLines, run } from './run.mjs';
import { inWorkspace } from './workspace.mjs';

const binFolder = inWorkspace('.synod', 'bin');
const ownServer = join(binFolder, 'nats-server');

/** The official release that is fetched when nothing else works, with the sums its makers publish. */
const release = {
  version: '2.12.15',
  sha256: {
    'linux-amd64': '58ab8131f819263897e2fc38e503e1b755b63bcafeecc7d12582487df48ca15e',
    'linux-arm64': 'b724db99fefbf8f5c808baa82819ee50350aee9734017e4a478f7e545cef3ab6',
  },
};

// Ordinary users' PATHs leave out the sbin folders, where Debian puts it.
const furtherFolders = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

/** In the order they are tried. Each resolves to a path, or throws why not. */
const ways = {
  PATH: fromPath,
  '.synod/bin': fromOwnFolder,
  'apt-get': fromApt,
  Homebrew: fromHomebrew,
  'official release': fromRelease,
};

/** Resolves to the path and version of a nats-server that runs on this machine; installs one under .synod/ if need be. */
export async function findOrInstallNatsServer({ progress }) {
  const given = process.env.SYNOD_NATS_SERVER && resolve(process.env.SYNOD_NATS_SERVER);
  if (given) return { path: given, version: await versionOf(given).catch((error) => refuseGiven(given, error)) };
  const reasons = [];
  for (const [name, way] of Object.entries(ways)) {
    try {
      const path = await way(progress);
      return { path, version: await versionOf(path) };
    } catch (error) {
      reasons.push(`  ${name}: ${error.message}`);
    }
  }
  throw new StageError(
    `There is no nats-server here and none could be installed:\n${reasons.join('\n')}\n\n${advice()}`,
  );
}

function refuseGiven(path, error) {
  throw new StageError(
    `SYNOD_NATS_SERVER must be the path of a nats-server that runs here, but ${path} is not: ${error.message}`,
  );
}

function advice() {
  return `Install it in one of these ways and run this again:
  Debian, Ubuntu    sudo apt-get install nats-server
  macOS             brew install nats-server
  elsewhere         unpack a release from https://github.com/nats-io/nats-server/releases
                    and set SYNOD_NATS_SERVER=/path/to/nats-server`;
}

/** A file that is there may still not run: another architecture, a missing library, a version without what we use. */
async function versionOf(path) {
  const { ok, output } = await run(path, ['--version'], { timeoutMs: 10_000 });
  const [, version, major, minor] = /v((\d+)\.(\d+)\.\S+)/.exec(output) ?? [];
  if (!ok || !version) throw new Error(`${path} does not run: ${lastLines(output, 1)}`);
  if (Number(major) < 2 || (Number(major) === 2 && Number(minor) < 9))
    throw new Error(`${path} is ${version}; 2.9 is needed`);
  return version;
}

function locate(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...furtherFolders].filter(Boolean);
  return folders.map((folder) => join(folder, program)).find(existsSync);
}

async function fromPath() {
  const path = locate('nats-server');
  if (!path) throw new Error('not found');
  await versionOf(path);
  return path;
}

async function fromOwnFolder() {
  if (!existsSync(ownServer)) throw new Error('empty');
  await versionOf(ownServer);
  return ownServer;
}

/** Debian's package, unpacked instead of installed: that needs no root. */
async function fromApt(progress) {
  if (!locate('apt-get') || !locate('dpkg')) throw new Error('not on this system');
  return inPrivateFolder(async (folder) => {
    progress.note('apt-get download nats-server');
    let fetched = await apt(['download', 'nats-server'], folder);
    if (!fetched.ok) {
      // The system's package lists are missing or out of date, and only root may renew them: use lists of our own.
      progress.note('fetching package lists into .synod, the system has none or old ones');
      await apt([...privateLists(folder), 'update'], folder);
      progress.note('apt-get download nats-server');
      fetched = await apt([...privateLists(folder), 'download', 'nats-server'], folder);
    }
    const archive = readdirSync(folder).find((file) => file.endsWith('.deb'));
    if (!archive) throw new Error(lastLines(fetched.output, 1));
    const unpacked = await run('dpkg', ['-x', archive, 'unpacked'], { cwd: folder });
    if (!unpacked.ok) throw new Error(lastLines(unpacked.output, 1));
    return adopt(join(folder, 'unpacked', 'usr', 'sbin', 'nats-server'));
  });
}

function apt(args, folder) {
  const patience = [
    '-q',
    '-o',
    'Acquire::Retries=1',
    '-o',
    'Acquire::http::Timeout=20',
    '-o',
    'APT::Sandbox::User=root',
  ];
  return run('apt-get', [...patience, ...args], {
    cwd: folder,
    env: { ...process.env, LC_ALL: 'C' },
    timeoutMs: 180_000,
  });
}

function privateLists(folder) {
  const lists = join(folder, 'lists');
  const cache = join(folder, 'cache');
  for (const parent of [lists, join(cache, 'archives')]) mkdirSync(join(parent, 'partial'), { recursive: true });
  return ['-o', `Dir::State::lists=${lists}`, '-o', `Dir::Cache=${cache}`];
}

async function fromHomebrew(progress) {
  if (!locate('brew')) throw new Error('not on this system');
  progress.note('brew install nats-server');
  const { ok, output } = await run('brew', ['install', 'nats-server'], { timeoutMs: 600_000 });
  if (!ok) throw new Error(lastLines(output, 1));
  return fromPath();
}

async function fromRelease(progress) {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const expected = release.sha256[platform];
  if (!expected) throw new Error(`no release is pinned for ${platform}`);
  const name = `nats-server-v${release.version}-${platform}`;
  const url = `https://github.com/nats-io/nats-server/releases/download/v${release.version}/${name}.tar.gz`;
  progress.note(url);
  const archive = await download(url);
  const actual = createHash('sha256').update(archive).digest('hex');
  if (actual !== expected) throw new Error(`${url} has the SHA-256 ${actual}, which is not the pinned one: not used`);
  return inPrivateFolder(async (folder) => {
    writeFileSync(join(folder, 'release.tar.gz'), archive);
    const unpacked = await run('tar', ['-xzf', 'release.tar.gz'], { cwd: folder });
    if (!unpacked.ok) throw new Error(lastLines(unpacked.output, 1));
    return adopt(join(folder, name, 'nats-server'));
  });
}

async function download(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(120_000) });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    throw new Error(`${url}: ${error.cause?.message ?? error.message}`, { cause: error });
  }
}

async function inPrivateFolder(work) {
  mkdirSync(inWorkspace('.synod'), { recursive: true });
  const folder = mkdtempSync(inWorkspace('.synod', 'fetch-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Moves a program to its place in one step, so that a start that is interrupted leaves no half of one. */
function adopt(program) {
  mkdirSync(binFolder, { recursive: true });
  const aside = `${ownServer}.${process.pid}`;
  copyFileSync(program, aside);
  chmodSync(aside, 0o755);
  renameSync(aside, ownServer);
  return ownServer;
}

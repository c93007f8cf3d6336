import { createHash } from 'node:crypto';
import { accessSync, constants, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { findOrInstallNatsServer } from './nats-server.mjs';
import { StageError } from './progress.mjs';
import { lastLines, run } from './run.mjs';
import { inWorkspace, workspace } from './workspace.mjs';

const lockFile = inWorkspace('package-lock.json');
const stampFile = inWorkspace('node_modules', '.synod-installed');

/** Makes a fresh clone ready to run: packages, and a broker unless `broker` is false. Resolves to nats-server's path. */
export async function setUp({ progress, broker = true }) {
  if (!packagesAreCurrent()) await progress.stage('Installing packages (npm ci)', installPackages);
  if (!broker) return undefined;
  return progress.stage('Broker', async () => {
    const server = await findOrInstallNatsServer({ progress });
    return { value: server.path, detail: `nats-server ${server.version}, ${server.path}` };
  });
}

/** The packages for this very lock file on this very platform: a checkout may be shared between machines. */
function stamp() {
  const digest = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  return `${digest} ${process.platform}-${process.arch}\n`;
}

function packagesAreCurrent() {
  const installed = read(stampFile);
  if (installed !== undefined) return installed === stamp();
  // Installed by hand: npm leaves its own copy of the lock behind when it is through.
  const byHand = modifiedAt(inWorkspace('node_modules', '.package-lock.json'));
  return byHand !== undefined && byHand >= modifiedAt(lockFile);
}

async function installPackages() {
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  // NODE_ENV=production or a user's settings must not leave out what builds and tests.
  const options = ['--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const cache = isWritable(homedir()) ? [] : ['--cache', inWorkspace('.synod', 'npm-cache')];
  const { ok, output } = await run(npm[0], [...npm.slice(1), 'ci', ...options, ...cache], { cwd: workspace });
  if (!ok) {
    throw new StageError(
      `npm ci did not succeed in ${workspace}. It needs a package registry and some 300 MB of disk. Its last words:\n\n` +
        lastLines(output, 20),
    );
  }
  writeFileSync(stampFile, stamp());
  return { detail: 'done' };
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

const modifiedAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs;

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

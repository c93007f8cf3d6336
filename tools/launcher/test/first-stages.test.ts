import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const launcher = join(__dirname, '..');
const url = (file: string) => JSON.stringify(`file://${join(launcher, file)}`);

/** Runs lines of an ES module, as the first stages run: without packages, before anything is built. */
function runModule(lines: string[], env: NodeJS.ProcessEnv = {}) {
  const { FORCE_COLOR: _force, NO_COLOR: _no, ...plain } = process.env;
  const options = { encoding: 'utf8', env: { ...plain, ...env } } as const;
  return spawnSync(process.execPath, ['--input-type=module', '-e', lines.join('\n')], options);
}

const onOldNode = `Object.defineProperty(process, 'versions', { value: { node: '18.20.8' } });`;

test.each(['test.mjs', 'start.mjs'])('%s tells an old Node one clear sentence and does nothing', (file) => {
  const { status, stdout, stderr } = runModule([onOldNode, `await import(${url(file)});`]);
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^Synod needs Node\.js 20\.19 or newer, and this is v\S+\. Get one from \S+\n$/);
});

describe('the broker', () => {
  const find = [
    `import { findOrInstallNatsServer } from ${url('nats-server.mjs')};`,
    `const found = findOrInstallNatsServer({ progress: { note() {} } });`,
    `console.log(await found.then(JSON.stringify, (error) => error.message));`,
  ];
  const directory = mkdtempSync(join(tmpdir(), 'synod-launcher-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  function program(name: string, says: string): string {
    const path = join(directory, name);
    writeFileSync(path, `#!/bin/sh\necho '${says}'\n`, { mode: 0o755 });
    return path;
  }

  test('that the environment names is taken', () => {
    const path = program('current', 'nats-server: v2.9.10');
    const { stdout } = runModule(find, { SYNOD_NATS_SERVER: path });
    expect(JSON.parse(stdout)).toEqual({ path, version: '2.9.10' });
  });

  test.each([
    ['absent', undefined, 'ENOENT'],
    ['another-program', 'hello', 'does not run: hello'],
    ['old', 'nats-server: v2.8.4', 'is 2.8.4; 2.9 is needed'],
  ])('that the environment names is refused when it is %s', (name, says, why) => {
    const path = says === undefined ? join(directory, name) : program(name, says);
    const { stdout } = runModule(find, { SYNOD_NATS_SERVER: path });
    expect(stdout).toContain(`SYNOD_NATS_SERVER must be the path of a nats-server that runs here, but ${path} is not`);
    expect(stdout).toContain(why);
  });

  test('that is first on the PATH is taken', () => {
    const path = program('nats-server', 'nats-server: v2.12.15');
    const { stdout } = runModule(find, { SYNOD_NATS_SERVER: '', PATH: directory });
    expect(JSON.parse(stdout)).toEqual({ path, version: '2.12.15' });
  });
});

test('progress is plain where nobody looks at a terminal, and a failure is marked', () => {
  const { stdout } = runModule([
    `import { createProgress } from ${url('progress.mjs')};`,
    `const progress = createProgress();`,
    `console.log(await progress.stage('One', () => ({ value: 7, detail: 'seven' })));`,
    `await progress.stage('Two', () => Promise.reject(new Error('no'))).catch(() => {});`,
  ]);
  expect(stdout).toMatch(/^✔ One: seven \(\d+\.\d s\)\n7\n✖ Two \(\d+\.\d s\)\n$/);
});

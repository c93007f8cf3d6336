import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const script = resolve(__dirname, '../generate.mjs');
const run = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });

test('the generated code in this repository is what its .proto files say', () => {
  const { status, stdout, stderr } = run('--check');
  expect(`${stdout}${stderr}`).toBe('');
  expect(status).toBe(0);
}, 60_000);

describe('in a workspace', () => {
  let root = '';
  const wire = () => join(root, 'libs/chat/wire');
  const generated = (name: string) => join(wire(), 'src/gen', name);

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'synod-generate-'));
    mkdirSync(join(wire(), 'proto'), { recursive: true });
    const proto = 'syntax = "proto3";\npackage synod.chat.v1;\nmessage Hello { uint64 count = 1; }\n';
    writeFileSync(join(wire(), 'proto/chat.proto'), proto);
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test('writes once, named by the protocol, and finds every kind of staleness', () => {
    expect(run('--root', root, '--check').status).toBe(1);
    expect(run('--root', root).stdout).toContain('wrote libs/chat/wire/src/gen/chat.js');
    expect(run('--root', root).stdout).toBe('');
    expect(run('--root', root, '--check').status).toBe(0);
    expect(readFileSync(generated('chat.d.ts'), 'utf8')).toContain('count: number;');
    expect(readFileSync(generated('chat.js'), 'utf8')).toContain('roots["synod-chat"]');

    writeFileSync(generated('left-over.js'), '');
    expect(run('--root', root, '--check').stdout).toContain('stale: libs/chat/wire/src/gen/left-over.js');
    run('--root', root);
    appendFileSync(join(wire(), 'proto/chat.proto'), 'message Bye {}\n');
    const stale = run('--root', root, '--check');
    expect(stale.stdout).toContain('stale: libs/chat/wire/src/gen/chat.js');
    expect(stale.stderr).toContain('npm run proto');
    expect(stale.status).toBe(1);
  }, 60_000);

  test('a mistake in a .proto file is reported where it is', () => {
    appendFileSync(join(wire(), 'proto/chat.proto'), 'message {\n');
    const { status, stderr } = run('--root', root);
    expect(status).not.toBe(0);
    expect(stderr).toContain('chat.proto');
  }, 60_000);
});

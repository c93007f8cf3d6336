import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  credentialsPath,
  ensureCredentials,
  permissionsOf,
  publicKeysOf,
  readCredentials,
  serverConfiguration,
  userOf,
} from '../src/index.js';
import { newSeed, publicKeyOf } from '@synod/nats-handshake';
import { identitiesForTests } from '../src/testing.js';

describe('permissions', () => {
  const everywhere = { groups: ['g'], multicasts: ['everyone'] };
  const r1 = { role: 'replica', name: 'r1', ...everywhere } as const;
  const a1 = { role: 'acceptor', name: 'a1', ...everywhere } as const;
  const all = [r1, a1];

  test('a replica speaks as itself in its groups, and asks nobody as clients and the admin do', () => {
    expect(permissionsOf(r1, 'c', all)).toEqual({
      publish: {
        allow: ['synod.c.g.r1.>', 'synod-bulk.c.g.r1.>', 'synod.c.probe.r1.r1.>', 'synod-bulk.c.probe.r1.r1.>'],
        deny: ['synod', 'synod-bulk'].flatMap((root) =>
          ['request', 'read', 'decide', 'status', 'fault', 'evidence', 'log-level', 'registers', 'member'].map(
            (kind) => `${root}.c.g.r1.*.${kind}`,
          ),
        ),
      },
      subscribe: {
        allow: ['synod.c.*.*.r1.>', 'synod-bulk.c.*.*.r1.>', 'synod.c.g.*.everyone.>'],
        deny: [],
      },
    });
  });

  test('an acceptor moreover answers no client, and hears none', () => {
    const { publish, subscribe } = permissionsOf(a1, 'c', all);
    for (const root of ['synod', 'synod-bulk']) expect(publish.deny).toContain(`${root}.c.g.a1.*.reply.>`);
    expect(subscribe.deny).toEqual([
      ...['request', 'read', 'decide', 'member'].map((kind) => `synod.c.*.*.a1.${kind}`),
      ...['request', 'read', 'decide', 'member'].map((kind) => `synod.c.g.*.everyone.${kind}`),
    ]);
  });

  test('clients ask those that answer them, and everybody only who leads', () => {
    const direct = ['request', 'read', 'decide'].map((kind) => `synod.c.g.app.r1.${kind}`);
    const publish = [...direct, 'synod.c.g.app.everyone.read'];
    const subscribe = ['synod.c.*.*.app.reply.>', '_INBOX.app.>'];
    expect(permissionsOf({ role: 'client', name: 'app' }, 'c', all)).toEqual({
      publish: { allow: publish, deny: [] },
      subscribe: { allow: subscribe, deny: [] },
    });
    expect(permissionsOf({ role: 'gateway', name: 'app' }, 'c', all)).toEqual({
      publish: { allow: [...publish, 'synod.c.*.app.*.status'], deny: [] },
      subscribe: { allow: [subscribe[0], 'synod.c.*.*.app.report.>', subscribe[1]], deny: [] },
    });
    expect(permissionsOf({ role: 'client', name: 'app' }, 'c', [a1]).publish.allow).toEqual([]);
  });

  test('the admin asks every member, and has members changed and states saved by those that answer clients', () => {
    const permissions = permissionsOf({ role: 'admin', name: 'admin' }, 'c', all);
    expect(permissions.publish.allow).toEqual([
      'synod.c.*.admin.*.status',
      'synod.c.*.admin.*.fault',
      'synod.c.*.admin.*.evidence',
      'synod.c.*.admin.*.log-level',
      'synod.c.*.admin.*.registers',
      'synod.c.g.admin.r1.member',
      // What saves and restores goes through the log. What else is asked there the state machine refuses: libs/state-machine/test/backup.test.ts
      'synod.c.g.admin.r1.request',
      'synod.c.g.admin.r1.read',
      'synod.c.g.admin.r1.decide',
      'synod.c.g.admin.everyone.read',
      '$SRV.>',
    ]);
    expect(permissions.subscribe.allow).toEqual([
      'synod.c.*.*.admin.reply.>',
      'synod.c.*.*.admin.report.>',
      '_INBOX.admin.>',
    ]);
  });

  test('the observer hears everything and says nothing; a registered service is on no bus', () => {
    expect(permissionsOf({ role: 'observer', name: 'o' }, 'c', all)).toEqual({
      publish: { allow: [], deny: [] },
      subscribe: { allow: ['synod.>', 'synod-bulk.>'], deny: [] },
    });
    const { publish, subscribe } = permissionsOf({ role: 'service', of: 'r1' }, 'c', all);
    expect([publish.allow, subscribe.allow]).toEqual([['_INBOX.>'], ['$SRV.>']]);
  });
});

describe('the server configuration', () => {
  const key = publicKeyOf(newSeed());
  const keys = new Map([['app', key]]);
  const app = { role: 'client', name: 'app' } as const;
  const base = { cluster: 'c', identities: [app], keys, host: '127.0.0.1', port: 4222 };

  test('has explicit accounts and none of what would let strangers in', () => {
    const settings = serverConfiguration({ ...base, monitorPort: 8222 }).replace(/^ *#.*$/gm, '');
    expect(settings).toMatch(/^accounts \{/m);
    expect(settings).toMatch(/^http: "127\.0\.0\.1:8222"$/m);
    expect(settings).toMatch(/^jetstream: false$/m);
    expect(settings).not.toMatch(/authorization|no_auth_user|allow_responses/);
  });

  test.each([
    ['two users of one name', { identities: [app, app] }, /two identities are named "app"/],
    [
      'a user named like a multicast',
      { identities: [app, { role: 'replica', name: 'r1', groups: ['g'], multicasts: ['app'] } as const] },
      /"app" names a user and a multicast/,
    ],
    ['a user without a key', { keys: new Map<string, string>() }, /no key for user "app"/],
    ['a secret in place of a key', { keys: new Map([['app', newSeed()]]) }, /is no public key/],
    ['a key with a line break', { keys: new Map([['app', `${key}"\n}`]]) }, /is no public key/],
    ['a wildcard as a name', { identities: [{ role: 'client', name: '*' } as const] }, /client name "\*"/],
    [
      'a group named like the probe',
      { identities: [{ role: 'replica', name: 'app', groups: ['probe'], multicasts: [] } as const] },
      /a group cannot be named "probe"/,
    ],
    [
      'a wildcard as a group',
      { identities: [{ role: 'acceptor', name: 'app', groups: ['*'], multicasts: [] } as const] },
      /group "\*"/,
    ],
    ['a wildcard as a cluster', { cluster: '>' }, /cluster ">"/],
    ['a port that is none', { port: 70_000 }, /port 70000/],
  ])('%s is refused', (_name, change, error) => {
    expect(() => serverConfiguration({ ...base, ...change })).toThrow(error);
  });

  test('the same input gives the same text', () => {
    const identities = identitiesForTests();
    const all = new Map(identities.map((identity) => [userOf(identity), key]));
    const once = serverConfiguration({ ...base, identities, keys: all });
    expect(serverConfiguration({ ...base, identities, keys: all })).toBe(once);
  });
});

describe('credentials', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'synod-credentials-'))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test('are made once, differ, and are readable by their owner only', () => {
    const path = join(directory, 'new');
    const first = ensureCredentials(path, ['r1', 'r2']);
    expect(first.get('r1')!.seed).not.toBe(first.get('r2')!.seed);
    expect(ensureCredentials(path, ['r1', 'r2', 'r3']).get('r1')).toEqual(first.get('r1'));
    expect(statSync(path).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(path)) expect(statSync(join(path, file)).mode & 0o777).toBe(0o600);
    expect(readCredentials(credentialsPath(path, 'r2'))).toEqual(first.get('r2'));
  });

  test.each([
    ['no file', undefined, /there is none/],
    ['no JSON', 'r1:secret', /is not JSON/],
    ['not an object', 'null', /lacks "user"/],
    ['no user', '{"seed": "secret"}', /lacks "user"/],
    ['no seed', '{"user": "r1"}', /lacks "seed"/],
    ['a seed that is none', '{"user": "r1", "seed": "secret"}', /"seed" in .* no seed of a NATS user/],
    ['a password', '{"user": "r1", "password": "secret"}', /holds a password, .* run `synod identities init` again/],
    ['a user that cannot be', `{"user": "R 1", "seed": "${newSeed()}"}`, /"user" in .*"R 1"/],
  ])('%s gives an error that names the file, and not the secret', (_name, text, error) => {
    const path = join(directory, 'r1.json');
    if (text !== undefined) writeFileSync(path, text, { mode: 0o600 });
    const read = (): unknown => readCredentials(path);
    expect(read).toThrow(error);
    expect(read).toThrow(path);
    expect(read).not.toThrow(/secret/);
  });

  test('a file that others can read is refused with the command that mends it', () => {
    const path = join(directory, 'r1.json');
    writeFileSync(path, `{"user": "r1", "seed": "${newSeed()}"}`);
    chmodSync(path, 0o644);
    expect(() => readCredentials(path)).toThrow(`run: chmod 600 ${path}`);
  });

  test('a file of another user is noticed', () => {
    writeFileSync(join(directory, 'r1.json'), `{"user": "r2", "seed": "${newSeed()}"}`, { mode: 0o600 });
    expect(() => ensureCredentials(directory, ['r1'])).toThrow(/is for "r2", not "r1"/);
  });

  test('a password of an older release is replaced by a key', () => {
    writeFileSync(join(directory, 'r1.json'), '{"user": "r1", "password": "secret"}', { mode: 0o600 });
    const made = ensureCredentials(directory, ['r1']);
    expect(publicKeysOf(made).get('r1')).toMatch(/^U/);
    expect(readCredentials(credentialsPath(directory, 'r1'))).toEqual(made.get('r1'));
  });
});

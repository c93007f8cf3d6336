import { chmodSync, copyFileSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ed25519, groupKeysPath, readGroupKeys, secretKeyPath, sha256, verifyEd25519 } from '@synod/keys';
import { Group } from '@synod/pbft-core';
import type { Statement } from '@synod/pbft-core';
import { pbftCryptography, pbftMessages, verifyCertificate } from '@synod/pbft-wire';
import { ProcessGroup, poll } from '@synod/process-group';

/** What a replica does with keys: its own, others', and with one that somebody uses to lie. */
let group: ProcessGroup;

beforeAll(async () => {
  group = await ProcessGroup.start({ protocol: 'pbft' });
}, 60_000);

afterAll(async () => {
  await group?.close();
}, 60_000);

const directory = () => join(group.directory, 'keys');
const pathOf = (name: string) => secretKeyPath(directory(), 'kv', { role: 'replica', name });

async function refusal(name: string, environment: Readonly<Record<string, string>>): Promise<string> {
  const replica = group.replica(name);
  await replica.kill();
  replica.run({ environment });
  await replica.ended();
  expect(replica.ending).toEqual({ code: 2, signal: null });
  const said = replica.lastLog;
  replica.run();
  await group.until(`${name} is back`, (states) => states.get(name)?.standing === 'active');
  return said;
}

test('a replica starts with its own key only, and with none that others can read; it says what is wrong', async () => {
  const [one, other] = group.names;
  expect(await refusal(one!, { SYNOD_SECRET_KEY_FILE: pathOf(other!) })).toContain(`is not that of replica ${one}`);
  const open = join(group.directory, 'open.key');
  copyFileSync(pathOf(one!), open);
  chmodSync(open, 0o640);
  expect(await refusal(one!, { SYNOD_SECRET_KEY_FILE: open })).toContain('can be read by others; run: chmod 600');
  expect(await refusal(one!, { SYNOD_MEMBERS: 'pbft-r1,pbft-r2,pbft-r3' })).toContain('SYNOD_MEMBERS is');
  expect(await refusal(one!, { SYNOD_GROUP_KEYS_FILE: '/nowhere' })).toContain('`synod keys init` makes one');
}, 60_000);

test('no secret is in what replicas write, show or are told', async () => {
  await (await group.client()).group('kv').put('a', '1');
  const states = JSON.stringify([...(await group.states())]);
  for (const name of group.names) {
    const secret = readFileSync(pathOf(name), 'utf8').trim();
    const environment = readFileSync(`/proc/${group.replica(name).pid}/environ`, 'utf8');
    const metrics = await (await fetch(`http://127.0.0.1:${group.replica(name).httpPort}/metrics`)).text();
    for (const text of [group.replica(name).log(), environment, metrics, states]) expect(text).not.toContain(secret);
  }
});

test('a member that contradicts itself ends as a file that proves it to anybody', async () => {
  const traitor = group.names[3]!;
  const keys = readGroupKeys(groupKeysPath(directory(), 'kv'));
  const domain = { cluster: 'test', group: 'kv', epoch: keys.epoch };
  const sign = ed25519(Buffer.from(readFileSync(pathOf(traitor), 'utf8'), 'base64'));
  const { view, lastExecuted } = (await group.states()).get(traitor) as { view: number; lastExecuted: number };
  const connection = await group.connectAs(traitor);
  const { encode } = pbftMessages(domain);
  for (const digest of ['a'.repeat(64), 'b'.repeat(64)]) {
    const statement: Statement = { type: 'commit', view, sequence: lastExecuted + 30, digest };
    const signed = pbftCryptography(domain, traitor, sha256, sign).sign(statement);
    connection.publish(`synod.test.kv.${traitor}.replicas.commit`, encode({ kind: 'commit', signed }));
  }
  const folder = join(group.replica(group.names[0]!).data, 'evidence');
  await poll(
    () => existsSync(folder) && readdirSync(folder).length > 0,
    10_000,
    () => 'nobody kept a proof',
  );
  const [file] = readdirSync(folder);
  expect(file).toBe(`01-equivocation-of-${traitor}.cert`);
  const parts = { domain, group: new Group(keys.members), logSize: 100, keys, sha256, verify: verifyEd25519 };
  const verdict = verifyCertificate(parts, readFileSync(join(folder, file!)));
  expect(verdict).toMatchObject({ holds: true, says: expect.stringContaining(`${traitor} is faulty`) });
  await (await group.client()).group('kv').put('goes', 'on');
}, 60_000);

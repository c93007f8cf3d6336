import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stagedTreasons } from '@synod/pbft-traitors';
import { userOf } from '@synod/nats-transport';
import { chosenGroups, entries } from '../src/groups.js';
import { ensureKeys } from '../src/keys.js';
import { layOut } from '../src/layout.js';
import { describeStack, gatewayProgram, httpPorts, identities, memberPrograms, traitorsIn } from '../src/stack.js';
import type { Stack } from '../src/stack.js';
import { statusTable } from '../src/status-table.js';
import type { Answers, MemberState } from '../src/status.js';
import { rememberTraitors } from '../src/traitors.js';

const directory = mkdtempSync(join(tmpdir(), 'synod-stack-'));
afterAll(() => rmSync(directory, { recursive: true }));

const wanted = { groups: undefined, replicas: undefined, spares: undefined };
const quiet = (): void => undefined;

const named = (stack: Stack): readonly string[] => stack.groups.map(({ name }) => name);

test('the options that are looked at before anything is built know the same groups', () => {
  const url = JSON.stringify(`file://${join(__dirname, '../options.mjs')}`);
  const script = `import { groupNames } from ${url}; console.log(JSON.stringify(groupNames));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(JSON.parse(stdout)).toEqual(entries.map(({ name }) => name));
});

test.each([
  [['--groups', 'paxos'], '["paxos"]'],
  [['--groups', 'paxos, raft'], '["paxos","raft"]'],
  [[], 'undefined'],
  [['--groups', 'zab'], '--groups zab: there is no zab, but raft, paxos, pbft'],
])('%j', (args, expected) => {
  const url = JSON.stringify(`file://${join(__dirname, '../options.mjs')}`);
  const script = `import { parseOptions } from ${url};
    try { console.log(JSON.stringify(parseOptions(${JSON.stringify(args)}, {}).groups)); } catch (error) { console.log(error.message); }`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(stdout.split('\n')[0]).toBe(expected);
});

test('the options know the same ways to lie', () => {
  const url = JSON.stringify(`file://${join(__dirname, '../options.mjs')}`);
  const script = `import { treasonNames } from ${url}; console.log(JSON.stringify(treasonNames));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(JSON.parse(stdout).sort()).toEqual(Object.keys(stagedTreasons).sort());
});

test.each([
  [['--byzantine', 'pbft-r1=equivocate'], '[["pbft-r1","equivocate"]]'],
  [['--byzantine', 'pbft-r1=slow, pbft-r2=twin'], '[["pbft-r1","slow"],["pbft-r2","twin"]]'],
  [['--byzantine', 'pbft-r1=slow', '--byzantine', 'pbft-r2=twin'], '[["pbft-r1","slow"],["pbft-r2","twin"]]'],
  [[], '[]'],
  [
    ['--byzantine', 'pbft-r1=bribed'],
    /^--byzantine pbft-r1=bribed: nobody can be bribed, but equivocate, silent, .*\btwin\b/,
  ],
  [['--byzantine', 'pbft-r1'], '--byzantine pbft-r1: must be like pbft-r1=equivocate'],
  [['--byzantine', 'pbft-r1=slow,pbft-r1=twin'], '--byzantine pbft-r1=slow,pbft-r1=twin: a member is named twice'],
])('%j', (args, expected) => {
  const url = JSON.stringify(`file://${join(__dirname, '../options.mjs')}`);
  const script = `import { parseOptions } from ${url};
    try { console.log(JSON.stringify([...parseOptions(${JSON.stringify(args)}, {}).traitors])); } catch (error) { console.log(error.message); }`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  const [first] = stdout.split('\n');
  if (typeof expected === 'string') expect(first).toBe(expected);
  else expect(first).toMatch(expected);
});

test('without a choice all groups are started, in the documented order; with one only those', async () => {
  expect(named(await layOut(directory, wanted, quiet))).toEqual(['raft', 'paxos', 'pbft']);
  expect(named(await layOut(directory, { ...wanted, groups: ['paxos'] }, quiet))).toEqual(['paxos']);
  expect(chosenGroups(['paxos', 'raft']).map(({ name }) => name)).toEqual(['raft', 'paxos']);
});

test('nobody shares a port, and one that is taken moves, which is said', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(7431, '127.0.0.1', resolve).once('error', () => resolve()));
  const told: string[] = [];
  const stack = await layOut(directory, { ...wanted, replicas: 9 }, (line) => told.push(line));
  other.close();
  const { broker, monitoring, traces } = stack.ports;
  const all = [...httpPorts(stack).values(), broker, monitoring, traces];
  expect(all).toHaveLength(9 + 6 + 4 + 1 + 3);
  expect(new Set(all).size).toBe(all.length);
  expect(told).toContainEqual(expect.stringMatching(/^port 7431 for paxos-p1 is taken; using 74\d\d$/));
});

test('data of another number of replicas are not taken for this group’s', async () => {
  const kept = join(directory, 'kept');
  for (const name of ['raft-r1', 'raft-r2', 'raft-r3', 'paxos-a1'])
    mkdirSync(join(kept, 'data', name), { recursive: true });
  await expect(layOut(kept, { ...wanted, replicas: 5 }, quiet)).rejects.toThrow('of a group of 3 replicas, not 5');
  expect((await layOut(kept, wanted, quiet)).groups[0]!.services).toHaveLength(3);
});

test('acceptors that found nothing are asked for, named to everybody, and kept', async () => {
  const spared = join(directory, 'spared');
  const members = async (spares: number | undefined) => {
    const [paxos] = (await layOut(spared, { ...wanted, groups: ['paxos'], spares }, quiet)).groups;
    return paxos!.services.filter(({ isSpare }) => isSpare).map(({ name }) => name);
  };
  expect(await members(undefined)).toEqual([]);
  const stack = await layOut(spared, { ...wanted, spares: 2 }, quiet);
  for (const { environment } of memberPrograms(stack, '/w').filter(({ name }) => name.startsWith('paxos'))) {
    expect(environment).toMatchObject({
      SYNOD_ACCEPTORS: 'paxos-a1,paxos-a2,paxos-a3',
      SYNOD_SPARES: 'paxos-a4,paxos-a5',
    });
  }
  expect(identities(stack).map(userOf)).toEqual(expect.arrayContaining(['paxos-a5', 'srv-paxos-a5']));
  for (const name of ['a1', 'a2', 'a3', 'a4']) mkdirSync(join(spared, 'data', `paxos-${name}`), { recursive: true });
  expect(await members(undefined)).toEqual(['paxos-a4']);
  expect(await members(2)).toEqual(['paxos-a4', 'paxos-a5']);
  await expect(members(0)).rejects.toThrow('of a group with spares: 1, not 0; use --spares 1 or more');
});

test.each([
  [['--spares', '2'], '2'],
  [[], 'undefined'],
  [['--spares', '5'], '--spares 5: must be a whole number from 0 to 4'],
  [['--spares', ''], '--spares : must be a whole number from 0 to 4'],
])('%j', (args, expected) => {
  const url = JSON.stringify(`file://${join(__dirname, '../options.mjs')}`);
  const script = `import { parseOptions } from ${url};
    try { console.log(JSON.stringify(parseOptions(${JSON.stringify(args)}, {}).spares)); } catch (error) { console.log(error.message); }`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(stdout.split('\n')[0]).toBe(expected);
});

describe('what follows from the groups', () => {
  let stack: Stack;
  beforeAll(async () => void (stack = await layOut(directory, wanted, quiet)));

  test('every process has a user, and one to register with; so have guests that bring their own processes', () => {
    const users = identities(stack).map(userOf);
    for (const name of [...httpPorts(stack).keys(), 'counter-r3']) {
      expect(users).toContain(name);
      expect(users).toContain(`srv-${name}`);
    }
    expect(users).toEqual(expect.arrayContaining(['cli', 'client', 'admin', 'observer']));
    expect(new Set(users).size).toBe(users.length);
  });

  test('every process is told who it is, and the gateway which groups there are', () => {
    const programs = memberPrograms(stack, '/w');
    expect(programs).toHaveLength(13);
    const acceptor = programs.find(({ name }) => name === 'paxos-a2')!;
    expect(acceptor.args).toContain('/w/apps/paxos-acceptor/dist/main.js');
    expect(acceptor.environment).toMatchObject({
      SYNOD_GROUP: 'paxos',
      SYNOD_REPLICA: 'paxos-a2',
      SYNOD_PROPOSERS: 'paxos-p1,paxos-p2,paxos-p3',
      SYNOD_ACCEPTORS: 'paxos-a1,paxos-a2,paxos-a3',
      SYNOD_CREDENTIALS_FILE: join(directory, 'credentials/paxos-a2.json'),
      SYNOD_HTTP_PORT: String(stack.groups[1]!.ports.get('paxos-a2')),
    });
    expect(gatewayProgram(stack, '/w').environment['SYNOD_GROUPS']).toBe('raft,paxos,pbft');
  });

  test('the description names each group’s members by role, and each process', () => {
    describeStack(stack, [...memberPrograms(stack, '/w'), gatewayProgram(stack, '/w')], () => 42);
    const description = JSON.parse(readFileSync(join(directory, 'stack.json'), 'utf8'));
    expect(Object.keys(description.groups)).toEqual(['raft', 'paxos', 'pbft']);
    expect(description.groups.paxos).toEqual({
      protocol: 'paxos',
      everyone: 'replicas',
      members: ['paxos-p1', 'paxos-p2', 'paxos-p3', 'paxos-a1', 'paxos-a2', 'paxos-a3'],
      roles: { proposer: ['paxos-p1', 'paxos-p2', 'paxos-p3'], acceptor: ['paxos-a1', 'paxos-a2', 'paxos-a3'] },
    });
    expect(description.services).toContainEqual({
      name: 'paxos-a1',
      app: 'paxos-acceptor',
      group: 'paxos',
      role: 'acceptor',
      pid: 42,
      http: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      log: join(directory, 'logs/paxos-a1.log'),
    });
    expect(description.services.find(({ name }: { name: string }) => name === 'gateway')).not.toHaveProperty('group');
  });

  test('status is a table for each role; who does not answer is shown', () => {
    const answers = (states: Readonly<Record<string, Partial<MemberState>>>): Answers =>
      new Map(Object.entries(states).map(([name, state]) => [name, { replica: name, state: state as MemberState }]));
    const found = answers({
      'paxos-p1': {
        role: 'leader',
        standing: 'active',
        ballot: 65,
        chosenThrough: 4,
        lastApplied: 4,
        stateHash: 'ab-cd',
      },
      'paxos-p2': { role: 'follower', standing: 'empty', ballot: 0, chosenThrough: 0, lastApplied: 0, stateHash: '-' },
      'paxos-a1': { role: 'acceptor', standing: 'active', promised: 65, lastAccepted: 4, trimmedThrough: 3 },
      'paxos-a3': { role: 'acceptor', standing: 'formed', promised: 0, lastAccepted: 0, trimmedThrough: 0 },
    });
    expect(statusTable(stack.groups[1]!, found)).toEqual([
      'proposer  role       ballot    chosen    applied  state',
      'paxos-p1  leader     1.1       4         4        ab-cd',
      'paxos-p2  empty                0         0        -',
      'paxos-p3  no answer',
      'acceptor  standing   promised  accepted  trimmed',
      'paxos-a1  active     1.1       4         3',
      'paxos-a2  no answer',
      'paxos-a3  formed               0         0',
    ]);
  });
});

test('a group whose members sign has keys, made once; each member is told of its own', async () => {
  const stack = await layOut(join(directory, 'signed'), { ...wanted, groups: ['pbft'] }, quiet);
  ensureKeys(stack);
  const file = join(directory, 'signed/keys/pbft/group.json');
  const keys = readFileSync(file, 'utf8');
  ensureKeys(stack);
  expect(readFileSync(file, 'utf8')).toBe(keys);
  expect(Object.keys(JSON.parse(keys).users)).toEqual(['admin', 'cli', 'client', 'gateway']);
  const [first] = memberPrograms(stack, '/w');
  expect(first!.environment).toMatchObject({
    SYNOD_MEMBERS: 'pbft-r1,pbft-r2,pbft-r3,pbft-r4',
    SYNOD_GROUP_KEYS_FILE: file,
    SYNOD_SECRET_KEY_FILE: join(directory, 'signed/keys/pbft/replica-pbft-r1.key'),
  });
  expect(gatewayProgram(stack, '/w').environment['SYNOD_KEYS']).toBe(join(directory, 'signed/keys'));
});

describe('members that lie', () => {
  const lying = (...names: readonly string[]) => ({
    ...{ ...wanted, groups: ['raft', 'pbft'], traitors: new Map(names.map((name) => [name, 'silent'])) },
  });

  test('are other programs, under the same identities, and are pointed out', async () => {
    const stack = await layOut(directory, lying('pbft-r2'), quiet);
    expect([...traitorsIn(stack)]).toEqual([['pbft-r2', 'silent']]);
    const programs = memberPrograms(stack, '/w').filter(({ name }) => name.startsWith('pbft'));
    expect(programs.map(({ app }) => app)).toEqual(['pbft-replica', 'pbft-traitor', 'pbft-replica', 'pbft-replica']);
    expect(programs.map(({ environment }) => environment['SYNOD_TREASON'])).toEqual([undefined, 'silent', undefined, undefined]); // prettier-ignore
    const honest = await layOut(directory, { ...wanted, groups: ['raft', 'pbft'] }, quiet);
    expect(identities(stack)).toEqual(identities(honest));
    const state = { role: 'backup', standing: 'active', view: 0, stableCheckpoint: 0, lastExecuted: 0, stateHash: 'a' };
    const found: Answers = new Map(['pbft-r1', 'pbft-r2'].map((replica) => [replica, { replica, state }]));
    expect(statusTable(stack.groups[1]!, found).slice(0, 3)).toEqual([
      'replica  role       view  stable  executed  state  lies',
      'pbft-r1  backup     0     0       0         a',
      'pbft-r2  backup     0     0       0         a      silent',
    ]);
  });

  test('are members that there are, of groups that bear them, and no more of them unless forced', async () => {
    const refusal = (asked: Parameters<typeof layOut>[1], where = directory) =>
      layOut(where, asked, quiet).then(
        () => 'started',
        (error: Error) => error.message,
      );
    expect(await refusal(lying('pbft-r9'))).toBe(
      '--byzantine pbft-r9: there is no such member in the groups that are started; who can lie there: pbft-r1, pbft-r2, pbft-r3, pbft-r4',
    );
    expect(await refusal({ ...lying('pbft-r1'), groups: ['raft'] })).toContain('who can lie there: nobody');
    expect(await refusal(lying('raft-r1'))).toContain('members of raft may crash, and that is all');
    expect(await refusal(lying('pbft-r1', 'pbft-r3'))).toBe(
      'pbft-r1, pbft-r3 would be 2 liars of 4, and group pbft bears 1; --force starts them all the same',
    );
    expect(await refusal({ ...lying('pbft-r1', 'pbft-r3'), force: true })).toBe('started');
  });

  test('of former starts count as well, even if they are honest now: they signed what their disks do not know', async () => {
    const kept = join(directory, 'lied');
    mkdirSync(join(kept, 'data'), { recursive: true });
    rememberTraitors(kept, []);
    rememberTraitors(kept, ['pbft-r1']);
    await layOut(kept, lying('pbft-r1'), quiet);
    await expect(layOut(kept, lying('pbft-r2'), quiet)).rejects.toThrow(
      'bears 1 (pbft-r1 lied before, in the same data: --fresh forgets them); --force',
    );
    rememberTraitors(kept, ['pbft-r2']);
    await expect(layOut(kept, { ...wanted, groups: ['pbft'] }, quiet)).rejects.toThrow('would be 2 liars of 4');
  });
});

test('a PBFT group is shown by views and stable checkpoints', async () => {
  const stack = await layOut(directory, { ...wanted, groups: ['pbft'] }, quiet);
  const state = {
    role: 'primary',
    standing: 'active',
    view: 4,
    stableCheckpoint: 50,
    lastExecuted: 61,
    stateHash: 'a',
  };
  const found: Answers = new Map([['pbft-r1', { replica: 'pbft-r1', state }]]);
  expect(statusTable(stack.groups[0]!, found).slice(0, 3)).toEqual([
    'replica  role       view  stable  executed  state',
    'pbft-r1  primary    4     50      61        a',
    'pbft-r2  no answer',
  ]);
});

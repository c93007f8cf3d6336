import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackupFile, BackupWriter } from '@synod/backup';
import type { BackupHeader } from '@synod/backup';
import type { Entry, KeyValueGroup } from '@synod/client';
import { storeAndLedger } from '@synod/service';
import type { Protocol } from '@synod/topology';
import { TestStack } from './test-stack.js';
import type { StackOptions } from './test-stack.js';
import { run } from './world.js';
import type { Circumstances, Ran } from './world.js';

jest.setTimeout(120_000);

const keyCount = 2000;
const registerCount = 20;
const folder = mkdtempSync(join(tmpdir(), 'synod-saved-'));
const stacks: TestStack[] = [];

afterAll(async () => {
  await Promise.all(stacks.map((stack) => stack.close()));
  rmSync(folder, { recursive: true, force: true });
});

async function newStack(options: StackOptions): Promise<TestStack> {
  const stack = await TestStack.start(options);
  stacks.push(stack);
  await stack.group.leader();
  return stack;
}

async function end(stack: TestStack): Promise<void> {
  stacks.splice(stacks.indexOf(stack), 1);
  await stack.close();
}

const synod = ({ directory }: TestStack, args: readonly string[], more: Circumstances = {}): Promise<Ran> =>
  run(args, { directory, ...more });

async function groupOf({ group }: TestStack): Promise<KeyValueGroup> {
  return (await group.client({ user: 'cli' })).group(group.group);
}

const named = (i: number): string => `key/${String(i).padStart(5, '0')}`;

async function fill(group: KeyValueGroup, protocol: Protocol): Promise<void> {
  const large = 'x'.repeat(400);
  await Promise.all(Array.from({ length: keyCount }, (_, i) => group.put(named(i), `${i} ${large}`)));
  await Promise.all([1, 2, 3].map((i) => group.put(named(i), `again ${i}`)));
  await group.delete(named(4));
  await group.put('empty', '');
  for (let i = 0; i < 12; i++) await group.ledger.submit(`transaction ${i}`, { cutAfterMs: Infinity });
  if (protocol !== 'paxos') return;
  await Promise.all(Array.from({ length: registerCount }, (_, i) => group.decide(`register/${i}`, `value ${i}`)));
}

const plain = ({ key, value, revision, created, version }: Entry): string =>
  [Buffer.from(key).toString(), Buffer.from(value).toString(), revision, created, version].join(' ');

async function contentOf(group: KeyValueGroup, protocol: Protocol) {
  const keys: string[] = [];
  for await (const entry of group.scan()) keys.push(plain(entry));
  const verification = await group.ledger.verify();
  const head = await group.ledger.head();
  const names = protocol === 'paxos' ? Array.from({ length: registerCount }, (_, i) => `register/${i}`) : [];
  const registers = await Promise.all(names.map(async (name) => (await group.decided(name))?.text));
  const { isSound } = verification;
  return { keys, isSound, head: head.head?.hash, pending: head.pending, registers };
}

const traitors: Partial<Record<Protocol, NonNullable<StackOptions['traitors']>>> = {
  pbft: new Map([['pbft-r2', 'lying-reply']]),
};

// Each protocol's state goes into a group of each once; registers only where there are some.
const ways = [
  ['raft', 'pbft'],
  ['paxos', 'paxos'],
  ['pbft', 'raft'],
] as const;

describe.each(ways)('what is saved of a group that speaks %s, and restored into one that speaks %s', (protocol, to) => {
  const path = join(folder, `${protocol}.synod`);
  let source: TestStack;
  let saved: Awaited<ReturnType<typeof contentOf>>;
  /** While it was saved. */
  const changes: Change[] = [];

  beforeAll(async () => {
    // Of four, one makes up its answers: it must not get into the file.
    source = await newStack({ protocol, ...(traitors[protocol] && { traitors: traitors[protocol] }) });
    await fill(await groupOf(source), protocol);
  });

  test('is the state at one place of the log, though writes go on; nobody else can read the file', async () => {
    const group = await groupOf(source);
    saved = await contentOf(group, protocol);
    const saving = synod(source, ['snapshot', 'save', path]);
    let isSaved = false;
    void saving.then(() => (isSaved = true));
    // None of these was answered before the command began; they change and delete what it reads, and sort before and behind it.
    for (let i = 0; !isSaved; i++) {
      const writes = [
        { key: named(keyCount - 1 - i), value: i % 3 === 0 ? undefined : 'later' },
        { key: `zzz/${i}`, value: 'later' },
      ];
      const write = ({ key, value }: (typeof writes)[0]) =>
        value === undefined ? group.delete(key) : group.put(key, value);
      const answers = await Promise.all(writes.map(write));
      changes.push(...answers.map(({ revision }, place) => ({ ...writes[place]!, revision })));
    }
    const { code, out, err } = await saving;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^saved into .*\ngroup \w+ of cluster local, \w+, id \S+\nsaved 20.*Z by synod .*, at position \d+ of its log, state [0-9a-f]{16}\n\d+ keys up to revision \d+, 1 ledger blocks, \d+ registers\n/); // prettier-ignore
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
    expect((await contentOf(group, protocol)).keys).not.toEqual(saved.keys);
    const before = readFileSync(path);
    const again = await synod(source, ['snapshot', 'save', path]);
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('is there already; --force replaces it') });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('can be looked at without a cluster', async () => {
    const { code, out } = await run(['snapshot', 'status', path, '--json'], { directory: folder });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ protocol, group: protocol, keys: expect.any(Number), blocks: 1 });
  });

  test('is for the admin alone, and the admin does nothing else there', async () => {
    const other = join(folder, `${protocol}-other.synod`);
    expect(await synod(source, ['snapshot', 'save', other, '--user', 'cli'])).toMatchObject({ code: 1 });
    expect(existsSync(other)).toBe(false);
    for (const args of [
      ['put', 'a', 'b'],
      ['get', 'a'],
      ['ledger', 'submit', 'x'],
    ]) {
      expect(await synod(source, [...args, '--user', 'admin'])).toMatchObject({
        code: 1,
        err: expect.stringContaining('the admin saves and restores, nothing else'),
      });
    }
  });

  test('a group that is not empty does not become it', async () => {
    const refused = await synod(source, ['snapshot', 'restore', path, '--group', protocol]);
    expect(refused).toMatchObject({
      code: 3,
      err: expect.stringContaining('is not new: it has keys or ledger blocks, or had'),
    });
  });

  test('goes on when the leader dies half way, and says so when nobody keeps what is asked for', async () => {
    const { group } = source;
    const admin = (await group.client({ user: 'admin' })).group(group.group).backup;
    const position = await admin.freeze();
    const { hash } = await admin.frozen(position);
    const pages = [await admin.page(position, 0), await admin.page(position, 1)];
    // Of PBFT one lies already, and f is 1.
    if (protocol !== 'pbft') await group.replica(await group.leader()).kill();
    while (pages.at(-1)?.kind !== 'end') {
      const page = await admin.page(position, pages.length);
      if (page.kind !== 'later') pages.push(page);
    }
    const machine = storeAndLedger();
    const target = machine.restore();
    for (const page of pages) if (page.kind === 'page') target.page(page.bytes);
    target.finish();
    expect(machine.hash()).toBe(hash);
    // A save that is refused before it begins takes nothing from the one that is under way; one that begins does.
    expect((await synod(source, ['snapshot', 'save', path])).code).toBe(1);
    expect((await admin.page(position, pages.length - 2)).kind).toBe('page');
    await admin.freeze();
    await expect(admin.page(position, pages.length - 2)).rejects.toThrow('keeps no image of that position: it was started since, or another save has begun'); // prettier-ignore
  });

  test('a new group becomes it: keys, revisions, blocks, registers, the same on all members', async () => {
    await end(source);
    const target = await newStack({ protocol: to });
    if (to === 'raft') {
      const withRegisters = await synod(target, ['snapshot', 'restore', join(folder, 'paxos.synod'), '--group', to]);
      expect(withRegisters).toMatchObject({
        code: 2,
        err: expect.stringContaining('leave them out with --without-registers'),
      });
    }
    const damaged = join(folder, 'damaged.synod');
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(damaged, bytes);
    const refused = await synod(target, ['snapshot', 'restore', damaged, '--group', to]);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('damaged') });

    await notBegun(target, path);
    await halfRestored(target, path);
    const { code, out, err } = await synod(target, ['snapshot', 'restore', path, '--group', to]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(new RegExp(`^group ${to} is what was saved: \\d+ keys, 1 ledger blocks, ${saved.registers.length} registers, state `)); // prettier-ignore
    const group = await groupOf(target);
    const { position, revision } = JSON.parse((await run(['snapshot', 'status', path, '--json'])).out);
    expect(changes.length).toBeGreaterThan(0);
    expect(await contentOf(group, protocol)).toEqual({ ...saved, keys: through(position, saved.keys, changes) });
    await target.group.inStep();

    // Who remembers a revision compares with it as before; who wrote anew has a higher one than any that was saved.
    const { entry } = await group.get(named(1));
    const compared = await group.compareAndSet(named(1), entry!.revision, 'compared');
    expect(compared.succeeded).toBe(true);
    expect(compared.revision).toBeGreaterThan(revision);
    expect((await group.compareAndSet(named(1), entry!.revision, 'too late')).succeeded).toBe(false);

    const twice = await synod(target, ['snapshot', 'restore', path, '--group', to]);
    expect(twice).toMatchObject({ code: 0, out: expect.stringContaining('was made of this file before') });
    await end(target);
  });
});

/** A member that is away may be of an earlier version, and then would not execute what the others do. */
async function notBegun(target: TestStack, path: string): Promise<void> {
  const { group, cluster } = target.group;
  const [away] = target.group.namesOf('answering');
  await target.group.replica(away!).kill();
  const refused = await synod(target, ['snapshot', 'restore', path, '--group', group]);
  expect(refused).toMatchObject({ code: 4, err: expect.stringMatching(/not begun: .* and \S+ does not answer/) });
  target.run(away!);
  await target.group.leader();
  const admin = (await target.group.client({ user: 'admin', cluster })).group(group).backup;
  expect(await admin.restoring()).toMatchObject({ phase: 'empty' });
}

/** A restoration that ends half way: nobody is answered out of it, members that start anew know how far it was, and it can be gone on with. */
async function halfRestored(target: TestStack, path: string): Promise<void> {
  const { group, cluster } = target.group;
  const admin = (await target.group.client({ user: 'admin', cluster })).group(group).backup;
  const file = BackupFile.open(path);
  const pages = [...file.pages()];
  const { header, id, pageCount } = file;
  file.close();
  await admin.begin(id, header.revision, pageCount);
  for (let i = 0; i < 5; i++) await admin.load(id, i, pages[i]!);
  await expect(admin.load(id, 9, pages[9]!)).rejects.toThrow('another page comes first');
  await expect(admin.finish(id, header.stateHash)).rejects.toThrow('pages are missing');
  for (const replica of target.group.replicas) await replica.kill();
  for (const name of target.group.names) target.run(name);
  await target.group.leader();
  expect(await admin.restoring()).toMatchObject({ phase: 'loading', next: 5, pages: pageCount });
  const refused = { code: 4, err: expect.stringContaining('the group is being restored') };
  expect(await synod(target, ['get', named(1)])).toMatchObject(refused);
  expect(await synod(target, ['put', named(1), 'x'])).toMatchObject(refused);
  expect(await synod(target, ['ledger', 'head'])).toMatchObject(refused);
  const other = join(folder, 'other.synod');
  const writer = new BackupWriter(other, header, true);
  writer.page(pages[0]!);
  writer.finish();
  const another = await synod(target, ['snapshot', 'restore', other, '--group', group]);
  expect(another).toMatchObject({ code: 3, err: expect.stringContaining('give it up with --abandon') });
  if (group !== 'paxos') return;
  // What is given up is gone; and what is no state makes none.
  const given = await synod(target, ['snapshot', 'restore', other, '--group', group, '--abandon']);
  expect(given).toMatchObject({
    code: 2,
    err: expect.stringContaining('what was loaded is no state; it is empty again'),
  });
  expect(await admin.restoring()).toMatchObject({ phase: 'empty' });
  // A state that is not the one that was saved is served to nobody, and no more so when the same is asked again.
  const forged = join(folder, 'forged.synod');
  const forger = new BackupWriter(forged, { ...header, stateHash: '0123456789abcdef' }, true);
  for (const page of pages) forger.page(page);
  forger.finish();
  for (let i = 0; i < 2; i++) {
    const refusal = await synod(target, ['snapshot', 'restore', forged, '--group', group]);
    expect(refusal).toMatchObject({ code: 2, err: expect.stringContaining('another state than that which was saved') });
    expect(await admin.restoring()).toMatchObject({ phase: 'empty' });
  }
  await otherRegister(target, pages, header);
}

/** What was decided in a group stays, whatever was saved of another one: it does not open as what it is not. */
async function otherRegister(target: TestStack, pages: readonly Uint8Array[], header: BackupHeader): Promise<void> {
  const { group, cluster } = target.group;
  const admin = (await target.group.client({ user: 'admin', cluster })).group(group).backup;
  expect((await (await groupOf(target)).decide('register/contested', 'theirs')).isOurs).toBe(true);
  const contested = join(folder, 'contested.synod');
  const writer = new BackupWriter(contested, header, true);
  for (const page of pages) writer.page(page);
  writer.register('register/contested', Buffer.from('ours'));
  const id = writer.finish();
  const refused = await synod(target, ['snapshot', 'restore', contested, '--group', group]);
  expect(refused).toMatchObject({
    code: 3,
    err: expect.stringContaining(
      'register register/contested of the group has another value than the one that was saved',
    ),
  });
  expect(await synod(target, ['get', named(1)])).toMatchObject({ code: 4 });
  await admin.abandon(id);
  expect(await admin.restoring()).toMatchObject({ phase: 'empty' });
}

interface Change {
  readonly key: string;
  /** Undefined: it was deleted. */
  readonly value: string | undefined;
  readonly revision: number;
}

/** What was there before, and of what was written meanwhile exactly that through this position. */
function through(position: number, keys: readonly string[], changes: readonly Change[]): readonly string[] {
  const all = new Map(keys.map((line) => [line.split(' ', 1)[0]!, line]));
  for (const { key, value, revision } of changes) {
    if (revision > position) continue;
    const created = all.get(key)?.split(' ').at(-2) ?? revision;
    if (value === undefined) all.delete(key);
    else all.set(key, [key, value, revision, created, created === revision ? 1 : 2].join(' '));
  }
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}

import { createHash } from 'node:crypto';
import { backupCodec, encodeOperation, keyValueCodec, ledgerCodec } from '@synod/api';
import { administrator, KeyValueStore, Ledger, StoreAndLedger } from '@synod/state-machine';
import { Backup, SynodError } from '../src/index.js';
import type { Group } from '../src/index.js';
import { decodeGet, decodeHead } from '../src/testing.js';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const parts = () => [new KeyValueStore(keyValueCodec), new Ledger(ledgerCodec, sha256), ledgerCodec] as const;

/** A group of one whose answers are those of its state machine. `placesTold`: which of its answers tell their place in the log. */
function groupOf(machine: StoreAndLedger, user = administrator, placesTold = (_index: number) => true) {
  let index = 0;
  const sourceOf = (place: number) => ({ replica: 'r1', index: place, term: 1, ageMs: 0 });
  const group: Pick<Group, 'execute' | 'query'> = {
    execute: (operation) => {
      const result = machine.apply(operation, ++index, user);
      return Promise.resolve({ result, source: sourceOf(placesTold(index) ? index : 0) });
    },
    query: (query) => Promise.resolve({ result: machine.query(query, user), source: sourceOf(index) }),
  };
  return new Backup(group);
}

const newMachine = (): StoreAndLedger => new StoreAndLedger(...parts(), backupCodec);
const put = encodeOperation({ kind: 'put', key: Buffer.from('k'), value: Buffer.from('v') });

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(SynodError);
  return (error as SynodError).code;
}

test('a state is frozen, read page by page, and becomes that of an empty group', async () => {
  const machine = newMachine();
  machine.apply(put, 1, 'ann');
  const source = groupOf(machine);
  const position = await source.freeze();
  const { hash, keys, revision } = await source.frozen(position);
  expect({ hash, keys, revision }).toEqual({ hash: machine.hash(), keys: 1, revision: position });
  const page = await source.page(position, 0);
  if (page.kind !== 'page') throw new Error(page.kind);
  expect(await source.page(position, 1)).toEqual({ kind: 'end', pages: 1 });
  await source.thaw(position);
  expect(await codeOf(source.frozen(position))).toBe('unavailable');

  const target = groupOf(newMachine());
  const id = sha256(page.bytes);
  expect(await target.restoring()).toMatchObject({ phase: 'empty' });
  expect(await target.begin(id, revision, 1)).toMatchObject({ phase: 'loading', next: 0 });
  expect(await target.load(id, 0, page.bytes)).toMatchObject({ phase: 'loading', next: 1 });
  expect(await codeOf(target.finish(id, '0'.repeat(16)))).toBe('invalid');
  expect(await target.restoring()).toMatchObject({ phase: 'empty' });
  await target.begin(id, revision, 1);
  await target.load(id, 0, page.bytes);
  expect(await target.finish(id, hash)).toMatchObject({ phase: 'restored', hash });
  expect(await codeOf(target.abandon(id))).toBe('invalid');
});

test('a mark whose place is not told is set again, for a while', async () => {
  expect(await groupOf(newMachine(), administrator, (index) => index >= 3).freeze()).toBe(3);
  expect(await codeOf(groupOf(newMachine(), administrator, () => false).freeze())).toBe('unavailable');
});

test('a group of an earlier version is told of as such, and who is not the admin, too', async () => {
  const older = groupOf(new StoreAndLedger(...parts()));
  const position = await older.freeze();
  for (const refused of [older.frozen(position), older.restoring(), older.begin(new Uint8Array(32), 1, 1)]) {
    expect(await codeOf(refused)).toBe('unsupported');
  }
  const other = groupOf(newMachine(), 'ann');
  expect(await codeOf(other.restoring())).toBe('unauthorized');
  expect(await codeOf(other.begin(new Uint8Array(32), 1, 1))).toBe('unauthorized');
});

test('who asks a group that is being restored is told that it is not there now; the admin, that it is not for him', async () => {
  const machine = newMachine();
  const source = { replica: 'r1', index: 1, term: 1, ageMs: 0 };
  const get = Buffer.from([10, 3, 10, 1, 107]);
  const head = Buffer.from([122, 2, 10, 0]);
  const answers = (user: string) => [
    codeOf(Promise.resolve().then(() => decodeGet(machine.query(get, user), source))),
    codeOf(Promise.resolve().then(() => decodeHead(machine.query(head, user), source))),
  ];
  expect(await Promise.all(answers(administrator))).toEqual(['unauthorized', 'unauthorized']);
  await groupOf(machine).begin(new Uint8Array(32), 1, 1);
  expect(await Promise.all(answers('ann'))).toEqual(['unavailable', 'unavailable']);
});

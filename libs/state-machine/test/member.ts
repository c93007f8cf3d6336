import { administrator, KeyValueStore, Ledger, StoreAndLedger } from '../src/index.js';
import type { BackupOperation, BackupQuery, BackupResult } from '../src/index.js';
import { fromJson, jsonBackupCodec, jsonCodec, jsonLedgerCodec, ofBackup, ofLedger, resultOf, toJson } from './json-codec.js'; // prettier-ignore
import { sha256 } from './naive-ledger.js';

export const bytes = (text: string) => new Uint8Array(Buffer.from(text));
export const drain = (pages: Iterator<Uint8Array>) => [...{ [Symbol.iterator]: () => pages }];
export const idOf = (pages: readonly Uint8Array[]) => sha256(Buffer.concat(pages));

/** One member of a group, and the log that it has executed. */
export class Member {
  readonly machine = new StoreAndLedger(
    new KeyValueStore(jsonCodec),
    new Ledger(jsonLedgerCodec, sha256),
    jsonLedgerCodec,
    jsonBackupCodec,
  );
  index = 0;

  put(key: string, value = 'v', user = 'ann') {
    return this.apply(toJson({ kind: 'put', key: bytes(key), value: bytes(value) }), user);
  }

  submit(data: string, user = 'ann') {
    return fromJson<object>(this.machine.apply(ofLedger({ kind: 'submit', data: bytes(data), time: 1 }), ++this.index, user)); // prettier-ignore
  }

  apply(operation: Uint8Array, user = 'ann') {
    return resultOf(this.machine.apply(operation, ++this.index, user));
  }

  get(key: string, user = 'ann') {
    return resultOf(this.machine.query(toJson({ kind: 'get', key: bytes(key) }), user));
  }

  backup(operation: BackupOperation, user = administrator) {
    return fromJson<BackupResult>(this.machine.apply(ofBackup(operation), ++this.index, user));
  }

  ask(query: BackupQuery, user = administrator) {
    return fromJson<BackupResult>(this.machine.query(ofBackup(query), user));
  }

  freeze(): number {
    this.backup({ kind: 'freeze' });
    return this.index;
  }

  /** All pages; undefined when it keeps no such image. */
  pages(position: number): Uint8Array[] | undefined {
    const pages: Uint8Array[] = [];
    for (;;) {
      const result = this.ask({ kind: 'page', position, number: pages.length });
      if (result.kind === 'end') return pages;
      if (result.kind === 'error') return undefined;
      if (result.kind === 'page') pages.push(result.bytes);
    }
  }

  restore(pages: readonly Uint8Array[], revision = 1000) {
    const id = idOf(pages);
    this.backup({ kind: 'begin', id, revision, pages: pages.length });
    pages.forEach((page, number) => this.backup({ kind: 'load', id, number, page }));
    return this.backup({ kind: 'finish', id });
  }

  /** Another member that gets the state as a snapshot of the protocol. */
  copy(): Member {
    const copy = new Member();
    const target = copy.machine.restore();
    for (const page of drain(this.machine.snapshot())) target.page(page);
    target.finish();
    copy.index = this.index;
    return copy;
  }
}

export function filled(keys = 3000, times = 20): Member {
  const member = new Member();
  for (let i = 0; i < keys; i++) member.put(`k${i % (keys - 100)}`, `${i} `.repeat(times));
  for (let i = 0; i < 13; i++) member.submit(`transaction ${i}`);
  return member;
}

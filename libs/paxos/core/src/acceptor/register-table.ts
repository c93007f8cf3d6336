import type { SnapshotSource, SnapshotTarget } from '@synod/state-machine';
import type { Ballot } from '../ballot.js';
import type { Register } from '../messages.js';

/** LIMIT of a snapshot's page. */
const pageBytes = 60 * 1024;

/** What a register's record takes of the journal, about. */
export function writtenBytes({ value }: Register): number {
  return value.length + 64;
}

/**
 * The registers of an acceptor, by key. What is in it never changes; a newer state of a register takes the place of the older. Values are
 * kept for ever. Promises without one are many and small and come from rounds that came to nothing: the oldest of them are given up
 * for one that is promised to all registers, at least as high. So a promise is only ever strengthened, whatever is forgotten.
 *
 * @paper Paxos Made Simple §2.2 P1a; departure: registers without number (README)
 */
export class RegisterTable implements SnapshotSource {
  /** No ballot below this one is accepted in any register, also of those that are not in the table. */
  floor: Ballot = 0;
  private registers = new Map<string, Register>();
  /** Those without a value, the one that was promised longest ago first. */
  private promises = new Set<string>();
  private bytes = 0;

  constructor(private readonly mostPromises: number) {}

  get size(): number {
    return this.registers.size;
  }

  /** Of a snapshot of them. */
  get sizeBytes(): number {
    return this.bytes;
  }

  /** How many have a value. */
  get values(): number {
    return this.registers.size - this.promises.size;
  }

  /** As it is, or an empty one; with what is promised to all. */
  at(key: string): Register {
    const { floor } = this;
    const register = this.registers.get(key);
    if (register === undefined) return { key, promised: floor, accepted: 0, value: new Uint8Array(0) };
    return register.promised >= floor ? register : { ...register, promised: floor };
  }

  put(register: Register): void {
    const { key, accepted } = register;
    const before = this.registers.get(key);
    this.bytes += pagedBytes(register) - (before === undefined ? 0 : pagedBytes(before));
    this.registers.set(key, register);
    this.promises.delete(key);
    if (accepted === 0) this.promises.add(key);
    this.forgetPromises();
  }

  /** Whether that is news. */
  raiseFloor(floor: Ballot): boolean {
    if (floor <= this.floor) return false;
    this.floor = floor;
    return true;
  }

  private forgetPromises(): void {
    for (const key of this.promises) {
      if (this.promises.size <= this.mostPromises) return;
      const register = this.registers.get(key)!;
      this.raiseFloor(register.promised);
      this.bytes -= pagedBytes(register);
      this.promises.delete(key);
      this.registers.delete(key);
    }
  }

  /** In the order of their keys, from the one after `key` on, up to so many bytes and at least one. */
  after(key: string, maxBytes: number): { readonly registers: readonly Register[]; readonly isLast: boolean } {
    const keys = [...this.registers.keys()].filter((other) => other > key).sort(inOrder);
    const registers: Register[] = [];
    let bytes = 0;
    for (const next of keys) {
      const register = this.registers.get(next)!;
      bytes += sizeOfRegister(register);
      if (registers.length > 0 && bytes > maxBytes) break;
      registers.push(register);
    }
    return { registers, isLast: registers.length === keys.length };
  }

  snapshot(): Iterator<Uint8Array> {
    return pagesOf([...this.registers.values()]);
  }

  restore(): SnapshotTarget {
    const built = new Map<string, Register>();
    return {
      page: (bytes) => {
        for (const register of registersOf(bytes)) built.set(register.key, register);
      },
      finish: () => this.become(built),
    };
  }

  private become(registers: Map<string, Register>): void {
    this.registers = registers;
    this.bytes = [...registers.values()].reduce((sum, register) => sum + pagedBytes(register), 0);
    this.promises = new Set([...registers.values()].filter(({ accepted }) => accepted === 0).map(({ key }) => key));
    this.forgetPromises();
  }
}

export function sizeOfRegister({ key, value }: Register): number {
  return key.length + value.length + 16;
}

/** By code units: not by any language's idea of an order. */
function inOrder(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function* pagesOf(registers: readonly Register[]): Iterator<Uint8Array> {
  let held: Register[] = [];
  let bytes = 0;
  for (const register of registers) {
    if (held.length > 0 && bytes + sizeOfRegister(register) > pageBytes) {
      yield pageOf(held, bytes);
      [held, bytes] = [[], 0];
    }
    held.push(register);
    bytes += pagedBytes(register);
  }
  if (held.length > 0) yield pageOf(held, bytes);
}

function pagedBytes({ key, value }: Register): number {
  return 1 + key.length + 8 + 8 + 4 + value.length;
}

/** Of each key (length, ASCII), promised and accepted (8 bytes each), value (length in 4 bytes, bytes); numbers with the low byte first. */
function pageOf(registers: readonly Register[], bytes: number): Uint8Array {
  const page = new Uint8Array(bytes);
  const view = new DataView(page.buffer);
  let at = 0;
  for (const { key, promised, accepted, value } of registers) {
    page[at++] = key.length;
    for (let i = 0; i < key.length; i++) page[at++] = key.charCodeAt(i);
    for (const ballot of [promised, accepted]) {
      view.setUint32(at, ballot % 2 ** 32, true);
      view.setUint32(at + 4, Math.floor(ballot / 2 ** 32), true);
      at += 8;
    }
    view.setUint32(at, value.length, true);
    page.set(value, at + 4);
    at += 4 + value.length;
  }
  return page;
}

/** Throws on what `pageOf` does not write. */
function registersOf(page: Uint8Array): readonly Register[] {
  const registers: Register[] = [];
  let at = 0;
  const take = (length: number): Uint8Array => {
    if (at + length > page.length) throw new Error('a page of registers ends early');
    at += length;
    return page.slice(at - length, at);
  };
  while (at < page.length) {
    const key = String.fromCharCode(...take(take(1)[0]!));
    const promised = readNumber(take(8));
    const accepted = readNumber(take(8));
    registers.push({ key, promised, accepted, value: take(readNumber(take(4))) });
  }
  return registers;
}

function readNumber(bytes: Uint8Array): number {
  let number = 0;
  for (let i = bytes.length - 1; i >= 0; i--) number = number * 256 + bytes[i]!;
  return number;
}

import type { SnapshotSource, SnapshotTarget } from '@synod/state-machine';
import type { Register } from '../messages.js';

/** LIMIT of a snapshot's page. */
const pageBytes = 60 * 1024;

/** The registers of an acceptor, by key. What is in it never changes; a newer state of a register takes the place of the older. */
export class RegisterTable implements SnapshotSource {
  private registers = new Map<string, Register>();

  get size(): number {
    return this.registers.size;
  }

  at(key: string): Register | undefined {
    return this.registers.get(key);
  }

  put(register: Register): void {
    this.registers.set(register.key, register);
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
      finish: () => void (this.registers = built),
    };
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
  let page: number[] = [];
  for (const register of registers) {
    if (page.length > 0 && page.length + sizeOfRegister(register) > pageBytes) {
      yield Uint8Array.from(page);
      page = [];
    }
    write(page, register);
  }
  if (page.length > 0) yield Uint8Array.from(page);
}

/** Key (length, ASCII), promised and accepted (8 bytes each), value (length, bytes). */
function write(page: number[], { key, promised, accepted, value }: Register): void {
  page.push(key.length);
  for (let i = 0; i < key.length; i++) page.push(key.charCodeAt(i));
  writeNumber(page, promised, 8);
  writeNumber(page, accepted, 8);
  writeNumber(page, value.length, 4);
  for (const byte of value) page.push(byte);
}

function writeNumber(page: number[], number: number, bytes: number): void {
  let rest = number;
  for (let i = 0; i < bytes; i++) {
    page.push(rest % 256);
    rest = Math.floor(rest / 256);
  }
}

/** Throws on what `write` does not write. */
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

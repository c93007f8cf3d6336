import type { Vocabulary } from '@synod/actor';
import { UnreadableRecording } from './bytes.js';
import type { ByteReader, ByteWriter } from './bytes.js';
import type { Derived, Recordable } from './recordable.js';

const tags = {
  undefined: 0,
  null: 1,
  false: 2,
  true: 3,
  whole: 4,
  float: 5,
  text: 6,
  bytes: 7,
  list: 8,
  map: 9,
  set: 10,
  object: 11,
  instance: 12,
  batch: 13,
  /** An object that was written before. */
  again: 14,
  /** What the core was given and does not own: the replicated service. */
  outside: 15,
  /** A field that is made again when all is there. */
  derived: 16,
} as const;

/** LIMIT: how deep objects hold each other. A core's state is a few levels; only a forged file is deeper. */
const depthMost = 64;

/** What is not part of the core, by name: found again under it, not copied. */
export type Outside = Readonly<Record<string, object>>;

/**
 * A core's whole state as bytes: its actor and everything that hangs on it. No field can be forgotten, since nobody lists
 * them; what is of an unknown class, or is a function, is refused. Log batches, most of the bytes, go through the codec.
 */
export class ImageWriter<V extends Vocabulary> {
  private readonly seen = new Map<object, number>();
  private readonly names: ReadonlyMap<object, string>;
  private readonly outside: ReadonlyMap<object, string>;
  private readonly derived: readonly (readonly [string, Derived])[];

  constructor(
    private readonly out: ByteWriter,
    private readonly recordable: Recordable<V>,
    outside: Outside,
  ) {
    this.names = new Map(
      Object.entries(recordable.classes).map(([name, { prototype }]) => [prototype as object, name]),
    );
    this.outside = new Map(Object.entries(outside).map(([name, object]) => [object, name]));
    this.derived = Object.entries(recordable.derived ?? {});
  }

  write(value: unknown): void {
    const { out } = this;
    switch (typeof value) {
      case 'undefined':
        return out.byte(tags.undefined);
      case 'boolean':
        return out.byte(value ? tags.true : tags.false);
      case 'number':
        return this.number(value);
      case 'string':
        out.byte(tags.text);
        return out.text(value);
      case 'object':
        return value === null ? out.byte(tags.null) : this.object(value);
      default:
        throw new Error(`a core's state holds a ${typeof value}, which cannot be recorded`);
    }
  }

  private number(value: number): void {
    const isWhole = Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0);
    this.out.byte(isWhole ? tags.whole : tags.float);
    if (isWhole) this.out.whole(value);
    else this.out.float(value);
  }

  private object(value: object): void {
    const { out, outside, seen } = this;
    const outsider = outside.get(value);
    if (outsider !== undefined) {
      out.byte(tags.outside);
      return out.text(outsider);
    }
    const before = seen.get(value);
    if (before !== undefined) {
      out.byte(tags.again);
      return out.whole(before);
    }
    seen.set(value, seen.size);
    this.contents(value);
  }

  private contents(value: object): void {
    const { out, recordable } = this;
    if (value instanceof recordable.batch) {
      const { type, payload } = recordable.frameOf(value as V['batch']);
      out.byte(tags.batch);
      out.byte(type);
      return out.blobOf(payload);
    }
    if (value instanceof Uint8Array) {
      out.byte(tags.bytes);
      return out.blob(value);
    }
    if (Array.isArray(value)) return this.all(tags.list, value);
    if (value instanceof Map) return this.all(tags.map, [...value].flat(1));
    if (value instanceof Set) return this.all(tags.set, [...value]);
    this.fields(value);
  }

  private all(tag: number, values: readonly unknown[]): void {
    this.out.byte(tag);
    this.out.whole(values.length);
    for (const value of values) this.write(value);
  }

  private fields(whole: object): void {
    const { out } = this;
    const value = this.leaner(whole);
    const prototype = Object.getPrototypeOf(value) as object | null;
    if (prototype === Object.prototype || prototype === null) out.byte(tags.object);
    else {
      const name = this.names.get(prototype);
      if (name === undefined) throw new Error(`a core's state holds a ${prototype.constructor.name}, which is not among the classes of its protocol`); // prettier-ignore
      out.byte(tags.instance);
      out.text(name);
    }
    const keys = Object.keys(value);
    out.whole(keys.length);
    for (const key of keys) {
      out.text(key);
      this.field((value as Record<string, unknown>)[key]);
    }
  }

  private leaner(whole: object): object {
    const name = this.names.get(Object.getPrototypeOf(whole) as object) ?? '';
    const { leaner = {} } = this.recordable;
    return Object.hasOwn(leaner, name) ? leaner[name]!(whole as never) : whole;
  }

  private field(value: unknown): void {
    const derived = this.derived.find(([, { of }]) => value instanceof of);
    if (derived === undefined) return this.write(value);
    this.out.byte(tags.derived);
    this.out.text(derived[0]);
  }
}

/** Makes the same objects again, as one graph. */
export class ImageReader<V extends Vocabulary> {
  private readonly made: object[] = [];
  private readonly toDerive: (() => void)[] = [];

  constructor(
    private readonly bytes: ByteReader,
    private readonly recordable: Recordable<V>,
    private readonly outside: Outside,
  ) {}

  read(): unknown {
    const root = this.value(0);
    for (const derive of this.toDerive) understood(derive);
    return root;
  }

  private value(depth: number, tag = this.bytes.byte()): unknown {
    const { bytes } = this;
    if (depth > depthMost) throw new UnreadableRecording('a state that is deeper than any');
    switch (tag) {
      case tags.undefined:
        return undefined;
      case tags.null:
        return null;
      case tags.false:
        return false;
      case tags.true:
        return true;
      case tags.whole:
        return bytes.whole();
      case tags.float:
        return bytes.float();
      case tags.text:
        return bytes.text();
      case tags.bytes:
        return this.keep(bytes.blob());
      case tags.list:
        return this.list(depth);
      case tags.map:
        return this.map(depth);
      case tags.set:
        return this.set(depth);
      case tags.object:
        return this.fields({}, depth);
      case tags.instance:
        return this.fields(Object.create(named(this.recordable.classes, bytes.text()).prototype as object) as object, depth); // prettier-ignore
      case tags.batch:
        return this.keep(batchOf(this.recordable, bytes) as object);
      case tags.again:
        return at(this.made, bytes.whole());
      case tags.outside:
        return named(this.outside, bytes.text());
      default:
        throw new UnreadableRecording('a state that holds nothing known');
    }
  }

  private keep<T extends object>(object: T): T {
    this.made.push(object);
    return object;
  }

  private list(depth: number): unknown[] {
    const list = this.keep<unknown[]>([]);
    for (let left = this.bytes.count(); left > 0; left--) list.push(this.value(depth + 1));
    return list;
  }

  private map(depth: number): Map<unknown, unknown> {
    const map = this.keep(new Map<unknown, unknown>());
    for (let left = this.bytes.count(); left > 0; left -= 2) map.set(this.value(depth + 1), this.value(depth + 1));
    return map;
  }

  private set(depth: number): Set<unknown> {
    const set = this.keep(new Set<unknown>());
    for (let left = this.bytes.count(); left > 0; left--) set.add(this.value(depth + 1));
    return set;
  }

  private fields(object: object, depth: number): object {
    this.keep(object);
    for (let left = this.bytes.count(); left > 0; left--) {
      const key = this.bytes.text();
      const tag = this.bytes.byte();
      if (tag === tags.derived) this.deriveLater(object, key, this.bytes.text());
      else define(object, key, this.value(depth + 1, tag));
    }
    return object;
  }

  /** Its place among the fields is kept; its owner is whole only when everything is. */
  private deriveLater(owner: object, key: string, name: string): void {
    const { make } = named(this.recordable.derived ?? {}, name);
    define(owner, key, undefined);
    this.toDerive.push(() => define(owner, key, make(owner as never)));
  }
}

/** Not assigned: a forged `__proto__` is then a field like any other. */
function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

/** A log batch as `frameOf` wrote it. */
export function batchOf<V extends Vocabulary>({ records }: Recordable<V>, bytes: ByteReader): V['batch'] {
  return understood(() => records.batchOf({ type: bytes.byte(), payload: bytes.blob() }));
}

/** What a codec refuses cannot have been recorded. */
export function understood<T>(decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof UnreadableRecording) throw error;
    throw new UnreadableRecording((error as Error).message, { cause: error });
  }
}

function named<T>(table: Readonly<Record<string, T>>, name: string): T {
  if (!Object.hasOwn(table, name))
    throw new UnreadableRecording(`a state that holds a ${name}, which is not known here`);
  return table[name]!;
}

function at(made: readonly object[], place: number): object {
  const object = made[place];
  if (object === undefined) throw new UnreadableRecording('a state that names what is not there');
  return object;
}

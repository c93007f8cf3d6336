import { Hasher, HashSum } from '../hash.js';
import { PageReader, PageWriter } from '../pages.js';
import type { ReplicatedService } from '../replicated-service.js';
import type { SnapshotTarget } from '../state-machine.js';
import type { BatchCodec } from './batches.js';
import type { Sessions } from './sessions.js';

/** What a batch was answered that was executed before; `index` is 0 when its position is not kept. */
export interface Recalled {
  readonly results: Uint8Array;
  readonly index: number;
}

// Stream: number of users, hash; then per user, by name: lengths, name, its openings. It ends with a page of its own.
const headerBytes = 16;
/** LIMIT: of an opening's number. What is told to who is too low, and what clients add to that, is still an exact number. */
export const openingMost = Number.MAX_SAFE_INTEGER - 2 ** 30;
/** LIMIT: openings of a user that are remembered. The number of users is bounded by who has a key. */
const openingsOfEach = 32;

const openingSeed = 0x09e5;
const hasher = new Hasher();

/**
 * Sessions whose openings, too, are executed once. Where a member may be an adversary, an opening request that a user once signed
 * could be repeated for ever: each would open another session and evict a living one of that user. So openings are numbered by
 * their sequence, as the batches of a session are: a user's highest ones are remembered, and lower ones are refused. Clients
 * of one user number by their clocks, which need not agree: who is refused is told the number that is above all.
 */
export class Openings implements ReplicatedService {
  /** By user: which number opened which session. */
  private users = new Map<string, ReadonlyMap<number, number>>();
  private sum = new HashSum();

  constructor(
    private readonly sessions: Sessions,
    private readonly codec: BatchCodec,
  ) {}

  apply(index: number, user: string, request: Uint8Array): Uint8Array {
    const number = this.openingOf(request);
    if (number === undefined) return this.sessions.apply(index, user, request);
    if (number > openingMost) return this.codec.encodeSessionError('malformed');
    const known = this.users.get(user) ?? new Map<number, number>();
    const tooLow = known.size >= openingsOfEach && number < Math.min(...known.keys());
    if (known.has(number) || tooLow) {
      return this.codec.encodeSessionError('alreadyAcknowledged', Math.max(...known.keys()) + 1);
    }
    this.remember(user, known, number, index);
    return this.sessions.apply(index, user, request);
  }

  /** Undefined for a batch that must be executed to be answered. Changes nothing. */
  recall(user: string, request: Uint8Array): Recalled | undefined {
    const number = this.openingOf(request);
    if (number === undefined) {
      const results = this.sessions.recall(user, request);
      return results && { results, index: 0 };
    }
    const index = this.users.get(user)?.get(number);
    return index === undefined ? undefined : { results: this.codec.encodeResults([]), index };
  }

  query(user: string, queries: Uint8Array): Uint8Array {
    return this.sessions.query(user, queries);
  }

  hash(): string {
    return `${this.sum.toString()}-${this.sessions.hash()}`;
  }

  snapshot(): Iterator<Uint8Array> {
    const users = [...this.users].sort(([a], [b]) => (a < b ? -1 : 1));
    return openingsThenSessions(users, this.sum, this.sessions.snapshot());
  }

  restore(): SnapshotTarget {
    return new OpeningsTarget(this.sessions.restore(), (users, sum) => {
      this.users = users;
      this.sum = sum;
    });
  }

  private openingOf(request: Uint8Array): number | undefined {
    try {
      const { session, sequence } = this.codec.decodeRequest(request);
      return session === 0 ? sequence : undefined;
    } catch {
      return undefined;
    }
  }

  /** A new map each time: a frozen state may still be reading the old one. */
  private remember(user: string, known: ReadonlyMap<number, number>, number: number, index: number): void {
    const openings = [...known, [number, index] as const].sort(([a], [b]) => a - b);
    this.count(user, number, index, 'add');
    while (openings.length > openingsOfEach) this.count(user, ...openings.shift()!, 'subtract');
    this.users.set(user, new Map(openings));
  }

  private count(user: string, number: number, index: number, how: 'add' | 'subtract'): void {
    hashOpening(user, number, index);
    this.sum[how](hasher.low, hasher.high);
  }
}

function hashOpening(user: string, number: number, index: number): void {
  hasher.begin(openingSeed);
  hasher.text(user);
  hasher.integer(number);
  hasher.integer(index);
  hasher.end();
}

type UserOpenings = readonly [string, ReadonlyMap<number, number>];

/** Pages of frozen openings, then those of the sessions. */
function* openingsThenSessions(
  users: readonly UserOpenings[],
  { low, high }: HashSum,
  sessions: Iterator<Uint8Array>,
): Generator<Uint8Array, undefined> {
  const frozen = pagesOf(users, low, high);
  try {
    yield* frozen;
    for (let page = sessions.next(); !page.done; page = sessions.next()) yield page.value;
  } finally {
    sessions.return?.();
  }
  return undefined;
}

function* pagesOf(users: readonly UserOpenings[], low: number, high: number): Generator<Uint8Array, void> {
  const writer = new PageWriter();
  writer.integer(users.length);
  writer.uint32(low);
  writer.uint32(high);
  for (const [user, openings] of users) {
    writer.uint32(user.length);
    writer.uint32(openings.size);
    for (let i = 0; i < user.length; i++) writer.uint32(user.charCodeAt(i));
    for (const [number, index] of openings) {
      writer.integer(number);
      writer.integer(index);
    }
    while (writer.hasPage) yield writer.take();
  }
  if (!writer.isEmpty) yield writer.take();
}

/** Takes the pages of openings, then hands the others on; nothing is in use before all are right. */
class OpeningsTarget implements SnapshotTarget {
  private readonly reader = new PageReader();
  private readonly users = new Map<string, ReadonlyMap<number, number>>();
  private expected: { readonly count: number; readonly low: number; readonly high: number } | undefined;
  private readonly sum = new HashSum();
  private isComplete = false;

  constructor(
    private readonly sessions: SnapshotTarget,
    private readonly handOver: (users: Map<string, ReadonlyMap<number, number>>, sum: HashSum) => void,
  ) {}

  page(bytes: Uint8Array): void {
    if (this.isComplete) return this.sessions.page(bytes);
    const { reader } = this;
    reader.push(bytes);
    if (this.expected === undefined && reader.available >= headerBytes) {
      this.expected = { count: reader.integer(), low: reader.uint32() | 0, high: reader.uint32() | 0 };
    }
    if (this.expected === undefined) return;
    while (this.readUser(this.expected.count));
    this.isComplete = this.users.size === this.expected.count;
    if (this.isComplete && reader.available > 0) throw new Error('a snapshot with more users than it states');
  }

  finish(): void {
    if (!this.isComplete) throw new Error('a snapshot whose openings are not whole');
    if (this.sum.low !== this.expected?.low || this.sum.high !== this.expected.high) {
      throw new Error('a snapshot whose openings do not have the hash that it states');
    }
    this.sessions.finish();
    this.handOver(this.users, this.sum);
  }

  private readUser(count: number): boolean {
    const { reader, users } = this;
    if (users.size === count || reader.available < 8) return false;
    const [length, openings] = [reader.peekUint32(0), reader.peekUint32(4)];
    if (openings > openingsOfEach) throw new Error(`a snapshot with ${openings} openings of one user`);
    if (reader.available < 8 + 4 * length + 16 * openings) return false;
    reader.take(8);
    const user = readName(reader, length);
    if (users.has(user)) throw new Error('a snapshot with the same user twice');
    const known = new Map<number, number>();
    for (let i = 0; i < openings; i++) {
      const number = reader.integer();
      const index = reader.integer();
      known.set(number, index);
      hashOpening(user, number, index);
      this.sum.add(hasher.low, hasher.high);
    }
    users.set(user, known);
    return true;
  }
}

function readName(reader: PageReader, length: number): string {
  let name = '';
  for (let i = 0; i < length; i++) {
    const code = reader.uint32();
    if (code > 0xffff) throw new Error('a snapshot with a user who has no name');
    name += String.fromCharCode(code);
  }
  return name;
}
